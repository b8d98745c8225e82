/// Where circles lie that nobody has laid down yet: around the middle, the large ones first, each
/// in the first free spot, so that the same institutions lie the same on every laptop.
enum VennPlacement {
    /// Wider than high, as screens and paper are.
    private static let flattening = 0.62
    private static let step = 18.0

    /// The circles with places for those at `unplaced`.
    static func place(_ circles: [VennCircle], unplaced: [Int]) -> [VennCircle] {
        var circles = circles
        let missing = Set(unplaced)
        var placed = circles.indices.filter { !missing.contains($0) }
        for size in Importance.allCases.reversed() {
            // A spot where a circle found no room has none for the next of its size either.
            var turn = 0
            for index in unplaced where circles[index].size == size {
                while true {
                    let spot = spot(turn)
                    (circles[index].x, circles[index].y) = (spot.x, spot.y)
                    turn += 1
                    let hasRoom = placed.allSatisfy {
                        circles[$0].distance(to: circles[index])
                            >= circles[$0].radius + circles[index].radius + VennSpace.gap
                    }
                    if hasRoom || turn >= most { break }
                }
                placed.append(index)
            }
        }
        return circles
    }

    private static let most = 60_000

    /// Spots along a spiral, evenly strewn: the golden angle leaves no gaps.
    private static func spot(_ turn: Int) -> (x: Double, y: Double) {
        let radius = step * Double(turn).squareRoot()
        let point = VennTurn.point(Double(turn) * VennTurn.golden)
        return (
            (radius * point.x).rounded(), (radius * point.y * flattening).rounded()
        )
    }
}
