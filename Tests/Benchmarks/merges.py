"""A fresh store takes a whole municipality from another laptop, beside plain SQLite in C."""

import os
import secrets
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path
from typing import Iterable, NamedTuple

import processes
from browser import Browser
from desk import LOGIN, add_account
from laptop import Laptop, introduce, meet
from material import Material
from same_rows import Tape, check_same, write_tape
from table import percentile, print_table

ROUNDS = 3
SOURCE = Path(__file__).parent / "plain/rows.c"
PAGE = "/"


class Merge(NamedTuple):
    """What one merge took."""

    seconds: float
    sessions: int
    taking: float
    """Seconds that the receiver computed."""
    giving: float
    """Seconds that the sender computed."""
    taker_memory: float
    giver_memory: float


class Play(NamedTuple):
    """What plain SQLite took for the same rows: seconds, and those it computed."""

    seconds: float
    computed: float


def measure_merges(
    office: Laptop, folder: Path, material: Material, plain_seconds: float
) -> Laptop:
    """Prints how long a fresh store takes; returns a laptop, not running, that holds the same as
    the office. `plain_seconds` is the other yardstick: values and versions alone (imports.py)."""
    compiled = folder / "rows"
    subprocess.run(
        ["cc", "-O2", "-Wall", "-Wextra", "-o", compiled, SOURCE, "-lsqlite3"], check=True)
    merges: list[Merge] = []
    plays: list[Play] = []
    for number in range(1, ROUNDS + 1):
        print(f"merge, round {number} of {ROUNDS}", file=sys.stderr)
        joiner = Laptop(office.program, folder / f"joiner-{number}")
        merges.append(_merge(office, joiner))
        if number == 1:
            tape = write_tape(joiner.data, folder / "tape")
        # Turn about, so that what else the machine does meets both.
        plays.append(_play(tape, compiled, folder / "rows.db"))
        if number < ROUNDS:
            shutil.rmtree(joiner.data)
    tape.path.unlink()
    _report(merges, plays, tape, material, plain_seconds)
    _measure_desk(office, folder)
    return joiner


def _merge(office: Laptop, joiner: Laptop) -> Merge:
    introduce(office, joiner)
    with office, joiner:
        _wait_until_idle([office, joiner])
        if joiner.digest() == office.digest():
            raise SystemExit("The laptops hold the same before they were told to meet.")
        before = [processes.cpu_seconds(laptop.running) for laptop in (joiner, office)]
        meeting = meet(joiner, office, f"127.0.0.1:{office.peer_port}")
        after = [processes.cpu_seconds(laptop.running) for laptop in (joiner, office)]
        return Merge(
            *meeting, after[0] - before[0], after[1] - before[1],
            processes.peak_memory(joiner.running), processes.peak_memory(office.running))


def _wait_until_idle(laptops: list[Laptop]) -> None:
    """Waits until what programs do after their start is done."""
    while True:
        before = [processes.cpu_seconds(laptop.running) for laptop in laptops]
        threading.Event().wait(1)
        after = [processes.cpu_seconds(laptop.running) for laptop in laptops]
        if all(now - then < 0.05 for then, now in zip(before, after)):
            return


def _play(tape: Tape, compiled: Path, database: Path) -> Play:
    os.sync()
    said = subprocess.run(
        [compiled, tape.path, database], check=True, capture_output=True, text=True).stdout
    check_same(tape, database)
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    return Play(*map(float, said.split()))


def _report(
    merges: list[Merge], plays: list[Play], tape: Tape, material: Material, plain_seconds: float
) -> None:
    seconds = _median(merge.seconds for merge in merges)
    taking = _median(merge.taking for merge in merges)
    giving = _median(merge.giving for merge in merges)
    same, same_computed = (_median(times) for times in zip(*plays))
    print(f"Merge of a fresh store of {material.values:,} field values, signed and durable, "
          f"median of {ROUNDS} rounds\n")
    print_table(["", "seconds", "fields/s", "seconds of each round"], [
        _row("two laptops, mutual TLS", [merge.seconds for merge in merges], material),
        _row("  computed by the receiver", [merge.taking for merge in merges], material),
        _row("  computed by the sender", [merge.giving for merge in merges], material),
        _row("plain SQLite in C, the same rows", [play.seconds for play in plays], material),
        _row("  computed", [play.computed for play in plays], material),
        ["plain SQLite in C, values and versions", f"{plain_seconds:.2f}",
         f"{material.values / plain_seconds:,.0f}", ""],
    ])
    print(f"\nThe merge takes {seconds / same:.2f} times as long as plain SQLite that writes the "
          f"same {sum(tape.rows.values()):,} rows in {tape.transactions} transactions (budget: "
          f"2), and {seconds / plain_seconds:.2f} times as long as values and versions alone in "
          f"one.")
    print(f"Computed: the receiver {taking / same_computed:.2f} times as much, "
          f"{(taking + giving) / same_computed:.2f} with the sender.")
    print(f"Sessions until the same digest: {max(merge.sessions for merge in merges)}. Greatest "
          f"memory: receiver {max(merge.taker_memory for merge in merges):.0f} MiB, sender "
          f"{max(merge.giver_memory for merge in merges):.0f} MiB.\n")


def _row(name: str, seconds: list[float], material: Material) -> list[str]:
    median = _median(seconds)
    return [name, f"{median:.2f}", f"{material.values / median:,.0f}",
            "  ".join(f"{one:.2f}" for one in seconds)]


def _median(times: Iterable[float]) -> float:
    return statistics.median(times)


def _measure_desk(office: Laptop, folder: Path) -> None:
    """Asks the receiver for its start page, one request after the other, before and during."""
    print("merge, with somebody at the receiver's desk", file=sys.stderr)
    joiner = Laptop(office.program, folder / "joiner-desk")
    passphrase = secrets.token_urlsafe(24)
    add_account(joiner.program, joiner.data, folder / "joiner-passphrase", passphrase)
    rows = []
    introduce(office, joiner)
    with office, joiner:
        _wait_until_idle([office, joiner])
        browser = Browser(joiner.desk_port)
        browser.log_in(LOGIN, passphrase)
        rows.append(_desk_row("before", _ask_until(browser, threading.Timer(2, lambda: None))))
        merging = threading.Thread(
            target=meet, args=(joiner, office, f"127.0.0.1:{office.peer_port}"))
        rows.append(_desk_row("while merging", _ask_until(browser, merging)))
        browser.close()
    shutil.rmtree(joiner.data)
    print("The receiver's start page meanwhile, milliseconds from outside\n")
    print_table(["", "requests", "p50", "p99", "longest"], rows)
    print()


def _ask_until(browser: Browser, thread: threading.Thread) -> list[float]:
    """The times of requests from the start of a thread until its end, ascending."""
    times = []
    thread.start()
    while thread.is_alive():
        answer = browser.get(PAGE)
        if answer.status != 200:
            raise SystemExit(f"The start page was answered with {answer.status}.")
        times.append(answer.seconds * 1000)
    thread.join()
    return sorted(times)


def _desk_row(name: str, times: list[float]) -> list[str]:
    return [name, f"{len(times):,}", f"{percentile(times, 50):.1f}",
            f"{percentile(times, 99):.1f}", f"{times[-1]:.1f}"]
