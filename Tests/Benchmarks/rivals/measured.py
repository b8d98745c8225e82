"""What the measurements of others have in common: one process each, which prints one line of JSON.

usage: NAME.py RECORDS.jsonl FOLDER
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Callable, Iterator

ROUNDS = 3

Record = dict[str, Any]


def arguments() -> tuple[Path, Path]:
    """The records, and a folder to write in."""
    return Path(sys.argv[1]), Path(sys.argv[2])


def records(file: Path, most: int | None = None) -> Iterator[Record]:
    """The records as `ashar import` takes them, or the first few of them."""
    with open(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == most:
                return
            yield json.loads(line)


def fields(record: Record) -> Record:
    """The field values of a record."""
    return {name: value for name, value in record.items() if name not in ("entity", "id")}


def durable(folder: Path, update: bytes) -> None:
    """Appends what was merged to a file, as little as it takes to have it after a power cut."""
    with open(folder / "update", "wb") as file:
        file.write(update)
        file.flush()
        os.fsync(file.fileno())


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call; what it returns is dropped after the clock has stopped."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    del result
    return seconds


def report(seconds: list[float], values: int, size: int) -> None:
    """Prints what was measured: seconds of each round, field values, bytes that were exchanged."""
    print(json.dumps({"seconds": seconds, "values": values, "bytes": size}))
