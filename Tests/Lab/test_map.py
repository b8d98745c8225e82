"""Two laptops draw one resource map at the same time: both end with the same things."""

import json
import random
import threading
from typing import Any

import pytest
from community import agree, call_meeting, eventually, unite
from conftest import Lab
from laptop import Laptop

EVENT = "map-session"
THINGS = 40
CATEGORIES = ["water", "forest", "service", "infrastructure", "pasture"]


@pytest.fixture(scope="module")
def two(lab: Lab) -> list[Laptop]:
    """Two laptops of one community with one session."""
    laptops = unite([lab.laptop().start() for _ in range(2)])
    call_meeting(laptops[0], EVENT, "session")
    agree(*laptops)
    return laptops


def shape(chance: random.Random) -> dict[str, Any]:
    """A point, a line or an area somewhere on the sheet."""
    points = [
        [round(chance.uniform(0, 1000), 1), round(chance.uniform(0, 700), 1)] for _ in range(3)]
    return chance.choice([
        {"type": "Point", "coordinates": points[0]},
        {"type": "LineString", "coordinates": points},
        {"type": "Polygon", "coordinates": [[*points, points[0]]]},
    ])


def draw(laptop: Laptop, name: str, seed: int) -> None:
    """What one facilitator does in a minute: draws, moves, names, deletes a little."""
    chance = random.Random(seed)
    own: list[str] = []
    for number in range(THINGS):
        own.append(laptop.make(
            "mapFeature", id=f"{name}-{number}", event=EVENT, name=f"{name} {number}",
            category=chance.choice(CATEGORIES), geometry=shape(chance)))
        thing = chance.choice(own)
        if chance.random() < 0.15 and len(own) > 5:
            own.remove(thing)
            status, answer = laptop.ask("DELETE", f"/api/v1/records/mapFeature/{thing}")
            assert status == 204, answer
        elif chance.random() < 0.5:
            laptop.change("mapFeature", thing, geometry=shape(chance))


def things(laptop: Laptop) -> dict[str, dict[str, Any]]:
    """The map as its page gets it."""
    answer = laptop.get(f"/api/v1/events/{EVENT}/map/features")
    assert answer["more"] is False
    return {one["id"]: one for one in answer["features"]}


def test_two_laptops_draw_one_map_at_once(two: list[Laptop], chance: random.Random) -> None:
    failures: list[BaseException] = []

    def work(laptop: Laptop, name: str, seed: int) -> None:
        try:
            draw(laptop, name, seed)
        except BaseException as error:  # told by the test's own thread
            failures.append(error)

    hands = [
        threading.Thread(target=work, args=(laptop, name, chance.randrange(1 << 30)))
        for laptop, name in zip(two, ("north", "east"), strict=True)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(120)
        assert not hand.is_alive(), "a hand did not come to its end"
    assert not failures, failures
    agree(*two)
    seen = [things(laptop) for laptop in two]
    assert seen[0] == seen[1]
    assert len(seen[0]) > THINGS, "both drew"
    assert list(seen[0]) == list(seen[1]), "what was drawn later lies above on both"
    names = {thing["name"].split()[0] for thing in seen[0].values()}
    assert names == {"north", "east"}


def test_one_thing_changed_on_both_apart(two: list[Laptop]) -> None:
    one, other = two
    for name in ("both-fields", "same-field"):
        one.make(
            "mapFeature", id=name, event=EVENT, category="service",
            geometry={"type": "Point", "coordinates": [10, 10]}, name="Мектеп")
    agree(*two)
    one.host.cut()
    try:
        one.change(
            "mapFeature", "both-fields", geometry={"type": "Point", "coordinates": [20, 30]})
        other.change("mapFeature", "both-fields", condition="needsRepair")
        one.change("mapFeature", "same-field", name="Орто мектеп")
        other.change("mapFeature", "same-field", name="Башталгыч мектеп")
    finally:
        one.host.join()
    agree(*two)
    for laptop in two:
        thing = things(laptop)["both-fields"]
        assert json.loads(thing["geometry"])["coordinates"] == [20, 30]
        assert thing["condition"] == "needsRepair"

    def conflicts(laptop: Laptop) -> list[dict[str, Any]]:
        return laptop.get("/api/v1/conflicts")["conflicts"]

    for laptop in two:
        eventually("the conflict is seen", lambda: len(conflicts(laptop)) == 1)
        [conflict] = conflicts(laptop)
        assert (conflict["entity"], conflict["field"]) == ("mapFeature", "name"), conflict
    assert len({things(laptop)["same-field"]["name"] for laptop in two}) == 1
