"""Logs of which two laptops wrote a side each (PROTOCOL.md §11)."""

from collections.abc import Iterable
from dataclasses import dataclass

from canonical import PAYLOAD_BYTES, Malformed
from changes import Change
from entries import Entry
from names import START, Head, Log, Version
from runs import Frame, Refused, Run

FORMAT = 3
DEPTH = 8


def evidence_bytes(run: Run) -> bytes:
    """A payload that carries a run."""
    return bytes([FORMAT]) + Frame((run,)).bytes()


def read_evidence(payload: bytes) -> Run:
    """The run that a payload carries; its seals are not looked at."""
    if len(payload) > PAYLOAD_BYTES or payload[:1] != bytes([FORMAT]):
        raise Malformed("no evidence")
    frame = Frame.read(payload[1:])
    if frame.has_more or len(frame.runs) != 1:
        raise Malformed("evidence is one run")
    return frame.runs[0]


def carried(payload: bytes | None, depth: int = DEPTH) -> list[Entry]:
    """The entries that a payload carries, and those that they carry; none of what is wrong."""
    if depth == 0 or payload is None or payload[:1] != bytes([FORMAT]):
        return []
    try:
        entries = read_evidence(payload).entries()
    except (Malformed, Refused):
        return []
    return entries + [
        inner for entry in entries for inner in carried(entry.payload, depth - 1)]


@dataclass(frozen=True)
class Limb:
    """The trunk, which has no parent, or what leaves it or another limb."""

    name: Log
    parent: int | None
    after: int
    entries: tuple[Entry, ...]
    rival: Log | None = None


def limbs_of(log: Log, entries: Iterable[Entry], root: Head = START) -> list[Limb]:
    """The trunk, then the limbs, each after the one it leaves."""
    followers: dict[tuple[int, bytes], list[Entry]] = {}
    for entry in sorted({entry.hash: entry for entry in entries}.values(), key=lambda e: e.hash):
        if entry.header.log == log:
            followers.setdefault((entry.header.seq - 1, entry.header.previous), []).append(entry)

    def chain(place: Head) -> list[Entry]:
        found: list[Entry] = []
        while following := followers.get(tuple(place)):
            found.append(following[0])
            place = following[0].head
        return found

    limbs = [Limb(log, None, root.seq, tuple(chain(root)))]
    for index, limb in enumerate(limbs):
        places = [entry.head for entry in limb.entries]
        for place in ([root] if index == 0 else []) + places:
            rival, *others = followers.get(tuple(place), [None])
            for first in others:
                limbs.append(Limb(
                    _name(log, first), index, place.seq, (first, *chain(first.head)),
                    _name(log, rival)))
    return limbs


def _name(log: Log, first: Entry) -> Log:
    return Log(log.device, int.from_bytes(first.hash[:8]))


class Meanings:
    """Which edit is meant by a version of a log that forked."""

    def __init__(self, log: Log, limbs: list[Limb]) -> None:
        self.log = log
        self.limbs = limbs
        self.names: dict[Log, tuple[int, int]] = {}
        for index, limb in enumerate(limbs):
            self.names.setdefault(limb.name, (index, -1))
        for limb in limbs[1:]:
            self.names.setdefault(limb.rival, (limb.parent, limb.after))
        self.edits: dict[tuple, list[tuple[int, int]]] = {}
        first = min((limb.after for limb in limbs[1:]), default=0)
        for index, limb in enumerate(limbs):
            for entry in limb.entries:
                if entry.header.seq <= first or entry.payload is None or entry.payload[0] != 1:
                    continue
                change = Change.read(entry.payload)
                for field in change.fields:
                    stamp = change.version(field, log).stamp
                    edit = (change.entity, change.record, field.name, stamp)
                    self.edits.setdefault(edit, []).append((index, entry.header.seq))

    def of(self, version: Version, edit: tuple[str, str, str], holder: Log) -> Version | None:
        """What a version of a field means in an entry of a log, or of the limb of that name."""
        if len(self.limbs) < 2 or version.log not in self.names:
            return version
        found = self.edits.get((*edit, version.stamp), [])
        if holder in self.names and version.log == self.log:
            return self._own(version, found, self.names[holder][0])
        limb, after = self.names[version.log]
        possible = [index for index, seq in found if self._is_within(limb, after, index, seq)]
        if len(possible) > 1:
            return None
        return replace_log(version, self.limbs[possible[0] if possible else limb].name)

    def _is_within(self, limb: int, after: int, index: int, seq: int) -> bool:
        while index != limb:
            if self.limbs[index].parent is None:
                return False
            index, seq = self.limbs[index].parent, self.limbs[index].after
        return seq > after

    def _line(self, index: int | None) -> list[int]:
        line = []
        while index is not None:
            line.append(index)
            index = self.limbs[index].parent
        return line

    def _own(self, version: Version, found: list[tuple[int, int]], limb: int) -> Version:
        last = None
        for index in self._line(limb):
            if any(at == index and (last is None or seq <= last) for at, seq in found):
                return replace_log(version, self.limbs[index].name)
            last = self.limbs[index].after
        return replace_log(version, self.limbs[0].name)


def replace_log(version: Version, log: Log) -> Version:
    """The same stamp under another name."""
    return version._replace(log=log)
