import Foundation
import GRDB
public import Participation
import SyncCore

extension Reader {
    /// Fields with contradicting values, at most `limit` of them.
    public func conflicts(limit: Int = 200) throws -> [Conflict] {
        let branches = try Branches.byNumber(db)
        var found: [Conflict] = []
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT s."record", s."field", k."name", r."id" FROM "sibling" AS s
                    CROSS JOIN "record" AS r ON r."number" = s."record"
                    CROSS JOIN "kind" AS k ON k."number" = r."kind"
                    GROUP BY s."record", s."field" ORDER BY s."record", s."field"
                    """))
        while found.count < limit, let row = try rows.next() {
            guard let entity = EntityName(rawValue: row[2]), let id = RecordID(row[3] as String)
            else { continue }
            if let conflict = try conflict(entity, id, row[1], number: row[0], branches) {
                found.append(conflict)
            }
        }
        return found
    }

    /// The contradicting values of one field; nil where there are none.
    public func conflict(
        _ entity: EntityName, _ id: RecordID, _ field: String
    ) throws -> Conflict? {
        let number = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT r."number" FROM "record" AS r JOIN "kind" AS k ON k."number" = r."kind"
                    WHERE r."id" = ? AND k."name" = ?
                    """), arguments: [id.text, entity.rawValue])
        guard let number else { return nil }
        return try conflict(entity, id, field, number: number, try Branches.byNumber(db))
    }

    /// Deletions that came from other laptops, the newest first.
    public func arrivedDeletions(limit: Int = 500) throws -> [ArrivedDeletion] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT * FROM \"arrivedDeletion\" ORDER BY \"milliseconds\" DESC LIMIT ?"),
            arguments: [limit])
        return try rows.compactMap { row in
            guard let entity = EntityName(rawValue: row["entity"]),
                let id = RecordID(row["id"] as String),
                let found = try anyRecord(entity, id), found.isDeleted
            else { return nil }
            return ArrivedDeletion(
                record: found.record, actor: row["actor"], device: row["device"],
                milliseconds: UInt64(clamping: row["milliseconds"] as Int64))
        }
    }

    private func conflict(
        _ entity: EntityName, _ id: RecordID, _ field: String, number: Int64,
        _ branches: [Int64: Branch]
    ) throws -> Conflict? {
        let table = EntityTable[entity]
        let versions = try Versions(db, record: number, table: table, branches: branches)
        guard table.knows(field), let current = versions[field] else { return nil }
        let content = try content(field, record: number, table)
        let siblings = try Registers(db).siblings(number, field, branches)
            .filter { !$0.content.isIdentical(to: content) }
        guard !siblings.isEmpty else { return nil }
        let headers = try headers(entity, id, field, branches)
        func edition(_ version: Version, _ value: Value?) -> Conflict.Edition {
            let header = headers[version]
            return Conflict.Edition(
                version: Hexadecimal.text(version.storedBytes), value: value,
                actor: header?.actor ?? "", device: version.branch.device.description,
                milliseconds: header?.milliseconds ?? version.stamp.milliseconds,
                isTimeTrusted: header?.isTimeTrusted ?? false)
        }
        return Conflict(
            entity: entity, record: id, field: field, shown: edition(current, Value(content)),
            others: siblings.reversed().map { edition($0.version, Value($0.content)) })
    }

    /// What a field of a record holds, also where no column of this version can hold it.
    func content(_ field: String, record number: Int64, _ table: EntityTable?) throws -> Content {
        let kept = try Data.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT \"content\" FROM \"unknownField\" WHERE \"record\" = ? AND \"field\" = ?"
            ), arguments: [number, field])
        if let kept {
            guard let content = try? Content(bytes: Array(kept)) else {
                throw StoreError.damaged("unknownField")
            }
            return content
        }
        guard let table, let row = try row(table.entity.name, number: number) else { return .null }
        if field == "deleted" { return .flag(row.isDeleted) }
        return row.record.values[field]?.content ?? .null
    }

    /// The entries that wrote a field, by the versions they gave it.
    private func headers(
        _ entity: EntityName, _ id: RecordID, _ field: String, _ branches: [Int64: Branch]
    ) throws -> [Version: EntryHeader] {
        var headers: [Version: EntryHeader] = [:]
        for entry in try LoggedEntry.ofRecord(db, entity: entity, id: id) {
            guard let change = entry.change,
                let written = change.fields.first(where: { $0.name == field })
            else { continue }
            let version = Version(
                stamp: change.stamp(of: written), branch: entry.name(branches))
            headers[version] = entry.header
        }
        return headers
    }
}
