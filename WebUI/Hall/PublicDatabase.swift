public import Foundation
import GRDB

/// The one file the hall reads. It is derived: made anew at each start, and written by the core
/// alone.
public enum PublicDatabase {
    /// Its name in the data folder.
    public static let fileName = "public.db"

    static let schema = """
        -- What the hall may know, as JSON of PublicRoom. The version changes with each writing.
        CREATE TABLE "room" (
            "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
            "version" INTEGER NOT NULL,
            "body" TEXT NOT NULL
        ) STRICT;
        -- Finished pictures (SVG) of what the meeting made, by name.
        CREATE TABLE "picture" (
            "name" TEXT PRIMARY KEY,
            "svg" TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}

/// The core's hand: it takes views and nothing else.
public final class PublicWriter: Sendable {
    private let queue: DatabaseQueue

    /// Makes the file anew. `version` is one that no screen has seen: one that was open before the
    /// program's start has to draw anew.
    public init(folder: URL, version: Int) throws {
        let path = folder.appendingPathComponent(PublicDatabase.fileName).path
        for ending in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + ending)
        }
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { db in
            try db.execute(sql: PublicDatabase.schema)
            try Self.put(PublicRoom(), [:], db)
            try db.execute(sql: "UPDATE \"room\" SET \"version\" = ?", arguments: [version])
        }
    }

    /// Replaces all that the hall knows, pictures included.
    public func write(_ room: PublicRoom, pictures: [String: String]) async throws {
        try await queue.write { try Self.put(room, pictures, $0) }
    }

    /// Closes the file.
    public func close() throws { try queue.close() }

    private static func put(
        _ room: PublicRoom, _ pictures: [String: String], _ db: Database
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = String(decoding: try encoder.encode(room), as: UTF8.self)
        try db.execute(
            sql: """
                INSERT INTO "room" ("one", "version", "body") VALUES (1, 1, ?)
                ON CONFLICT ("one") DO UPDATE
                SET "version" = "version" + 1, "body" = excluded."body"
                """, arguments: [body])
        try db.execute(sql: "DELETE FROM \"picture\"")
        for (name, svg) in pictures {
            try db.execute(
                sql: "INSERT INTO \"picture\" (\"name\", \"svg\") VALUES (?, ?)",
                arguments: [name, svg])
        }
    }
}

/// The hall's eye: it can open `public.db`, and only for reading.
public final class PublicReader: Sendable {
    private let queue: DatabaseQueue

    /// What was read at once.
    public struct Content: Sendable, Equatable {
        /// Changes with each writing.
        public let version: Int
        /// What the hall may know.
        public let room: PublicRoom
        /// The finished pictures by name.
        public let pictures: [String: String]
    }

    /// Opens the file of a folder, which the core has made.
    public init(folder: URL) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        queue = try DatabaseQueue(
            path: folder.appendingPathComponent(PublicDatabase.fileName).path,
            configuration: configuration)
    }

    /// The number that changes with each writing.
    func version() async throws -> Int {
        try await queue.read { db in
            try Int.fetchOne(db, sql: "SELECT \"version\" FROM \"room\"") ?? 0
        }
    }

    /// Reads all of it in one snapshot.
    public func content() async throws -> Content { try await queue.read(Self.content) }

    func contentAtOnce() throws -> Content { try queue.read(Self.content) }

    private static func content(_ db: Database) throws -> Content {
        guard let row = try Row.fetchOne(db, sql: "SELECT \"version\", \"body\" FROM \"room\"")
        else { return Content(version: 0, room: PublicRoom(), pictures: [:]) }
        let body: String = row["body"]
        var pictures: [String: String] = [:]
        for picture in try Row.fetchAll(db, sql: "SELECT \"name\", \"svg\" FROM \"picture\"") {
            pictures[picture["name"]] = picture["svg"]
        }
        return Content(
            version: row["version"],
            room: try JSONDecoder().decode(PublicRoom.self, from: Data(body.utf8)),
            pictures: pictures)
    }
}
