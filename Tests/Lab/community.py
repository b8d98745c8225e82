"""Founding, joining, bringing villages in, and waiting until laptops agree."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from laptop import PROGRAM, Laptop

sys.path.append(str(Path(__file__).resolve().parents[1] / "Benchmarks"))
from municipality import municipality  # noqa: E402

AGREE_SECONDS = 60


def found(office: Laptop) -> None:
    """Founds the community."""
    office.command("community", "create", "--label", office.label)


def invite(office: Laptop, joiner: Laptop, role: str = "clerk") -> None:
    """Lets a laptop join by a file, as on a stick."""
    file = office.host.folder / f"{joiner.label}.invitation"
    office.command("devices", "invite", file, "--role", role)
    joiner.command("pair", "--invitation", file, "--label", joiner.label)


def pair(office: Laptop, joiner: Laptop) -> None:
    """Lets a laptop join by two numbers, each typed on the other."""
    sides = [_Terminal(office, "pair", "--label", joiner.label)]
    sides[0].read(r"Waiting for the other laptop")
    sides.append(_Terminal(joiner, "pair", office.host.address, "--label", joiner.label))
    shown = [side.read(r"Type on the other laptop: (\d{6})") for side in sides]
    for side, number in zip(sides, reversed(shown)):
        side.read("The number that the other laptop shows: ")
        side.type(number)
    for side in sides:
        side.read(r"done\r?\n")
        side.end()


class _Terminal:
    """A command of the program with a person before it."""

    def __init__(self, laptop: Laptop, *arguments: str) -> None:
        command = laptop.host.inside(PROGRAM, *arguments, "--data", laptop.data)
        self.own, other = pty.openpty()
        self.process = subprocess.Popen(command, stdin=other, stdout=other, stderr=other)
        os.close(other)
        self.said = ""

    def read(self, pattern: str) -> str:
        """Waits until it said this, and returns the first group or all that matched."""
        end = time.monotonic() + AGREE_SECONDS
        while not (found := re.search(pattern, self.said)):
            ready = select.select([self.own], [], [], 1)[0]
            assert time.monotonic() < end, f"no {pattern} in: {self.said}"
            try:
                self.said += os.read(self.own, 4096).decode() if ready else ""
            except OSError as error:
                raise AssertionError(f"no {pattern} in: {self.said}") from error
        return found.group(found.lastindex or 0)

    def type(self, words: str) -> None:
        """Types a line."""
        os.write(self.own, f"{words}\n".encode())

    def end(self) -> None:
        """It ends by itself, and well."""
        assert self.process.wait(AGREE_SECONDS) == 0, self.said
        os.close(self.own)


def unite(laptops: list[Laptop]) -> list[Laptop]:
    """The first founds a community and invites the others."""
    found(laptops[0])
    for laptop in laptops[1:]:
        invite(laptops[0], laptop)
    return laptops


def call_meeting(laptop: Laptop, event: str, kind: str) -> None:
    """Writes down a meeting in a village, with the municipality and the cycle around it."""
    laptop.make("municipality", id="lab-aa", name="Көк-Ирим")
    laptop.make("village", id="lab-village", municipality="lab-aa", name="Арал")
    laptop.make("cycle", id="lab-cycle", municipality="lab-aa", title="2026",
                startsOn="2026-01-01", stage=1)
    laptop.make("event", id=event, cycle="lab-cycle", kind=kind, village="lab-village")


def bring_in(laptop: Laptop, seed: int, count: int = 300) -> list[str]:
    """Imports villages of a seed's municipality; returns the ids of the stickers among them."""
    file = laptop.host.folder / "villages.jsonl"
    stickers = []
    with open(file, "w", encoding="utf-8") as out:
        for record in islice(municipality(seed), count):
            line = {"entity": record.entity, "id": record.id, **record.fields}
            print(json.dumps(line, ensure_ascii=False), file=out)
            stickers += [record.id] if record.entity == "sticker" else []
    laptop.command("import", file)
    return stickers


def eventually(what: str, holds: Callable[[], object], seconds: float = AGREE_SECONDS) -> float:
    """Waits until something holds and returns how many seconds that took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.1)
    return time.monotonic() - start


def agree(*laptops: Laptop, seconds: float = AGREE_SECONDS) -> float:
    """Waits until all show the same digest, and each says so of each; returns the seconds."""
    def same() -> bool:
        return len({laptop.digest() for laptop in laptops}) == 1

    def told() -> bool:
        return same() and all(
            one.peer(other).get("comparison") == "same"
            for one in laptops for other in laptops if one is not other)

    start = time.monotonic()
    try:
        eventually("the same digest", same, seconds)
        eventually("each says so of each", told, seconds)
    except AssertionError as error:
        states = "\n".join(
            f"{one.label}: {one.digest()[:8]} {json.dumps(one.peers(), ensure_ascii=False)}\n"
            f"{one.said()}" for one in laptops)
        raise AssertionError(f"{error}\n{states}") from error
    return time.monotonic() - start
