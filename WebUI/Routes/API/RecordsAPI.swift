import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

/// Records as JSON: lists with filters, one record, making, changing and deleting it.
enum RecordsAPI {
    static func list(_ visit: Visit) async throws -> Response {
        let entity = try visit.entity()
        let query = try visit.query()
        let limit = try Self.limit(query["limit"])
        let after = try cursor(query["cursor"])
        let filters = try Self.filters(query, entity, visit.access)
        let page = try await visit.read {
            try $0.list(entity, filters: filters, after: after, limit: limit)
        }
        return Visit.json(
            .object([
                .init("records", .array(page.records.map { $0.json(visit.access) })),
                .init("next", page.next.map { .string(String($0)) } ?? .null),
            ]))
    }

    static func create(_ visit: Visit) async throws -> Response {
        let entity = try written(visit)
        let input = try await input(visit, entity)
        let receipt = try await visit.commit([.make(input)])
        guard let id = receipt.records.first else { throw WebError.internalFault }
        var response = try await answer(visit, entity, id, .created)
        response.headers[.location] = "/api/v1/records/\(entity)/\(id)"
        return response.naming(receipt.commit)
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await answer(visit, try visit.entity(), try visit.id(), .ok)
    }

    static func change(_ visit: Visit) async throws -> Response {
        let (entity, id) = (try written(visit), try visit.id())
        let given = try await input(visit, entity)
        if let other = given.id, other != id {
            throw WebError.refused([InputProblem(.badId, field: "id")])
        }
        let input = RecordInput(entity, id: id, fields: given.fields)
        let receipt = try await visit.commit([.change(input)])
        return try await answer(visit, entity, id, .ok).naming(receipt.commit)
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let receipt = try await visit.commit([.delete(try written(visit), try visit.id())])
        return Response(status: .noContent).naming(receipt.commit)
    }

    /// The kind to be written. Accounts have their own page and command, which see to it that an
    /// administrator is left and that open sessions end.
    private static func written(_ visit: Visit) throws -> EntityName {
        let entity = try visit.entity()
        guard entity != .account else { throw WebError.forbidden }
        return entity
    }

    private static func answer(
        _ visit: Visit, _ entity: EntityName, _ id: RecordID, _ status: HTTPResponse.Status
    ) async throws -> Response {
        guard let found = try await visit.read({ try $0.anyRecord(entity, id) }) else {
            throw WebError.noRecord(entity)
        }
        guard !found.isDeleted else { throw WebError.gone(entity, id) }
        return Visit.json(found.record.json(visit.access), status: status)
    }

    /// The body's members, each checked; all problems are named at once.
    private static func input(_ visit: Visit, _ entity: EntityName) async throws -> RecordInput {
        guard case .object(let members) = try await visit.json() else {
            throw WebError.refused([InputProblem(.notAnObject)])
        }
        if let named = members.first(where: { $0.name == "entity" })?.value.text,
            named != entity.rawValue
        {
            let other = ["entity": String(named.prefix(64))]
            throw WebError.refused([InputProblem(.unknownEntity, field: "entity", other)])
        }
        let (input, problems) = RecordInput.parse(members, as: entity)
        guard problems.isEmpty else {
            let missing = visit.request.method == .post ? input.missing : []
            let named = Set(problems.compactMap(\.field))
            throw WebError.refused(
                problems + missing.filter { !named.contains($0.field ?? "") })
        }
        for name in input.fields.keys {
            if let field = Entity[entity][field: name], !visit.access.mayRead(field) {
                throw WebError.forbidden
            }
        }
        return input
    }

    private static func limit(_ text: String?) throws -> Int {
        guard let text else { return 100 }
        guard let limit = Int(text), limit > 0 else {
            let bounds = ["low": "1", "high": String(Limits.pageSize)]
            throw WebError.refused([InputProblem(.outOfRange, field: "limit", bounds)])
        }
        return min(limit, Limits.pageSize)
    }

    private static func cursor(_ text: String?) throws -> Int64 {
        guard let text else { return 0 }
        guard let cursor = Int64(text), cursor >= 0 else { throw WebError.badRequest }
        return cursor
    }

    /// `?field=value` for each field; a field that does not exist or may not be read is refused,
    /// so that nobody learns a person's data by asking which filter finds it.
    static func filters(
        _ query: FormData, _ entity: EntityName, _ access: Access
    ) throws -> [String: Value] {
        var filters: [String: Value] = [:]
        for name in query.names where !["limit", "cursor"].contains(name) {
            // Names and contacts do not belong into an address, whoever asks.
            guard let field = Entity[entity][field: name], access.mayRead(field),
                field.privacy != .personal
            else {
                throw WebError.refused([InputProblem(.unknownField, field: name)])
            }
            let text = query[name] ?? ""
            do {
                filters[name] = try field.parse(field.input(text))
            } catch {
                throw WebError.refused([error])
            }
        }
        return filters
    }
}

extension AnyField {
    /// A text of an address or a form as the JSON that ``parse(_:)`` expects.
    func input(_ text: String) -> JSON {
        if text.isEmpty { return .null }
        switch type {
        case .integer, .money: return Int(text).map(JSON.integer) ?? .string(text)
        case .number: return Double(text).map(JSON.number) ?? .string(text)
        case .flag:
            switch text {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: return .string(text)
            }
        default: return .string(text)
        }
    }
}

extension Record {
    /// The record as JSON with the fields that may be read; fields without a value are left out.
    func json(_ access: Access) -> JSON {
        var members: [JSON.Member] = [
            .init("entity", .string(entity.rawValue)), .init("id", .string(id.text)),
        ]
        for field in Entity[entity].fields where access.mayRead(field) {
            guard let value = values[field.name] else { continue }
            members.append(.init(field.name, field.json(value)))
        }
        return .object(members)
    }
}

extension AnyField {
    /// A stored value as the API shows it: a geometry as the object it is.
    func json(_ value: Value) -> JSON {
        if case .geometry = type, case .text(let text) = value,
            let geometry = try? JSONReader.read(text.utf8)
        {
            return geometry
        }
        return JSON(value)
    }
}
