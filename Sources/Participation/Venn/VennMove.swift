/// What setting a relation by list, or changing a size, comes to: new places, and the honest truth
/// of what could not be kept.
public struct VennMove: Sendable, Equatable {
    /// The diagram with the circles at their new places and the new statement.
    public let diagram: VennDiagram
    /// The circles that moved.
    public let moved: [RecordID]
    /// What was stated, lay so, and cannot be kept beside the new: it would have to give way.
    public let broken: [VennPair]
    /// Pairs of which nothing was stated and that came to lie together, or apart.
    public let cameAbout: [VennPair]
    /// Why it cannot be at all.
    public let obstacle: Obstacle?

    /// What forbids a relation whatever moves.
    public enum Obstacle: Sendable, Equatable {
        /// Circles of one size are not inside one another.
        case sameSize
        /// One of them is not in the diagram, or both are the same.
        case noPair
    }
}

extension VennDiagram {
    /// Sets a relation and moves circles until it holds, together with all else that is stated. It
    /// holds in the end in any case where sizes allow it; what had to give way is told.
    public func setting(_ relation: Relation, _ pair: VennPair) -> VennMove {
        guard pair.first != pair.second, let first = self[pair.first],
            let second = self[pair.second]
        else { return refused(.noPair) }
        guard VennSolver.range(relation, first, second) != nil else { return refused(.sameSize) }
        var wanted = self
        wanted.stated[pair] = relation
        var result = VennSolver.settle(wanted, moving: pair)
        var settled = VennDiagram(result, stated: wanted.stated)
        if settled.reading(pair) != relation {
            result = settled.forced(relation, pair)
            settled = VennDiagram(result, stated: wanted.stated)
        }
        return move(to: settled, except: pair)
    }

    /// Gives a circle another size and moves circles until all that is stated holds again.
    public func resizing(_ id: RecordID, to size: Importance) -> VennMove {
        guard self[id] != nil else { return refused(.noPair) }
        var wanted = self
        for index in wanted.circles.indices where wanted.circles[index].id == id {
            wanted.circles[index].size = size
        }
        let subject = wanted.stated.keys.sorted().first {
            $0.contains(id) && wanted.reading($0) != wanted.stated[$0]
        }
        let result = VennSolver.settle(wanted, moving: subject)
        return move(to: VennDiagram(result, stated: stated), except: nil)
    }

    /// Lays the circles as it is stated, as far as that can be.
    public func arranged() -> VennMove {
        let settled = VennDiagram(
            VennSolver.settle(self, moving: mismatches.first), stated: stated)
        return move(
            to: settled.mismatches.count < mismatches.count ? settled : self, except: nil)
    }

    private func refused(_ obstacle: VennMove.Obstacle) -> VennMove {
        VennMove(diagram: self, moved: [], broken: [], cameAbout: [], obstacle: obstacle)
    }

    private func move(to settled: VennDiagram, except pair: VennPair?) -> VennMove {
        let broken = stated.keys.filter {
            $0 != pair && reading($0) == stated[$0] && settled.reading($0) != stated[$0]
        }
        let before = Dictionary(uniqueKeysWithValues: readings.map { ($0.pair, $0.relation) })
        let after = Dictionary(
            uniqueKeysWithValues: settled.readings.map { ($0.pair, $0.relation) })
        let cameAbout = Set(before.keys).union(after.keys).filter {
            settled.stated[$0] == nil && before[$0] != after[$0]
        }
        let old = Dictionary(circles.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let moved = settled.circles.filter { circle in
            guard let old = old[circle.id] else { return false }
            return old.x != circle.x || old.y != circle.y
        }
        return VennMove(
            diagram: settled, moved: moved.map(\.id), broken: broken.sorted(),
            cameAbout: cameAbout.sorted(), obstacle: nil)
    }

    /// The circles with one pair brought into its relation whatever becomes of the others.
    private func forced(_ relation: Relation, _ pair: VennPair) -> [VennCircle] {
        guard let first = self[pair.first], let second = self[pair.second],
            let range = VennSolver.range(relation, first, second)
        else { return circles }
        let isFirstSmaller = first.radius <= second.radius
        let (moved, fixed) = isFirstSmaller ? (first, second) : (second, first)
        let distance = moved.distance(to: fixed)
        let wanted = min(max(distance, range.lowerBound), range.upperBound)
        let way =
            distance > 0.01
            ? ((moved.x - fixed.x) / distance, (moved.y - fixed.y) / distance) : (1, 0)
        // At the edge of the plane the way out is closed; the way in is not.
        for sign in [1.0, -1.0] {
            let x = VennSpace.within(fixed.x + sign * way.0 * wanted) ?? 0
            let y = VennSpace.within(fixed.y + sign * way.1 * wanted) ?? 0
            let next = moving(moved.id, x: x, y: y)
            if next.reading(pair) == relation { return next.circles }
        }
        return moving(moved.id, x: fixed.x > 0 ? fixed.x - wanted : fixed.x + wanted, y: fixed.y)
            .circles
    }
}
