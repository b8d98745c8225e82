"""The digest of all current values (PROTOCOL.md §6)."""

from changes import Content, content_bytes
from names import sha256

# Entity and id, and the fields' contents by name.
Records = dict[tuple[str, str], dict[str, Content]]
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def record_hash(entity: str, record: str, fields: dict[str, Content]) -> bytes:
    """The hash of one record."""
    data = entity.encode() + b"\0" + record.encode() + b"\0"
    for name in sorted(fields, key=str.encode):
        content = fields[name]
        if content is None or name == "deleted" and content is False:
            continue
        data += name.encode() + b"\0" + content_bytes(content)
    return sha256(data + b"\xff")


def digest(records: Records) -> bytes:
    """The digest of records."""
    total = sum(
        int.from_bytes(record_hash(entity, record, fields), "big")
        for (entity, record), fields in records.items())
    return sha256((total % 2**256).to_bytes(32, "big"))


def short(whole: bytes) -> str:
    """What people compare."""
    bits = int.from_bytes(whole[:5], "big")
    return "".join(LETTERS[bits >> shift & 31] for shift in range(35, -1, -5))
