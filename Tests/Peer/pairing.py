"""Pairing by numbers (PROTOCOL.md §12): what is sent and what is shown."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from canonical import Writer, limited, parts
from names import Keys, sha256
from statements import read_label


@dataclass(frozen=True)
class Offer:
    """N: the office's answer to a commitment."""

    community: bytes
    keys: Keys
    nonce: bytes

    def bytes(self) -> bytes:
        """The canonical bytes."""
        return Writer().start("N").raw(
            self.community + b"".join(self.keys) + self.nonce).done()

    @classmethod
    def read(cls, data: bytes) -> "Offer":
        """Reads canonical bytes."""
        reader = limited(data)
        reader.start("N")
        offer = cls(reader.raw(32), Keys.read(reader), reader.raw(32))
        reader.end()
        return offer


@dataclass(frozen=True)
class Reveal:
    """V: what the joiner had bound itself to."""

    keys: Keys
    nonce: bytes
    label: str

    def bytes(self) -> bytes:
        """The canonical bytes."""
        return Writer().start("V").raw(b"".join(self.keys) + self.nonce).text(self.label).done()

    @classmethod
    def read(cls, data: bytes) -> "Reveal":
        """Reads canonical bytes."""
        reader = limited(data)
        reader.start("V")
        reveal = cls(Keys.read(reader), reader.raw(32), read_label(reader))
        reader.end()
        return reveal

    def commit(self) -> bytes:
        """C: what binds the joiner."""
        commitment = sha256(
            parts(b"ashar/pair/1/commit", *self.keys, self.label.encode(), self.nonce))
        return Writer().start("C").raw(commitment).done()


@dataclass(frozen=True)
class Ceremony:
    """An offer and a reveal that met."""

    offer: Offer
    reveal: Reveal

    @property
    def transcript(self) -> bytes:
        """What both sides agree on."""
        return sha256(parts(
            b"ashar/pair/1", *self.offer.keys, *self.reveal.keys, self.reveal.label.encode(),
            self.offer.community, self.offer.nonce, self.reveal.nonce))

    def number(self, side: str) -> str:
        """What the "office" or the "joiner" shows."""
        kdf = HKDF(SHA256(), 8, self.transcript, f"ashar/pair/1/{side}".encode())
        key = kdf.derive(self.offer.nonce + self.reveal.nonce)
        return f"{int.from_bytes(key, 'big') % 1_000_000:06}"

    def poll(self, state: int) -> bytes:
        """Q: 1 the office's number is not typed yet, 2 it was, 3 given up."""
        return Writer().start("Q").raw(self.transcript).byte(state).done()


def status(state: int) -> bytes:
    """W: 1 the joiner's number is not typed yet, 2 it was, 3 admitted, 4 over."""
    return Writer().start("W").byte(state).done()
