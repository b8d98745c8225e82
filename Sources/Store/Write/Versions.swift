import Foundation
import GRDB
import Participation
import SyncCore

/// The versions of one record's fields: one for the whole record, and exceptions for fields that
/// were changed since. A field that nothing ever set has none, so that any edit wins over it in
/// whatever order entries arrive.
struct Versions {
    private let row: Version
    private let exceptions: [String: Version]
    private let setAtFirst: Set<String>

    init(
        _ db: Database, record: Int64, table: EntityTable?, branches: [Int64: Branch]
    ) throws {
        func version(_ row: Row) throws -> Version {
            guard let branch = branches[row["branch"]] else { throw StoreError.damaged("branch") }
            return Version(
                stamp: Stamp(bits: UInt64(bitPattern: row["stamp"])), branch: branch)
        }
        guard
            let own = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT \"stamp\", \"branch\" FROM \"record\" WHERE \"number\" = ?"),
                arguments: [record])
        else { throw StoreError.damaged("record") }
        row = try version(own)
        var exceptions: [String: Version] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT "field", "stamp", "branch" FROM "fieldVersion" WHERE "record" = ?
                    """), arguments: [record])
        while let next = try rows.next() { exceptions[next["field"]] = try version(next) }
        self.exceptions = exceptions
        setAtFirst = try Self.present(db, record, table)
    }

    subscript(field: String) -> Version? {
        exceptions[field] ?? (setAtFirst.contains(field) ? row : nil)
    }

    private static func present(
        _ db: Database, _ record: Int64, _ table: EntityTable?
    ) throws -> Set<String> {
        guard let table else { return [] }
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT \(table.columns) FROM "\(table.entity.name)" WHERE "_record" = ?
                    """), arguments: [record])
        guard let row else { return [] }
        return Set(
            table.entity.fields.map(\.name).filter {
                !(row[$0] as DatabaseValue).isNull
            })
    }
}

/// The logs by their local numbers.
enum Branches {
    static func byNumber(_ db: Database) throws -> [Int64: Branch] {
        var found: [Int64: Branch] = [:]
        let rows = try Row.fetchAll(
            db, sql: "SELECT \"number\", \"device\", \"epoch\" FROM \"branch\"")
        for row in rows {
            guard let device = DeviceID(bytes: row["device"] as Data) else {
                throw StoreError.damaged("branch")
            }
            found[row["number"]] = Branch(device: device, epoch: UInt64(bitPattern: row["epoch"]))
        }
        return found
    }
}
