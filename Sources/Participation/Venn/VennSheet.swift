/// A Venn diagram as the records tell it: one that was drawn by all, by the women or by the men.
public struct VennSheet: Sendable {
    /// Who drew it.
    public let drawnBy: DrawnBy
    /// The institutions by importance: by rank, those without one after them.
    public let institutions: [Record]
    /// The circles, those that nobody has laid down yet at free spots.
    public let diagram: VennDiagram
    /// The institutions whose place is the program's and not yet stored.
    public let unplaced: Set<RecordID>
    /// The record that states a pair; where two laptops each made one, the later counts.
    public let links: [VennPair: Record]
    /// How many institutions are left out because a diagram holds no more.
    public let hidden: Int

    /// Picks one diagram's institutions and links out of a meeting's.
    public init(_ drawnBy: DrawnBy, institutions: [Record], links: [Record]) {
        self.drawnBy = drawnBy
        let own = Self.sorted(
            institutions.filter { ($0[Schema.institution.drawnBy] ?? .all) == drawnBy })
        self.institutions = Array(own.prefix(VennSpace.most))
        hidden = max(0, own.count - VennSpace.most)
        self.links = Self.links(links, among: Set(self.institutions.map(\.id)))
        let stated = self.links.compactMapValues { $0[Schema.institutionLink.relation] }
        (diagram, unplaced) = Self.diagram(self.institutions, stated)
    }

    /// An institution by its id.
    public subscript(id: RecordID) -> Record? { institutions.first { $0.id == id } }

    /// By rank, then larger first, then in the order in which they were made.
    public static func sorted(_ institutions: [Record]) -> [Record] {
        institutions.sorted {
            let (left, right) = (Self.key($0), Self.key($1))
            return left == right ? $0.id < $1.id : left < right
        }
    }

    private static func key(_ record: Record) -> (Int, Double) {
        (record[Schema.institution.rank] ?? .max, -size(record).radius)
    }

    /// A circle's size; one that was never given is small.
    public static func size(_ record: Record) -> Importance {
        record[Schema.institution.importance] ?? .small
    }

    private static func links(
        _ records: [Record], among known: Set<RecordID>
    ) -> [VennPair: Record] {
        var found: [VennPair: Record] = [:]
        for record in records {
            guard let from = record[Schema.institutionLink.from],
                let to = record[Schema.institutionLink.to], from != to,
                known.contains(from), known.contains(to),
                record[Schema.institutionLink.relation] != nil
            else { continue }
            let pair = VennPair(from, to)
            if let other = found[pair], other.id > record.id { continue }
            found[pair] = record
        }
        return found
    }

    private static func diagram(
        _ institutions: [Record], _ stated: [VennPair: Relation]
    ) -> (VennDiagram, Set<RecordID>) {
        var unplaced: [Int] = []
        let circles = institutions.enumerated().map { index, record in
            let x = record[Schema.institution.x].flatMap { VennSpace.within($0) }
            let y = record[Schema.institution.y].flatMap { VennSpace.within($0) }
            if x == nil || y == nil { unplaced.append(index) }
            return VennCircle(id: record.id, size: size(record), x: x ?? 0, y: y ?? 0)
        }
        let ids = Set(unplaced.map { circles[$0].id })
        let placed = VennPlacement.place(circles, unplaced: unplaced)
        var diagram = VennDiagram(placed, stated: stated)
        // What is only stated and never drawn is drawn as it is stated.
        if ids.count == circles.count, !diagram.mismatches.isEmpty {
            diagram = diagram.arranged().diagram
        }
        diagram.circles.sort {
            ($1.radius, $0.id) < ($0.radius, $1.id)
        }
        return (diagram, ids)
    }
}
