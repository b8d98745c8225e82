import GRDB
import Participation
import SyncCore

/// The deletions that came from other laptops and that nobody here has looked at.
struct DeletionList {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Puts a record on the list, or says anew who deleted it; whether it was not there before.
    func add(_ entity: String, _ id: String, _ arrival: Applier.Arrival) throws -> Bool {
        let wasThere = try remove(entity, id)
        try db.cachedStatement(
            sql: """
                INSERT INTO "arrivedDeletion"
                    ("entity", "id", "device", "actor", "milliseconds") VALUES (?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            entity, id, arrival.device.description, arrival.actor,
            Int64(clamping: arrival.milliseconds),
        ])
        return !wasThere
    }

    /// Takes a record off the list; whether it was on it.
    func remove(_ entity: String, _ id: String) throws -> Bool {
        try db.cachedStatement(
            sql: "DELETE FROM \"arrivedDeletion\" WHERE \"entity\" = ? AND \"id\" = ?"
        ).execute(arguments: [entity, id])
        return db.changesCount > 0
    }

    /// Takes off what is not deleted any more, and writes the counters. For tables made anew.
    func tidy() throws {
        let rows = try Row.fetchAll(db, sql: "SELECT \"entity\", \"id\" FROM \"arrivedDeletion\"")
        for row in rows {
            let (entity, id): (String, String) = (row[0], row[1])
            guard let name = EntityName(rawValue: entity) else { continue }
            let found = try RecordID(id).flatMap { try Reader(db).anyRecord(name, $0) }
            if found?.isDeleted != true { _ = try remove(entity, id) }
        }
        try db.execute(
            sql: """
                UPDATE "kind" SET "deletions" = (
                    SELECT count(*) FROM "arrivedDeletion" WHERE "entity" = "kind"."name"
                )
                """)
    }
}
