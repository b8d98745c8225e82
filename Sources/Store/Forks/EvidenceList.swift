import Foundation
import GRDB
import SyncCore

/// Which entries carry entries of which logs as evidence.
struct EvidenceList {
    /// The record number of entries that carry evidence: they are about no record.
    static let record: Int64 = -2

    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Notes what an entry carries; answers of which logs.
    func note(_ payload: some Collection<UInt8>, at position: Int64) throws -> Set<Branch> {
        let branches = Set(Evidence.runs(in: payload).map(\.branch))
        for branch in branches {
            try db.cachedStatement(
                sql: """
                    INSERT INTO "evidence" ("epoch", "device", "position") VALUES (?, ?, ?)
                    """
            ).execute(arguments: [
                Int64(bitPattern: branch.epoch), Data(branch.device.bytes), position,
            ])
        }
        return branches
    }

    /// The logs of which entries are carried.
    func branches() throws -> Set<Branch> {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT DISTINCT \"device\", \"epoch\" FROM \"evidence\""))
        return Set(
            rows.compactMap { row in
                DeviceID(bytes: row[0] as Data).map {
                    Branch(device: $0, epoch: UInt64(bitPattern: row[1]))
                }
            })
    }

    /// Whether entries of a log are carried.
    func has(_ branch: Branch) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM "evidence" WHERE "epoch" = ? AND "device" = ?)
                    """),
            arguments: [Int64(bitPattern: branch.epoch), Data(branch.device.bytes)]) ?? false
    }

    /// All entries of a log that are carried, and the log's key; nil where there are none.
    func carried(of branch: Branch) throws -> (key: RawKey, entries: [CheckedEntry])? {
        let payloads = try Data.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT p."bytes" FROM "evidence" AS v
                    CROSS JOIN "payload" AS p ON p."position" = v."position"
                    WHERE v."epoch" = ? AND v."device" = ?
                    """),
            arguments: [Int64(bitPattern: branch.epoch), Data(branch.device.bytes)])
        let runs = payloads.flatMap { Evidence.runs(in: $0) }.filter { $0.branch == branch }
        return runs.first.map { ($0.key, runs.flatMap(\.entries)) }
    }
}
