import Foundation
import GRDB
import SyncCore

/// How entries and logs stand in their tables, whoever wrote them.
enum LogTables {
    static let insertEntry = """
        INSERT INTO "entry" ("position", "branch", "sequence", "record", "header", "signature")
        VALUES (?, ?, ?, ?, ?, ?)
        """
    static let insertPayload = "INSERT INTO \"payload\" (\"position\", \"bytes\") VALUES (?, ?)"

    /// Adds a log without entries, or a limb of one; returns its local number.
    static func addBranch(
        _ branch: Branch, key: [UInt8], limbOf log: Int64 = 0, _ db: Database
    ) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO "branch"
                    ("device", "epoch", "publicKey", "head", "headHash", "limbOf")
                VALUES (?, ?, ?, 0, ?, ?)
                """,
            arguments: [
                Data(branch.device.bytes), Int64(bitPattern: branch.epoch), Data(key),
                Data(Hash.zero.bytes), log,
            ])
        return db.lastInsertedRowID
    }

    static func setHead(_ head: Head, of number: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE \"branch\" SET \"head\" = ?, \"headHash\" = ? WHERE \"number\" = ?"
        ).execute(arguments: [
            Int64(bitPattern: head.sequence), Data(head.hash.bytes), number,
        ])
    }
}
