import Crypto
import Foundation
import GRDB
import SyncCore

/// What checking the whole log came to.
public struct VerifyReport: Sendable, Equatable {
    /// Entries looked at.
    public internal(set) var entries = 0
    /// Signatures checked.
    public internal(set) var signatures = 0
    /// Photographs and other files that were checked.
    public internal(set) var blobs = 0
    /// What is wrong; empty where all is well.
    public internal(set) var faults: [Fault] = []

    /// A fault and where it is.
    public struct Fault: Sendable, Equatable {
        /// The log's device, in hexadecimal digits; empty where the file itself is damaged.
        public let device: String
        /// The entry's place in that log; 0 where no entry is meant.
        public let sequence: UInt64
        /// What is wrong with it.
        public let reason: String

        /// What the tables say is not what the log says.
        static let tables = Fault(device: "", sequence: 0, reason: "tables")
        /// A file that attachments name does not have its bytes.
        static func blob(_ hash: BlobHash) -> Fault {
            Fault(device: "", sequence: 0, reason: "blob \(hash)")
        }

        /// Whether the log itself, or the file it stands in, is at fault.
        var isOfLog: Bool { self != .tables && !reason.hasPrefix("blob ") }
    }
}

extension Store {
    /// Checks the file, every hash and every signature, which it only reads, and then the files
    /// that attachments name: damaged ones are set aside, so that whole ones can be fetched.
    public func verify(
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
    ) async throws -> VerifyReport {
        var report = try await pool.read { db in
            var report = VerifyReport()
            do {
                try Self.checkAll(db, &report, progress)
            } catch let error as DatabaseError {
                // What was found before the file could be read no further stays found.
                let reason = error.message ?? "SQLite \(error.extendedResultCode.rawValue)"
                report.faults.append(.init(device: "", sequence: 0, reason: reason))
            }
            return report
        }
        let (checked, damaged) = try await withBlobs { blobs in
            let held = blobs.held
            for hash in held { _ = try blobs.check(hash) }
            return (held.count, try blobs.damaged())
        }
        report.blobs = checked
        report.faults += damaged.map(VerifyReport.Fault.blob)
        return report
    }

    private static func checkAll(
        _ db: Database, _ report: inout VerifyReport, _ progress: (Int, Int) -> Void
    ) throws {
        for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(10)")
        where line != "ok" {
            report.faults.append(.init(device: "", sequence: 0, reason: line))
        }
        let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM \"entry\"") ?? 0
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \"branch\"") {
            try check(row, db, &report) { progress($0, all) }
        }
        let reader = Reader(db)
        if try reader.freshDigestSum() != Facts(db).digestSum
            || reader.freshKindCounts() != reader.kindCounts()
        {
            report.faults.append(.tables)
        }
    }

    private static func check(
        _ row: Row, _ db: Database, _ report: inout VerifyReport, progress: (Int) -> Void
    ) throws {
        let number: Int64 = row["number"]
        guard let device = DeviceID(bytes: row["device"] as Data),
            let key = try? Curve25519.Signing.PublicKey(
                rawRepresentation: row["publicKey"] as Data), DeviceID(key) == device
        else {
            report.faults.append(.init(device: "", sequence: 0, reason: "publicKey"))
            return
        }
        func fault(_ sequence: UInt64, _ reason: String) {
            report.faults.append(
                .init(device: device.description, sequence: sequence, reason: reason))
        }
        let name = Branch(device: device, epoch: UInt64(bitPattern: row["epoch"]))
        let limb = try LimbStart(row, db)
        guard limb?.isKnown != false else { return fault(limb?.after.sequence ?? 0, "looseLimb") }
        var chain = ChainCheck(branch: limb?.log ?? name, key: key, after: limb?.after ?? .none)
        let entries = try Row.fetchCursor(
            db,
            sql: """
                SELECT e."sequence", e."header", e."signature", p."bytes" FROM "entry" AS e
                LEFT JOIN "payload" AS p ON p."position" = e."position"
                WHERE e."branch" = ? ORDER BY e."sequence"
                """, arguments: [number])
        while let entry = try entries.next() {
            let place = UInt64(bitPattern: entry["sequence"])
            let signature = (entry["signature"] as Data?).map { Array($0) }
            do {
                try chain.take(
                    header: Array(entry["header"] as Data),
                    payload: (entry["bytes"] as Data?).map { Array($0) }, signature: signature)
            } catch {
                fault(place, error.rawValue)
                return
            }
            // Nothing in this version erases a payload: one that is not there was lost.
            if entry["bytes"] as Data? == nil { fault(place, "missingPayload") }
            report.entries += 1
            if signature != nil { report.signatures += 1 }
            if report.entries % 1000 == 0 { progress(report.entries) }
        }
        if (try? chain.finish()) == nil { fault(chain.sequence, "unsealedEnd") }
        let head = UInt64(bitPattern: row["head"])
        if chain.sequence != head || Hash(bytes: row["headHash"] as Data) != chain.head {
            fault(head, "missingEnd")
        }
    }
}

/// Where a limb of a log that forked begins.
private struct LimbStart {
    let log: Branch
    let after: Head
    /// Whether the limb or log it leaves has the entry before its first.
    let isKnown: Bool

    /// Nil for a log.
    init?(_ row: Row, _ db: Database) throws {
        let log: Int64 = row["limbOf"]
        guard log != 0 else { return nil }
        let header = try Data.fetchOne(
            db,
            sql: """
                SELECT "header" FROM "entry" WHERE "branch" = ? ORDER BY "sequence" LIMIT 1
                """, arguments: [row["number"] as Int64])
        guard let branch = try Branches.byNumber(db)[log] else { throw StoreError.damaged("limb") }
        self.log = branch
        guard let first = header.flatMap({ try? EntryHeader(bytes: $0) }) else {
            (after, isKnown) = (.none, false)
            return
        }
        after = Head(sequence: first.sequence - 1, hash: first.previous)
        isKnown = try LoggedEntry.holds(db, row["parent"], after)
    }
}
