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
    let more: More?
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

    /// The way to the rows of a long ranking that are not shown.
    struct More: Sendable {
        let href: String
        let label: String
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
        let chosen = Set(query.all("part").compactMap { RecordID($0) })
        let extent = RankingMaterial.Extent(isWhole: query["all"] != nil, chosen: chosen)
        let found = try await read(
            visit, cycle: query.id("cycle"), village: query.id("village"), extent)
        guard let found else { return try await visit.page(RankingPage(emptyFor: visit)) }
        return try await visit.page(RankingPage(found, MergeForm(chosen: chosen), visit))
    }

    /// Nil where there is no cycle yet.
    static func read(
        _ visit: Visit, cycle asked: RecordID?, village: RecordID?,
        _ extent: RankingMaterial.Extent
    ) async throws -> RankingMaterial? {
        let cycle = try await visit.read { try $0.cycle(asked)?.id }
        guard let cycle else {
            guard asked == nil else { throw WebError.noRecord(.cycle) }
            return nil
        }
        guard
            let overview = try await visit.office.overviews.overview(
                cycle, year: visit.today.year, visit.store)
        else { throw WebError.noRecord(.cycle) }
        return try await visit.read { reader in
            try RankingMaterial(overview, village: village, extent, reader)
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
        more = nil
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
        rows = material.rows.map { Row($0, table, isChosen: form.chosen.contains($0.id)) }
        hasRows = !rows.isEmpty
        let hidden = material.entries.count - rows.count
        more =
            hidden > 0
            ? More(
                href: Paths.wholeRanking(material.cycle.id, village: material.village?.id),
                label: texts("ranking.more", ["count": texts.grouped(hidden)])) : nil
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
