import Hummingbird
import Participation
import Store

/// The fields for which laptops hold different values, as a list.
enum ConflictsPage {
    struct Model: PageModel {
        static let template = "conflicts"
        let conflicts: [Row]
        let nextHref: String?

        struct Row: Sendable {
            let title: String
            let kind: String
            let field: String
            let href: String
        }
    }

    /// Rows on a page.
    static let pageSize = 100

    static func show(_ visit: Visit) async throws -> Response {
        let agreement = try visit.agreement()
        let page = try await agreement.conflicts(try visit.query()["after"], pageSize)
        let (texts, access) = (visit.texts, visit.access)
        let shown = page.conflicts.filter { shows($0.id, access) }
        let rows = try await visit.read { reader in
            let names = RecordNames(reader, texts, access)
            return try shown.compactMap { conflict -> Model.Row? in
                let id = conflict.id
                guard let found = try reader.anyRecord(id.entity, id.record) else { return nil }
                return Model.Row(
                    title: try names.title(found.record), kind: texts.one(id.entity),
                    field: texts.label(id.field, of: id.entity), href: Paths.conflict(id))
            }
        }
        return try await visit.page(
            Model(
                conflicts: rows,
                nextHref: page.next.map { Paths.after($0, in: Paths.conflicts) }))
    }

    /// Whether a role may see the values of a field.
    static func shows(_ id: ConflictID, _ access: Access) -> Bool {
        guard access.mayRead(id.entity) else { return false }
        guard let field = Entity[id.entity][field: id.field] else { return id.field == "deleted" }
        // That a passphrase differs is said to those who may change it; never what it is.
        return access.mayRead(field) || (field.privacy == .secret && access.mayWrite(id.entity))
    }
}
