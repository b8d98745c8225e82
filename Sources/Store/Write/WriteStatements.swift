import GRDB
import Participation

/// The statements that every entry needs, held for the length of a transaction.
final class WriteStatements {
    let insertRecord: WriteStatement
    let recordsOfID: WriteStatement
    let setVersion: WriteStatement
    let insertSearch: WriteStatement
    let deleteSearch: WriteStatement
    private let db: Database
    private var inserts: [String: WriteStatement] = [:]

    init(_ db: Database) throws {
        self.db = db
        insertRecord = try WriteStatement(
            db,
            "INSERT INTO \"record\" (\"id\", \"kind\", \"stamp\", \"branch\") VALUES (?, ?, ?, ?)")
        recordsOfID = try WriteStatement(
            db, "SELECT \"number\", \"kind\" FROM \"record\" WHERE \"id\" = ?")
        setVersion = try WriteStatement(
            db,
            """
            INSERT INTO "fieldVersion" ("record", "field", "stamp", "branch") VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET "stamp" = excluded."stamp", "branch" = excluded."branch"
            """)
        insertSearch = try WriteStatement(
            db, "INSERT INTO \"search\" (rowid, \"text\", \"kind\") VALUES (?, ?, ?)")
        deleteSearch = try WriteStatement(db, "DELETE FROM \"search\" WHERE rowid = ?")
    }

    /// The statement that inserts a whole row of a table.
    func insert(_ table: EntityTable) throws -> WriteStatement {
        let name = table.entity.name.rawValue
        if let known = inserts[name] { return known }
        let made = try WriteStatement(db, table.insert)
        inserts[name] = made
        return made
    }
}
