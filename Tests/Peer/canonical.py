"""Canonical bytes (PROTOCOL.md §1, §15): one value has one encoding, every other is refused."""

NAME_BYTES = 64
LABEL_BYTES = 64
TEXT_BYTES = 524_288
PAYLOAD_BYTES = 737_280
FRAME_BYTES = 1_048_576
MESSAGE_BYTES = 4096
LOGS = 4096
FORMAT = 1


class Malformed(Exception):
    """Bytes that no version of the protocol writes."""


class TooLarge(Malformed):
    """More than the limits allow."""


class UnknownFormat(Malformed):
    """Bytes of a later version."""


class Writer:
    """Puts canonical bytes together."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def raw(self, data: bytes) -> "Writer":
        """Bytes as they are."""
        self.bytes += data
        return self

    def byte(self, number: int) -> "Writer":
        """One byte."""
        self.bytes.append(number)
        return self

    def fixed(self, number: int) -> "Writer":
        """Eight bytes, big-endian."""
        return self.raw(number.to_bytes(8, "big"))

    def varint(self, number: int) -> "Writer":
        """Unsigned LEB128 in the fewest bytes."""
        while number >= 0x80:
            self.byte(number & 0x7F | 0x80)
            number >>= 7
        return self.byte(number)

    def sized(self, data: bytes) -> "Writer":
        """Bytes with a length."""
        return self.varint(len(data)).raw(data)

    def text(self, text: str) -> "Writer":
        """A text."""
        return self.sized(text.encode())

    def start(self, letter: str) -> "Writer":
        """What every message begins with."""
        return self.raw(letter.encode()).byte(FORMAT)

    def done(self) -> bytes:
        """What was written."""
        return bytes(self.bytes)


class Reader:
    """Reads canonical bytes and refuses all others."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def raw(self, count: int) -> bytes:
        """So many bytes."""
        if count > len(self.data) - self.place:
            raise Malformed("ends too early")
        self.place += count
        return self.data[self.place - count : self.place]

    def byte(self) -> int:
        """One byte."""
        return self.raw(1)[0]

    def fixed(self) -> int:
        """Eight bytes."""
        return int.from_bytes(self.raw(8), "big")

    def flag(self) -> bool:
        """A byte that is 0 or 1."""
        return bool(self.bits(1))

    def bits(self, known: int) -> int:
        """A byte of flags, of which only some are known."""
        found = self.byte()
        if found & ~known:
            raise Malformed("unknown flag")
        return found

    def varint(self) -> int:
        """Unsigned LEB128 of at most 64 bits in the fewest bytes."""
        number = 0
        for index in range(10):
            byte = self.byte()
            number |= (byte & 0x7F) << (7 * index)
            if byte < 0x80:
                if byte == 0 and index > 0 or number >= 1 << 64:
                    raise Malformed("varint is not the shortest, or too large")
                return number
        raise Malformed("varint does not end")

    def count(self, most: int, least: int = 0) -> int:
        """A varint within bounds."""
        count = self.varint()
        if count > most:
            raise TooLarge(f"{count} of at most {most}")
        if count < least:
            raise Malformed(f"{count} of at least {least}")
        return count

    def sized(self, most: int) -> bytes:
        """Bytes with a length."""
        return self.raw(self.count(most))

    def text(self, most: int) -> str:
        """A text."""
        return decode(self.sized(most))

    def start(self, letter: str) -> None:
        """What a message begins with."""
        if self.raw(1) != letter.encode():
            raise Malformed(f"not a message {letter}")
        if (found := self.byte()) != FORMAT:
            raise UnknownFormat(found)

    def end(self) -> None:
        """Nothing may be left."""
        if self.place != len(self.data):
            raise Malformed("goes on after its end")


def limited(data: bytes, most: int = MESSAGE_BYTES) -> Reader:
    """A reader of at most so many bytes."""
    if len(data) > most:
        raise TooLarge(f"{len(data)} of at most {most} bytes")
    return Reader(data)


def decode(data: bytes) -> str:
    """UTF-8 as a text."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Malformed("no UTF-8") from error


def is_ascending(things: list) -> bool:
    """Whether each is greater than the one before it."""
    return all(one < other for one, other in zip(things, things[1:]))


def parts(*pieces: bytes) -> bytes:
    """Pieces, each preceded by its length: what §12 and §13 write as [ … ]."""
    writer = Writer()
    for piece in pieces:
        writer.sized(piece)
    return writer.done()
