import Hummingbird
import Participation
import Store

/// Records of all kinds by words of their titles and names.
enum SearchPage {
    struct Model: PageModel {
        static let template = "search"
        let query: String
        let summary: String
        let groups: [Group]

        struct Group: Sendable {
            let title: String
            let results: [Result]
            let moreHref: String?
        }

        struct Result: Sendable {
            let title: String
            let detail: String?
            let href: String
        }
    }

    private static let longestQuery = 200
    /// Records looked at, and shown of one kind.
    private static let most = 200
    private static let mostOfKind = 10

    static func show(_ visit: Visit) async throws -> Response {
        let query = String(try visit.query().words("q").prefix(longestQuery))
        let texts = visit.texts
        guard SearchText.fold(query).count >= 2 else {
            return try await visit.page(
                Model(query: query, summary: texts["search.typeFirst"], groups: []))
        }
        let access = visit.access
        let (groups, count) = try await visit.read { reader in
            let names = RecordNames(reader, texts, access)
            let found = try reader.search(query, limit: most).filter {
                access.mayRead($0.entity)
            }
            let byKind = Dictionary(grouping: found, by: \.entity)
            let groups = try EntityName.allCases.compactMap { entity in
                try byKind[entity].map { try group(entity, $0, query, names, texts) }
            }
            return (groups, found.count)
        }
        return try await visit.page(
            Model(query: query, summary: summary(query, count, texts), groups: groups))
    }

    private static func group(
        _ entity: EntityName, _ records: [Record], _ query: String, _ names: RecordNames,
        _ texts: Texts
    ) throws -> Model.Group {
        let results = try records.prefix(mostOfKind).map {
            Model.Result(
                title: try names.title($0), detail: try names.detail($0),
                href: RecordNames.path($0))
        }
        let more = Paths.list(entity) + "?q=" + Percent.encoded(query)
        let hasMore = records.count > mostOfKind && entity != .account
        return Model.Group(
            title: texts.many(entity), results: results, moreHref: hasMore ? more : nil)
    }

    private static func summary(_ query: String, _ count: Int, _ texts: Texts) -> String {
        switch count {
        case 0: texts("search.nothing", ["query": query])
        case most: texts("search.foundAtLeast", ["count": String(count)])
        default: texts("search.found", ["count": String(count)])
        }
    }
}
