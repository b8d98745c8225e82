public import Foundation
import GRDB

extension Store {
    static let fileName = "store.db"

    /// Writes a consistent copy of all records into a folder that is made for it, while the
    /// program goes on. Keys, passwords of machines and open invitations are not in it; whoever
    /// finds it has the records, but cannot speak in this laptop's name.
    /// - Returns: the digest of the copy.
    /// - Throws: ``StoreError/exists`` where the folder holds a store.
    public func backUp(to folder: URL) async throws -> Digest {
        let file = folder.appendingPathComponent(Self.fileName)
        guard !FileManager.default.fileExists(atPath: file.path) else { throw StoreError.exists }
        return try await StoreError.naming {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let part = folder.appendingPathComponent("\(Self.fileName).part")
            try? FileManager.default.removeItem(at: part)
            let digest = try Self.copy(self.pool, to: part)
            try FileManager.default.moveItem(at: part, to: file)
            return digest
        }
    }

    private static func copy(_ pool: DatabasePool, to file: URL) throws -> Digest {
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
        let digest = try copy.read { db in
            guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw StoreError.damaged(fileName)
            }
            return try Reader(db).digest()
        }
        try copy.close()
        return digest
    }

    /// Puts the records of a backup into a data folder, in place of those that are there, which
    /// are moved into its folder `backups` and stay. The laptop keeps its keys, and begins a new
    /// log: what it had written after the backup comes back from the other laptops.
    /// - Returns: where the records from before are now; nil where there were none.
    /// - Throws: ``StoreError/notFound`` where there is no backup, ``StoreError/inUse(pid:)``,
    ///   ``StoreError/damaged(_:)``; nothing is changed then.
    @discardableResult
    public static func restore(
        _ backup: URL, into folder: URL, environment: StoreEnvironment
    ) throws -> URL? {
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
        let kept = try moveAway(folder, now: environment.wallMilliseconds())
        try FileManager.default.moveItem(
            at: part, to: folder.appendingPathComponent(fileName))
        return kept
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
