import Hummingbird
import Participation
import Store

/// Suggestions while somebody types: at most ten records of one kind or of all.
enum SearchAPI {
    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        let entity = try query["entity"].flatMap { $0.isEmpty ? nil : $0 }.map { name in
            guard let entity = EntityName(rawValue: name) else { throw WebError.notFound }
            guard visit.access.mayRead(entity) else { throw WebError.forbidden }
            return entity
        }
        let text = String((query["q"] ?? "").prefix(200))
        let access = visit.access
        let found = try await visit.read { reader in
            try reader.search(text, in: entity, limit: 30).filter { access.mayRead($0.entity) }
                .prefix(10).map { ($0, try reader.details(of: $0)) }
        }
        let results = found.map { record, details in
            JSON.object([
                .init("entity", .string(record.entity.rawValue)),
                .init("id", .string(record.id.text)), .init("title", .string(record.title)),
                .init("detail", .string(visit.texts.detail(of: record, details))),
            ])
        }
        return Visit.json(.object([.init("results", .array(results))]))
    }
}

extension Reader {
    /// The titles of the records a record points to, by field.
    func details(of record: Record) throws -> [String: String] {
        var titles: [String: String] = [:]
        for field in Entity[record.entity].references {
            guard case .reference(let kinds) = field.type,
                let id = record.values[field.name].flatMap({ RecordID($0) }),
                let target = try target(id, of: kinds)
            else { continue }
            titles[field.name] = target.title
        }
        return titles
    }
}

extension Texts {
    /// What tells a record from another of the same title: a person's village and year, the
    /// record's kind and what it belongs to otherwise.
    func detail(of record: Record, _ titles: [String: String]) -> String {
        var parts: [String] = []
        if record.entity == .person {
            parts = [titles["village"], record[Schema.person.street]].compactMap(\.self)
            if let year = record[Schema.person.birthYear] { parts.append(String(year)) }
            if let occupation = record[Schema.person.occupation] { parts.append(occupation) }
        } else {
            parts = [one(record.entity)]
            parts += Entity[record.entity].references.compactMap { titles[$0.name] }
        }
        return parts.joined(separator: ", ")
    }
}
