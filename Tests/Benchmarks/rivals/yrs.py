"""Yrs (the Yjs CRDT in Rust, through pycrdt): a map of maps, one for each record."""

from pycrdt import Doc, Map

from measured import ROUNDS, arguments, durable, fields, records, report, timed


def main() -> None:
    file, folder = arguments()
    source: Doc = Doc()
    tables = source.get("records", type=Map)
    values = 0
    with source.transaction():
        for record in records(file):
            content = fields(record)
            values += len(content)
            tables[record["id"]] = Map({"entity": record["entity"], **content})
    update = source.get_update()
    del source, tables

    def merge() -> Doc:
        fresh: Doc = Doc()
        fresh.get("records", type=Map)
        fresh.apply_update(update)
        durable(folder, update)
        return fresh

    report([timed(merge) for _ in range(ROUNDS)], values, len(update))


if __name__ == "__main__":
    main()
