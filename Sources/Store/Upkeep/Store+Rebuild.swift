import Foundation
import GRDB
import Participation
import SyncCore
import Synchronization

extension Store {
    /// Makes the derived tables anew from the log, in one transaction. A log that is not whole is
    /// refused, because the tables may then be the last good copy.
    /// - Returns: the digest, which is the one from before unless the tables were damaged.
    public func rebuild(
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
    ) async throws -> Digest {
        if let fault = try await verify(progress: progress).faults.first(where: \.isOfLog) {
            throw StoreError.damaged("entry \(fault.sequence): \(fault.reason)")
        }
        return try await StoreError.naming {
            try await self.pool.write { db in
                try Self.clear(db)
                try Facts(db).setDigestSum(DigestSum())
                var applier = try Applier(db)
                let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM \"entry\"") ?? 0
                var position: Int64 = 0
                var done = 0
                while true {
                    let entries = try Self.entries(after: position, db)
                    guard let last = entries.last else { break }
                    for entry in entries {
                        try Self.apply(entry, &applier, db)
                    }
                    position = last.position
                    done += entries.count
                    progress(done, all)
                }
                try applier.finish()
                self.tellMeetings(of: .all, db)
                return try Reader(db).digest()
            }
        }
    }

    private static func apply(_ entry: LoggedEntry, _ applier: inout Applier, _ db: Database) throws
    {
        guard let change = entry.change else { return }
        let record = try applier.apply(change, branch: entry.branch)
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
                DELETE FROM "search";
                UPDATE "kind" SET "live" = 0;
                """)
    }
}
