import GRDB
public import Participation

/// One consistent view of the store; every question a page asks of it has a method.
public struct Reader {
    let db: Database
    let meetings: MeetingCache?

    init(_ db: Database, meetings: MeetingCache? = nil) {
        self.db = db
        self.meetings = meetings
    }

    /// A record and whether it is deleted; nil where there is none of that number.
    func row(_ entity: EntityName, number: Int64) throws -> (
        record: Participation.Record, isDeleted: Bool
    )? {
        let table = EntityTable[entity]
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT \(table.columns) FROM "\(entity)" WHERE "_record" = ?
                    """), arguments: [number])
        guard let row, let record = Self.record(row, table.entity) else { return nil }
        return (record, row["deleted"])
    }

    /// A record by its id; nil where there is none, or it is deleted.
    public func record(_ entity: EntityName, _ id: RecordID) throws -> Participation.Record? {
        guard let found = try anyRecord(entity, id), !found.isDeleted else { return nil }
        return found.record
    }

    /// A record by its id, deleted or not.
    public func anyRecord(
        _ entity: EntityName, _ id: RecordID
    ) throws -> (record: Participation.Record, isDeleted: Bool)? {
        let number = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT r."number" FROM "record" AS r JOIN "kind" AS k ON k."number" = r."kind"
                    WHERE r."id" = ? AND k."name" = ?
                    """), arguments: [id.text, entity.rawValue])
        return try number.flatMap { try row(entity, number: $0) }
    }

    /// Records by their ids, those that are there.
    public func records(
        _ entity: EntityName, _ ids: some Sequence<RecordID>
    ) throws -> [RecordID: Participation.Record] {
        var found: [RecordID: Participation.Record] = [:]
        for id in ids where found[id] == nil { found[id] = try record(entity, id) }
        return found
    }

    /// The record that an id points to, whatever of the kinds it is.
    public func target(_ id: RecordID, of kinds: [EntityName]) throws -> Participation.Record? {
        let names = try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT k."name" FROM "record" AS r JOIN "kind" AS k ON k."number" = r."kind"
                    WHERE r."id" = ?
                    """), arguments: [id.text])
        for entity in names.compactMap(EntityName.init)
        where kinds.isEmpty || kinds.contains(entity) {
            if let record = try record(entity, id) { return record }
        }
        return nil
    }

    /// The number of records of a kind that are not deleted.
    public func count(_ entity: EntityName) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT \"live\" FROM \"kind\" WHERE \"name\" = ?"),
            arguments: [entity.rawValue]) ?? 0
    }

    static func record(_ row: Row, _ entity: Entity) -> Participation.Record? {
        guard let id = RecordID(row["id"] as String) else { return nil }
        var values: [String: Value] = [:]
        for field in entity.fields {
            values[field.name] = Value(row[field.name] as DatabaseValue, as: field.type)
        }
        return Participation.Record(entity.name, id, values)
    }
}

extension Reader {
    /// A word that changes with every entry of the log: tells a page whether it is still fresh.
    public func head() throws -> String {
        String(try logEnd())
    }

    /// The position of the log's last entry; 0 for an empty log.
    func logEnd() throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT max(\"position\") FROM \"entry\"")) ?? 0
    }
}
