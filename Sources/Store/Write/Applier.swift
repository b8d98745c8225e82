import Foundation
import GRDB
import Participation
import SyncCore

/// Brings one change into the derived tables: the only code that writes them. Local commits,
/// imports, rebuilds and what peers send all pass here.
struct Applier {
    private let db: Database
    private let statements: WriteStatements
    private var kinds: [String: Int64]
    private let names: [Int64: EntityName]
    private var branches: [Int64: Branch]
    private var liveDeltas: [Int64: Int] = [:]
    /// The meetings that what was applied is about.
    private(set) var touched = TouchedMeetings()
    private var digest: DigestSum
    private var kindsOfTargets: [String: Set<EntityName>] = [:]

    init(_ db: Database) throws {
        self.db = db
        statements = try WriteStatements(db)
        digest = try Facts(db).digestSum
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
        var number: Int64?
        try statements.recordsOfID.pairs(.text(id)) { if $1 == kind { number = $0 } }
        return number
    }

    /// Whether a new record may have that id, or one of that kind or another has it.
    func holder(of id: String, as entity: EntityName) throws -> Holder {
        var holder = Holder.nobody
        try statements.recordsOfID.pairs(.text(id)) { number, kind in
            guard let name = names[kind] else { return }
            if name == entity {
                holder = .record(number)
            } else if case .nobody = holder {
                holder = .another(name)
            }
        }
        return holder
    }

    /// Who has an id.
    enum Holder {
        case nobody
        case record(Int64)
        case another(EntityName)
    }

    /// The kinds of records of that id, by name.
    mutating func kinds(of id: String) throws -> Set<EntityName> {
        if let known = kindsOfTargets[id] { return known }
        var found: Set<EntityName> = []
        try statements.recordsOfID.pairs(.text(id)) { _, kind in
            if let name = names[kind] { found.insert(name) }
        }
        // Only what is there is remembered: the others may still come.
        if !found.isEmpty {
            if kindsOfTargets.count == 4096 { kindsOfTargets = [:] }
            kindsOfTargets[id] = found
        }
        return found
    }

    /// Applies a change of a log; returns the number of its record.
    mutating func apply(_ change: RecordChange, branch: Int64) throws -> Int64 {
        let table = EntityName(rawValue: change.entity).map { EntityTable[$0] }
        let kind = try kindNumber(change.entity)
        if let number = try number(change.entity, change.record) {
            digest.subtract(
                try RecordHash.ofRow(number, change.entity, change.record, table, db))
            try merge(change, into: number, table, kind: kind, branch: branch)
            digest.add(try RecordHash.ofRow(number, change.entity, change.record, table, db))
            try touched.add(change, number, table, db)
            return number
        }
        touched.add(new: change)
        let number = try insert(change, table, kind: kind, branch: branch)
        digest.add(
            try RecordHash.ofNew(change, table)
                ?? RecordHash.ofRow(number, change.entity, change.record, table, db))
        return number
    }

    /// The version of a field that the table holds; nil where nothing ever set it.
    func version(of field: String, record: Int64, entity: EntityName) throws -> Version? {
        try Versions(db, record: record, table: EntityTable[entity], branches: branches)[field]
    }

    /// All versions of a record's fields.
    func versions(record: Int64, entity: EntityName) throws -> Versions {
        try Versions(db, record: record, table: EntityTable[entity], branches: branches)
    }

    /// Writes the digest and the counters of records that are not deleted.
    mutating func finish() throws {
        try Facts(db).setDigestSum(digest)
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
        try statements.insertRecord.run(
            .text(change.record), .number(kind), .number(Int64(bitPattern: change.stamp.bits)),
            .number(branch))
        let number = db.lastInsertedRowID
        let isDeleted = change.fields.contains {
            $0.name == "deleted" && $0.content == .flag(true)
        }
        if let table { try insertRow(change, number, isDeleted, table) }
        for field in change.fields {
            let isKnown = table?.places[field.name] != nil
            if !isKnown, field.name != "deleted" { try keepUnknown(field, number) }
            if !isKnown || field.content == .null || field.stamp != nil {
                try setVersion(field.name, number, change.stamp(of: field), branch)
            }
        }
        if !isDeleted { liveDeltas[kind, default: 0] += 1 }
        if let table, !isDeleted { try SearchIndex.add(change, number, table, statements) }
        return number
    }

    private func insertRow(
        _ change: RecordChange, _ number: Int64, _ isDeleted: Bool, _ table: EntityTable
    ) throws {
        let row = try statements.insert(table)
        row.bind(.number(number), at: 1)
        row.bind(.text(change.record), at: 2)
        row.bind(.number(isDeleted ? 1 : 0), at: 3)
        for field in change.fields {
            guard let place = table.places[field.name] else { continue }
            row.bind(.init(field.content, for: place.type.column), at: place.index)
        }
        try row.run()
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
            } else if let table, let place = table.places[field.name] {
                try WriteStatement(db, table.update(field.name))
                    .run(.init(field.content, for: place.type.column), .number(number))
                touchesSearch = touchesSearch || table.entity.titleFields.contains(field.name)
            } else {
                try keepUnknown(field, number)
            }
            try setVersion(field.name, number, version.stamp, branch)
        }
        if touchesSearch { try SearchIndex.refresh(number, table, statements, db) }
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
        try statements.setVersion.run(
            .number(number), .text(field), .number(Int64(bitPattern: stamp.bits)),
            .number(branch))
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
