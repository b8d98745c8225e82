import GRDB

/// The first tables: the log, which is the truth, and what finds records in the derived tables.
enum FirstTables {
    static func create(_ db: Database) throws {
        try log(db)
        try records(db)
        try local(db)
    }

    private static func log(_ db: Database) throws {
        try db.execute(
            sql: """
                -- The logs this laptop holds: its own and others'. `head` and `headHash` are the
                -- version vector, written in the same transaction as the data.
                CREATE TABLE "branch" (
                    "number" INTEGER PRIMARY KEY,
                    "device" BLOB NOT NULL,
                    "epoch" INTEGER NOT NULL,
                    "publicKey" BLOB NOT NULL,
                    "head" INTEGER NOT NULL,
                    "headHash" BLOB NOT NULL,
                    UNIQUE ("epoch", "device")
                ) STRICT;

                -- Entries in the order of arrival, headers with their own bytes.
                -- `signature` is there on the last entry of each commit or batch.
                CREATE TABLE "entry" (
                    "position" INTEGER PRIMARY KEY,
                    "branch" INTEGER NOT NULL,
                    "sequence" INTEGER NOT NULL,
                    "record" INTEGER NOT NULL,
                    "header" BLOB NOT NULL,
                    "signature" BLOB
                ) STRICT;
                CREATE UNIQUE INDEX "entry.place" ON "entry" ("branch", "sequence");
                CREATE INDEX "entry.record" ON "entry" ("record");

                -- What entries say; apart, so that it can be erased while the chain verifies.
                CREATE TABLE "payload" (
                    "position" INTEGER PRIMARY KEY,
                    "bytes" BLOB NOT NULL
                ) STRICT;
                """)
    }

    private static func records(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Kinds of records by local number, with the number of records not deleted.
                CREATE TABLE "kind" (
                    "number" INTEGER PRIMARY KEY,
                    "name" TEXT NOT NULL UNIQUE,
                    "live" INTEGER NOT NULL DEFAULT 0
                ) STRICT;

                -- Every record once, with the version of all fields that have none of their own.
                CREATE TABLE "record" (
                    "number" INTEGER PRIMARY KEY,
                    "id" TEXT NOT NULL,
                    "kind" INTEGER NOT NULL,
                    "stamp" INTEGER NOT NULL,
                    "branch" INTEGER NOT NULL
                ) STRICT;
                CREATE UNIQUE INDEX "record.id" ON "record" ("id", "kind");

                -- Versions of the fields that were changed after the record was made.
                CREATE TABLE "fieldVersion" (
                    "record" INTEGER NOT NULL,
                    "field" TEXT NOT NULL,
                    "stamp" INTEGER NOT NULL,
                    "branch" INTEGER NOT NULL,
                    PRIMARY KEY ("record", "field")
                ) STRICT, WITHOUT ROWID;

                -- Values of fields and kinds this version does not know, kept for one that does.
                CREATE TABLE "unknownField" (
                    "record" INTEGER NOT NULL,
                    "field" TEXT NOT NULL,
                    "content" BLOB,
                    PRIMARY KEY ("record", "field")
                ) STRICT, WITHOUT ROWID;

                -- Titles and names, folded; each word stands behind two marks, so that a word's
                -- first one or two letters make a triple too.
                CREATE VIRTUAL TABLE "search" USING fts5(
                    "text", "kind" UNINDEXED, tokenize = 'trigram'
                );
                -- Bytes of new triples held in memory before they become a segment: fewer, larger
                -- segments are merged less often in a large import.
                INSERT INTO "search" ("search", rank) VALUES ('hashsize', 8388608);
                """)
    }

    private static func local(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Facts of this laptop alone.
                CREATE TABLE "fact" (
                    "name" TEXT PRIMARY KEY,
                    "value" TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;

                -- Bearer tokens of the API by their SHA-256; never replicated.
                CREATE TABLE "token" (
                    "hash" BLOB PRIMARY KEY,
                    "account" TEXT NOT NULL,
                    "madeAt" INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
