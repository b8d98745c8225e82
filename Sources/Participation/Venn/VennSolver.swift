/// Moves circles until what is stated of them can be read from where they lie.
///
/// A stated relation of two circles is a range for the distance of their middles: touching is one
/// distance, inside is anything up to the difference of the radii, and so on. One sweep looks at
/// every stated pair in turn and, where its distance is out of range, moves both circles along the
/// line between them until it is in range, the smaller one further. Pairs of which nothing is
/// stated and that were apart are pushed apart too, more and more gently, so that nothing comes
/// about that nobody said; in the last sweeps only what is stated counts. Sweeps end when every
/// range is kept, or after a fixed number.
///
/// One start may end in a corner that it cannot leave: two circles that would have to pass through
/// a third. So the circle that is moved, with all that hangs on it, is also laid down on other
/// sides of the one it is to lie by, and after that the whole neighbourhood is strewn anew. The
/// attempt that keeps most wins. All of it depends on nothing but the diagram, and ends when a
/// number of steps is done, not when a time is over: every laptop comes to the same places.
struct VennSolver {
    private var circles: [VennCircle]
    fileprivate let links: [Link]
    /// Pairs of which nothing is stated and that were apart.
    private let strangers: [(first: Int, second: Int)]
    private let sweeps: Int

    fileprivate struct Link {
        let first: Int
        let second: Int
        let relation: Relation
        let low: Double
        let high: Double
    }

    /// What a solver came to.
    struct Result {
        let circles: [VennCircle]
        let isWhole: Bool
        let broken: Int
    }

    private static let work = 900_000
    /// Steps of all attempts together: a second or two on an old laptop for a wall full of circles,
    /// more than a small diagram can use.
    private static let patience = 100_000_000
    private static let sides = 12
    private static let strewings = 6
    private static let triesAgain = 8
    /// How far inside its range a distance is brought, so that rounding does not take it out.
    private static let margin = 2.0

    /// The circles to move, and what has to hold of them.
    init(_ diagram: VennDiagram) {
        circles = diagram.circles
        let places = Dictionary(
            circles.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a }
        )
        var links: [Link] = []
        var known: Set<Int> = []
        for (pair, relation) in diagram.stated.sorted(by: { $0.key < $1.key }) {
            guard let first = places[pair.first], let second = places[pair.second] else { continue }
            known.insert(first * circles.count + second)
            known.insert(second * circles.count + first)
            let range = Self.range(relation, circles[first], circles[second])
            guard let range else { continue }
            links.append(
                Link(
                    first: first, second: second, relation: relation, low: range.lowerBound,
                    high: range.upperBound))
        }
        var strangers: [(Int, Int)] = []
        for first in circles.indices {
            for second in circles.indices where second > first {
                guard !known.contains(first * circles.count + second),
                    circles[first].relation(to: circles[second]) == .apart
                else { continue }
                strangers.append((first, second))
            }
        }
        self.links = links
        self.strangers = strangers
        sweeps = min(240, max(24, Self.work / (strangers.count + 4 * links.count + 1)))
    }

    /// The distances at which two circles are in a relation; nil where their sizes forbid it.
    static func range(
        _ relation: Relation, _ first: VennCircle, _ second: VennCircle
    ) -> ClosedRange<Double>? {
        let (sum, difference) = (
            first.radius + second.radius, abs(first.radius - second.radius)
        )
        switch relation {
        case .apart: return sum + VennSpace.gap...4 * VennSpace.edge
        case .touching: return sum...sum
        case .overlapping:
            let least = first.size == second.size ? sum * 0.3 : difference
            return least + VennSpace.tolerance + margin...sum - VennSpace.tolerance - margin
        case .inside: return first.size == second.size ? nil : 0...difference - margin
        }
    }

    /// Solves a diagram; where not all of it can hold, as much of it as can, the subject first.
    static func settle(_ diagram: VennDiagram, moving subject: VennPair?) -> [VennCircle] {
        var patience = Self.patience
        var best = VennSolver(diagram).settled(moving: subject, &patience)
        guard !best.isWhole else { return best.circles }
        // Ranges that pull against each other leave several a little out of range. Without those,
        // the rest holds; then each is tried again by itself.
        var core = diagram
        core.circles = best.circles
        let given = core.mismatches.filter { $0 != subject }
        for pair in given { core.stated[pair] = nil }
        for pair in [nil] + given.prefix(triesAgain).map(Optional.some) {
            var wanted = core
            if let pair { wanted.stated[pair] = diagram.stated[pair] }
            let result = VennSolver(wanted).settled(moving: pair ?? subject, &patience)
            guard result.isWhole else { continue }
            core = VennDiagram(result.circles, stated: wanted.stated)
            let broken = VennDiagram(result.circles, stated: diagram.stated).mismatches.count
            if broken < best.broken {
                best = Result(circles: result.circles, isWhole: broken == 0, broken: broken)
            }
        }
        return best.circles
    }

    /// Solves for everything at once, from where the circles lie; further attempts are made as
    /// long as there is patience.
    private func settled(moving subject: VennPair?, _ patience: inout Int) -> Result {
        let steps = sweeps * (strangers.count + links.count)
        patience -= steps
        var best = attempt(from: circles)
        guard !best.isWhole, let subject,
            let link = links.first(where: { $0.isOf(subject, circles) })
        else { return best }
        for start in starts(link) where patience > steps {
            patience -= steps
            let next = attempt(from: start)
            if next.broken < best.broken { best = next }
            if best.isWhole { break }
        }
        return best
    }

    private func attempt(from start: [VennCircle]) -> Result {
        var circles = start
        for sweep in 0..<sweeps {
            let calm = 1.5 * Double(sweep) / Double(sweeps)
            if calm < 1 {
                for pair in strangers {
                    let least =
                        circles[pair.first].radius + circles[pair.second].radius + VennSpace.gap
                    Self.bring(
                        pair.first, pair.second, within: least...Double.infinity,
                        strength: 0.5 * (1 - calm), &circles)
                }
            }
            for link in links {
                Self.bring(
                    link.first, link.second, within: link.low...link.high, strength: 1, &circles)
            }
            if sweep % 4 == 3, isSettled(circles, withStrangers: calm < 1) { break }
        }
        for index in circles.indices {
            circles[index].x = VennSpace.within(circles[index].x) ?? 0
            circles[index].y = VennSpace.within(circles[index].y) ?? 0
        }
        let broken = links.count { !$0.holds(circles) }
        return Result(circles: circles, isWhole: broken == 0, broken: broken)
    }

    private func isSettled(_ circles: [VennCircle], withStrangers: Bool) -> Bool {
        guard links.allSatisfy({ $0.holds(circles) }) else { return false }
        guard withStrangers else { return true }
        return strangers.allSatisfy {
            circles[$0.first].relation(to: circles[$0.second]) == .apart
        }
    }

    /// Moves two circles along the line between them until their distance is in range.
    private static func bring(
        _ first: Int, _ second: Int, within range: ClosedRange<Double>, strength: Double,
        _ circles: inout [VennCircle]
    ) {
        var dx = circles[second].x - circles[first].x
        var dy = circles[second].y - circles[first].y
        var distance = (dx * dx + dy * dy).squareRoot()
        let wanted = min(max(distance, range.lowerBound), range.upperBound)
        let change = (wanted - distance) * strength
        guard abs(change) > 0.01 else { return }
        if distance < 0.01 {
            // One exactly on the other: any direction will do, as long as it is the same one.
            let point = VennTurn.point(Double(first + second) * VennTurn.golden)
            (dx, dy, distance) = (point.x, point.y, 1)
        }
        let (r1, r2) = (circles[first].radius, circles[second].radius)
        let share = r2 * r2 / (r1 * r1 + r2 * r2)
        let (ux, uy) = (dx / distance * change, dy / distance * change)
        circles[first].x -= ux * share
        circles[first].y -= uy * share
        circles[second].x += ux * (1 - share)
        circles[second].y += uy * (1 - share)
    }
}

extension VennSolver {
    /// Other places to begin at: one circle of the link, with what hangs on it, on every side of
    /// the other; then the neighbourhood of both strewn anew.
    private func starts(_ link: Link) -> [[VennCircle]] {
        let distance = (link.low + min(link.high, link.low + 40)) / 2
        var starts: [[VennCircle]] = []
        for (moved, fixed) in [(link.first, link.second), (link.second, link.first)] {
            let group = hanging(on: moved, without: fixed)
            for side in 0..<Self.sides {
                let point = VennTurn.point(Double(side) / Double(Self.sides))
                let x = circles[fixed].x + distance * point.x - circles[moved].x
                let y = circles[fixed].y + distance * point.y - circles[moved].y
                var start = circles
                for index in group {
                    start[index].x += x
                    start[index].y += y
                }
                starts.append(start)
            }
        }
        let neighbourhood = hanging(on: link.first, without: nil).sorted()
        for strewing in 0..<Self.strewings {
            var start = circles
            for (number, index) in neighbourhood.enumerated() {
                let turn = Double((number + 1) * (strewing + 3)) * VennTurn.golden
                let point = VennTurn.point(turn)
                let radius = 60 * Double(number + 1).squareRoot() * (1 + Double(strewing) * 0.4)
                start[index].x = circles[link.first].x + radius * point.x
                start[index].y = circles[link.first].y + radius * point.y
            }
            starts.append(start)
        }
        return starts
    }

    /// The circle with all that is tied to it, directly or by others, but not by way of one.
    /// Where that one is tied to it by others too, the circle alone.
    private func hanging(on circle: Int, without other: Int?) -> Set<Int> {
        var found: Set = [circle]
        var waiting = [circle]
        while let next = waiting.popLast() {
            for link in links where link.relation != .apart {
                guard link.first == next || link.second == next else { continue }
                let end = link.first == next ? link.second : link.first
                if end == other, next == circle { continue }
                if found.insert(end).inserted { waiting.append(end) }
            }
        }
        if let other, found.contains(other) { return [circle] }
        return found
    }
}

extension VennSolver.Link {
    func holds(_ circles: [VennCircle]) -> Bool {
        circles[first].relation(to: circles[second]) == relation
    }

    func isOf(_ pair: VennPair, _ circles: [VennCircle]) -> Bool {
        VennPair(circles[first].id, circles[second].id) == pair
    }
}
