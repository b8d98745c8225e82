import GRDB

/// What laptops that write apart need beside the log: values that lost without having been seen,
/// and deletions that came from others.
enum ReplicationTables {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Values that no known edit has put aside, beside the one that is shown.
                CREATE TABLE "sibling" (
                    "record" INTEGER NOT NULL,
                    "field" TEXT NOT NULL,
                    "stamp" INTEGER NOT NULL,
                    "branch" INTEGER NOT NULL,
                    "content" BLOB NOT NULL,
                    PRIMARY KEY ("record", "field", "stamp", "branch")
                ) STRICT, WITHOUT ROWID;

                -- Versions that were put aside before they arrived: stamp, device and epoch.
                CREATE TABLE "awaited" (
                    "record" INTEGER NOT NULL,
                    "field" TEXT NOT NULL,
                    "version" BLOB NOT NULL,
                    PRIMARY KEY ("record", "field", "version")
                ) STRICT, WITHOUT ROWID;

                -- Deletions that came from other laptops and that nobody here has looked at.
                CREATE TABLE "arrivedDeletion" (
                    "entity" TEXT NOT NULL,
                    "id" TEXT NOT NULL,
                    "device" TEXT NOT NULL,
                    "actor" TEXT NOT NULL,
                    "milliseconds" INTEGER NOT NULL,
                    PRIMARY KEY ("entity", "id")
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
