import Foundation
import GRDB
import Participation
import SyncCore

/// Brings one change into the derived tables: the only code that writes them. Local commits,
/// imports, rebuilds and what peers send all pass here.
struct Applier {
    let db: Database
    let statements: WriteStatements
    private var kinds: [String: Int64]
    private let names: [Int64: EntityName]
    private(set) var branches: [Int64: Branch]
    private(set) var numbers: [Branch: Int64]
    /// How the counters change, by kind.
    var counts: [Int64: KindCounts] = [:]
    /// The meetings that what was applied is about.
    private(set) var touched = TouchedMeetings()
    private var digest: DigestSum
    private var forks: Forks?
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
        // Where somebody made a log of the name of a limb, its number is the smaller one.
        numbers = Dictionary(branches.map { ($1, $0) }, uniquingKeysWith: min)
        forks = try Forks(db)
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

    /// Learns of a log that came up during the transaction.
    mutating func learn(_ branch: Branch, number: Int64) {
        branches[number] = branch
        numbers[branch] = number
    }

    /// Who sent a change that comes from another laptop.
    struct Arrival {
        let device: DeviceID
        let actor: String
        let milliseconds: UInt64
    }

    /// Applies a change of a log; returns the number of its record. `position` is its place in
    /// the order of arrival, where it is in the log already.
    mutating func apply(
        _ change: RecordChange, branch: Int64, position: Int64 = .max, arrival: Arrival? = nil
    ) throws -> Int64 {
        let table = EntityName(rawValue: change.entity).map { EntityTable[$0] }
        let kind = try kindNumber(change.entity)
        let change = try meaning(of: change, branch: branch)
        if let number = try number(change.entity, change.record) {
            digest.subtract(
                try RecordHash.ofRow(number, change.entity, change.record, table, db))
            let target = Target(
                number: number, kind: kind, table: table, isNamed: RecordID(change.record) != nil)
            try merge(
                change, into: target, branch: branch, position: position, arrival: arrival)
            digest.add(try RecordHash.ofRow(number, change.entity, change.record, table, db))
            try touched.add(change, number, table, db)
            return number
        }
        try touched.add(new: change, db)
        let number = try insert(change, table, kind: kind, branch: branch)
        digest.add(
            try RecordHash.ofNew(change, table)
                ?? RecordHash.ofRow(number, change.entity, change.record, table, db))
        return number
    }

    /// A change of a log or limb with the versions it puts aside as the merge calls them.
    mutating func meaning(of change: RecordChange, branch: Int64) throws -> RecordChange {
        guard forks != nil else { return change }
        guard let name = branches[branch] else { throw StoreError.damaged("branch") }
        return try forks?.meaning(of: change, in: name) ?? change
    }

    /// A change of this laptop's as it is to be written: it names versions of forked logs so that
    /// all others mean the same.
    mutating func unambiguous(_ change: RecordChange) throws -> RecordChange {
        try forks?.unambiguous(change) ?? change
    }

    /// All versions of a record's fields.
    func versions(record: Int64, entity: EntityName) throws -> Versions {
        try Versions(db, record: record, table: EntityTable[entity], branches: branches)
    }

    /// Writes the digest and the counters.
    mutating func finish() throws {
        try Facts(db).setDigestSum(digest)
        for (kind, delta) in counts { try delta.add(to: kind, db) }
        counts = [:]
    }

    private mutating func kindNumber(_ entity: String) throws -> Int64 {
        if let known = kinds[entity] { return known }
        try db.execute(sql: "INSERT INTO \"kind\" (\"name\") VALUES (?)", arguments: [entity])
        kinds[entity] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }
}
