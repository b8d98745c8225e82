/// The circles of one Venn diagram and what people stated of them.
public struct VennDiagram: Sendable, Equatable {
    /// In the order in which they are drawn: what is large lies below.
    public var circles: [VennCircle]
    /// What was stated of pairs: the relations that a move has to keep.
    public var stated: [VennPair: Relation]

    /// Circles with what is stated of them; statements about circles that are not here are left
    /// out.
    public init(_ circles: [VennCircle], stated: [VennPair: Relation] = [:]) {
        self.circles = circles
        let known = Set(circles.map(\.id))
        self.stated = stated.filter {
            known.contains($0.key.first) && known.contains($0.key.second)
        }
    }

    /// A circle by its institution.
    public subscript(id: RecordID) -> VennCircle? { circles.first { $0.id == id } }

    /// What a pair is to each other as it lies; nil where one of them is not here.
    public func reading(_ pair: VennPair) -> Relation? {
        guard let first = self[pair.first], let second = self[pair.second] else { return nil }
        return first.relation(to: second)
    }

    /// What every pair is to each other as it lies, those that are apart left out.
    public var readings: [(pair: VennPair, relation: Relation)] {
        var found: [(VennPair, Relation)] = []
        for (index, first) in circles.enumerated() {
            for second in circles[(index + 1)...] {
                let relation = first.relation(to: second)
                if relation != .apart { found.append((VennPair(first.id, second.id), relation)) }
            }
        }
        return found
    }

    /// The stated pairs that do not lie as it was stated, in a fixed order.
    public var mismatches: [VennPair] {
        stated.filter { reading($0.key) != $0.value }.keys.sorted()
    }

    /// The diagram with a circle let go at a place.
    public func moving(_ id: RecordID, x: Double, y: Double) -> VennDiagram {
        var copy = self
        for index in copy.circles.indices where copy.circles[index].id == id {
            (copy.circles[index].x, copy.circles[index].y) = (x, y)
        }
        return copy
    }

    /// What a hand that moved a circle has stated: each pair of it as it now lies. Pairs that are
    /// apart say so only where something was stated of them before.
    public func statements(of id: RecordID) -> [VennPair: Relation] {
        guard let circle = self[id] else { return [:] }
        var found: [VennPair: Relation] = [:]
        for other in circles where other.id != id {
            let pair = VennPair(id, other.id)
            let relation = circle.relation(to: other)
            if stated[pair] != relation, relation != .apart || stated[pair] != nil {
                found[pair] = relation
            }
        }
        return found
    }
}

/// Two institutions, whichever is named first.
public struct VennPair: Sendable, Hashable, Comparable {
    /// The one whose id comes first.
    public let first: RecordID
    /// The other.
    public let second: RecordID

    /// The pair of two institutions.
    public init(_ one: RecordID, _ other: RecordID) {
        (first, second) = one < other ? (one, other) : (other, one)
    }

    /// By the first, then by the second.
    public static func < (left: VennPair, right: VennPair) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }

    /// Whether it is one of the two.
    public func contains(_ id: RecordID) -> Bool { first == id || second == id }
}
