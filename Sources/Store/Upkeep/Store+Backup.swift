public import Foundation
import GRDB

/// What was copied into a backup.
public struct BackupReport: Sendable, Equatable {
    /// The digest of the copied records.
    public let digest: Digest
    /// The photographs that were copied.
    public let blobs: Int
    /// Photographs that records name and that are not on this laptop.
    public let missingBlobs: Int
}

/// What came back from a backup.
public struct RestoreReport: Sendable, Equatable {
    /// Where the records from before are now; nil where there were none.
    public let kept: URL?
    /// Photographs of the backup that are damaged there, and were left out.
    public let damagedBlobs: Int
}

extension Store {
    /// The file with all records, in the data folder and in a backup.
    public static let fileName = "store.db"

    /// Writes a consistent copy of all records, and of the photographs that are here, into a
    /// folder that is made for it, while the program goes on. Keys, passwords of machines and
    /// open invitations are not in it; whoever finds it has the records, but cannot speak in this
    /// laptop's name.
    /// - Throws: ``StoreError/exists`` where the folder holds a store.
    public func backUp(to folder: URL) async throws -> BackupReport {
        let file = folder.appendingPathComponent(Self.fileName)
        guard !FileManager.default.fileExists(atPath: file.path) else { throw StoreError.exists }
        return try await StoreError.naming {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let part = folder.appendingPathComponent("\(Self.fileName).part")
            try? FileManager.default.removeItem(at: part)
            let (digest, named) = try Self.copy(self.pool, to: part)
            let copied = try await self.withBlobs { blobs in
                try blobs.copy(
                    named.map(\.hash), to: folder.appendingPathComponent(Blobs.folderName))
            }
            // The records get their name last: without it, nothing there is a backup.
            try FileManager.default.moveItem(at: part, to: file)
            return BackupReport(
                digest: digest, blobs: copied, missingBlobs: named.count - copied)
        }
    }

    private static func copy(
        _ pool: DatabasePool, to file: URL
    ) throws -> (Digest, named: [NamedBlob]) {
        var configuration = Configuration()
        configuration.journalMode = .default
        let copy = try DatabaseQueue(path: file.path, configuration: configuration)
        try pool.backup(to: copy)
        try copy.writeWithoutTransaction { db in
            // One file, without what is this laptop's own; erased, not only unlinked.
            try db.execute(
                sql: """
                    PRAGMA journal_mode = DELETE;
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    DELETE FROM "token";
                    DELETE FROM "invitation";
                    DELETE FROM "fact" WHERE "name" IN ('ownBranch', 'hardware');
                    VACUUM;
                    """)
        }
        let found = try copy.read { db in
            guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw StoreError.damaged(fileName)
            }
            let reader = Reader(db)
            return (try reader.digest(), try reader.namedBlobs(withDeleted: true))
        }
        try copy.close()
        return found
    }

    /// Puts the records of a backup into a data folder, in place of those that are there, which
    /// are moved into its folder `backups` and stay. The laptop keeps its keys, and begins a new
    /// log: what it had written after the backup comes back from the other laptops. Photographs
    /// of the backup join those that are here.
    /// - Throws: ``StoreError/notFound`` where there is no backup, ``StoreError/inUse(pid:)``,
    ///   ``StoreError/damaged(_:)``; nothing is changed then.
    @discardableResult
    public static func restore(
        _ backup: URL, into folder: URL, environment: StoreEnvironment
    ) throws -> RestoreReport {
        let file = backup.appendingPathComponent(fileName)
        guard FileManager.default.fileExists(atPath: file.path) else { throw StoreError.notFound }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let lock = try StoreLock(folder: folder)
        defer { withExtendedLifetime(lock) {} }
        let part = folder.appendingPathComponent("\(fileName).part")
        try? FileManager.default.removeItem(at: part)
        try FileManager.default.copyItem(at: file, to: part)
        do {
            try StoreError.namingAtOnce { try prepare(part, environment) }
        } catch {
            try? FileManager.default.removeItem(at: part)
            throw error
        }
        let damaged = try Blobs(folder: folder.appendingPathComponent(Blobs.folderName))
            .takeAll(of: backup.appendingPathComponent(Blobs.folderName))
        let kept = try moveAway(folder, now: environment.wallMilliseconds())
        try FileManager.default.moveItem(
            at: part, to: folder.appendingPathComponent(fileName))
        return RestoreReport(kept: kept, damagedBlobs: damaged)
    }

    /// Checks a copy of a backup and gives it a log of its own.
    private static func prepare(_ file: URL, _ environment: StoreEnvironment) throws {
        let queue = try DatabaseQueue(path: file.path)
        guard try queue.read({ try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }) == "ok"
        else { throw StoreError.damaged(fileName) }
        try Migrations.run(queue)
        try queue.write { db in
            try db.execute(sql: "DELETE FROM \"fact\" WHERE \"name\" IN ('ownBranch', 'hardware')")
            try Continuity(db, environment).breakOff(.restored, environment.wallMilliseconds())
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }

    /// Moves the files of a store into a folder of their own.
    private static func moveAway(_ folder: URL, now: UInt64) throws -> URL? {
        let manager = FileManager.default
        let files = ["", "-wal", "-shm"].map { folder.appendingPathComponent(fileName + $0) }
            .filter { manager.fileExists(atPath: $0.path) }
        guard !files.isEmpty else { return nil }
        let place = folder.appendingPathComponent("backups/before-\(now)")
        try manager.createDirectory(
            at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for file in files {
            try manager.moveItem(at: file, to: place.appendingPathComponent(file.lastPathComponent))
        }
        return place
    }
}
