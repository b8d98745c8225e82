import Crypto
public import Foundation
import GRDB
public import Participation
import SyncCore
import Synchronization

/// Everything a laptop holds: the signed log, and the tables derived from it. One process opens
/// it, every commit is flushed to the disk before it is acknowledged, and there is no other way
/// to write than ``commit(_:by:)`` and the import, which both append to the log.
public final class Store: Sendable {
    /// The data folder.
    public let folder: URL
    /// The photographs and other files that attachments name.
    let blobs: Blobs
    let missing = MissingBlobs()
    let pool: DatabasePool
    let environment: StoreEnvironment
    let deviceID: DeviceID
    let acquaintances = Mutex<Acquaintances?>(nil)
    let announcer = Announcer()
    let meetings = MeetingCache()
    let clock: Mutex<CommunityClock>
    private let lock: StoreLock

    /// When this version of the program was made: no laptop can honestly be earlier.
    static let builtAt: UInt64 = 1_795_219_200_000

    /// Opens the store of a folder, made where it is missing.
    /// - Throws: ``StoreError`` where it is in use, damaged, newer, or cannot be made durable.
    public init(folder: URL, environment: StoreEnvironment) throws {
        self.folder = folder
        self.environment = environment
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        lock = try StoreLock(folder: folder)
        blobs = Blobs(folder: folder.appendingPathComponent(Blobs.folderName))
        let path = folder.appendingPathComponent(Self.fileName).path
        pool = try StoreError.namingAtOnce { try Self.openPool(path) }
        deviceID = DeviceID(environment.signingKey.publicKey)
        try StoreError.namingAtOnce { [pool] in
            try Migrations.run(pool)
            try pool.write { db in
                _ = try OwnBranch.find(db, environment)
                try Continuity(db, environment).check(now: environment.wallMilliseconds())
            }
        }
        let floor = try pool.read { try Facts($0).clockFloor }
        clock = Mutex(
            CommunityClock(
                floor: max(Self.builtAt, floor ?? 0),
                uptimeMilliseconds: environment.uptimeMilliseconds()))
    }

    /// Closes the file after the last readers are done; the folder is free then.
    public func close() throws {
        try pool.close()
        lock.release()
    }

    private static func openPool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            // With 32 MiB of log between checkpoints, a page that many frames of another laptop
            // change goes to the file once for all of them.
            try db.execute(
                sql: """
                    PRAGMA cache_size = -16384;
                    PRAGMA temp_store = FILE;
                    PRAGMA cell_size_check = ON;
                    PRAGMA wal_autocheckpoint = 8192;
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL after `prepareDatabase`, which loses acknowledged commits in a power
        // cut; FULL has to be set, and is proved to be set, on the writer it has opened.
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
            else { throw StoreError.notDurable }
        }
        return pool
    }

    /// Reads the laptop's clock; the floor it may raise is persisted with the next commit.
    func readClock() -> CommunityClock.Reading {
        let wall = environment.wallMilliseconds()
        let uptime = environment.uptimeMilliseconds()
        return clock.withLock { $0.read(wall: wall, uptimeMilliseconds: uptime) }
    }

    /// A new UUIDv7.
    public func makeID() -> RecordID {
        RecordID(milliseconds: readClock().milliseconds, random: environment.randomBytes(10))
    }

    /// Reads in one snapshot, beside any writer.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (Reader) throws -> Result
    ) async throws -> Result {
        try await StoreError.naming {
            try await self.pool.read { [meetings] in
                try body(Reader($0, meetings: meetings))
            }
        }
    }
}

extension Store {
    /// What the program counts, what the laptop's own clock says, and whether it is believed.
    public var clocks: (now: UInt64, wall: UInt64, isTrusted: Bool) {
        let reading = readClock()
        return (reading.milliseconds, environment.wallMilliseconds(), reading.isTrusted)
    }

    /// Milliseconds since 1970, as far as the laptop's clock is believed.
    public var now: UInt64 { readClock().milliseconds }
}
