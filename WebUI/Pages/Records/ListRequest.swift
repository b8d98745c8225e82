import Participation
import Store

/// Which records of a kind a list is to show: as the address says it, or those that words find.
struct ListRequest: Sendable {
    static let pageSize = 50
    /// Characters of a search.
    static let longestQuery = 200

    let entity: EntityName
    /// Words to be found in titles; empty for none. They come from a form: in an address they
    /// might be a name.
    let query: String
    /// Ids by the reference fields that hold them.
    let filters: [String: RecordID]
    /// Where the page before ended.
    let cursor: Int64?

    init(_ entity: EntityName, _ query: FormData, _ access: Access) {
        self.entity = entity
        self.query = ""
        var filters: [String: RecordID] = [:]
        for field in Entity[entity].references where access.mayRead(field) {
            filters[field.name] = query.id(field.name)
        }
        self.filters = filters
        cursor = query["cursor"].flatMap { Int64($0) }
    }

    /// The records of a kind that words find.
    init(_ entity: EntityName, searching words: String) {
        self.entity = entity
        query = words
        filters = [:]
        cursor = nil
    }

    /// The records, the newest first where nothing is asked for; and where to go on.
    func page(_ reader: Reader) throws -> (records: [Record], next: Int64?) {
        if !query.isEmpty {
            return (try reader.search(query, in: entity, limit: Self.pageSize), nil)
        }
        guard filters.isEmpty else {
            let page = try reader.list(
                entity, filters: filters.mapValues(\.value), after: cursor ?? 0,
                limit: Self.pageSize)
            return (page.records, page.next)
        }
        let page = try reader.newest(entity, before: cursor, limit: Self.pageSize)
        return (page.records, page.next)
    }

    /// The address of this list from a place on; of its first page where that is nil.
    func path(from cursor: Int64?) -> String {
        var parts = filters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if let cursor { parts.append("cursor=\(cursor)") }
        return Paths.list(entity) + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    /// The form for a new record that this list would show.
    var newPath: String {
        let fields = filters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return Paths.new(entity) + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
    }
}
