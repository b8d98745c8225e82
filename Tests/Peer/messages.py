"""What is said in a session (PROTOCOL.md §9)."""

from dataclasses import dataclass

from canonical import (
    FRAME_BYTES, LOGS, Malformed, Reader, TooLarge, UnknownFormat, Writer, is_ascending,
    limited)
from names import Heads, Log, heads_bytes, read_heads, sha256, write_heads
from runs import BAD_SEAL, FORK, GAP, WRONG_KEY, Frame

SPOKEN = (1, 1)
(MALFORMED, OTHER_COMMUNITY, STRANGER, REMOVED, OTHER_DEVICE, LATER_ONLY, EARLIER_ONLY,
 TOO_LARGE, BUSY, NO_ROOM, LIE) = range(1, 12)
LISTS_BYTES = 397_323
ANSWER_BYTES = 1_310_731

# A log that was refused: code and place.
Reasons = dict[Log, tuple[int, int]]


@dataclass(frozen=True)
class Hello:
    """Who one is and what one holds."""

    versions: tuple[int, int]
    community: bytes
    device: bytes
    time: int
    trusted: bool
    digest: bytes
    heads: bytes

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().raw(b"H").byte(self.versions[0]).byte(self.versions[1])
        writer.raw(self.community).raw(self.device).fixed(self.time).byte(self.trusted)
        return writer.raw(self.digest).raw(self.heads).done()

    @classmethod
    def read(cls, data: bytes) -> "Hello":
        """Reads canonical bytes; of one that speaks later versions only: UnknownFormat."""
        reader = limited(data)
        if reader.raw(1) != b"H":
            raise Malformed("no hello")
        versions = reader.byte(), reader.byte()
        if not 0 < versions[0] <= versions[1]:
            raise Malformed("versions")
        if versions[0] > SPOKEN[1]:
            raise UnknownFormat(versions[0])
        hello = cls(
            versions, reader.raw(32), reader.raw(16), reader.fixed(), reader.flag(),
            reader.raw(32), reader.raw(32))
        reader.end()
        return hello

    def is_same(self, other: "Hello") -> bool:
        """Whether both hold the same entries and show the same values."""
        return self.heads == other.heads and self.digest == other.digest


@dataclass(frozen=True)
class Pull:
    """Asks for what one lacks."""

    heads: Heads
    skipped: tuple[Log, ...] = ()
    wants_heads: bool = False

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("P").byte(self.wants_heads)
        write_heads(self.heads, writer)
        writer.varint(len(self.skipped))
        for log in sorted(self.skipped):
            log.write(writer)
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "Pull":
        """Reads canonical bytes."""
        reader = limited(data, LISTS_BYTES)
        reader.start("P")
        wants_heads, heads = reader.flag(), read_heads(reader)
        skipped = [Log.read(reader) for _ in range(reader.count(LOGS))]
        reader.end()
        if not is_ascending(skipped):
            raise Malformed("skipped logs are out of order")
        return cls(heads, tuple(skipped), wants_heads)


@dataclass(frozen=True)
class Pulled:
    """The answer to a pull."""

    heads: Heads | None
    frame: Frame

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("A").byte(self.heads is not None)
        if self.heads is not None:
            write_heads(self.heads, writer)
        return writer.raw(self.frame.bytes()).done()

    @classmethod
    def read(cls, data: bytes) -> "Pulled":
        """Reads canonical bytes."""
        reader = limited(data, ANSWER_BYTES)
        reader.start("A")
        heads = read_heads(reader) if reader.flag() else None
        frame = reader.raw(len(data) - reader.place)
        if len(frame) > FRAME_BYTES:
            raise TooLarge("frame")
        return cls(heads, Frame.read(frame))


@dataclass(frozen=True)
class Pushed:
    """The answer to a push."""

    heads: Heads
    refused: Reasons

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("B")
        write_heads(self.heads, writer)
        writer.varint(len(self.refused))
        for log, reason in sorted(self.refused.items()):
            log.write(writer)
            writer.byte(reason[0]).fixed(reason[1])
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "Pushed":
        """Reads canonical bytes."""
        reader = limited(data, LISTS_BYTES)
        reader.start("B")
        heads = read_heads(reader)
        refused = [_read_reason(reader, least=1) for _ in range(reader.count(LOGS))]
        reader.end()
        if not is_ascending([log for log, _ in refused]):
            raise Malformed("refused logs are out of order")
        return cls(heads, dict(refused))


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered; `run` is a log and its reason with code 11."""

    code: int
    run: tuple[Log, tuple[int, int]] | None = None

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("X").byte(self.code)
        if self.run:
            self.run[0].write(writer)
            writer.byte(self.run[1][0]).fixed(self.run[1][1])
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "Refusal":
        """Reads canonical bytes."""
        reader = limited(data)
        reader.start("X")
        code = reader.byte()
        if not MALFORMED <= code <= LIE:
            raise UnknownFormat(code)
        run = _read_reason(reader, least=WRONG_KEY) if code == LIE else None
        reader.end()
        return cls(code, run)

    @property
    def status(self) -> int:
        """The status of HTTP that goes with it (§10)."""
        return {
            MALFORMED: 400, LIE: 400, TOO_LARGE: 413, LATER_ONLY: 426, EARLIER_ONLY: 426,
            BUSY: 503, NO_ROOM: 507}.get(self.code, 403)


def _read_reason(reader: Reader, least: int) -> tuple[Log, tuple[int, int]]:
    log, code, place = Log.read(reader), reader.byte(), reader.fixed()
    if not least <= code <= FORK:
        raise UnknownFormat(code)
    if code not in (BAD_SEAL, GAP, FORK) and place:
        raise Malformed("a place where there is none")
    return log, (code, place)


def heads_hash(heads: Heads) -> bytes:
    """What a hello says of heads."""
    return sha256(heads_bytes(heads))
