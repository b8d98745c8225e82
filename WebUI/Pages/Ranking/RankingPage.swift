import Hummingbird
import Participation
import Store

/// The ranking of a village or of the municipality, where similar problems are merged (R8).
struct RankingPage: PageModel {
    static let template = "ranking"

    let heading: String
    let lead: String
    let cycle: String
    let village: String
    let tabs: [Tab]
    let columns: [String]
    let hasRows: Bool
    let rows: [Row]
    let suggestions: [Suggestion]
    let findings: [SessionFinding]
    let mayMerge: Bool
    let merge: Merge
    let chosenCount: String

    struct Tab: Sendable {
        let label: String
        let href: String
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let id: String
        let place: String
        let name: String
        let cells: [Cell]
        let votes: String
        let percent: String
        let isPriority: Bool
        let isTheme: Bool
        let isChosen: Bool
        let about: String?
        let href: String
        let why: String?
        let merged: String?
        let parts: [Part]
    }

    struct Cell: Sendable {
        let label: String
        let count: String
    }

    struct Part: Sendable {
        let partId: String
        let partName: String
        let partAbout: String
        let partVotes: String
        let added: String
        let partWhy: String?
        let partHref: String
    }

    struct Suggestion: Sendable {
        let percent: String
        let titles: [String]
        let href: String
    }

    /// The form that merges what is chosen in the table.
    struct Merge: Sendable {
        let title: String
        let reason: String
        let titleError: String?
        let partError: String?
    }

    /// The cycle of the address, or the newest.
    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        let found = try await read(visit, cycle: query.id("cycle"), village: query.id("village"))
        guard let found else { return try await visit.page(RankingPage(emptyFor: visit)) }
        let form = MergeForm(chosen: Set(query.all("part").compactMap { RecordID($0) }))
        return try await visit.page(RankingPage(found, form, visit))
    }

    /// Nil where there is no cycle yet.
    static func read(
        _ visit: Visit, cycle: RecordID?, village: RecordID?
    ) async throws -> RankingMaterial? {
        try await visit.read { reader -> RankingMaterial? in
            guard let cycle else {
                let newest = try reader.newest(.cycle, limit: 1).records.first
                return try newest.map { try RankingMaterial($0, village: village, reader) }
            }
            guard let record = try reader.record(.cycle, cycle) else { throw WebError.notFound }
            return try RankingMaterial(record, village: village, reader)
        }
    }

    /// Before the first cycle there is nothing to rank.
    private init(emptyFor visit: Visit) {
        let texts = visit.texts
        heading = texts["layout.menuItems.ranking"]
        lead = texts["ranking.lead.village"]
        cycle = ""
        village = ""
        tabs = []
        columns = []
        hasRows = false
        rows = []
        suggestions = []
        findings = []
        mayMerge = false
        merge = Merge(title: "", reason: "", titleError: nil, partError: nil)
        chosenCount = ""
    }

    init(_ material: RankingMaterial, _ form: MergeForm, _ visit: Visit) {
        let texts = visit.texts
        if let village = material.village {
            heading = texts("ranking.title.village", ["village": village.title])
            lead = texts["ranking.lead.village"]
        } else {
            let place = material.municipality ?? material.cycle
            heading = texts("ranking.title.municipality", ["municipality": place.title])
            lead = texts["ranking.lead.municipality"]
        }
        cycle = material.cycle.id.text
        village = material.village?.id.text ?? ""
        tabs = Self.tabs(material, texts)
        let table = RankingTable(material, texts)
        columns = table.columns.map(\.label)
        rows = material.entries.map { Row($0, table, isChosen: form.chosen.contains($0.id)) }
        hasRows = !rows.isEmpty
        suggestions = Self.suggestions(material, visit)
        findings = Self.findings(material, texts)
        mayMerge = visit.mayMerge
        merge = Merge(
            title: form.title, reason: form.reason, titleError: form.errors["title"],
            partError: form.errors["ranking"])
        let chosen = rows.count { $0.isChosen }
        chosenCount =
            chosen < 2
            ? texts["ranking.merge.chooseTwo"]
            : texts("ranking.merge.chosen", ["count": String(chosen)])
    }

    private static func tabs(_ material: RankingMaterial, _ texts: Texts) -> [Tab] {
        let cycle = material.cycle.id
        let whole = Tab(
            label: texts["ranking.municipality"], href: Paths.ranking(cycle),
            isCurrent: material.village == nil)
        return [whole]
            + material.villages.map { village in
                Tab(
                    label: village.title, href: Paths.ranking(cycle, village: village.id),
                    isCurrent: village.id == material.village?.id)
            }
    }
}
