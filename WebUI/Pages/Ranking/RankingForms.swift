import HTTPTypes
import Hummingbird
import Participation
import Store

/// The form that merges, as it was filled in.
struct MergeForm: Sendable {
    var chosen: Set<RecordID>
    var title = ""
    var reason = ""
    var errors = FieldErrors()

    init(chosen: Set<RecordID>) { self.chosen = chosen }

    init(_ form: FormData) {
        chosen = Set(form.all("part").compactMap { RecordID($0) })
        title = form.words("title")
        reason = form.words("reason")
    }

    /// Title and reason; a reason left empty leaves an older one as it is. What is wrong with
    /// them stands in ``errors``.
    mutating func words(_ texts: Texts) -> [String: Value?] {
        var members = [JSON.Member(Schema.theme.title.name, .string(title))]
        if !reason.isEmpty {
            members.append(JSON.Member(Schema.theme.reason.name, .string(reason)))
        }
        let (input, problems) = RecordInput.parse(members, as: .theme)
        errors.add(
            problems, asking: ["title": texts["ranking.merge.errorTitle"]], other: "title", texts)
        return input.fields
    }
}

extension RankingPage {
    private static let mostInAddress = 50

    static func merge(_ visit: Visit) async throws -> Response {
        let sent = try await visit.form()
        guard let cycle = sent.id("cycle"),
            let material = try await read(
                visit, cycle: cycle, village: sent.id("village"),
                .init(chosen: MergeForm(sent).chosen))
        else { throw WebError.badRequest }
        var form = MergeForm(sent)
        let words = form.words(visit.texts)
        // What somebody else has merged meanwhile stands in the ranking no more.
        let chosen = material.entries.filter { form.chosen.contains($0.id) }
        if chosen.count < 2 {
            form.errors.add("ranking", visit.texts["ranking.merge.errorParts"])
        }
        guard form.errors.isEmpty else {
            // An address with very many rows would be too long for a request.
            let parts = chosen.prefix(mostInAddress).map(\.id)
            return try await visit.page(
                RankingPage(material, form, visit),
                at: Paths.choice(parts, cycle, village: material.village?.id),
                errors: form.errors.links, status: .unprocessableContent)
        }
        let merging = Merging(material: material, words: words, account: visit.visitor.actorID)
        let receipt = try await visit.commit(
            merging.edits(chosen, newTheme: visit.store.makeID()))
        return visit.redirect(
            Paths.ranking(cycle, village: material.village?.id), flash: "ranking.merge.done",
            commit: receipt.commit, title: form.title)
    }

    /// Takes a part out of its theme; a theme without parts is no merge and goes with the last.
    static func removePart(_ visit: Visit) async throws -> Response {
        guard let id = try await visit.form().id("themePart") else { throw WebError.badRequest }
        let (theme, title, isLast) = try await visit.read { reader in
            guard let part = try reader.record(.themePart, id),
                let theme = try part[Schema.themePart.theme].flatMap({ theme in
                    try MergedTheme(theme, reader)
                })
            else { throw WebError.noRecord(.themePart) }
            let title = try part[Schema.themePart.part].flatMap { held in
                try reader.target(held, of: [.problem, .theme])?.title
            }
            let others = try reader.records(
                .themePart, where: Schema.themePart.theme, is: theme.id
            ).filter { $0.id != id }
            let isLast = try others.allSatisfy { other in
                try other[Schema.themePart.part].flatMap { held in
                    try reader.target(held, of: [.problem, .theme])
                } == nil
            }
            return (theme, title ?? theme.title, isLast)
        }
        var edits = [Edit.delete(.themePart, id)]
        if isLast { edits.append(.delete(.theme, theme.id)) }
        let receipt = try await visit.commit(edits)
        return visit.redirect(
            theme.path, flash: "ranking.merge.removed", commit: receipt.commit, title: title)
    }

    /// Undoes a whole merge: its parts stand in the ranking by themselves again.
    static func dissolve(_ visit: Visit) async throws -> Response {
        guard let id = try await visit.form().id("theme") else { throw WebError.badRequest }
        guard let theme = try await visit.read({ try MergedTheme(id, $0) }) else {
            throw WebError.noRecord(.theme)
        }
        let receipt = try await visit.commit([.delete(.theme, id)])
        return visit.redirect(
            theme.path, flash: "ranking.merge.dissolved", commit: receipt.commit,
            title: theme.title)
    }
}

/// A theme and the ranking it stands in.
private struct MergedTheme: Sendable {
    let id: RecordID
    let title: String
    let path: String

    /// Nil where there is no such theme.
    init?(_ id: RecordID, _ reader: Reader) throws {
        guard let theme = try reader.record(.theme, id),
            let cycle = theme[Schema.theme.cycle]
        else { return nil }
        self.id = id
        title = theme.title
        path = Paths.ranking(cycle, village: try Self.village(theme, reader))
    }

    /// The village of a village theme: the one it names, or that of what it holds.
    private static func village(_ theme: Record, _ reader: Reader) throws -> RecordID? {
        guard theme[Schema.theme.level] == .village else { return nil }
        if let village = theme[Schema.theme.village] { return village }
        let parts = try reader.records(.themePart, where: Schema.themePart.theme, is: theme.id)
        for held in parts.compactMap({ $0[Schema.themePart.part] }) {
            guard let event = try reader.record(.problem, held)?[Schema.problem.event],
                let village = try reader.record(.event, event)?[Schema.event.village]
            else { continue }
            return village
        }
        return nil
    }
}
