import HTTPTypes
import Hummingbird
import Participation
import Store

/// Conflicts for programs: what the pages show, and deciding them.
enum ConflictsAPI {
    private static let usual = 100

    static func list(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        var limit = usual
        if let text = query["limit"] {
            guard let number = Int(text), number > 0 else {
                let bounds = ["low": "1", "high": String(Limits.pageSize)]
                throw WebError.refused([InputProblem(.outOfRange, field: "limit", bounds)])
            }
            limit = min(number, Limits.pageSize)
        }
        let page = try await visit.agreement().conflicts(query["cursor"], limit)
        let shown = page.conflicts.filter { ConflictsPage.shows($0.id, visit.access) }
        return Visit.json(
            .object([
                .init("conflicts", .array(shown.map(json))),
                .init("next", page.next.map(JSON.string) ?? .null),
            ]))
    }

    /// Takes `{"keep": true}`, `{"take": name}` or `{"value": …}`, with the names of the versions
    /// that were looked at as `seen`; without it, those that are there now.
    static func decide(_ visit: Visit) async throws -> Response {
        guard let id = ConflictID(visit.context.parameters.get("id") ?? "") else {
            throw WebError.notFound
        }
        guard ConflictsPage.shows(id, visit.access), visit.access.mayWrite(id.entity) else {
            throw WebError.forbidden
        }
        let agreement = try visit.agreement()
        guard let conflict = try await agreement.conflict(id) else { throw WebError.notFound }
        let body = try await visit.json()
        let decision = try decision(body, conflict)
        let choice = ConflictChoice(decision, seen: try seen(body, conflict))
        switch try await agreement.resolve(id, choice, visit.actor) {
        case .decided(let commit): return Response(status: .noContent).naming(commit)
        case .changedMeanwhile: throw WebError.conflict
        case .gone: throw WebError.notFound
        }
    }

    private static func decision(
        _ body: JSON, _ conflict: FieldConflict
    ) throws -> ConflictChoice.Decision {
        switch (body["keep"], body["take"], body["value"]) {
        case (.bool(true)?, nil, nil): return .keep
        case (nil, .string(let name)?, nil):
            guard conflict.versions.contains(where: { $0.name == name }) else {
                throw WebError.refused([InputProblem(.notChoice, field: "take")])
            }
            return name == conflict.current.name ? .keep : .take(name)
        case (nil, nil, let value?):
            // A passphrase is changed on the page of accounts, and `deleted` is kept or taken.
            guard let field = Entity[conflict.id.entity][field: conflict.id.field],
                field.privacy != .secret
            else { throw WebError.refused([InputProblem(.secretField, field: "value")]) }
            do { return .write(try field.parse(value)) } catch {
                throw WebError.refused([error])
            }
        default: throw WebError.badRequest
        }
    }

    private static func seen(_ body: JSON, _ conflict: FieldConflict) throws -> Set<String> {
        switch body["seen"] {
        case nil: return Set(conflict.versions.map(\.name))
        case .array(let names)?: return Set(names.compactMap(\.text))
        default: throw WebError.refused([InputProblem(.notText, field: "seen")])
        }
    }

    private static func json(_ conflict: FieldConflict) -> JSON {
        let field = Entity[conflict.id.entity][field: conflict.id.field]
        return .object([
            .init("id", .string(conflict.id.description)),
            .init("entity", .string(conflict.id.entity.rawValue)),
            .init("record", .string(conflict.id.record.text)),
            .init("field", .string(conflict.id.field)),
            .init(
                "versions",
                .array(
                    conflict.versions.map { version in
                        .object([
                            .init("name", .string(version.name)),
                            .init("current", .bool(version == conflict.current)),
                            .init("value", value(version, field)),
                            .init("account", version.account.map { .string($0.text) } ?? .null),
                            .init("laptop", .string(version.laptop.text)),
                            .init("time", .string(Timestamp.text(version.writtenAt))),
                            .init("clockTrusted", .bool(version.isClockTrusted)),
                        ])
                    })),
        ])
    }

    private static func value(
        _ version: FieldConflict.Version, _ field: (any AnyField)?
    ) -> JSON {
        guard let value = version.value else { return .null }
        guard let field else { return JSON(value) }
        return field.privacy == .secret ? .null : field.json(value)
    }
}
