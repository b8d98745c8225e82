import Hummingbird
import Participation
import Store

/// Asks before a commit of several records is taken back: how many there are, and of which kinds.
struct UndoPage: PageModel {
    static let template = "undo"

    let commit: String
    let back: String
    let sentence: String
    let kinds: [Kind]
    let canUndo: Bool

    struct Kind: Sendable {
        let name: String
        let count: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        guard let commit = query["commit"].flatMap({ CommitID($0) }) else {
            throw WebError.notFound
        }
        let kinds = try await visit.read { try $0.kinds(of: commit) }
        guard (kinds ?? []).allSatisfy({ UndoForm.mayTakeBack(visit)($0.entity) }) else {
            throw WebError.forbidden
        }
        return try await visit.page(
            UndoPage(commit, kinds, back: Paths.own(query["back"]), visit.texts))
    }

    /// Kinds are nil for a commit that is too large to be taken back in one step.
    private init(
        _ commit: CommitID, _ kinds: [(entity: EntityName, records: Int)]?, back: String,
        _ texts: Texts
    ) {
        self.commit = commit.description
        self.back = back
        let count = (kinds ?? []).reduce(0) { $0 + $1.records }
        sentence =
            kinds == nil
            ? texts["history.undo.tooMany"]
            : texts("history.undo.sure", ["count": String(count)])
        self.kinds = (kinds ?? []).map {
            Kind(name: texts.many($0.entity), count: String($0.records))
        }
        canUndo = kinds != nil
    }
}
