import GRDB

/// What laptops that were cloned or put back need: both sides of a log that forked; and counters
/// that every page asks for.
enum ForkTables {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- A limb of a log that forked stands here like a log, so that the merge can take it
                -- for one: `epoch` is its name, `limbOf` the log that its entries name, `parent`
                -- the log or limb that it leaves. Both are 0 for a log.
                CREATE TABLE "newBranch" (
                    "number" INTEGER PRIMARY KEY,
                    "device" BLOB NOT NULL,
                    "epoch" INTEGER NOT NULL,
                    "publicKey" BLOB NOT NULL,
                    "head" INTEGER NOT NULL,
                    "headHash" BLOB NOT NULL,
                    "limbOf" INTEGER NOT NULL DEFAULT 0,
                    "parent" INTEGER NOT NULL DEFAULT 0,
                    UNIQUE ("epoch", "device", "limbOf")
                ) STRICT;
                INSERT INTO "newBranch" ("number", "device", "epoch", "publicKey", "head", "headHash")
                    SELECT "number", "device", "epoch", "publicKey", "head", "headHash" FROM "branch";
                DROP TABLE "branch";
                ALTER TABLE "newBranch" RENAME TO "branch";

                -- Which entries carry entries of a log as evidence that it forked.
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
