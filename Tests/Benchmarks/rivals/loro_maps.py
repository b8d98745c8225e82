"""Loro: a map of maps, one for each record."""

from loro import ExportMode, LoroDoc, LoroMap, VersionVector

from measured import ROUNDS, arguments, durable, fields, records, report, timed


def main() -> None:
    file, folder = arguments()
    source = LoroDoc()
    tables = source.get_map("records")
    values = 0
    for record in records(file):
        row = tables.insert_container(record["id"], LoroMap())
        row.insert("entity", record["entity"])
        for name, value in fields(record).items():
            row.insert(name, value)
            values += 1
    source.commit()
    update = source.export(ExportMode.Updates(VersionVector()))
    del source, tables

    def merge() -> LoroDoc:
        fresh = LoroDoc()
        fresh.import_(update)
        durable(folder, update)
        return fresh

    report([timed(merge) for _ in range(ROUNDS)], values, len(update))


if __name__ == "__main__":
    main()
