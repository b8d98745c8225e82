import Participation
import Store

/// All that the ranking of a village or of the municipality is shown from.
struct RankingMaterial: Sendable {
    let cycle: Record
    let municipality: Record?
    /// The municipality's villages in Kyrgyz order.
    let villages: [Record]
    /// The village; nil for the municipality's ranking.
    let village: Record?
    /// The whole ranking.
    let entries: [Ranking.Entry]
    /// The rows that are shown.
    let rows: [Ranking.Entry]
    let extent: Extent
    /// The cycle's meetings.
    let events: [RecordID: Record]
    /// The themes among the rows.
    let merges: [RecordID: Merge]
    /// The problems of the cycle, each with its meeting.
    let problems: [RecordID: Problem]
    /// What else a merge can hold: themes of the level below.
    let themes: [RecordID: Theme]
    /// Names of those who merged, by account.
    let names: [String: String]

    struct Merge: Sendable {
        let theme: Record
        let made: Authorship?
        let parts: [Part]
        /// The places it has in themes of the level above.
        let above: [Record]
    }

    struct Part: Sendable {
        let record: Record
        let made: Authorship?

        var held: RecordID? { record[Schema.themePart.part] }
    }

    struct Problem: Sendable {
        let title: String
        let votes: Int
        let event: RecordID?
    }

    struct Theme: Sendable {
        let title: String
        let votes: Int
        let village: RecordID?
    }

    /// How much of a long ranking is shown.
    struct Extent: Sendable {
        static let most = 60
        static let mostParts = 8

        /// Everything, however long.
        var isWhole = false
        /// Rows that are chosen for a merge, wherever they stand.
        var chosen: Set<RecordID> = []

        /// How many parts of a merge are shown.
        var parts: Int { isWhole ? .max : Self.mostParts }

        /// The rows from the top, the priorities whatever their number, and the chosen.
        func rows(_ entries: [Ranking.Entry]) -> [Ranking.Entry] {
            guard !isWhole, entries.count > Self.most else { return entries }
            return entries.enumerated().filter { index, entry in
                index < Self.most || entry.isPriority || chosen.contains(entry.id)
            }.map(\.element)
        }
    }

    /// Reads a cycle's ranking.
    /// - Throws: ``WebError/noRecord(_:)`` where there is no such village.
    init(
        _ overview: CycleOverview, village: RecordID?, _ extent: Extent, _ reader: Reader
    ) throws {
        cycle = overview.cycle
        municipality = overview.municipality
        villages = overview.villages
        self.village = try village.flatMap { try reader.record(.village, $0) }
        if village != nil, self.village == nil { throw WebError.noRecord(.village) }
        let ballot = overview.ballot
        let ranking = Ranking(ballot)
        entries = village.map { ranking.village($0) } ?? overview.ranking
        rows = extent.rows(entries)
        self.extent = extent
        events = overview.meetings.mapValues(\.event)
        let problems = Dictionary(
            ballot.problems.map {
                ($0.id, Problem(title: $0.title, votes: $0.votes, event: $0.event))
            }, uniquingKeysWith: { first, _ in first })
        self.problems = problems
        let themes = ballot.themes.map { theme in
            let votes = ranking.problems(in: theme.id).reduce(0) { $0 + (problems[$1]?.votes ?? 0) }
            return (theme.id, Theme(title: theme.title, votes: votes, village: theme.village))
        }
        self.themes = Dictionary(themes, uniquingKeysWith: { first, _ in first })
        merges = try Self.merges(rows, reader)
        names = try Self.names(merges, reader)
    }

    /// The level on which this ranking merges.
    var level: ThemeLevel { village == nil ? .municipality : .village }

    /// The meeting at which a problem was named.
    func meeting(of problem: RecordID) -> Record? {
        problems[problem]?.event.flatMap { events[$0] }
    }

    private static func merges(
        _ entries: [Ranking.Entry], _ reader: Reader
    ) throws -> [RecordID: Merge] {
        var merges: [RecordID: Merge] = [:]
        for entry in entries where entry.kind == .theme {
            guard let theme = try reader.record(.theme, entry.id) else { continue }
            let parts = try reader.records(
                .themePart, where: Schema.themePart.theme, is: entry.id
            ).map { Part(record: $0, made: try reader.authorship(.themePart, $0.id)) }
            let above = try reader.records(
                .themePart, where: Schema.themePart.part, is: entry.id
            ).filter { part in
                try part[Schema.themePart.theme].flatMap { try reader.record(.theme, $0) } != nil
            }
            merges[entry.id] = Merge(
                theme: theme, made: try reader.authorship(.theme, entry.id), parts: parts,
                above: above)
        }
        return merges
    }

    private static func names(
        _ merges: [RecordID: Merge], _ reader: Reader
    ) throws -> [String: String] {
        let made = merges.values.flatMap { merge in [merge.made] + merge.parts.map(\.made) }
        var names: [String: String] = [:]
        for actor in Set(made.compactMap { $0?.actor }) {
            guard let id = RecordID(actor) else { continue }
            names[actor] = try reader.anyRecord(.account, id)?.record.title
        }
        return names
    }
}
