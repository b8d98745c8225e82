"""Payloads of format 2: who belongs to the community (PROTOCOL.md §4)."""

from dataclasses import dataclass, field
from enum import IntEnum

from canonical import LABEL_BYTES, LOGS, Malformed, Reader, UnknownFormat, Writer, is_ascending
from names import Keys

FOUND, ADMIT, REMOVE = 1, 2, 3


class Role(IntEnum):
    """What a laptop is for."""

    OFFICE = 1
    CLERK = 2
    READER = 3


@dataclass(frozen=True)
class Found:
    """A community begins."""

    stamp: int
    nonce: bytes
    keys: Keys
    label: str

    def bytes(self) -> bytes:
        """The canonical payload."""
        writer = Writer().byte(2).fixed(self.stamp).byte(FOUND).raw(self.nonce)
        return writer.raw(b"".join(self.keys)).text(self.label).done()


@dataclass(frozen=True)
class Admit:
    """A laptop belongs to it."""

    stamp: int
    term: int
    role: Role
    keys: Keys
    label: str

    def bytes(self) -> bytes:
        """The canonical payload."""
        writer = Writer().byte(2).fixed(self.stamp).byte(ADMIT).varint(self.term).byte(self.role)
        return writer.raw(b"".join(self.keys)).text(self.label).done()


@dataclass(frozen=True)
class Remove:
    """A laptop belongs to it no more; `accepted` is a seq for each epoch."""

    stamp: int
    device: bytes
    term: int
    accepted: dict[int, int] = field(hash=False)

    def bytes(self) -> bytes:
        """The canonical payload."""
        writer = Writer().byte(2).fixed(self.stamp).byte(REMOVE).raw(self.device)
        writer.varint(self.term).varint(len(self.accepted))
        for epoch, seq in sorted(self.accepted.items()):
            writer.fixed(epoch).fixed(seq)
        return writer.done()


Statement = Found | Admit | Remove


def read_statement(data: bytes) -> Statement:
    """Reads a canonical payload; of a later version it raises UnknownFormat."""
    reader = Reader(data)
    if (found := reader.byte()) != 2:
        raise UnknownFormat(found)
    stamp, kind = reader.fixed(), reader.byte()
    statement: Statement
    if kind == FOUND:
        statement = Found(stamp, reader.raw(16), Keys.read(reader), read_label(reader))
    elif kind == ADMIT:
        statement = Admit(
            stamp, reader.count(2**64, least=1), _role(reader), Keys.read(reader),
            read_label(reader))
    elif kind == REMOVE:
        device, term = reader.raw(16), reader.count(2**64, least=1)
        accepted = [(reader.fixed(), reader.fixed()) for _ in range(reader.count(LOGS))]
        if not is_ascending([epoch for epoch, _ in accepted]):
            raise Malformed("epochs are out of order")
        if any(seq == 0 for _, seq in accepted):
            raise Malformed("accepts nothing of an epoch")
        statement = Remove(stamp, device, term, dict(accepted))
    else:
        raise UnknownFormat(kind)
    reader.end()
    return statement


def _role(reader: Reader) -> Role:
    byte = reader.byte()
    try:
        return Role(byte)
    except ValueError as error:
        raise UnknownFormat(byte) from error


def read_label(reader: Reader) -> str:
    """A label: short, on one line."""
    label = reader.text(LABEL_BYTES)
    if any(ord(letter) < 0x20 or 0x7F <= ord(letter) <= 0x9F for letter in label):
        raise Malformed("control characters in a label")
    return label
