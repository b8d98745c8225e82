"""Runs and frames (PROTOCOL.md §8)."""

from dataclasses import dataclass

from canonical import (
    FRAME_BYTES, LOGS, NAME_BYTES, PAYLOAD_BYTES, Malformed, Reader, TooLarge, Writer)
from entries import SEAL_BYTES, Entry, Header, is_sealed
from names import LAST_SEQ, ZEROS, Head, Log, device_of, sha256

ENTRIES = 32_768
ERASED, OTHER_COMMIT, STARTS, OTHER_TIME, TRUSTED, OTHER_ACTOR, SEALED = 1, 2, 4, 8, 16, 32, 64
NOT_ADMITTED, TOO_MANY_LOGS, WRONG_KEY, UNSEALED_END, BAD_SEAL, GAP, FORK = range(1, 8)
LIES = {WRONG_KEY, UNSEALED_END, BAD_SEAL}


class Refused(Exception):
    """A run that is not taken: a code of §9, and a place."""

    def __init__(self, code: int, place: int = 0) -> None:
        super().__init__(f"code {code}, place {place}")
        self.code = code
        self.place = place


@dataclass(frozen=True)
class Piece:
    """An entry of a run; the payload is None where only its hash is left."""

    payload: bytes | None
    payload_hash: bytes
    commit: int
    time: int
    trusted: bool
    actor: str
    seal: bytes | None


BEFORE_FIRST = Piece(None, ZEROS, 0, 0, False, "", None)


@dataclass(frozen=True)
class Run:
    """Consecutive entries of one log."""

    log: Log
    key: bytes
    previous: Head
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, entries: list[Entry], key: bytes) -> "Run":
        """The run of entries that are kept."""
        first = entries[0].header
        return cls(
            first.log, key, Head(first.seq - 1, first.previous),
            tuple(
                Piece(
                    entry.payload, entry.header.payload, entry.header.commit, entry.header.time,
                    entry.header.trusted, entry.header.actor, entry.seal)
                for entry in entries))

    def entries(self) -> list[Entry]:
        """Works out the headers and checks the seals."""
        if device_of(self.key) != self.log.device:
            raise Refused(WRONG_KEY)
        entries: list[Entry] = []
        seq, previous = self.previous
        for piece in self.pieces:
            seq += 1
            header = Header(
                self.log, seq, previous, piece.payload_hash, piece.commit, piece.time,
                piece.trusted, piece.actor)
            previous = header.hash
            if piece.seal is not None and not is_sealed(piece.seal, previous, self.key):
                raise Refused(BAD_SEAL, seq)
            entries.append(Entry(header, previous, piece.payload, piece.seal))
        if self.pieces[-1].seal is None:
            raise Refused(UNSEALED_END)
        return entries

    def news(self, head: Head) -> list[Entry]:
        """The entries beyond a head; raises where there is a gap or a fork."""
        entries = self.entries()
        if self.previous.seq > head.seq:
            raise Refused(GAP, head.seq)
        known = head.seq - self.previous.seq
        if known > len(entries):
            return []
        found = self.previous.hash if known == 0 else entries[known - 1].hash
        if found != head.hash:
            raise Refused(FORK, head.seq)
        return entries[known:]

    def write(self, writer: Writer) -> None:
        """The canonical bytes."""
        self.log.write(writer)
        writer.raw(self.key).fixed(self.previous.seq).raw(self.previous.hash)
        writer.varint(len(self.pieces))
        before = BEFORE_FIRST
        for index, piece in enumerate(self.pieces):
            _write_piece(writer, piece, self.previous.seq + index + 1, before)
            before = piece

    @classmethod
    def read(cls, reader: Reader, room: int) -> "Run":
        """Reads a run of at most so many entries."""
        log, key = Log.read(reader), reader.raw(32)
        previous = Head(reader.fixed(), reader.raw(32))
        if previous.seq == 0 and previous.hash != ZEROS:
            raise Malformed("something before the first entry")
        count = reader.count(room, least=1)
        if previous.seq > LAST_SEQ - count:
            raise TooLarge("places beyond the last")
        pieces: list[Piece] = []
        before = BEFORE_FIRST
        for index in range(count):
            before = _read_piece(reader, previous.seq + index + 1, before)
            pieces.append(before)
        return cls(log, key, previous, tuple(pieces))


def _write_piece(writer: Writer, piece: Piece, seq: int, before: Piece) -> None:
    flags = ERASED if piece.payload is None else 0
    if piece.commit != before.commit:
        flags |= OTHER_COMMIT | (STARTS if piece.commit == seq else 0)
    flags |= OTHER_TIME if piece.time != before.time else 0
    flags |= TRUSTED if piece.trusted else 0
    flags |= OTHER_ACTOR if piece.actor != before.actor else 0
    flags |= SEALED if piece.seal is not None else 0
    writer.byte(flags)
    if flags & (OTHER_COMMIT | STARTS) == OTHER_COMMIT:
        writer.fixed(piece.commit)
    if flags & OTHER_TIME:
        writer.fixed(piece.time)
    if flags & OTHER_ACTOR:
        writer.text(piece.actor)
    if piece.payload is None:
        writer.raw(piece.payload_hash)
    else:
        writer.sized(piece.payload)
    if piece.seal is not None:
        writer.raw(piece.seal)


def _read_piece(reader: Reader, seq: int, before: Piece) -> Piece:
    flags = reader.bits(127)
    commit, time, actor = before.commit, before.time, before.actor
    if flags & STARTS:
        commit = seq
    elif flags & OTHER_COMMIT:
        commit = reader.fixed()
        if commit >= seq:
            raise Malformed("a commit that starts here, told at length, or later")
    if flags & OTHER_TIME:
        time = reader.fixed()
    if flags & OTHER_ACTOR:
        actor = reader.text(NAME_BYTES)
    for flag, is_other in (
            (OTHER_COMMIT, commit != before.commit), (OTHER_TIME, time != before.time),
            (OTHER_ACTOR, actor != before.actor)):
        if bool(flags & flag) != is_other:
            raise Malformed("what differs is not flagged so")
    payload = None if flags & ERASED else reader.sized(PAYLOAD_BYTES)
    payload_hash = reader.raw(32) if payload is None else sha256(payload)
    seal = reader.raw(SEAL_BYTES) if flags & SEALED else None
    return Piece(payload, payload_hash, commit, time, bool(flags & TRUSTED), actor, seal)


@dataclass(frozen=True)
class Frame:
    """Runs of several logs."""

    runs: tuple[Run, ...] = ()
    has_more: bool = False

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("F").byte(self.has_more).varint(len(self.runs))
        for run in self.runs:
            run.write(writer)
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "Frame":
        """Reads canonical bytes."""
        if len(data) > FRAME_BYTES:
            raise TooLarge("frame")
        reader = Reader(data)
        reader.start("F")
        has_more = reader.flag()
        runs: list[Run] = []
        room = ENTRIES
        for _ in range(reader.count(LOGS)):
            runs.append(Run.read(reader, room))
            room -= len(runs[-1].pieces)
        reader.end()
        if len({run.log for run in runs}) < len(runs):
            raise Malformed("a log twice")
        return cls(tuple(runs), has_more)
