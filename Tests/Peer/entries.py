"""Entries: what is chained and what is signed (PROTOCOL.md §3)."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey, Ed25519PublicKey)

from canonical import NAME_BYTES, Reader, UnknownFormat, Writer
from names import Head, Log, sha256

SEAL_BYTES = 64
SEAL_CONTEXT = b"ashar/seal/1"


@dataclass(frozen=True)
class Header:
    """The part of an entry that is chained."""

    log: Log
    seq: int
    previous: bytes
    payload: bytes
    commit: int
    time: int
    trusted: bool
    actor: str

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().byte(1)
        self.log.write(writer)
        writer.fixed(self.seq).raw(self.previous).raw(self.payload)
        writer.fixed(self.commit).fixed(self.time).byte(self.trusted)
        return writer.text(self.actor).done()

    @property
    def hash(self) -> bytes:
        """The hash of the entry."""
        return sha256(self.bytes())

    @classmethod
    def read(cls, data: bytes) -> "Header":
        """Reads canonical bytes."""
        reader = Reader(data)
        if (found := reader.byte()) != 1:
            raise UnknownFormat(found)
        header = cls(
            Log.read(reader), reader.fixed(), reader.raw(32), reader.raw(32), reader.fixed(),
            reader.fixed(), reader.flag(), reader.text(NAME_BYTES))
        reader.end()
        return header


@dataclass(frozen=True)
class Entry:
    """An entry as it is kept; the payload is None where it was erased."""

    header: Header
    hash: bytes
    payload: bytes | None
    seal: bytes | None

    @property
    def head(self) -> Head:
        """Its place and hash."""
        return Head(self.header.seq, self.hash)


def seal(entry_hash: bytes, key: Ed25519PrivateKey) -> bytes:
    """The seal over an entry and all before it."""
    return key.sign(SEAL_CONTEXT + entry_hash)


def is_sealed(signature: bytes, entry_hash: bytes, log_key: bytes) -> bool:
    """Whether a seal is the laptop's over this entry."""
    try:
        Ed25519PublicKey.from_public_bytes(log_key).verify(signature, SEAL_CONTEXT + entry_hash)
    except (InvalidSignature, ValueError):
        return False
    return True
