"""Proofs that a laptop was cloned (PROTOCOL.md §11)."""

from dataclasses import dataclass

from canonical import FRAME_BYTES, NAME_BYTES, Malformed, Reader, TooLarge, Writer
from entries import SEAL_BYTES, Header, is_sealed
from names import device_of

HEADERS = 1000
HEADER_BYTES = 115 + NAME_BYTES


@dataclass(frozen=True)
class Side:
    """A chain of headers up to a seal."""

    headers: tuple[bytes, ...]
    seal: bytes

    def first(self, key: bytes) -> Header:
        """Checks the chain and gives its first header."""
        chain = [Header.read(data) for data in self.headers]
        for one, other in zip(chain, chain[1:]):
            if (other.log, other.seq, other.previous) != (one.log, one.seq + 1, one.hash):
                raise Malformed("the headers do not follow each other")
        if device_of(key) != chain[0].log.device or chain[0].seq == 0:
            raise Malformed("another laptop's key")
        if not is_sealed(self.seal, chain[-1].hash, key):
            raise Malformed("not sealed")
        return chain[0]


@dataclass(frozen=True)
class ForkProof:
    """Two sides of a log, the one with the smaller hash first."""

    key: bytes
    sides: tuple[Side, Side]

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("K").raw(self.key)
        for side in self.sides:
            writer.varint(len(side.headers))
            for header in side.headers:
                writer.sized(header)
            writer.raw(side.seal)
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "ForkProof":
        """Reads a proof and checks it."""
        if len(data) > FRAME_BYTES:
            raise TooLarge("proof")
        reader = Reader(data)
        reader.start("K")
        key = reader.raw(32)
        one, other = (_read_side(reader) for _ in range(2))
        reader.end()
        left, right = one.first(key), other.first(key)
        if (left.log, left.seq) != (right.log, right.seq):
            raise Malformed("two places")
        if left.hash >= right.hash:
            raise Malformed("the same entry, or the sides are out of order")
        return cls(key, (one, other))


def _read_side(reader: Reader) -> Side:
    count = reader.count(HEADERS, least=1)
    headers = tuple(reader.sized(HEADER_BYTES) for _ in range(count))
    return Side(headers, reader.raw(SEAL_BYTES))
