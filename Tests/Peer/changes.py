"""Payloads of format 1: what happened to one record (PROTOCOL.md §4)."""

import math
import struct
from dataclasses import dataclass

from canonical import (
    NAME_BYTES, PAYLOAD_BYTES, TEXT_BYTES, Malformed, Reader, TooLarge, UnknownFormat, Writer,
    decode, is_ascending)
from names import Log, Version

FIELDS = 256
SETTLED = 64
OWN_STAMP, SAME_BASE, BASE, SETTLES = 1, 2, 4, 8

# None, a bool, an int of 64 bits, a finite float or a text.
Content = None | bool | int | float | str


@dataclass(frozen=True)
class Field:
    """A field's new value. The stamp is None where it is the entry's."""

    name: str
    content: Content
    stamp: int | None = None
    base: Version | None = None
    settles: tuple[Version, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one entry does to one record."""

    entity: str
    record: str
    stamp: int
    fields: tuple[Field, ...]

    def version(self, field: Field, log: Log) -> Version:
        """The version of one of its fields in a log."""
        return Version(self.stamp if field.stamp is None else field.stamp, log)

    def bytes(self) -> bytes:
        """The canonical payload."""
        writer = Writer().byte(1).text(self.entity).text(self.record).fixed(self.stamp)
        fields = sorted(self.fields, key=lambda field: field.name.encode())
        writer.varint(len(fields))
        last = None
        for field in fields:
            _write_field(writer, field, self.stamp, last)
            last = field.base or last
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "Change":
        """Reads a canonical payload."""
        if len(data) > PAYLOAD_BYTES:
            raise TooLarge("payload")
        reader = Reader(data)
        if (found := reader.byte()) != 1:
            raise UnknownFormat(found)
        entity, record = reader.text(NAME_BYTES), reader.text(NAME_BYTES)
        stamp = reader.fixed()
        fields: list[Field] = []
        last = None
        for _ in range(reader.count(FIELDS)):
            fields.append(_read_field(reader, stamp, last))
            last = fields[-1].base or last
        reader.end()
        if not is_ascending([field.name.encode() for field in fields]):
            raise Malformed("fields are out of order")
        return cls(entity, record, stamp, tuple(fields))


def _write_field(writer: Writer, field: Field, entry_stamp: int, last: Version | None) -> None:
    own_stamp = None if field.stamp == entry_stamp else field.stamp
    is_same = field.base is not None and field.base == last
    flags = (
        (0 if own_stamp is None else OWN_STAMP)
        | (SAME_BASE if is_same else 0 if field.base is None else BASE)
        | (SETTLES if field.settles else 0))
    writer.text(field.name).byte(flags)
    if own_stamp is not None:
        writer.fixed(own_stamp)
    if flags & BASE:
        field.base.write(writer)
    if field.settles:
        writer.varint(len(field.settles))
        for version in sorted(field.settles):
            version.write(writer)
    write_content(field.content, writer)


def _read_field(reader: Reader, entry_stamp: int, last: Version | None) -> Field:
    name = reader.text(NAME_BYTES)
    flags = reader.bits(OWN_STAMP | SAME_BASE | BASE | SETTLES)
    stamp = reader.fixed() if flags & OWN_STAMP else None
    if stamp == entry_stamp:
        raise Malformed("the entry's stamp told twice")
    base = None
    if flags & SAME_BASE:
        if flags & BASE or last is None:
            raise Malformed("which base")
        base = last
    elif flags & BASE:
        base = Version.read(reader)
        if base == last:
            raise Malformed("a base told twice")
    settles: list[Version] = []
    if flags & SETTLES:
        settles = [Version.read(reader) for _ in range(reader.count(SETTLED, least=1))]
        if not is_ascending(settles) or base in settles:
            raise Malformed("settled versions")
    return Field(name, read_content(reader), stamp, base, tuple(settles))


def write_content(content: Content, writer: Writer) -> None:
    """A kind and a value."""
    if content is None:
        writer.byte(0)
    elif isinstance(content, bool):
        writer.byte(2 if content else 1)
    elif isinstance(content, int):
        writer.byte(3).varint(2 * content if content >= 0 else -2 * content - 1)
    elif isinstance(content, float):
        writer.byte(4).raw(struct.pack(">d", content))
    else:
        writer.byte(5).text(content)


def content_bytes(content: Content) -> bytes:
    """A content alone."""
    writer = Writer()
    write_content(content, writer)
    return writer.done()


def read_content(reader: Reader) -> Content:
    """A kind and a value."""
    kind = reader.byte()
    if kind == 0:
        return None
    if kind in (1, 2):
        return kind == 2
    if kind == 3:
        zigzag = reader.varint()
        return -((zigzag + 1) // 2) if zigzag & 1 else zigzag // 2
    if kind == 4:
        (number,) = struct.unpack(">d", reader.raw(8))
        if not math.isfinite(number):
            raise Malformed("no number")
        return number
    if kind == 5:
        return decode(reader.sized(TEXT_BYTES))
    raise UnknownFormat(kind)
