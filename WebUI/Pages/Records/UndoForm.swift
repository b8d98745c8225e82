import HTTPTypes
import Hummingbird
import Participation
import Store

/// Takes a whole commit back and returns to the page it was asked on.
enum UndoForm {
    static func submit(_ visit: Visit) async throws -> Response {
        guard let commit = try await visit.form()["commit"].flatMap({ CommitID($0) }) else {
            throw WebError.badRequest
        }
        let access = visit.access
        // Accounts are disabled and enabled on their own page: the commit of the first run must
        // not take the only administrator away.
        let receipt = try await visit.store.undo(commit, by: visit.actor) { entity in
            entity != .account && access.mayWrite(entity)
        }
        return visit.redirect(back(visit), flash: flash(receipt), commit: receipt.commit)
    }

    private static func flash(_ receipt: UndoReceipt) -> String {
        switch (receipt.commit, receipt.skipped) {
        case (nil, _): "records.flash.unchanged"
        case (_, 0): "records.flash.undone"
        default: "records.flash.undonePartly"
        }
    }

    /// The page that asked, where the browser names one of ours; else the first page.
    private static func back(_ visit: Visit) -> String {
        guard let referer = visit.request.headers[.referer],
            let authority = visit.request.head.authority
        else { return Paths.home }
        let origin = "\(visit.listener.scheme)://\(authority)"
        guard referer.hasPrefix(origin + "/") else { return Paths.home }
        return Paths.own(String(referer.dropFirst(origin.count)))
    }
}
