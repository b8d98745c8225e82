"""Pairing by invitation (PROTOCOL.md §13)."""

import hmac
from dataclasses import dataclass

from canonical import NAME_BYTES, Malformed, Writer, limited, parts
from names import Keys, sha256
from statements import Role

ADDRESSES = 8


@dataclass(frozen=True)
class Invitation:
    """I: the file on the stick."""

    community: bytes
    keys: Keys
    secret: bytes
    role: Role
    expires: int
    addresses: tuple[str, ...]

    def bytes(self) -> bytes:
        """The canonical bytes."""
        writer = Writer().start("I").raw(self.community + b"".join(self.keys) + self.secret)
        writer.byte(self.role).fixed(self.expires).varint(len(self.addresses))
        for address in self.addresses:
            writer.text(address)
        return writer.done()

    @classmethod
    def read(cls, data: bytes) -> "Invitation":
        """Reads canonical bytes."""
        reader = limited(data)
        reader.start("I")
        community, keys, secret = reader.raw(32), Keys.read(reader), reader.raw(16)
        role, expires = reader.byte(), reader.fixed()
        addresses = tuple(reader.text(NAME_BYTES) for _ in range(reader.count(ADDRESSES)))
        reader.end()
        if role not in list(Role):
            raise Malformed("role")
        return cls(community, keys, secret, Role(role), expires, addresses)

    def request(self, joiner: Keys, label: str) -> bytes:
        """J: the joiner uses it."""
        name = sha256(parts(b"ashar/invite/1/id", self.secret))[:16]
        code = self._code("join", joiner, label)
        writer = Writer().start("J").raw(name + b"".join(joiner) + code)
        return writer.text(label).done()

    def welcome(self, joiner: Keys, label: str) -> bytes:
        """Y: what only the office that wrote the invitation can answer."""
        return Writer().start("Y").raw(self._code("welcome", joiner, label)).done()

    def is_welcome(self, answer: bytes, joiner: Keys, label: str) -> bool:
        """Whether an answer is that of the office."""
        return hmac.compare_digest(answer, self.welcome(joiner, label))

    def _code(self, purpose: str, joiner: Keys, label: str) -> bytes:
        said = parts(
            f"ashar/invite/1/{purpose}".encode(), self.community, *self.keys, *joiner,
            label.encode())
        return hmac.digest(self.secret, said, "sha256")
