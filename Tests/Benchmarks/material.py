"""The records that are measured, written once for each of the two programs that take them."""

import itertools
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from municipality import Fields, municipality

# Ids of one entity that are remembered to ask for their pages.
REMEMBERED = 2000


@dataclass
class Material:
    """The same records twice, and what is known of them."""

    jsonl: Path
    """For `ashar import`."""
    rows: Path
    """For the program in C, in the format that stands at the top of plain.c."""
    records: int
    values: int
    ids: dict[str, list[str]]
    """Ids by entity, in the order of the file."""


def write_material(folder: Path, count: int, seed: int) -> Material:
    """Writes `count` records of the municipality of that seed, without holding them in memory."""
    material = Material(folder / "records.jsonl", folder / "rows.tsv", count, 0, defaultdict(list))
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    with open(material.jsonl, "w", encoding="utf-8") as file:
        for record in itertools.islice(municipality(seed), count):
            line = {"entity": record.entity, "id": record.id, **record.fields}
            print(json.dumps(line, ensure_ascii=False), file=file)
            material.values += len(record.fields)
            if len(material.ids[record.entity]) < REMEMBERED:
                material.ids[record.entity].append(record.id)
            for name, value in record.fields.items():
                columns[record.entity][name] = "TEXT" if isinstance(value, str) else "INTEGER"

    number = {entity: str(index) for index, entity in enumerate(columns)}
    with open(material.rows, "w", encoding="utf-8") as file:
        for entity, types in columns.items():
            print("#", entity, *map(":".join, types.items()), sep="\t", file=file)
        for record in itertools.islice(municipality(seed), count):
            values = (_cell(record.fields, name) for name in columns[record.entity])
            print(number[record.entity], record.id, *values, sep="\t", file=file)
    return material


def _cell(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else str(int(value))
