import Foundation
import GRDB
public import Participation
import SyncCore
import Synchronization

/// How this laptop's store is.
public struct StoreStatus: Sendable, Equatable {
    /// This laptop, in hexadecimal digits.
    public let device: String
    /// Milliseconds since 1970 as far as the clock is believed.
    public let milliseconds: UInt64
    /// Whether the laptop's clock is plausible.
    public let isClockTrusted: Bool
    /// The latest time the community is known to have reached, in milliseconds since 1970.
    public let clockFloor: UInt64
    /// The digest of all current values.
    public let digest: Digest
    /// The logs held here.
    public let heads: [Head]
    /// When this laptop could not go on with its log, by the reason; in milliseconds since 1970.
    public let breaks: [ContinuityBreak: UInt64]
    /// The laptops, in hexadecimal digits, of which two wrote under one name.
    public let forked: Set<String>
    /// Records that are not deleted, by kind.
    public let records: [EntityName: Int]
    /// Bytes of the database with its write-ahead log.
    public let bytes: Int
    /// Free bytes on the disk; nil where the system does not tell.
    public let freeBytes: Int?

    /// A log and how far it is held.
    public struct Head: Sendable, Equatable {
        /// The device, in hexadecimal digits.
        public let device: String
        /// The epoch, in hexadecimal digits.
        public let epoch: String
        /// The place of the last entry.
        public let sequence: UInt64
        /// The hash of the last entry, in hexadecimal digits.
        public let hash: String
    }

    /// All records that are not deleted.
    public var recordCount: Int { records.values.reduce(0, +) }
    /// All entries of the logs.
    public var entryCount: UInt64 { heads.reduce(0) { $0 + $1.sequence } }
}

extension Store {
    /// Reads how the store is.
    public func status() async throws -> StoreStatus {
        let reading = readClock()
        let floor = clock.withLock(\.floor)
        let (heads, records, digest) = try await read { reader in
            (try reader.heads(), try reader.counts(), try reader.digest())
        }
        let (breaks, forked) = try await read { [deviceID] reader in
            (try Facts(reader.db).breaks(of: deviceID), try reader.forkedDevices())
        }
        return StoreStatus(
            device: device, milliseconds: reading.milliseconds,
            isClockTrusted: reading.isTrusted, clockFloor: floor, digest: digest,
            heads: heads, breaks: breaks, forked: forked, records: records, bytes: fileBytes(),
            freeBytes: freeBytes())
    }

    /// The digest of all current values.
    public func digest() async throws -> Digest { try await read { try $0.digest() } }

    private func fileBytes() -> Int {
        ["store.db", "store.db-wal"].reduce(0) { sum, name in
            let path = folder.appendingPathComponent(name).path
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return sum + (size ?? 0)
        }
    }

    private func freeBytes() -> Int? {
        let found = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return (found?[.systemFreeSize] as? NSNumber)?.intValue
    }
}

extension Reader {
    func heads() throws -> [StoreStatus.Head] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM \"branch\" WHERE \"limbOf\" = 0 ORDER BY \"number\""
        ).map { row in
            StoreStatus.Head(
                device: Hexadecimal.text(row["device"] as Data),
                epoch: Hexadecimal.text(
                    withUnsafeBytes(of: (row["epoch"] as Int64).bigEndian) { Array($0) }),
                sequence: UInt64(bitPattern: row["head"]),
                hash: Hexadecimal.text(row["headHash"] as Data))
        }
    }

    /// Records that are not deleted, by kind.
    public func counts() throws -> [EntityName: Int] {
        var found: [EntityName: Int] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT \"name\", \"live\" FROM \"kind\"") {
            if let entity = EntityName(rawValue: row["name"]) { found[entity] = row["live"] }
        }
        return found
    }
}
