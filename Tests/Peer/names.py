"""How things are called (PROTOCOL.md §2)."""

import hashlib
from typing import NamedTuple

from canonical import LOGS, Malformed, Reader, TooLarge, Writer

ZEROS = bytes(32)
LAST_SEQ = 2**63 - 1


def sha256(data: bytes) -> bytes:
    """The hash of this protocol."""
    return hashlib.sha256(data).digest()


def device_of(log_key: bytes) -> bytes:
    """The name of the laptop that holds a log key."""
    return sha256(log_key)[:16]


class Log(NamedTuple):
    """One unbroken log; ordered by device, then epoch."""

    device: bytes
    epoch: int

    def write(self, writer: Writer) -> None:
        """24 bytes."""
        writer.raw(self.device).fixed(self.epoch)

    @classmethod
    def read(cls, reader: Reader) -> "Log":
        """24 bytes."""
        return cls(reader.raw(16), reader.fixed())


class Version(NamedTuple):
    """One edit of a field; ordered by stamp, then log."""

    stamp: int
    log: Log

    def write(self, writer: Writer) -> None:
        """32 bytes."""
        writer.fixed(self.stamp)
        self.log.write(writer)

    @classmethod
    def read(cls, reader: Reader) -> "Version":
        """32 bytes."""
        return cls(reader.fixed(), Log.read(reader))


class Head(NamedTuple):
    """How far a log goes."""

    seq: int
    hash: bytes


START = Head(0, ZEROS)


class Keys(NamedTuple):
    """A laptop's public keys."""

    log: bytes
    tls: bytes
    bundle: bytes

    @property
    def device(self) -> bytes:
        """The laptop's name."""
        return device_of(self.log)

    @classmethod
    def read(cls, reader: Reader) -> "Keys":
        """96 bytes."""
        return cls(reader.raw(32), reader.raw(32), reader.raw(32))


Heads = dict[Log, Head]


def write_heads(heads: Heads, writer: Writer) -> None:
    """A list of heads (§8)."""
    writer.varint(len(heads))
    for log, head in sorted(heads.items()):
        log.write(writer)
        writer.fixed(head.seq).raw(head.hash)


def heads_bytes(heads: Heads) -> bytes:
    """A list of heads alone."""
    writer = Writer()
    write_heads(heads, writer)
    return writer.done()


def read_heads(reader: Reader) -> Heads:
    """A list of heads."""
    heads: Heads = {}
    last = None
    for _ in range(reader.count(LOGS)):
        log = Log.read(reader)
        if last is not None and not last < log:
            raise Malformed("heads are out of order")
        last = log
        head = Head(reader.fixed(), reader.raw(32))
        if head.seq == 0:
            raise Malformed("a head before the first entry")
        if head.seq > LAST_SEQ:
            raise TooLarge("a place beyond the last")
        heads[log] = head
    return heads
