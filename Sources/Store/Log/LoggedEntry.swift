import Foundation
import GRDB
import Participation
import SyncCore

/// An entry read back from the log.
struct LoggedEntry {
    let position: Int64
    let branch: Int64
    let record: Int64
    let headerBytes: [UInt8]
    let header: EntryHeader
    /// Nil where the payload was erased.
    let payload: [UInt8]?
    let signature: [UInt8]?

    /// Stands for the record of an entry that does not count.
    static let void: Int64 = -1

    /// What it says; nil where the payload was erased or is of a format not known here.
    var change: RecordChange? { payload.flatMap { try? Payload.change($0) } }

    init(_ row: Row) throws {
        position = row["position"]
        branch = row["branch"]
        record = row["record"]
        headerBytes = Array(row["header"] as Data)
        payload = (row["bytes"] as Data?).map { Array($0) }
        signature = (row["signature"] as Data?).map { Array($0) }
        do { header = try EntryHeader(bytes: headerBytes) } catch {
            throw StoreError.damaged("entry \(position)")
        }
    }

    static let columns = """
        e."position", e."branch", e."record", e."header", e."signature", p."bytes"
        """

    /// All entries of a record in the order of arrival.
    static func ofRecord(
        _ db: Database, entity: EntityName, id: RecordID
    ) throws -> [LoggedEntry] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM "kind" AS k
                    CROSS JOIN "record" AS r ON r."id" = ? AND r."kind" = k."number"
                    CROSS JOIN "entry" AS e ON e."record" = r."number"
                    LEFT JOIN "payload" AS p ON p."position" = e."position"
                    WHERE k."name" = ? ORDER BY e."position"
                    """), arguments: [id.text, entity.rawValue]
        ).map { try LoggedEntry($0) }
    }

    /// The entries of a log from a place on, at most `limit` of them.
    static func ofBranch(
        _ db: Database, _ branch: Int64, from sequence: UInt64, limit: Int
    ) throws -> [LoggedEntry] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM "entry" AS e
                    LEFT JOIN "payload" AS p ON p."position" = e."position"
                    WHERE e."branch" = ? AND e."sequence" >= ? ORDER BY e."sequence" LIMIT ?
                    """), arguments: [branch, Int64(bitPattern: sequence), limit]
        ).map { try LoggedEntry($0) }
    }

    /// Calls back with the entries of a log or limb after a place, in order.
    static func forEach(
        _ db: Database, of branch: Int64, after place: UInt64, _ body: (LoggedEntry) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM "entry" AS e
                    LEFT JOIN "payload" AS p ON p."position" = e."position"
                    WHERE e."branch" = ? AND e."sequence" > ? ORDER BY e."sequence"
                    """), arguments: [branch, Int64(bitPattern: place)])
        while let row = try rows.next() { try body(LoggedEntry(row)) }
    }

    /// Whether a log has this entry at this place.
    static func holds(_ db: Database, _ branch: Int64, _ place: Head) throws -> Bool {
        guard place.sequence > 0 else { return place == .none }
        return try hash(db, branch, at: place.sequence) == place.hash
    }

    /// The hash of the entry at a place of a log or limb; nil where there is none.
    static func hash(_ db: Database, _ branch: Int64, at place: UInt64) throws -> Hash? {
        try Data.fetchOne(
            db.cachedStatement(
                sql: "SELECT \"header\" FROM \"entry\" WHERE \"branch\" = ? AND \"sequence\" = ?"),
            arguments: [branch, Int64(bitPattern: place)]
        ).map { Hash(of: Array($0)) }
    }

    /// What the merge calls the log or limb it stands in.
    func name(_ branches: [Int64: Branch]) -> Branch { branches[branch] ?? header.branch }

    /// The entry as it was when it came.
    var checked: CheckedEntry {
        CheckedEntry(
            LogEntry(
                header: header, payload: payload.map { $0[...] }, signature: signature),
            headerBytes: headerBytes)
    }
}
