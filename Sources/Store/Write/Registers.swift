import Foundation
import GRDB
import SyncCore

/// The values beside the one that is shown, and the versions that are put aside before they
/// arrived, by record and field. Most records have neither.
struct Registers {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Whether anything is kept beside a record's rows.
    func has(_ record: Int64) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM "sibling" WHERE "record" = ?)
                        OR EXISTS (SELECT 1 FROM "awaited" WHERE "record" = ?)
                    """), arguments: [record, record]) ?? false
    }

    /// The register of a field whose current value is known.
    func register(
        _ record: Int64, _ field: String, current: MultiValueRegister.Leaf,
        _ branches: [Int64: Branch]
    ) throws -> MultiValueRegister {
        MultiValueRegister(
            current: current, siblings: try siblings(record, field, branches),
            awaited: try awaited(record, field))
    }

    /// Writes what changed of a register.
    func write(
        _ register: MultiValueRegister, over before: MultiValueRegister?, _ record: Int64,
        _ field: String, _ numbers: [Branch: Int64]
    ) throws {
        if register.siblings != before?.siblings ?? [] {
            try db.cachedStatement(
                sql: "DELETE FROM \"sibling\" WHERE \"record\" = ? AND \"field\" = ?"
            ).execute(arguments: [record, field])
            for leaf in register.siblings { try insert(leaf, record, field, numbers) }
        }
        if register.awaited != before?.awaited ?? [] {
            try db.cachedStatement(
                sql: "DELETE FROM \"awaited\" WHERE \"record\" = ? AND \"field\" = ?"
            ).execute(arguments: [record, field])
            for version in register.awaited {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO "awaited" ("record", "field", "version") VALUES (?, ?, ?)
                        """
                ).execute(arguments: [record, field, Data(version.storedBytes)])
            }
        }
    }

    /// The values beside the shown one, ascending by version.
    func siblings(
        _ record: Int64, _ field: String, _ branches: [Int64: Branch]
    ) throws -> [MultiValueRegister.Leaf] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "stamp", "branch", "content" FROM "sibling"
                    WHERE "record" = ? AND "field" = ?
                    """), arguments: [record, field]
        ).map { row in
            guard let branch = branches[row[1]],
                let content = try? Content(bytes: Array(row[2] as Data))
            else { throw StoreError.damaged("sibling") }
            let stamp = Stamp(bits: UInt64(bitPattern: row[0]))
            return MultiValueRegister.Leaf(
                version: Version(stamp: stamp, branch: branch), content: content)
        }.sorted { $0.version < $1.version }
    }

    private func awaited(_ record: Int64, _ field: String) throws -> [Version] {
        try Data.fetchAll(
            db.cachedStatement(
                sql: "SELECT \"version\" FROM \"awaited\" WHERE \"record\" = ? AND \"field\" = ?"),
            arguments: [record, field]
        ).map { bytes in
            guard let version = Version(storedBytes: Array(bytes)) else {
                throw StoreError.damaged("awaited")
            }
            return version
        }
    }

    private func insert(
        _ leaf: MultiValueRegister.Leaf, _ record: Int64, _ field: String,
        _ numbers: [Branch: Int64]
    ) throws {
        guard let branch = numbers[leaf.version.branch] else { throw StoreError.damaged("branch") }
        try db.cachedStatement(
            sql: """
                INSERT INTO "sibling" ("record", "field", "stamp", "branch", "content")
                VALUES (?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            record, field, Int64(bitPattern: leaf.version.stamp.bits), branch,
            Data(leaf.content.bytes),
        ])
    }
}

extension Version {
    /// Stamp 8 bytes, device 16 bytes, epoch 8 bytes.
    var storedBytes: [UInt8] {
        withUnsafeBytes(of: stamp.bits.bigEndian) { Array($0) } + branch.device.bytes
            + withUnsafeBytes(of: branch.epoch.bigEndian) { Array($0) }
    }

    init?(storedBytes bytes: [UInt8]) {
        guard bytes.count == 32, let device = DeviceID(bytes: bytes[8..<24]) else { return nil }
        func number(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(
            stamp: Stamp(bits: number(bytes[..<8])),
            branch: Branch(device: device, epoch: number(bytes[24...])))
    }
}
