"""Others that merge, measured in the same run on the same records, where they are installed."""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from material import Material
from table import print_table

SOURCES = Path(__file__).parent / "rivals"
SECONDS = 3600


class Rival(NamedTuple):
    """A program of the folder rivals, what it measures, and what it leaves out."""

    file: str
    name: str
    leaves_out: str


RIVALS = [
    Rival("yrs.py", "Yrs 0.14 (pycrdt), a map of maps", "network, signatures, search, tables"),
    Rival("loro_maps.py", "Loro 1.17, a map of maps", "network, signatures, search, tables"),
    Rival("morango_store.py", "Morango 0.8, SQLite through Django", "network, signatures, search"),
]
# Each with the reason, as of Debian 12.
ABSENT = {
    "cr-sqlite": "in neither Debian nor PyPI",
    "CouchDB": "not in Debian",
    "Automerge": "its package on PyPI, of 2022, cannot change a field",
}


def measure_rivals(python: Path, folder: Path, material: Material) -> None:
    """Prints how fast others take the same records, or why that is not known."""
    print("The same records merged by others into a fresh store\n")
    if not python.exists():
        print("SKIPPED: their packages are not installed; .ci/setup bench installs them.\n")
        return
    folder.mkdir()
    rows, skipped = [], []
    for rival in RIVALS:
        print(f"rival: {rival.name}", file=sys.stderr)
        place = folder / rival.file
        place.mkdir()
        done = subprocess.run(
            [python, SOURCES / rival.file, material.jsonl, place], capture_output=True, text=True,
            timeout=SECONDS)
        if done.returncode != 0:
            skipped.append(f"{rival.name}: {(done.stderr.splitlines() or ['no reason'])[-1]}")
            continue
        result = json.loads(done.stdout)
        median = statistics.median(result["seconds"])
        rows.append([
            rival.name, f"{result['values']:,}", f"{median:.2f}",
            f"{result['values'] / median:,.0f}", f"{result['bytes'] / result['values']:.0f}",
            rival.leaves_out])
    print_table(["", "field values", "seconds", "fields/s", "bytes a value", "without"], rows)
    for line in skipped:
        print(f"SKIPPED: {line}")
    for name, reason in ABSENT.items():
        print(f"SKIPPED: {name}: {reason}")
    print()
