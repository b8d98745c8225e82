"""A laptop in memory: its logs, what follows from them, and what it adds to its own."""

import secrets
import time
from collections.abc import Iterator

from canonical import Malformed, UnknownFormat
from changes import Change, Content, Field
from digest import Records, digest
from entries import Entry, Header, seal
from keys import KeyRing
from membership import Membership, Said
from merge import Register
from messages import SPOKEN, Hello, heads_hash
from names import START, ZEROS, Heads, Keys, Log, Version, sha256
from plan import Logs, Step, next_step
from runs import FORK, LIES, NOT_ADMITTED, Frame, Refused, Run
from statements import Found, Role, Statement, read_statement

Key = tuple[str, str]


class Lie(Exception):
    """A run that only a liar sends: nothing of its frame is taken."""

    def __init__(self, log: Log, refused: Refused) -> None:
        super().__init__(str(refused))
        self.run = log, (refused.code, refused.place)


class Laptop:
    """What one laptop holds."""

    def __init__(self, label: str, ring: KeyRing | None = None) -> None:
        self.label = label
        self.ring = ring or KeyRing.make()
        self.community = ZEROS
        self.epoch = secrets.randbits(64)
        self.logs: Logs = {}
        self.membership = Membership(ZEROS)
        # The keys of the office it was paired with.
        self.sponsor: Keys | None = None
        # Logs of which another entry than ours was seen.
        self.forked: set[Log] = set()

    @property
    def device(self) -> bytes:
        """Its name."""
        return self.ring.public.device

    @property
    def log(self) -> Log:
        """The log it writes."""
        return Log(self.device, self.epoch)

    @property
    def heads(self) -> Heads:
        """How far it holds each log."""
        return {log: entries[-1].head for log, entries in self.logs.items() if entries}

    # What it writes

    def found(self) -> None:
        """Founds a community."""
        statement = Found(
            self._now() << 16, secrets.token_bytes(16), self.ring.public, self.label)
        entry = self._next(statement.bytes(), START.seq + 1, ZEROS, 1, is_last=True)
        self.community = entry.hash
        self._append(self.log, [entry])

    def join(self, community: bytes, office: Keys) -> None:
        """Belongs from now on to the community of an office it was paired with."""
        self.community = community
        self.sponsor = office
        self.membership = Membership(community)

    def commit(self, *payloads: bytes, actor: str = "python") -> None:
        """Appends entries to its own log, the last of them sealed."""
        if self.log in self.forked:
            self.epoch = secrets.randbits(64)
        entries = list(self.logs.get(self.log, []))
        start = len(entries) + 1
        for index, payload in enumerate(payloads):
            previous = entries[-1].hash if entries else ZEROS
            is_last = index == len(payloads) - 1
            entries.append(self._next(payload, start + index, previous, start, is_last, actor))
        self._append(self.log, entries[start - 1 :])

    def edit(self, entity: str, record: str, **values: Content) -> None:
        """Gives fields of one record new values, with what it sees of them put aside."""
        stamp = self._now() << 16
        fields = []
        for name, content in values.items():
            register = self.registers().get((entity, record), {}).get(name)
            if register is None or register.current is None:
                fields.append(Field(name, content))
                continue
            own = max(stamp, register.current.stamp + 1)
            fields.append(Field(
                name, content, None if own == stamp else own, register.current,
                tuple(sorted(register.siblings))))
        self.commit(Change(entity, record, stamp, tuple(fields)).bytes())

    def state(self, statement: Statement) -> None:
        """Says who belongs to the community."""
        self.commit(statement.bytes(), actor="")

    def _now(self) -> int:
        return time.time_ns() // 1_000_000

    def _next(
        self, payload: bytes, seq: int, previous: bytes, commit: int, is_last: bool,
        actor: str = "",
    ) -> Entry:
        header = Header(
            self.log, seq, previous, sha256(payload), commit, self._now(), True, actor)
        signature = seal(header.hash, self.ring.log) if is_last else None
        return Entry(header, header.hash, payload, signature)

    # What follows from its logs

    def registers(self) -> dict[Key, dict[str, Register]]:
        """All fields that any entry has touched."""
        found: dict[Key, dict[str, Register]] = {}
        for entry in self._entries():
            log, seq = entry.header.log, entry.header.seq
            change = self._change(entry)
            if change is None or not self.membership.counts(log, seq):
                continue
            record = found.setdefault((change.entity, change.record), {})
            for field in change.fields:
                names: set[Version] = set(field.settles) | ({field.base} - {None})
                record.setdefault(field.name, Register()).take(
                    change.version(field, log), names, field.content)
        return found

    def records(self) -> Records:
        """All current values."""
        return {
            key: {name: register.content for name, register in fields.items()}
            for key, fields in self.registers().items()}

    def digest(self) -> bytes:
        """The digest of all current values."""
        return digest(self.records())

    def hello(self) -> Hello:
        """Who it is and what it holds."""
        return Hello(
            SPOKEN, self.community, self.device, self._now(), True, self.digest(),
            heads_hash(self.heads))

    def _entries(self) -> Iterator[Entry]:
        for _, entries in sorted(self.logs.items()):
            yield from entries

    @staticmethod
    def _change(entry: Entry) -> Change | None:
        if entry.payload is None or entry.payload[:1] != b"\1":
            return None
        try:
            return Change.read(entry.payload)
        except Malformed:
            return None

    @staticmethod
    def _said(entry: Entry) -> Said | None:
        if entry.payload is None or entry.payload[:1] != b"\2":
            return None
        try:
            return Said(entry.header.log, entry.head, read_statement(entry.payload))
        except (Malformed, UnknownFormat):
            return None

    def _append(self, log: Log, entries: list[Entry]) -> None:
        self.logs.setdefault(log, []).extend(entries)
        if any(self._said(entry) for entry in entries):
            said = filter(None, map(self._said, self._entries()))
            self.membership = Membership(self.community, said)

    # What it gives and takes

    def compose(self, theirs: Heads, skipped: set[Log], limit: int = 1 << 20) -> Step:
        """The next frame for one that holds `theirs`."""
        keys = {device: member.keys.log for device, member in self.membership.ever.items()}
        step = next_step(
            self.logs, self.membership.order(self.logs), keys, theirs, skipped, limit)
        self.forked |= step.forked
        return step

    def take(self, frame: Frame) -> dict[Log, tuple[int, int]]:
        """Takes a frame, all of it or nothing where there is a lie; gives what was left out."""
        before = {log: list(entries) for log, entries in self.logs.items()}, self.membership
        refused: dict[Log, tuple[int, int]] = {}
        for run in frame.runs:
            try:
                self._take(run)
            except Refused as reason:
                if reason.code in LIES:
                    self.logs, self.membership = before
                    raise Lie(run.log, reason) from reason
                if reason.code == FORK:
                    self.forked.add(run.log)
                refused[run.log] = reason.code, reason.place
        return refused

    def _take(self, run: Run) -> None:
        news = run.news(self.heads.get(run.log, START))
        if run.log.device not in self.membership.ever:
            # Before anybody is known, the founding entry speaks for itself.
            if not news or news[0].hash != self.community:
                raise Refused(NOT_ADMITTED)
        self._append(run.log, news)

    def role(self, device: bytes) -> Role | None:
        """What a laptop that belongs is for."""
        return self.membership.members[device].role if self.membership.belongs(device) else None
