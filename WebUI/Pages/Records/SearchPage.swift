import Hummingbird
import Participation
import Store

/// Records of all kinds by words of their titles and names. What people search for is a name more
/// often than not, so the words come in a form and stand in no address and no history.
enum SearchPage {
    struct Model: PageModel {
        static let template = "search"
        let query: String
        let summary: String
        let groups: [Group]

        struct Group: Sendable {
            let title: String
            let results: [Result]
            let moreOf: String?
        }

        struct Result: Sendable {
            let title: String
            let detail: String?
            let href: String
        }
    }

    /// Records looked at, and shown of one kind.
    private static let most = 200
    private static let mostOfKind = 10

    /// The form alone.
    static func show(_ visit: Visit) async throws -> Response {
        try await visit.page(
            Model(query: "", summary: visit.texts["search.typeFirst"], groups: []),
            at: Paths.search)
    }

    /// What the form's words find; with a kind of record, in its list.
    static func find(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let query = String(form.words("q").prefix(ListRequest.longestQuery))
        let texts = visit.texts
        if let entity = form["entity"] {
            return try await RecordsListPage.find(query, in: try visit.entity(entity), visit)
        }
        guard SearchText.fold(query).count >= 2 else {
            return try await visit.page(
                Model(query: query, summary: texts["search.typeFirst"], groups: []),
                at: Paths.search)
        }
        let access = visit.access
        let (groups, count) = try await visit.read { reader in
            let names = RecordNames(reader, texts, access)
            let found = try reader.search(query, limit: most).filter {
                access.mayRead($0.entity)
            }
            let byKind = Dictionary(grouping: found, by: \.entity)
            let groups = try EntityName.allCases.compactMap { entity in
                try byKind[entity].map { try group(entity, $0, names, texts) }
            }
            return (groups, found.count)
        }
        return try await visit.page(
            Model(query: query, summary: summary(query, count, texts), groups: groups),
            at: Paths.search)
    }

    private static func group(
        _ entity: EntityName, _ records: [Record], _ names: RecordNames, _ texts: Texts
    ) throws -> Model.Group {
        let results = try records.prefix(mostOfKind).map {
            Model.Result(
                title: try names.title($0), detail: try names.detail($0),
                href: RecordNames.path($0))
        }
        let hasMore = records.count > mostOfKind && entity != .account
        return Model.Group(
            title: texts.many(entity), results: results,
            moreOf: hasMore ? entity.rawValue : nil)
    }

    private static func summary(_ query: String, _ count: Int, _ texts: Texts) -> String {
        switch count {
        case 0: texts("search.nothing", ["query": query])
        case most: texts("search.foundAtLeast", ["count": String(count)])
        default: texts("search.found", ["count": String(count)])
        }
    }
}
