public import Foundation
import GRDB
import Synchronization

/// The rounds of this laptop and what the seats sent, on the disk before anybody is told
/// "received". A file of its own: what is in it is nobody's to see, it goes to no other laptop and
/// into no backup, and when a round is closed only its counts stay.
public final class BallotBox: Sendable {
    /// Its name in the data folder.
    public static let fileName = "ballots.db"

    let queue: DatabaseQueue
    let randomBytes: @Sendable (Int) -> [UInt8]
    private let bells = Mutex((next: 0, all: [Int: AsyncStream<Void>.Continuation]()))

    /// Opens the box of a folder. A file that is damaged is put aside, and a new one begun: no
    /// meeting waits for a repair. A full disk leaves it where it is, with all that was received.
    public init(folder: URL, randomBytes: @escaping @Sendable (Int) -> [UInt8]) throws {
        let path = folder.appendingPathComponent(Self.fileName).path
        self.randomBytes = randomBytes
        do {
            queue = try Self.open(path)
        } catch  where Self.isDamage(error) {
            let name = String(randomBytes(4).reduce(0) { $0 << 8 | UInt32($1) }, radix: 16)
            for ending in ["", "-wal", "-shm"] {
                let manager = FileManager.default
                try? manager.moveItem(
                    atPath: path + ending, toPath: "\(path).damaged-\(name)\(ending)")
            }
            queue = try Self.open(path)
        }
    }

    /// Closes the file.
    public func close() throws { try queue.close() }

    /// Tells of every change, without saying which.
    public func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = bells.withLock { bells in
                bells.next += 1
                bells.all[bells.next] = continuation
                return bells.next
            }
            continuation.onTermination = { [weak self] _ in
                _ = self?.bells.withLock { $0.all.removeValue(forKey: id) }
            }
        }
    }

    /// Does a change that is on the disk when this returns, and tells of it.
    func write<Result: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        let result: Result
        do {
            result = try await queue.write(work)
        } catch let error as DatabaseError {
            throw error.resultCode == .SQLITE_FULL ? BoxFault.full : BoxFault.failed
        }
        for bell in bells.withLock({ Array($0.all.values) }) { bell.yield() }
        return result
    }

    private static func isDamage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return error is BoxFault }
        return [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // What a closed round held is overwritten, not only forgotten.
            try db.execute(sql: "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            // GRDB sets NORMAL for a write-ahead log; a vote that was received must be there
            // after a power cut.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok"
            else { throw BoxFault.failed }
            try db.inTransaction {
                try db.execute(sql: schema)
                return .commit
            }
        }
        return queue
    }

    private static let schema = """
        -- A round of the room. One at most is not closed.
        CREATE TABLE IF NOT EXISTS "round" (
            "number" INTEGER PRIMARY KEY,
            "id" TEXT NOT NULL UNIQUE,
            "event" TEXT NOT NULL,
            "kind" TEXT NOT NULL,
            "question" TEXT NOT NULL,
            "perSeat" INTEGER NOT NULL,
            "options" TEXT NOT NULL,
            "code" TEXT NOT NULL,
            "expected" INTEGER NOT NULL,
            "state" TEXT NOT NULL,
            "openedAt" INTEGER NOT NULL,
            "closedAt" INTEGER,
            -- Seals the seats' tokens; empty once the round is closed.
            "key" BLOB NOT NULL,
            -- What the closing puts into the records, as JSON of RoundResult, while it is done.
            "result" TEXT,
            -- What is left of a closed round.
            "sent" INTEGER NOT NULL DEFAULT 0,
            "votes" INTEGER
        ) STRICT;
        -- What a seat sent, as JSON of Ballot, while its round is open. Seats count in the order
        -- in which they first sent, until all people in the room have.
        CREATE TABLE IF NOT EXISTS "ballot" (
            "arrival" INTEGER PRIMARY KEY,
            "round" TEXT NOT NULL,
            "seat" BLOB NOT NULL,
            "content" TEXT NOT NULL,
            UNIQUE ("round", "seat")
        ) STRICT;
        -- What the facilitator set for the room of this laptop.
        CREATE TABLE IF NOT EXISTS "setting" (
            "name" TEXT PRIMARY KEY,
            "text" TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}

/// What the disk did to a change.
enum BoxFault: Error {
    case full, failed

    /// For a phone.
    var refusal: BallotRefusal { self == .full ? .diskFull : .notKept }
    /// For the desk.
    var roundRefusal: RoundRefusal { self == .full ? .diskFull : .notKept }
}
