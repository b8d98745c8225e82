"""What passes between two laptops that hold the same, and between two that changed a little."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from laptop import Laptop, introduce, meet
from material import Material, write_material
from proxy import Passage, Proxy
from table import print_table

SMALL_RECORDS = 242
"""About a thousand field values."""
# Every hundredth record changes on one laptop, and every hundredth other one on the other.
STEP, PLACES = 100, (7, 57)
# The field of each entity that is changed; records of others are left as they are.
CHANGED = {
    "attendance": "signed", "event": "place", "minutesEntry": "text", "person": "occupation",
    "problem": "title", "sticker": "text", "theme": "title", "themePart": "reason",
}


def measure_unchanged(office: Laptop, joiner: Laptop, folder: Path, material: Material) -> None:
    """Prints what a session brings when nothing has changed, at two sizes."""
    rows = []
    (folder / "small").mkdir()
    small = write_material(folder / "small", SMALL_RECORDS, seed=2)
    little_office = Laptop(office.program, folder / "small-office")
    little_office.run("import", small.jsonl)
    little_office.run("community", "create", "--label", "office")
    little = Laptop(office.program, folder / "small-joiner")
    introduce(little_office, little)
    for values, one, other in (
            (small.values, little_office, little), (material.values, office, joiner)):
        print(f"reconcile of {values:,} field values", file=sys.stderr)
        with one, other, Proxy(one.peer_port) as proxy:
            meet(other, one, proxy.address)
            earlier = len(proxy.settled())
            other.run("sync", proxy.address)
            (passage,) = proxy.settled()[earlier:]
            rows.append(_unchanged_row(values, passage))
    print("Reconcile when nothing has changed\n")
    print_table(
        ["field values", "bytes asked", "answered", "together", "round trips",
         "with TLS: asked", "answered", "together"], rows)
    print("\nBudget: one round trip, less than 1 KiB, whatever the size. The handshake of TLS and "
          "what ends the connection are in the last three columns alone.\n")


def _unchanged_row(values: int, passage: Passage) -> list[str]:
    asked, answered = passage.asked, passage.answered
    return [
        f"{values:,}", f"{asked.messages:,}", f"{answered.messages:,}",
        f"{asked.messages + answered.messages:,}", str(passage.round_trips), f"{asked.bytes:,}",
        f"{answered.bytes:,}", f"{asked.bytes + answered.bytes:,}",
    ]


def measure_changed(office: Laptop, joiner: Laptop, folder: Path, material: Material) -> None:
    """Prints what it takes to bring 1 % of changes from each laptop to the other."""
    print("reconcile of 1 % changed on both sides", file=sys.stderr)
    before = _log_bytes(joiner.data), _log_bytes(office.data)
    counts = [_change(laptop, material, place, folder)
              for laptop, place in zip((office, joiner), PLACES)]
    changed = _log_bytes(office.data) + _log_bytes(joiner.data) - sum(before)
    with office, joiner, Proxy(office.peer_port) as proxy:
        meeting = meet(joiner, office, proxy.address)
        passages = proxy.settled()
    asked = sum(passage.asked.messages for passage in passages)
    answered = sum(passage.answered.messages for passage in passages)
    rows = [[f"{counts[0] + counts[1]:,}", f"{changed:,}", f"{asked:,}", f"{answered:,}",
             f"{(asked + answered) / changed:.2f}", f"{meeting.seconds:.2f}",
             f"{(counts[0] + counts[1]) / meeting.seconds:,.0f}"]]
    print(f"1 % of {material.records:,} records changed on each of two laptops that were apart\n")
    print_table(["records changed", "bytes of the changes", "bytes asked", "answered",
                 "times the changes", "seconds", "records/s"], rows)
    print("\nThe bytes of the changes are those of the entries' payloads, without what signs "
          "them. Budget: bytes at most 1.5 times the changed data.\n")


def _change(laptop: Laptop, material: Material, place: int, folder: Path) -> int:
    """Imports every hundredth record again with one field changed; returns how many."""
    file = folder / f"changes-{place}.jsonl"
    count = 0
    with open(material.jsonl, encoding="utf-8") as source, \
            open(file, "w", encoding="utf-8") as target:
        for number, line in enumerate(source):
            if number % STEP != place:
                continue
            record = json.loads(line)
            field = CHANGED.get(record["entity"])
            if field is None:
                continue
            old = record[field]
            record[field] = (not old) if isinstance(old, bool) else f"{old} (такталды)"
            print(json.dumps(record, ensure_ascii=False), file=target)
            count += 1
    laptop.run("import", file)
    return count


def _log_bytes(data: Path) -> int:
    """The bytes of all payloads in a store that no program has open."""
    with closing(sqlite3.connect(data / "store.db")) as db:
        return db.execute('SELECT ifnull(sum(length("bytes")), 0) FROM "payload"').fetchone()[0]
