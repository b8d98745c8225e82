import GRDB
import Participation
import SyncCore

/// The derived tables as a whole.
enum Tables {
    /// Makes them anew from the log, inside a transaction that is open. Entries that do not count
    /// any more are left out.
    static func makeAnew(
        _ db: Database, _ roll: Roll?,
        progress: (_ done: Int, _ of: Int) -> Void
    ) throws {
        try clear(db)
        try Facts(db).setDigestSum(DigestSum())
        var applier = try Applier(db)
        let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM \"entry\"") ?? 0
        var position: Int64 = 0
        var done = 0
        while true {
            let entries = try entries(after: position, db)
            guard let last = entries.last else { break }
            for entry in entries { try apply(entry, roll, &applier, db) }
            position = last.position
            done += entries.count
            progress(done, all)
        }
        try applier.finish()
        try DeletionList(db).tidy()
    }

    private static func apply(
        _ entry: LoggedEntry, _ roll: Roll?, _ applier: inout Applier, _ db: Database
    ) throws {
        guard let change = entry.change else { return }
        let record =
            roll?.counts(entry.header.branch, sequence: entry.header.sequence) == false
            ? LoggedEntry.void
            : try applier.apply(change, branch: entry.branch, position: entry.position)
        guard record != entry.record else { return }
        try db.cachedStatement(sql: "UPDATE \"entry\" SET \"record\" = ? WHERE \"position\" = ?")
            .execute(arguments: [record, entry.position])
    }

    private static func entries(after position: Int64, _ db: Database) throws -> [LoggedEntry] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(LoggedEntry.columns) FROM "entry" AS e
                    LEFT JOIN "payload" AS p ON p."position" = e."position"
                    WHERE e."position" > ? ORDER BY e."position" LIMIT 1000
                    """), arguments: [position]
        ).map { try LoggedEntry($0) }
    }

    private static func clear(_ db: Database) throws {
        for table in EntityTable.all.values {
            try db.execute(sql: "DROP TABLE \"\(table.entity.name)\"")
            try db.execute(sql: table.create)
            for index in table.indexes { try db.execute(sql: index) }
        }
        try db.execute(
            sql: """
                DELETE FROM "record";
                DELETE FROM "fieldVersion";
                DELETE FROM "unknownField";
                DELETE FROM "sibling";
                DELETE FROM "awaited";
                DELETE FROM "search";
                UPDATE "kind" SET "live" = 0, "conflicts" = 0;
                """)
    }
}
