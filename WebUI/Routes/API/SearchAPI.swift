import Hummingbird
import Participation
import Store

/// Suggestions while somebody types: at most ten records of one kind or of all. The words come in
/// the body: what somebody types may be a name, and a name does not belong into an address.
enum SearchAPI {
    static func ask(_ visit: Visit) async throws -> Response {
        let body = try await visit.json()
        return try await answer(visit, body["entity"]?.text, body["q"]?.text)
    }

    private static func answer(
        _ visit: Visit, _ entity: String?, _ words: String?
    ) async throws -> Response {
        let entity = try entity.flatMap { $0.isEmpty ? nil : $0 }.map { name in
            guard let entity = EntityName(rawValue: name) else { throw WebError.noKind(name) }
            guard visit.access.mayRead(entity) else { throw WebError.forbidden }
            return entity
        }
        let text = String((words ?? "").prefix(200))
        let (access, texts) = (visit.access, visit.texts)
        let results = try await visit.read { reader in
            let names = RecordNames(reader, texts, access)
            return try reader.search(text, in: entity, limit: 30)
                .filter { access.mayRead($0.entity) }.prefix(10).map { record in
                    JSON.object([
                        .init("entity", .string(record.entity.rawValue)),
                        .init("id", .string(record.id.text)),
                        .init("title", .string(try names.title(record))),
                        .init("detail", .string(try names.detail(record) ?? "")),
                    ])
                }
        }
        return Visit.json(.object([.init("results", .array(results))]))
    }
}
