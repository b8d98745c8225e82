"""The rows a merge wrote, as a tape for plain/rows.c: the same rows, in the same order, in as many
transactions.

The rows are read back from the store after the merge: log entries and payloads, records, the
entities' tables, the search index, and whatever else stands beside them. What belongs to an entry
is written when the program writes it. A frame ends where the protocol ends it: at the last seal
before 1 MiB or 32,768 entries (Sync/PROTOCOL.md §8).
"""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Iterator, NamedTuple

FRAME_BYTES, FRAME_ENTRIES, SEAL_BYTES = 1_048_576, 32_768, 64
COMMIT = b"\xfe"
# Tables a fresh store has rows in before it meets anybody.
FRESH = ("kind", "fact", "grdb_migrations")
# Rows that stand beside records, beyond what makes one; a first merge of imported records has none.
BESIDE = ("fieldVersion", "unknownField", "sibling", "awaited", "arrivedDeletion")

Row = tuple[object, ...]


class Tape(NamedTuple):
    """A tape, and how many rows each table has once it is played."""

    path: Path
    rows: dict[str, int]
    transactions: int


def write_tape(store: Path, path: Path) -> Tape:
    """Writes the tape of a store that no program has open."""
    with closing(sqlite3.connect(store / "store.db")) as db, open(path, "wb") as file:
        writer = _Writer(db, file)
        writer.write()
        rows = {name: _count(db, name) for name in writer.tables}
    return Tape(path, rows, writer.transactions)


def check_same(tape: Tape, database: Path) -> None:
    """Sees to it that a yardstick has measured all it was to write."""
    with closing(sqlite3.connect(database)) as db:
        for name, count in tape.rows.items():
            written = _count(db, name)
            if written != count:
                raise SystemExit(f"The yardstick wrote {written} rows of {name}, not {count}.")


def _count(db: sqlite3.Connection, table: str) -> int:
    return db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]


class _Writer:
    def __init__(self, db: sqlite3.Connection, file: BinaryIO) -> None:
        self.db, self.file = db, file
        self.statements: list[str] = []
        self.transactions = 0
        virtual = [row[0] for row in db.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")]
        shadows = tuple(f"{name}_" for name in virtual)
        self.schema = [row for row in db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
            if not row[1].startswith(shadows)]
        self.tables = [name for kind, name, _ in self.schema if kind == "table"]
        self.kinds: dict[int, str] = dict(db.execute('SELECT "number", "name" FROM "kind"'))

    def write(self) -> None:
        # The steps come after the statements, which are not known before; so they go in memory.
        steps = list(self._steps())
        self._text(self._schema_sql())
        self.file.write(struct.pack("<I", len(self.statements)))
        for statement in self.statements:
            self._text(statement)
        self.file.writelines(steps)

    def _schema_sql(self) -> str:
        """Makes the tables of a fresh store, with the settings of its search index."""
        sql = [statement for _, _, statement in self.schema]
        for name, value in self.db.execute('SELECT k, v FROM "search_config"'):
            if name != "version":
                sql.append(f"INSERT INTO \"search\" (\"search\", rank) VALUES ('{name}', {value})")
        quote = sqlite3.connect(":memory:").execute
        for table in FRESH:
            for row in self.db.execute(f'SELECT * FROM "{table}"'):
                values = ", ".join(quote("SELECT quote(?)", (cell,)).fetchone()[0] for cell in row)
                sql.append(f'INSERT INTO "{table}" VALUES ({values})')
        return ";\n".join(sql)

    def _steps(self) -> Iterator[bytes]:
        """The rows of each entry in the order of arrival, a commit after each frame."""
        yield from self._all("branch")
        head = self._statement('UPDATE "branch" SET "head" = ?, "headHash" = ? WHERE "number" = ?')
        digest = self._statement('UPDATE "fact" SET "value" = ? WHERE "name" = \'digest\'')
        entry, payload = self._insert("entry", 6), self._insert("payload", 2)
        last = self.db.execute('SELECT "value" FROM "fact" WHERE "name" = \'digest\'').fetchone()
        ends = list(self._frame_ends())
        self.transactions = len(ends)
        known: set[int] = set()
        frame = 0
        for row in self.db.execute(
                'SELECT e."position", e."branch", e."sequence", e."record", e."header", '
                'e."signature", p."bytes" FROM "entry" AS e LEFT JOIN "payload" AS p '
                'USING ("position") ORDER BY e."position"'):
            position, record = row[0], row[3]
            if record > 0 and record not in known:
                known.add(record)
                yield from self._record(record)
            yield _step(entry, row[:6])
            if row[6] is not None:
                yield _step(payload, (position, row[6]))
            if position == ends[frame]:
                yield _step(head, (row[2], bytes(32), row[1]))
                yield _step(digest, last)
                frame += 1
                if frame == len(ends):
                    for table in BESIDE:
                        yield from self._all(table)
                yield COMMIT

    def _record(self, number: int) -> Iterator[bytes]:
        row = self.db.execute('SELECT * FROM "record" WHERE "number" = ?', (number,)).fetchone()
        yield _step(self._insert("record", len(row)), row)
        kind = self.kinds[row[2]]
        if kind in self.tables:
            found = self.db.execute(f'SELECT * FROM "{kind}" WHERE "_record" = ?', (number,))
            if (values := found.fetchone()) is not None:
                yield _step(self._insert(kind, len(values)), values)
        searched = self.db.execute(
            'SELECT rowid, "text", "kind" FROM "search" WHERE rowid = ?', (number,)).fetchone()
        if searched is not None:
            insert = self._statement(
                'INSERT INTO "search" (rowid, "text", "kind") VALUES (?, ?, ?)')
            yield _step(insert, searched)

    def _frame_ends(self) -> Iterator[int]:
        """The positions of the last entries of frames."""
        size = entries = end = 0
        since_seal = since_seal_entries = 0
        rows = self.db.execute(
            'SELECT e."position", e."signature" IS NOT NULL, ifnull(length(p."bytes"), 32) '
            'FROM "entry" AS e LEFT JOIN "payload" AS p USING ("position") '
            'ORDER BY e."position"')
        for position, is_sealed, payload in rows:
            # Beside the payload: its length and the flags; what else may stand there seldom does.
            since_seal += payload + 4
            since_seal_entries += 1
            if not is_sealed:
                continue
            since_seal += SEAL_BYTES
            if end and (size + since_seal > FRAME_BYTES
                        or entries + since_seal_entries > FRAME_ENTRIES):
                yield end
                size = entries = 0
            size, entries, end = size + since_seal, entries + since_seal_entries, position
            since_seal = since_seal_entries = 0
        if end:
            yield end

    def _all(self, table: str) -> Iterator[bytes]:
        for row in self.db.execute(f'SELECT * FROM "{table}"'):
            yield _step(self._insert(table, len(row)), row)

    def _insert(self, table: str, columns: int) -> int:
        marks = ", ".join("?" * columns)
        return self._statement(f'INSERT INTO "{table}" VALUES ({marks})')

    def _statement(self, sql: str) -> int:
        if sql not in self.statements:
            self.statements.append(sql)
        return self.statements.index(sql)

    def _text(self, text: str) -> None:
        encoded = text.encode()
        self.file.write(struct.pack("<I", len(encoded)) + encoded)


def _step(statement: int, values: Row) -> bytes:
    return bytes([statement]) + b"".join(map(_value, values))


def _value(value: object) -> bytes:
    match value:
        case None:
            return b"\x00"
        case int():
            return struct.pack("<Bq", 1, value)
        case float():
            return struct.pack("<Bd", 2, value)
        case str():
            encoded = value.encode()
            return struct.pack("<BI", 3, len(encoded)) + encoded
        case bytes():
            return struct.pack("<BI", 4, len(value)) + value
    raise TypeError(type(value))
