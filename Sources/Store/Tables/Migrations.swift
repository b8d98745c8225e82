import GRDB
import Participation

/// Brings a store's tables to this version. The log's tables change by migrations, append-only;
/// the entities' tables follow the declarations by themselves.
enum Migrations {
    /// "Ashr" in the header of the file.
    static let applicationID = 0x4173_6872

    static func run(_ writer: any DatabaseWriter) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 log and records", migrate: FirstTables.create)
        migrator.registerMigration("2 replication", migrate: ReplicationTables.create)
        migrator.registerMigration("3 forks, limbs and counters", migrate: ForkTables.create)
        guard try writer.read({ try !migrator.hasBeenSuperseded($0) }) else {
            throw StoreError.newerVersion
        }
        let lacksCounters = try writer.read { db in
            let done = try migrator.appliedIdentifiers(db)
            return !done.isEmpty && !done.contains("3 forks, limbs and counters")
        }
        try migrator.migrate(writer)
        try writer.write { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            var grew = false
            for table in EntityTable.all.values where try follow(table, db) { grew = true }
            // Laptops of a newer version have sent what this one can hold from now on.
            let hasUnknown =
                try grew
                && Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \"unknownField\")") ?? false
            if hasUnknown || lacksCounters {
                try Tables.makeAnew(db, try Reader(db).roll()) { _, _ in }
            }
        }
    }

    /// Creates an entity's table, or adds the columns of fields declared since. Neither touches
    /// a row nor writes an entry. Returns whether there was anything to add.
    private static func follow(_ table: EntityTable, _ db: Database) throws -> Bool {
        var grew = false
        let name = table.entity.name.rawValue
        if try db.tableExists(name) {
            let present = Set(try db.columns(in: name).map(\.name))
            for field in table.entity.fields where !present.contains(field.name) {
                try db.execute(
                    sql:
                        "ALTER TABLE \"\(name)\" ADD COLUMN \"\(field.name)\" \(field.type.column.rawValue)"
                )
                grew = true
            }
        } else {
            try db.execute(sql: table.create)
            grew = true
        }
        for index in table.indexes { try db.execute(sql: index) }
        try db.execute(
            sql: "INSERT OR IGNORE INTO \"kind\" (\"name\") VALUES (?)", arguments: [name])
        return grew
    }
}
