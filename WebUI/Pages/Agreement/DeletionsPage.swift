import Hummingbird
import Participation
import Store

/// What was deleted on other laptops: taken back in one go or one by one, or seen and left.
enum DeletionsPage {
    struct Model: PageModel {
        static let template = "deletions"
        let deletions: [Row]
        let action: String?
        let nextHref: String?

        struct Row: Sendable {
            let id: String
            let value: String
            let title: String
            let kind: String
            let who: String
            let laptop: String
            let when: String
            let historyHref: String
        }
    }

    private static let pageSize = 200
    /// Records that one press brings back or marks; there is another press for more.
    private static let most = 10_000

    static func show(_ visit: Visit) async throws -> Response {
        try await page(visit, problem: nil)
    }

    /// Takes back or marks as seen: those that are ticked, or all.
    static func submit(_ visit: Visit) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let typed = try await visit.form()
        let chosen = typed.all("deletion").compactMap { DeletionID($0) }
        let ids: [DeletionID]
        switch typed["act"] {
        case "restore"?, "seen"?: ids = chosen.filter { shows($0.entity, visit.access) }
        case "restoreAll"?, "seenAll"?: ids = try await all(visit)
        default: throw WebError.badRequest
        }
        guard !ids.isEmpty else {
            return try await page(visit, problem: visit.texts["deletions.problem.none"])
        }
        if typed["act"] == "seen" || typed["act"] == "seenAll" {
            try await visit.agreement().markSeen(ids)
            return visit.redirect(Paths.deletions, flash: "deletions.flash.seen")
        }
        let deleted = try await stillDeleted(visit, ids)
        let receipt = try await visit.commit(deleted.map { .restore($0.entity, $0.record) })
        return visit.redirect(
            Paths.deletions, flash: "deletions.flash.restored", commit: receipt.commit)
    }

    /// Whether a role sees deletions of a kind here. An account that another laptop closed is
    /// opened on the page of accounts, which sees to it that no login is there twice.
    static func shows(_ entity: EntityName, _ access: Access) -> Bool {
        entity != .account && access.mayRead(entity)
    }

    private static func all(_ visit: Visit) async throws -> [DeletionID] {
        let agreement = try visit.agreement()
        var (ids, cursor): ([DeletionID], String?) = ([], nil)
        repeat {
            let page = try await agreement.deletions(cursor, pageSize)
            ids += page.deletions.map(\.id).filter { shows($0.entity, visit.access) }
            cursor = page.next
        } while cursor != nil && ids.count < most
        return ids
    }

    /// Somebody else may have brought one back meanwhile.
    private static func stillDeleted(
        _ visit: Visit, _ ids: [DeletionID]
    ) async throws -> [DeletionID] {
        try await visit.read { reader in
            try ids.filter { try reader.anyRecord($0.entity, $0.record)?.isDeleted == true }
        }
    }

    private static func page(_ visit: Visit, problem: String?) async throws -> Response {
        let agreement = try visit.agreement()
        let isRead = visit.request.method == .get || visit.request.method == .head
        let after = isRead ? try visit.query()["after"] : nil
        let found = try await agreement.deletions(after, pageSize)
        let state = await visit.office.laptops?.state()
        let (texts, access) = (visit.texts, visit.access)
        let shown = found.deletions.filter { shows($0.id.entity, access) }
        let rows = try await visit.read { reader in
            let names = RecordNames(reader, texts, access)
            return try shown.enumerated().compactMap { index, deletion -> Model.Row? in
                let id = deletion.id
                guard let record = try reader.anyRecord(id.entity, id.record)?.record else {
                    return nil
                }
                return Model.Row(
                    id: "deletion-\(index)", value: id.description,
                    title: try names.title(record), kind: texts.one(id.entity),
                    who: try texts.person(deletion.account, reader),
                    laptop: state?.name(of: deletion.laptop) ?? deletion.laptop.short,
                    when: texts.moment(milliseconds: deletion.deletedAt),
                    historyHref: Paths.history(id.entity, id.record))
            }
        }
        let mayAct = access.mayExchange && !rows.isEmpty
        return try await visit.page(
            Model(
                deletions: rows, action: mayAct ? Paths.deletions : nil,
                nextHref: found.next.map { Paths.after($0, in: Paths.deletions) }),
            at: Paths.deletions,
            errors: problem.map { [.init(text: $0, href: "#main")] } ?? [],
            status: problem == nil ? .ok : .unprocessableContent)
    }
}
