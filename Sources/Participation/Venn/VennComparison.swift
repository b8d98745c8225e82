/// What women and men drew differently, institutions matched by their names.
public struct VennComparison: Sendable {
    /// What differs, in the order of importance for those who compare.
    public let differences: [Difference]
    /// Institutions that only one of the two has, and the other's that is called nearly so.
    public let similar: [(women: Record, men: Record)]
    /// How many institutions both have.
    public let shared: Int

    /// One thing that differs.
    public enum Difference: Sendable, Equatable {
        /// One of the two does not have it.
        case onlyIn(DrawnBy, name: String)
        /// It matters more to the ones than to the others.
        case size(name: String, women: Importance, men: Importance)
        /// The ones are satisfied with it, the others are not, or did not say.
        case satisfied(name: String, women: Bool?, men: Bool?)
        /// Two institutions are nearer to each other for the ones than for the others.
        case relation(first: String, second: String, women: Relation, men: Relation)
    }

    private static let alike = 0.45

    /// Compares two diagrams of one meeting.
    public init(women: VennSheet, men: VennSheet) {
        var open = Dictionary(grouping: men.institutions) { SearchText.fold($0.title) }
        var both: [(women: Record, men: Record)] = []
        var lonely: [Record] = []
        for record in women.institutions {
            let name = SearchText.fold(record.title)
            if let match = open[name]?.first {
                both.append((record, match))
                open[name]?.removeFirst()
            } else {
                lonely.append(record)
            }
        }
        let theirs = Set(both.map(\.men.id))
        let others = men.institutions.filter { !theirs.contains($0.id) }
        shared = both.count
        similar = Self.similar(lonely, others)
        differences =
            both.flatMap { Self.differences(of: $0.women, $0.men) }
            + Self.relations(both, women.diagram, men.diagram)
            + lonely.map { .onlyIn(.women, name: $0.title) }
            + others.map { .onlyIn(.men, name: $0.title) }
    }

    private static func differences(of women: Record, _ men: Record) -> [Difference] {
        var found: [Difference] = []
        let (size, other) = (VennSheet.size(women), VennSheet.size(men))
        if size != other { found.append(.size(name: women.title, women: size, men: other)) }
        let (satisfied, too) = (
            women[Schema.institution.satisfied], men[Schema.institution.satisfied]
        )
        // Who was not asked does not differ.
        if let satisfied, let too, satisfied != too {
            found.append(.satisfied(name: women.title, women: satisfied, men: too))
        }
        return found
    }

    private static func relations(
        _ both: [(women: Record, men: Record)], _ women: VennDiagram, _ men: VennDiagram
    ) -> [Difference] {
        let (theirs, others) = (Self.near(women), Self.near(men))
        var found: [Difference] = []
        for (index, first) in both.enumerated() {
            for second in both[(index + 1)...] {
                let here = theirs[VennPair(first.women.id, second.women.id)] ?? .apart
                let there = others[VennPair(first.men.id, second.men.id)] ?? .apart
                guard here != there else { continue }
                found.append(
                    .relation(
                        first: first.women.title, second: second.women.title, women: here,
                        men: there))
            }
        }
        return found
    }

    private static func near(_ diagram: VennDiagram) -> [VennPair: Relation] {
        Dictionary(diagram.readings.map { ($0.pair, $0.relation) }, uniquingKeysWith: { a, _ in a })
    }

    private static func similar(
        _ women: [Record], _ men: [Record]
    ) -> [(women: Record, men: Record)] {
        guard women.count * men.count <= 40_000 else { return [] }
        var left = men
        var found: [(Record, Record)] = []
        for record in women {
            let likest = left.map { ($0, Similarity.of(record.title, $0.title)) }
                .filter { $0.1 >= alike }.max { $0.1 < $1.1 }
            guard let likest else { continue }
            found.append((record, likest.0))
            left.removeAll { $0.id == likest.0.id }
        }
        return found
    }
}
