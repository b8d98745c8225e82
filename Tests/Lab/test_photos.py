"""Photographs follow the records to the other laptop, also when the cable is pulled meanwhile."""

import random
import struct
import time
import zlib

import pytest
from community import agree, call_meeting, eventually, unite
from conftest import Lab
from laptop import Laptop

EVENT = "photo-session"
# Noise does not compress: each photograph is of a megabyte and more, which are several pieces.
WIDTH, HEIGHT = 1500, 1100
PULLS = 6


@pytest.fixture(scope="module")
def two(lab: Lab) -> list[Laptop]:
    """Two laptops of one community with one meeting."""
    laptops = unite([lab.laptop().start() for _ in range(2)])
    call_meeting(laptops[0], EVENT, "assembly")
    agree(*laptops)
    return laptops


def noise(chance: random.Random) -> bytes:
    """A picture that nothing can make small."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    rows = b"".join(b"\0" + chance.randbytes(3 * WIDTH) for _ in range(HEIGHT))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b""))


def photograph(laptop: Laptop, chance: random.Random) -> str:
    """Takes a photograph of the meeting; returns the attachment's id."""
    before = albums(laptop)
    status, answer = laptop.send(
        "POST", f"/api/v1/photos?owner={EVENT}", noise(chance), "image/png")
    assert status == 201, answer
    return (albums(laptop) - before).pop()


def albums(laptop: Laptop) -> set[str]:
    """The photographs that it knows of."""
    records = laptop.get(f"/api/v1/records/attachment?owner={EVENT}&limit=500")["records"]
    return {record["id"] for record in records}


def bytes_of(laptop: Laptop, photo: str) -> bytes | None:
    """A photograph's bytes; None where they are not here yet."""
    status, data = laptop.send("GET", f"/api/v1/photos/{photo}")
    return data if status == 200 else None


def arrives(laptop: Laptop, photo: str, bytes_there: bytes) -> None:
    """Waits until a photograph is here, byte for byte."""
    eventually("the photograph comes", lambda: bytes_of(laptop, photo) == bytes_there)


def test_each_gets_what_the_other_took(two: list[Laptop], chance: random.Random) -> None:
    taken = [(one, photograph(one, chance)) for one in two]
    agree(*two)
    for (taker, photo), other in zip(taken, reversed(two), strict=True):
        here = bytes_of(taker, photo)
        assert here and len(here) > 500_000
        arrives(other, photo, here)


def test_a_pulled_cable_only_delays_them(two: list[Laptop], chance: random.Random) -> None:
    two[0].host.cut()
    photos = [photograph(two[0], chance) for _ in range(3)]
    for _ in range(PULLS):
        two[0].host.join()
        time.sleep(chance.uniform(0.2, 1.5))
        two[0].host.cut()
        time.sleep(0.3)
    two[0].host.join()
    agree(*two)
    for photo in photos:
        here = bytes_of(two[0], photo)
        assert here
        arrives(two[1], photo, here)
