import GRDB

/// What laptops that were cloned or put back need: both sides of a log that forked; and counters
/// that every page asks for.
enum ForkTables {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Null for a log. For a limb, which the merge takes for a log of its own, the log
                -- it left: its entries name that log, and its epoch here is the limb's name.
                ALTER TABLE "branch" ADD COLUMN "limbOf" INTEGER;

                -- Which entries carry entries of a forked log as evidence.
                CREATE TABLE "evidence" (
                    "epoch" INTEGER NOT NULL,
                    "device" BLOB NOT NULL,
                    "position" INTEGER NOT NULL,
                    PRIMARY KEY ("epoch", "device", "position")
                ) STRICT, WITHOUT ROWID;

                ALTER TABLE "kind" ADD COLUMN "conflicts" INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE "kind" ADD COLUMN "deletions" INTEGER NOT NULL DEFAULT 0;
                """)
    }
}
