"""A first exchange over a bad line, at once and with the cable cut in the middle."""

import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from laptop import Laptop, introduce, meet
from line import ADDRESSES, NAMES, Line, why_not
from material import Material, write_material
from table import print_table
from village import make_office

RECORDS = 4_840
"""About twenty thousand field values."""
RATE_KBIT, LOSSES = 256, (0, 2)
# Longer than a program waits for an acknowledgement, so that the connection is lost for good.
CUT_SECONDS = 40
TRIES = 60


class Exchange(NamedTuple):
    """What a first exchange took."""

    name: str
    seconds: float
    down: int
    up: int
    """Bytes on the line from the office, and to it."""
    sessions: int


def measure_slow_line(program: Path, folder: Path) -> None:
    """Prints the figures, or why there are none."""
    if (reason := why_not()) is not None:
        print(f"SKIPPED: first exchange over a slow line: {reason}.\n")
        return
    folder.mkdir()
    material = write_material(folder, RECORDS, seed=3)
    imported = Laptop(program, folder / "imported")
    imported.run("import", material.jsonl)
    exchanges = []
    for loss in LOSSES:
        print(f"slow line, {loss} % lost", file=sys.stderr)
        with Line(RATE_KBIT, loss) as line:
            exchanges.append(_exchange(program, folder / f"loss-{loss}", imported.data, line))
    print("slow line, cable cut", file=sys.stderr)
    with Line(RATE_KBIT, LOSSES[-1]) as line:
        exchanges.append(_cut(program, folder / "cut", imported.data, line, exchanges[-1].down))
    _report(exchanges, material)


def _exchange(program: Path, folder: Path, imported: Path, line: Line) -> Exchange:
    office = make_office(program, folder, imported, NAMES[0])
    joiner = Laptop(program, folder / "joiner", NAMES[1])
    introduce(office, joiner)
    with office, joiner:
        before = line.sent()
        meeting = meet(joiner, office, f"{ADDRESSES[0]}:{office.peer_port}")
        down, up = (now - then for then, now in zip(before, line.sent()))
    return Exchange(f"{RATE_KBIT} kbit/s, {line.loss_percent} % lost", meeting.seconds, down, up,
                    meeting.sessions)


def _cut(program: Path, folder: Path, imported: Path, line: Line, whole: int) -> Exchange:
    """Cuts the cable when half of it has come, for so long that the connection is given up."""
    office = make_office(program, folder, imported, NAMES[0])
    joiner = Laptop(program, folder / "joiner", NAMES[1])
    introduce(office, joiner)
    with office, joiner:
        address = f"{ADDRESSES[0]}:{office.peer_port}"
        before = line.sent()
        start = time.perf_counter()
        first = subprocess.Popen(
            [program, "sync", address, "--data", joiner.data], text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        line.wait_for(before[0] + whole // 2, first)
        line.cut()
        first.wait()
        waited = max(0.0, CUT_SECONDS - (time.perf_counter() - start))
        time.sleep(waited)
        line.join()
        _reach(joiner, address)
        sessions = 2 + meet(joiner, office, address).sessions
        seconds = time.perf_counter() - start
        down, up = (now - then for then, now in zip(before, line.sent()))
    return Exchange("  and the cable cut in the middle", seconds, down, up, sessions)


def _reach(joiner: Laptop, address: str) -> None:
    """Exchanges as soon as the line carries something again."""
    for _ in range(TRIES):
        done = joiner.try_run("sync", address)
        if done.returncode == 0:
            return
        time.sleep(1)
    raise SystemExit(f"The cable was put back, but the laptops do not meet:\n{done.stderr}")


def _report(exchanges: list[Exchange], material: Material) -> None:
    size = sum(len(line.encode()) for line in open(material.jsonl, encoding="utf-8"))
    print(f"First exchange of {material.values:,} field values over a slow line, each way "
          f"{RATE_KBIT} kbit/s\n")
    capacity = RATE_KBIT * 1000 / 8
    print_table(
        ["", "sessions", "seconds", "bytes down", "bytes up", "line used", "bytes a value"],
        [[one.name, str(one.sessions), f"{one.seconds:.1f}", f"{one.down:,}", f"{one.up:,}",
          f"{one.down / capacity / one.seconds:.0%}", f"{one.down / material.values:.0f}"]
         for one in exchanges])
    whole, cut = exchanges[-2], exchanges[-1]
    print(f"\nThe same as JSON lines: {size:,} bytes. With the cable cut, "
          f"{cut.down / whole.down:.2f} times the bytes of the exchange that was not: frames that "
          f"had come whole are not sent again, and one is 1 MiB at most.\n")
