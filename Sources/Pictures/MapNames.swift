/// Puts the names of a map where they can be read: beside their signs, over no other sign or
/// name. A name for which there is no room is left out rather than written over another.
struct MapNames {
    /// Names that are tried; a map with more is read on the screen.
    static let most = 1500

    private typealias Box = (x: Double, y: Double, width: Double, height: Double)

    private static let cell = 60.0
    private static let lineHeight = 1.18
    let view: MapView
    private var taken: [Int: [Box]] = [:]

    init(view: MapView) { self.view = view }

    /// Keeps a square around a point free of names.
    mutating func block(_ place: MapShape.Point, size: Double) {
        take((place.x - size / 2, place.y - size / 2, size, size))
    }

    mutating func draw(
        _ name: String, at place: MapShape.Point, sign: Double, bold: Bool,
        on drawing: inout Drawing
    ) {
        guard isInView((place.x, place.y, 0, 0)) else { return }
        let size = 17.0
        let lines = Lettering.lines(name, size: size, width: 190, most: 2, bold: bold)
        let width = lines.map { Lettering.width($0, size: size, bold: bold) }.max() ?? 0
        let height = Double(lines.count) * size * Self.lineHeight
        let gap = sign / 2 + 6
        /// The box's middle, seen from the sign, and how the lines stand in it.
        let tries: [(x: Double, y: Double, anchor: Drawing.Anchor)] = [
            (gap + width / 2, 0, .start), (0, gap + height / 2, .middle),
            (-gap - width / 2, 0, .end), (0, -gap - height / 2, .middle),
            (gap + width / 2, gap, .start), (gap + width / 2, -gap, .start),
            (-gap - width / 2, gap, .end), (-gap - width / 2, -gap, .end),
            (0, gap * 2 + height / 2, .middle), (0, -gap * 2 - height / 2, .middle),
        ]
        for one in tries {
            let box: Box = (
                place.x + one.x - width / 2, place.y + one.y - height / 2, width, height
            )
            guard isInView(box), isFree(box) else { continue }
            take(box)
            let x =
                switch one.anchor {
                case .start: box.x
                case .middle: box.x + width / 2
                case .end: box.x + width
                }
            for (index, line) in lines.enumerated() {
                drawing.text(
                    line, x: x, y: box.y + size * (0.92 + Self.lineHeight * Double(index)),
                    size: size, anchor: one.anchor, bold: bold, halo: .card)
            }
            return
        }
    }

    private func isInView(_ box: Box) -> Bool {
        box.x >= view.x + 4 && box.x + box.width <= view.x + view.width - 4
            && box.y >= view.y + 4 && box.y + box.height <= view.y + view.height - 4
    }

    private func isFree(_ box: Box) -> Bool {
        cells(box).allSatisfy { cell in
            (taken[cell] ?? []).allSatisfy {
                $0.x > box.x + box.width || $0.x + $0.width < box.x
                    || $0.y > box.y + box.height || $0.y + $0.height < box.y
            }
        }
    }

    private mutating func take(_ box: Box) {
        guard isInView(box) else { return }
        for cell in cells(box) { taken[cell, default: []].append(box) }
    }

    /// The fields of the sheet that a box touches. Boxes lie in the view, so the numbers are small.
    private func cells(_ box: Box) -> [Int] {
        let columns = Int(box.x / Self.cell)...Int((box.x + box.width) / Self.cell)
        let rows = Int(box.y / Self.cell)...Int((box.y + box.height) / Self.cell)
        return columns.flatMap { column in rows.map { $0 * 1000 + column } }
    }
}
