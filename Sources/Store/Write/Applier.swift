import Foundation
import GRDB
import Participation
import SyncCore

/// Brings one change into the derived tables: the only code that writes them. Local commits,
/// imports, rebuilds and what peers send all pass here.
struct Applier {
    private let db: Database
    private var kinds: [String: Int64]
    private let names: [Int64: EntityName]
    private var branches: [Int64: Branch]
    private var liveDeltas: [Int64: Int] = [:]

    init(_ db: Database) throws {
        self.db = db
        kinds = Dictionary(
            uniqueKeysWithValues: try Row.fetchAll(
                db, sql: "SELECT \"name\", \"number\" FROM \"kind\""
            )
            .map { ($0[0] as String, $0[1] as Int64) })
        names = Dictionary(
            uniqueKeysWithValues: kinds.compactMap { name, number in
                EntityName(rawValue: name).map { (number, $0) }
            })
        branches = try Branches.byNumber(db)
    }

    /// The number of a record; nil where none of that kind and id was ever seen.
    func number(_ entity: String, _ id: String) throws -> Int64? {
        guard let kind = kinds[entity] else { return nil }
        return try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT \"number\" FROM \"record\" WHERE \"id\" = ? AND \"kind\" = ?"),
            arguments: [id, kind])
    }

    /// The kinds of records of that id, by name.
    func kinds(of id: String) throws -> Set<EntityName> {
        let numbers = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT \"kind\" FROM \"record\" WHERE \"id\" = ?"),
            arguments: [id])
        return Set(numbers.compactMap { names[$0] })
    }

    /// Applies a change of a log; returns the number of its record.
    mutating func apply(_ change: RecordChange, branch: Int64) throws -> Int64 {
        let table = EntityName(rawValue: change.entity).map { EntityTable[$0] }
        let kind = try kindNumber(change.entity)
        if let number = try number(change.entity, change.record) {
            try merge(change, into: number, table, kind: kind, branch: branch)
            return number
        }
        return try insert(change, table, kind: kind, branch: branch)
    }

    /// The version of a field that the table holds; nil where nothing ever set it.
    func version(of field: String, record: Int64, entity: EntityName) throws -> Version? {
        try Versions(db, record: record, table: EntityTable[entity], branches: branches)[field]
    }

    /// All versions of a record's fields.
    func versions(record: Int64, entity: EntityName) throws -> Versions {
        try Versions(db, record: record, table: EntityTable[entity], branches: branches)
    }

    /// Writes the counters of records that are not deleted.
    mutating func finish() throws {
        for (kind, delta) in liveDeltas where delta != 0 {
            try db.execute(
                sql: "UPDATE \"kind\" SET \"live\" = \"live\" + ? WHERE \"number\" = ?",
                arguments: [delta, kind])
        }
        liveDeltas = [:]
    }

    private mutating func insert(
        _ change: RecordChange, _ table: EntityTable?, kind: Int64, branch: Int64
    ) throws -> Int64 {
        try db.cachedStatement(
            sql:
                "INSERT INTO \"record\" (\"id\", \"kind\", \"stamp\", \"branch\") VALUES (?, ?, ?, ?)"
        ).execute(arguments: [change.record, kind, Int64(bitPattern: change.stamp.bits), branch])
        let number = db.lastInsertedRowID
        let fields = Dictionary(uniqueKeysWithValues: change.fields.map { ($0.name, $0) })
        let isDeleted = fields["deleted"]?.content == .flag(true)
        if let table {
            var row: [DatabaseValue] = [
                number.databaseValue, change.record.databaseValue, isDeleted.databaseValue,
            ]
            for field in table.entity.fields {
                row.append(fields[field.name]?.content.columnValue(for: field.type) ?? .null)
            }
            try db.cachedStatement(sql: table.insert).execute(arguments: StatementArguments(row))
        }
        for field in change.fields {
            let isKnown = field.name != "deleted" && table?.entity[field: field.name] != nil
            if !isKnown, field.name != "deleted" { try keepUnknown(field, number) }
            if !isKnown || field.content == .null || field.stamp != nil {
                try setVersion(field.name, number, change.stamp(of: field), branch)
            }
        }
        if !isDeleted { liveDeltas[kind, default: 0] += 1 }
        try SearchIndex.refresh(number, table, isDeleted: isDeleted, fields: fields, db)
        return number
    }

    private mutating func merge(
        _ change: RecordChange, into number: Int64, _ table: EntityTable?, kind: Int64,
        branch: Int64
    ) throws {
        let versions = try Versions(db, record: number, table: table, branches: branches)
        guard let author = branches[branch] else { throw StoreError.damaged("branch") }
        var touchesSearch = false
        for field in change.fields {
            let version = Version(stamp: change.stamp(of: field), branch: author)
            guard RecordState.wins(version, over: versions[field.name]) else { continue }
            if field.name == "deleted" {
                try setDeleted(field.content == .flag(true), number, table, kind)
                touchesSearch = true
            } else if let table, let declared = table.entity[field: field.name] {
                try db.cachedStatement(sql: table.update(field.name)).execute(
                    arguments: [field.content.columnValue(for: declared.type), number])
                touchesSearch = touchesSearch || table.entity.titleFields.contains(field.name)
            } else {
                try keepUnknown(field, number)
            }
            try setVersion(field.name, number, version.stamp, branch)
        }
        if touchesSearch { try SearchIndex.refresh(number, table, db) }
    }

    private mutating func setDeleted(
        _ isDeleted: Bool, _ number: Int64, _ table: EntityTable?, _ kind: Int64
    ) throws {
        guard let name = table?.entity.name.rawValue else { return }
        let before = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT \"deleted\" FROM \"\(name)\" WHERE \"_record\" = ?"),
            arguments: [number])
        guard before != isDeleted else { return }
        try db.cachedStatement(sql: "UPDATE \"\(name)\" SET \"deleted\" = ? WHERE \"_record\" = ?")
            .execute(arguments: [isDeleted, number])
        liveDeltas[kind, default: 0] += isDeleted ? -1 : 1
    }

    private func setVersion(
        _ field: String, _ number: Int64, _ stamp: Stamp, _ branch: Int64
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO "fieldVersion" ("record", "field", "stamp", "branch")
                VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET "stamp" = excluded."stamp", "branch" = excluded."branch"
                """
        ).execute(arguments: [number, field, Int64(bitPattern: stamp.bits), branch])
    }

    private func keepUnknown(_ field: RecordChange.Field, _ number: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO "unknownField" ("record", "field", "content") VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET "content" = excluded."content"
                """
        ).execute(arguments: [number, field.name, Data(field.content.bytes)])
    }

    private mutating func kindNumber(_ entity: String) throws -> Int64 {
        if let known = kinds[entity] { return known }
        try db.execute(sql: "INSERT INTO \"kind\" (\"name\") VALUES (?)", arguments: [entity])
        kinds[entity] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }
}
