"""Cables are pulled and put back at random while people type on all laptops; laptops are cut off
from power in the middle of an exchange. Nothing that was acknowledged is lost."""

import random
import time

import pytest
from community import agree, bring_in, eventually, unite
from conftest import CABLE_SECONDS, IS_LONG, SEED, Lab
from laptop import Laptop
from ledger import Ledger, Writer

SHARED = 40
WRITING_PAUSE = 0.25
FEWEST_PULLS = 10
KILLS, MUCH = 6 if IS_LONG else 4, 8000


@pytest.fixture(scope="module")
def three(lab: Lab) -> list[Laptop]:
    """Three laptops of one community that hold the same."""
    laptops = [lab.laptop().start() for _ in range(3)]
    bring_in(laptops[0], SEED)
    unite(laptops)
    agree(*laptops)
    return laptops


@pytest.fixture(scope="module")
def shared(three: list[Laptop]) -> list[dict[str, str]]:
    """The few stickers that everybody has from the beginning, and changes."""
    records = three[0].get("/api/v1/records/sticker?limit=500")["records"]
    return sorted(records, key=lambda record: record["id"])[:SHARED]


def begin_writing(
    three: list[Laptop], shared: list[dict[str, str]], ledger: Ledger, chance: random.Random,
) -> list[Writer]:
    """Somebody begins to type at each laptop: all change the same stickers, and make new ones."""
    ids, event = [record["id"] for record in shared], shared[0]["event"]
    people = [Writer(ledger, laptop, ids, event, chance, WRITING_PAUSE) for laptop in three]
    for person in people:
        person.start()
    return people


def test_pulled_cables(
    three: list[Laptop], shared: list[dict[str, str]], chance: random.Random,
) -> None:
    ledger = Ledger()
    people = begin_writing(three, shared, ledger, chance)
    end = time.monotonic() + CABLE_SECONDS
    out: set[int] = set()
    pulls = 0
    while time.monotonic() < end or pulls < FEWEST_PULLS:
        # Short and long ones: the middle of a handshake, the middle of an exchange, a walk away.
        time.sleep(chance.choice([0.05, 0.3, 1, 3]) * chance.uniform(0.5, 1.5))
        number = chance.randrange(len(three))
        three[number].host.join() if number in out else three[number].host.cut()
        pulls += number not in out
        out ^= {number}
    for number in out:
        three[number].host.join()
    for person in people:
        person.end()
    seconds = agree(*three)
    print(f"{pulls} pulled cables in {CABLE_SECONDS:.0f} s; agreed {seconds:.1f} s after the last")
    print(ledger.check(three))


def entries(laptop: Laptop) -> int:
    """How many entries its logs have."""
    return laptop.get("/api/v1/status")["storage"]["entries"]


def test_power_cuts_in_the_middle_of_an_exchange(
    three: list[Laptop], shared: list[dict[str, str]], chance: random.Random,
) -> None:
    """Either side dies while one has much to tell, at any moment from the first sign of the cable
    on, or when the first frames have come."""
    ledger = Ledger()
    halfway = 0
    for laptop in three:
        laptop.host.slow_down("4mbit")
    for number in range(KILLS):
        one, other = chance.sample(three, 2)
        one.host.cut()
        before = entries(other)
        bring_in(one, SEED + 100 + number, count=MUCH)
        people = begin_writing(three, shared, ledger, chance)
        one.host.join()
        if number % 2:
            time.sleep(chance.uniform(0.2, 4))
        else:
            eventually("something comes", lambda: entries(other) > before + MUCH // 20)
        victim = chance.choice([one, other])
        victim.kill()
        for person in people:
            person.end()
        victim.start()
        halfway += before + MUCH // 20 < entries(other) < entries(one)
    seconds = agree(*three)
    print(f"{KILLS} power cuts, {halfway} of them when some frames had come and others had not; "
          f"agreed {seconds:.1f} s after the last")
    print(ledger.check(three))
    for laptop in three:
        assert "damaged" not in laptop.command("verify").lower()
