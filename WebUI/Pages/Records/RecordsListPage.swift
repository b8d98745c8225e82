import Hummingbird
import Participation
import Store

/// The records of one kind: the newest, those found by words of their titles, or those that
/// point to a record.
enum RecordsListPage {
    struct Model: PageModel {
        static let template = "records-list"
        let entity: String
        let live: String?
        let title: String
        let about: String?
        let newLabel: String
        let newHref: String?
        let listHref: String
        let query: String
        let count: String
        let columns: [Column]
        let titleLabel: String
        let rows: [Row]
        let firstHref: String?
        let nextHref: String?
        let exportHref: String?

        struct Column: Sendable {
            let label: String
            let isNumber: Bool
        }

        struct Row: Sendable {
            let title: String
            let href: String
            let cells: [Cell]
        }

        struct Cell: Sendable {
            let label: String
            let text: String
            let isNumber: Bool
        }
    }

    /// What the page reads of the store.
    private struct Found: Sendable {
        let columns: [Model.Column]
        let rows: [Model.Row]
        let next: Int64?
        let all: Int
        let subject: String?
    }

    static func show(_ visit: Visit) async throws -> Response {
        let entity = try visit.entity()
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        let request = ListRequest(entity, try visit.query(), visit.access)
        return try await visit.page(model(visit, request, try await read(visit, request)))
    }

    /// What words find in the list; without words, the list.
    static func find(
        _ words: String, in entity: EntityName, _ visit: Visit
    ) async throws -> Response {
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        guard !words.isEmpty else { return visit.redirect(Paths.list(entity)) }
        let request = ListRequest(entity, searching: words)
        return try await visit.page(
            model(visit, request, try await read(visit, request)), at: Paths.list(entity))
    }

    private static func read(_ visit: Visit, _ request: ListRequest) async throws -> Found {
        let entity = request.entity
        let (texts, access) = (visit.texts, visit.access)
        return try await visit.read { reader in
            let names = RecordNames(reader, texts, access)
            let page = try request.page(reader)
            let table = ListTable(entity, page.records, texts, access)
            return Found(
                columns: table.columns, rows: try page.records.map { try table.row($0, names) },
                next: page.next, all: try reader.count(entity),
                subject: try subject(request, names, texts))
        }
    }

    private static func model(
        _ visit: Visit, _ request: ListRequest, _ found: Found
    ) -> Model {
        let (entity, texts, access) = (request.entity, visit.texts, visit.access)
        let mayAdd = access.mayWrite(entity) && entity != .attachment
        let titleField = Entity[entity].titleFields.first
        return Model(
            entity: entity.rawValue, live: request.query.isEmpty ? entity.rawValue : nil,
            title: texts.many(entity),
            about: found.subject ?? texts.optional("entities.\(entity).about"),
            newLabel: texts["entities.\(entity).new"], newHref: mayAdd ? request.newPath : nil,
            listHref: Paths.list(entity), query: request.query,
            count: count(request, found, texts), columns: found.columns,
            titleLabel: titleField.map { texts.label($0, of: entity) } ?? texts.one(entity),
            rows: found.rows,
            firstHref: request.cursor == nil ? nil : request.path(from: nil),
            nextHref: found.next.map { request.path(from: $0) },
            exportHref: access.mayImport ? Paths.export(entity) : nil)
    }

    /// How many there are; a page of a longer list says that there are more.
    private static func count(
        _ request: ListRequest, _ found: Found, _ texts: Texts
    ) -> String {
        let shown = found.rows.count
        if !request.query.isEmpty {
            guard shown > 0 else { return texts["records.noneFound"] }
            let number = shown < ListRequest.pageSize ? String(shown) : "\(shown)+"
            return texts("records.found", ["query": request.query, "count": number])
        }
        if request.filters.isEmpty {
            return texts("records.count", ["count": texts.grouped(found.all)])
        }
        let isAll = found.next == nil && request.cursor == nil
        return texts(
            isAll ? "records.count" : "records.countAtLeast", ["count": String(shown)])
    }

    /// What the listed records belong to: «Жолугушуу: ЖМБА-сессия: Арал».
    private static func subject(
        _ request: ListRequest, _ names: RecordNames, _ texts: Texts
    ) throws -> String? {
        let parts = try request.filters.sorted { $0.key < $1.key }.compactMap {
            (field, id) -> String? in
            guard case .reference(let kinds)? = Entity[request.entity][field: field]?.type,
                let name = try names.name(of: id, in: kinds)
            else { return nil }
            let label = texts.label(field, of: request.entity)
            return texts("records.filtered", ["field": label, "title": name.title])
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Paths {
    /// The records of a kind as a table for a spreadsheet.
    static func export(_ entity: EntityName) -> String {
        "/api/v1/export?entity=\(entity)&format=csv"
    }
}
