import HTTPTypes
import Hummingbird
import Participation
import Store

/// Takes a commit back and returns to the page it was asked on. On a record's history only what
/// the commit did to that record is taken back; a commit of several records asks first.
enum UndoForm {
    static func submit(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let commit = form["commit"].flatMap({ CommitID($0) }) else {
            throw WebError.badRequest
        }
        let record = try record(form)
        if record == nil, form["sure"] == nil, try await isOfSeveral(commit, visit) {
            return visit.redirect(Paths.undo(commit.description, back: back(form, visit)))
        }
        let mayTakeBack = mayTakeBack(visit)
        let receipt = try await visit.store.undo(
            commit, only: record, by: visit.actor, mayWrite: mayTakeBack)
        return visit.redirect(
            back(form, visit), flash: flash(receipt), commit: receipt.commit,
            title: String(receipt.restored))
    }

    /// Accounts are disabled and enabled on their own page: the commit of the first run must not
    /// take the only administrator away.
    static func mayTakeBack(_ visit: Visit) -> @Sendable (EntityName) -> Bool {
        let access = visit.access
        return { $0 != .account && access.mayWrite($0) }
    }

    /// The record of a history page; nil for a whole commit.
    private static func record(_ form: FormData) throws -> RecordPlace? {
        guard let name = form["entity"] else { return nil }
        guard let entity = EntityName(rawValue: name), let id = form.id("record") else {
            throw WebError.badRequest
        }
        return RecordPlace(entity, id)
    }

    /// Whether a commit wrote more than one record, so that somebody has to be asked.
    private static func isOfSeveral(_ commit: CommitID, _ visit: Visit) async throws -> Bool {
        let kinds = try await visit.read { try $0.kinds(of: commit) }
        guard let kinds else { return true }
        guard kinds.allSatisfy({ mayTakeBack(visit)($0.entity) }) else {
            throw WebError.forbidden
        }
        return kinds.reduce(0) { $0 + $1.records } > 1
    }

    private static func flash(_ receipt: UndoReceipt) -> String {
        switch (receipt.commit, receipt.restored, receipt.skipped) {
        case (nil, _, _): "records.flash.unchanged"
        case (_, ...1, 0): "records.flash.undone"
        case (_, ...1, _): "records.flash.undonePartly"
        case (_, _, 0): "records.flash.undoneMany"
        default: "records.flash.undoneManyPartly"
        }
    }

    /// The page that asked: the one the form names, or the one the browser names; else the first.
    private static func back(_ form: FormData, _ visit: Visit) -> String {
        if let back = form["back"] { return Paths.own(back) }
        guard let referer = visit.request.headers[.referer],
            let authority = visit.request.head.authority
        else { return Paths.home }
        let origin = "\(visit.listener.scheme)://\(authority)"
        guard referer.hasPrefix(origin + "/") else { return Paths.home }
        return Paths.own(String(referer.dropFirst(origin.count)))
    }
}
