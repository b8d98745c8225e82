import Hummingbird
import Participation
import Store

/// What happened to a record: who changed what and when, each step to be taken back.
enum HistoryPage {
    struct Model: PageModel {
        static let template = "history"
        let title: String
        let entityTitle: String
        let listHref: String
        let recordHref: String?
        let isDeleted: Bool
        let entity: String
        let record: String
        let commits: [Step]
        let nextHref: String?

        struct Step: Sendable {
            let commit: String
            let when: String
            let who: String
            let device: String?
            let what: String
            let canUndo: Bool
            let others: String?
            let wholeHref: String?
            let changes: [Change]
        }

        struct Change: Sendable {
            let field: String
            let old: String?
            let new: String?
        }
    }

    /// Steps on the first page; each further one shows as many more.
    private static let pageSize = 50
    private static let mostSteps = 2000

    /// What the page reads of the store.
    private struct Found: Sendable {
        let record: Record
        let title: String
        let isDeleted: Bool
        let steps: [Model.Step]
        let hasMore: Bool
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (entity, id) = (try visit.entity(), try visit.id())
        let asked = try visit.query()["shown"].flatMap { Int($0) } ?? pageSize
        let shown = min(max(asked, pageSize), mostSteps)
        let (texts, access, device) = (visit.texts, visit.access, visit.store.device)
        let answer = try await visit.read { reader -> Found? in
            guard let (record, isDeleted) = try reader.anyRecord(entity, id) else { return nil }
            let names = RecordNames(reader, texts, access)
            let steps = try reader.history(entity, id, limit: shown + 1)
            let describer = HistorySteps(
                entity: entity, record: id, reader: reader, names: names, texts: texts,
                access: access,
                ownDevice: device, isDeleted: isDeleted)
            return Found(
                record: record, title: try names.title(record), isDeleted: isDeleted,
                steps: try describer.models(steps.prefix(shown)), hasMore: steps.count > shown)
        }
        guard let found = answer else { throw WebError.noRecord(entity) }
        let more = Paths.history(entity, id) + "?shown=\(shown + pageSize)"
        return try await visit.page(
            Model(
                title: found.title, entityTitle: texts.many(entity),
                listHref: entity == .account ? Paths.accounts : Paths.list(entity),
                recordHref: found.isDeleted ? nil : RecordNames.path(found.record),
                isDeleted: found.isDeleted, entity: entity.rawValue,
                record: id.text, commits: found.steps,
                nextHref: found.hasMore && shown < mostSteps ? more : nil))
    }
}
