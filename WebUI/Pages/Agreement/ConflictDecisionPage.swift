import HTTPTypes
import Hummingbird
import Participation
import Store

/// One field with its values side by side: who wrote each, where and when; one is kept, another
/// taken, or a third written.
enum ConflictDecisionPage {
    struct Model: PageModel {
        static let template = "conflict"
        let title: String
        let recordHref: String?
        let historyHref: String
        let kind: String
        let field: String
        let versions: [Version]
        let writing: Writing?
        let seen: [String]
        let action: String?
        let skipHref: String?
        let left: String?

        struct Version: Sendable {
            let id: String
            let choice: String
            let value: String
            let isCleared: Bool
            let isCurrent: Bool
            let isChosen: Bool
            let who: String
            let laptop: String
            let when: String
            let clock: String?
        }

        /// The choice of a third value.
        struct Writing: Sendable {
            let isChosen: Bool
            let field: [FieldModel]
        }
    }

    /// The words of the form's choice beside the versions' names.
    private enum Word {
        static let keep = "keep"
        static let write = "write"
    }

    static func show(_ visit: Visit) async throws -> Response {
        guard let conflict = try await conflict(visit) else {
            return visit.redirect(Paths.conflicts, flash: "conflicts.flash.gone")
        }
        return try await page(visit, conflict, typed: nil, problems: [:])
    }

    /// Decides, and goes on to the next one.
    static func decide(_ visit: Visit) async throws -> Response {
        guard let conflict = try await conflict(visit) else {
            return visit.redirect(Paths.conflicts, flash: "conflicts.flash.gone")
        }
        let id = conflict.id
        guard visit.access.mayWrite(id.entity) else { throw WebError.forbidden }
        let typed = try await visit.form()
        let form = try await ConflictForm.read(visit, id, typed: typed)
        var problems = form.problems
        var decision: ConflictChoice.Decision?
        switch typed["choice"] {
        case Word.keep?: decision = .keep
        case Word.write?: decision = form.problems.isEmpty ? form.value.map { .write($0) } : nil
        case let name?: decision = .take(name)
        case nil: problems["choice"] = visit.texts["conflicts.problem.choose"]
        }
        if typed["choice"] != Word.write { problems = problems.filter { $0.key == "choice" } }
        guard let decision, problems.isEmpty else {
            return try await page(visit, conflict, typed: typed, problems: problems)
        }
        let choice = ConflictChoice(decision, seen: Set(typed.all("seen")))
        switch try await decided(visit, id, choice) {
        case .success(.decided(let commit)):
            return visit.redirect(
                try await next(visit, after: id), flash: "conflicts.flash.decided",
                commit: commit)
        case .success(.gone):
            return visit.redirect(Paths.conflicts, flash: "conflicts.flash.gone")
        case .success(.changedMeanwhile):
            guard let fresh = try await self.conflict(visit) else {
                return visit.redirect(Paths.conflicts, flash: "conflicts.flash.gone")
            }
            let changed = ["choice": visit.texts["conflicts.problem.changed"]]
            return try await page(visit, fresh, typed: nil, problems: changed, status: .conflict)
        case .failure(let refused):
            return try await page(visit, conflict, typed: typed, problems: refused.problems)
        }
    }

    /// What the store refused, by field.
    private struct Refused: Error {
        let problems: [String: String]
    }

    private static func decided(
        _ visit: Visit, _ id: ConflictID, _ choice: ConflictChoice
    ) async throws -> Result<ConflictOutcome, Refused> {
        do {
            return .success(try await visit.agreement().resolve(id, choice, visit.actor))
        } catch StoreError.refused(let problems) {
            let text = problems.map(visit.texts.sentence).joined(separator: " ")
            return .failure(Refused(problems: [id.field: text]))
        }
    }

    /// The conflict of the address, where the role may see it; nil where it is none any more.
    private static func conflict(_ visit: Visit) async throws -> FieldConflict? {
        let text = visit.context.parameters.get("id") ?? ""
        guard let id = ConflictID(text) else { throw WebError.notFound }
        guard ConflictsPage.shows(id, visit.access) else { throw WebError.forbidden }
        return try await visit.agreement().conflict(id)
    }

    /// The next conflict that the role may decide; the list where there is none.
    private static func next(_ visit: Visit, after id: ConflictID) async throws -> String {
        let page = try await visit.agreement().conflicts(nil, ConflictsPage.pageSize)
        let open = page.conflicts.map(\.id).filter {
            $0 != id && ConflictsPage.shows($0, visit.access) && visit.access.mayWrite($0.entity)
        }
        return open.first.map { Paths.conflict($0) } ?? Paths.conflicts
    }

    private static func page(
        _ visit: Visit, _ conflict: FieldConflict, typed: FormData?, problems: [String: String],
        status: HTTPResponse.Status? = nil
    ) async throws -> Response {
        let id = conflict.id
        let mayDecide = visit.access.mayWrite(id.entity)
        let form = try await ConflictForm.read(visit, id, typed: typed)
        let words = try await ConflictWords.read(visit, conflict)
        let chosen = typed?["choice"] ?? Word.keep
        let field = form.model(problem: problems[id.field])
        var errors = problems["choice"].map {
            [PageFrame.ErrorLink(text: $0, href: "#version-0")]
        }
        errors = (errors ?? []) + field.errorLinks(visit.texts)
        let waiting = try await visit.waiting().conflicts
        let versions = conflict.versions.enumerated().map { index, version in
            let choice = index == 0 ? Word.keep : version.name
            return Model.Version(
                id: "version-\(index)", choice: choice, value: words.values[index] ?? "",
                isCleared: version.value == nil, isCurrent: index == 0,
                isChosen: chosen == choice, who: words.who[index],
                laptop: words.laptops[index],
                when: visit.texts.moment(milliseconds: version.writtenAt),
                clock: version.isClockTrusted ? nil : visit.texts["conflicts.clock"])
        }
        return try await visit.page(
            Model(
                title: words.title, recordHref: words.path,
                historyHref: Paths.history(id.entity, id.record), kind: visit.texts.one(id.entity),
                field: visit.texts.label(id.field, of: id.entity), versions: versions,
                writing: mayDecide && !field.isEmpty
                    ? .init(isChosen: chosen == Word.write, field: field) : nil,
                seen: mayDecide ? conflict.versions.map(\.name) : [],
                action: mayDecide ? Paths.conflict(id) : nil,
                skipHref: mayDecide && waiting > 1 ? Paths.conflicts : nil,
                left: mayDecide && waiting > 1
                    ? visit.texts("conflicts.left", ["count": String(waiting - 1)]) : nil),
            at: Paths.conflict(id), errors: errors ?? [],
            status: status ?? ((errors ?? []).isEmpty ? .ok : .unprocessableContent))
    }
}
