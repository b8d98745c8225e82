"""The rate of `ashar import` beside that of plain SQLite writing the same rows and versions."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from material import Material
from table import print_table

ROUNDS = 3
SOURCE = Path(__file__).parent / "plain/plain.c"


class Imported(NamedTuple):
    """The data folder of the last import, and the median seconds of plain SQLite in C."""

    store: Path
    plain_seconds: float


class Run(NamedTuple):
    """What one process took: its whole life in seconds, its greatest memory in MiB."""

    seconds: float
    memory: float


def measure_imports(program: Path, folder: Path, material: Material) -> Imported:
    """Prints the medians and their ratio."""
    plain = folder / "plain"
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", plain, SOURCE, "-lsqlite3"], check=True)
    ours: list[Run] = []
    theirs: list[Run] = []
    for number in range(1, ROUNDS + 1):
        print(f"import, round {number} of {ROUNDS}", file=sys.stderr)
        store = folder / f"data-{number}"
        shutil.rmtree(folder / f"data-{number - 1}", ignore_errors=True)
        ours.append(_run([program, "import", material.jsonl, "--data", store]))
        theirs.append(_run([plain, material.rows, folder / f"plain-{number}.db"]))

    print(f"\nImport of {material.records:,} records with {material.values:,} field values, "
          f"median of {ROUNDS} rounds\n")
    print_table(
        ["", "seconds", "records/s", "values/s", "seconds of each round"],
        [_row("ashar import", ours, material), _row("plain SQLite in C", theirs, material)])
    ratio = _median_seconds(ours) / _median_seconds(theirs)
    print(f"\nashar import takes {ratio:.2f} times as long as plain SQLite, "
          f"and {max(run.memory for run in ours):.0f} MiB of memory at most.\n")
    return Imported(store, _median_seconds(theirs))


def _run(command: list[str | Path]) -> Run:
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024)


def _row(name: str, runs: list[Run], material: Material) -> list[str]:
    seconds = _median_seconds(runs)
    return [
        name, f"{seconds:.2f}", f"{material.records / seconds:,.0f}",
        f"{material.values / seconds:,.0f}", "  ".join(f"{run.seconds:.2f}" for run in runs),
    ]


def _median_seconds(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)
