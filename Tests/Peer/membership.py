"""Who belongs to a community (PROTOCOL.md §7): a function of the set of statements."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from names import Head, Keys, Log, Version
from statements import Admit, Found, Remove, Role, Statement

Cuts = dict[bytes, dict[int, int]]


class Said(NamedTuple):
    """A statement and where it stands."""

    log: Log
    head: Head
    statement: Statement

    @property
    def version(self) -> Version:
        """Which of two statements is the later."""
        return Version(self.statement.stamp, self.log)


@dataclass(frozen=True)
class Member:
    """A laptop that was admitted; `cut` is None for one that belongs."""

    keys: Keys
    role: Role
    label: str
    term: int
    cut: dict[int, int] | None
    depth: int
    was_office: bool


@dataclass
class _Admitted:
    depth: int
    grants: list[tuple[Version, bytes, Admit]]
    is_office: bool = False

    @property
    def term(self) -> int:
        return max(admission.term for _, _, admission in self.grants)


class Membership:
    """A community, by the statements that are known."""

    def __init__(self, community: bytes, said: Iterable[Said] = ()) -> None:
        self.community = community
        self._said = list(said)
        ever = self._admitted({})
        removals = self._removals(ever)
        cuts = _cuts(removals, lambda device: 0)
        while True:
            admitted = self._admitted(cuts)
            lifted = _cuts(
                removals, lambda device: admitted[device].term if device in admitted else 0)
            if lifted == cuts:
                break
            cuts = lifted
        self.members = {
            device: _member(laptop, cuts.get(device)) for device, laptop in admitted.items()}
        # Everybody whose log all must know: removals in it count even where a cut makes the
        # admission void.
        self.ever = {device: _member(laptop, None) for device, laptop in ever.items()}

    def owner(self, tls_hash: bytes) -> bytes | None:
        """The laptop a TLS key belongs to, one that belongs before one that was removed."""
        found = [
            (member.cut is not None, device) for device, member in self.members.items()
            if member.keys.tls == tls_hash]
        return min(found)[1] if found else None

    def belongs(self, device: bytes) -> bool:
        """Whether a laptop was admitted and is not removed."""
        return device in self.members and self.members[device].cut is None

    def counts(self, log: Log, seq: int) -> bool:
        """Whether the entry at a place is merged."""
        member = self.members.get(log.device)
        return member is not None and (member.cut is None or seq <= member.cut.get(log.epoch, 0))

    def order(self, logs: Iterable[Log]) -> list[Log]:
        """Logs as they are sent: whoever admits before whom it admits."""
        known = [log for log in logs if log.device in self.ever]
        return sorted(known, key=lambda log: (
            self.ever[log.device].depth, not self.ever[log.device].was_office, log))

    def _admitted(self, cuts: Cuts) -> dict[bytes, _Admitted]:
        """Rule 1, without the admissions beyond cuts."""
        founder = self._founder()
        if founder is None:
            return {}
        admitted = {founder[2].keys.device: _Admitted(0, [founder], is_office=True)}
        layer = set(admitted)
        depth = 0
        while layer:
            depth += 1
            following: set[bytes] = set()
            for log, head, statement in self._said:
                if not isinstance(statement, Admit) or log.device not in layer:
                    continue
                if log.device in cuts and head.seq > cuts[log.device].get(log.epoch, 0):
                    continue
                device = statement.keys.device
                laptop = admitted.setdefault(device, _Admitted(depth, []))
                version = Version(statement.stamp, log)
                laptop.grants.append((version, statement.bytes(), statement))
                if statement.role == Role.OFFICE and not laptop.is_office:
                    laptop.is_office = True
                    following.add(device)
            layer = following
        return admitted

    def _founder(self) -> tuple[Version, bytes, Admit] | None:
        for said in self._said:
            statement = said.statement
            if (isinstance(statement, Found) and said.head == Head(1, self.community)
                    and statement.keys.device == said.log.device):
                admission = Admit(
                    statement.stamp, 1, Role.OFFICE, statement.keys, statement.label)
                return said.version, admission.bytes(), admission
        return None

    def _removals(self, ever: dict[bytes, _Admitted]) -> list[Remove]:
        """Rule 2."""
        return [
            said.statement for said in self._said
            if isinstance(said.statement, Remove) and said.log.device in ever
            and ever[said.log.device].is_office]


def _cuts(removals: list[Remove], term: Callable[[bytes], int]) -> Cuts:
    """Rule 3: for each epoch the least that all removals in force accept."""
    cuts: Cuts = {}
    for removal in removals:
        if removal.term < term(removal.device):
            continue
        before = cuts.get(removal.device)
        cuts[removal.device] = dict(removal.accepted) if before is None else {
            epoch: min(seq, removal.accepted[epoch]) for epoch, seq in before.items()
            if epoch in removal.accepted}
    return cuts


def _member(laptop: _Admitted, cut: dict[int, int] | None) -> Member:
    current = [grant for grant in laptop.grants if grant[2].term == laptop.term]
    last = max(current, key=lambda grant: grant[:2])[2]
    return Member(
        last.keys, last.role, last.label, last.term, cut, laptop.depth, laptop.is_office)
