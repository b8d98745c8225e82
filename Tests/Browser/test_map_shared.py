"""The resource map in two windows, through a power cut, and with ten thousand things on it."""

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import log_in_to_demo, open_demo, wait_until_saved
from sheet import (
    DRAWN, EMPTY, PLACE, newest, open_map, press_at, records, row, show_map, sign, tool,
)
from texts import text


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return open_demo(start, desks, has_touch=True)


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    page = open_map(desk, EMPTY)
    yield page
    page.close()


def test_what_another_window_draws_comes_and_disturbs_nobody(
    page: Page, desk: Desk, desks: Desks,
) -> None:
    other = open_map(desks.open_beside(desk), EMPTY)
    sign(page, "infrastructure")
    tool(page, "line")
    press_at(page, (100, 300), (300, 350))
    sign(other, "shop")
    press_at(other, (640, 120))
    other.locator("#map-name").fill("Көчмө дүкөн")
    other.locator("#map-name").press("Tab")
    expect(row(page, "Көчмө дүкөн")).to_have_count(1)
    # The line that was being drawn goes on.
    expect(page.locator("#map-finish")).to_be_visible()
    press_at(page, (500, 300), (500, 300))
    wait_until_saved(page)
    assert len(newest(desk)["geometry"]["coordinates"]) == 3
    page.locator("#map-name").fill("Эки терезенин жолу")
    page.locator("#map-name").press("Tab")
    expect(row(other, "Эки терезенин жолу")).to_have_count(1)
    # What one deletes goes away from the other, with a word.
    row(page, "Көчмө дүкөн").click()
    expect(page.locator("#map-name")).to_have_value("Көчмө дүкөн")
    other.locator("#map-remove").click()
    expect(page.locator("#map-panel")).to_be_hidden()
    expect(page.locator("#map-said")).to_have_text(
        text("map.said.elsewhere", name="Көчмө дүкөн"))
    other.close()


def test_a_power_cut_loses_nothing(start: Callable, desks: Desks) -> None:
    program = start("demo")
    desk = desks.open(program)
    page = desk.window("/login")
    log_in_to_demo(page)
    page.goto(f"/events/{EMPTY}/map")
    show_map(page, 0)
    desk.watch.expect_power_cut()
    program.kill()
    sign(page, "water")
    press_at(page, (300, 300))
    page.locator("#map-name").fill("Кудук")
    page.locator("#map-name").press("Tab")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "kept")
    program.start()
    expect(page.locator("#save-state")).to_have_attribute(
        "data-state", re.compile("saved|signedOut"), timeout=30_000)
    login = desk.window("/login")
    log_in_to_demo(login)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    wait_until_saved(page)
    [well] = records(desk)
    assert well["name"] == "Кудук"


def stored(desk: Desk) -> int:
    """How many things of the empty map the program holds."""
    count, after = 0, ""
    while True:
        query = f"event={EMPTY}&limit=500{after}"
        answer = desk.context.request.get(f"/api/v1/records/mapFeature?{query}").json()
        count += len(answer["records"])
        if not answer.get("next"):
            return count
        after = f"&cursor={answer['next']}"


def test_ten_thousand_things_and_not_one_more(
    start: Callable, desks: Desks, tmp_path: Path, screenshots: Path,
) -> None:
    chance = random.Random(3)
    things = tmp_path / "things.jsonl"
    things.write_text("".join(json.dumps({
        "entity": "mapFeature", "id": f"many-{number}", "event": EMPTY, "name": f"№ {number}",
        "category": chance.choice(["water", "forest", "service", "pasture"]),
        "geometry": {"type": "Point", "coordinates": [
            round(chance.uniform(0, 1000), 1), round(chance.uniform(0, 700), 1)]},
    }) + "\n" for number in range(10_000)), encoding="utf-8")
    desk = open_demo(start, desks, has_touch=True)
    desk.program.run("import", str(things))
    page = desk.window("/login")
    begun = monotonic()
    page.goto(f"/events/{EMPTY}/map")
    show_map(page, 10_000)
    print(f"10,000 things are on the page after {monotonic() - begun:.1f} s")
    sign(page, "water")
    press_at(page, (500, 350))
    expect(page.locator("#map-said")).to_have_text(text("map.more"))
    assert stored(desk) == 10_000
    tool(page, "hand")
    page.screenshot(path=screenshots / "map-many-1366.png")
    page.locator("#map-search").fill("№ 9999")
    expect(page.locator("#map-list-count")).to_have_text("1")
    row(page, "№ 9999").click()
    expect(page.locator("#map-panel-title")).to_have_text("№ 9999")
    cost = page.evaluate("""() => {
      const { canvas } = document.getElementById("map-room");
      const start = performance.now();
      for (let time = 0; time < 3; time += 1) canvas.draw();
      return (performance.now() - start) / 3;
    }""")
    print(f"10,000 things are drawn in {cost:.0f} ms")
    # One of them is renamed and deleted like any other.
    page.locator("#map-name").fill("Көлмө")
    page.locator("#map-name").press("Tab")
    page.locator("#map-search").fill("Көлмө")
    expect(page.locator("#map-list-count")).to_have_text("1")
    page.locator("#map-remove").click()
    wait_until_saved(page)
    assert stored(desk) == 9_999
    begun = monotonic()
    picture = desk.context.request.get(f"/api/v1/events/{EMPTY}/map.svg")
    assert picture.status == 200 and picture.text().startswith("<svg")
    print(f"their picture comes in {monotonic() - begun:.1f} s")


def test_who_may_only_look_sees_the_map_and_changes_nothing(desk: Desk, desks: Desks) -> None:
    passphrase = "тоо суу жол таш"
    desk.program.add_account("korgon", "viewer", passphrase)
    looker = desks.open(desk.program)
    page = looker.window("/login")
    looker.log_in(page, "korgon", passphrase)
    page.goto(f"/events/{DRAWN}/map")
    show_map(page)
    row(page, "Орто мектеп").click()
    facts = page.locator("#map-facts")
    expect(facts).to_contain_text(text("choices.mapFeature.condition.needsRepair"))
    expect(page.locator("[data-tool], #map-form, #map-exact, #save-state")).to_have_count(0)
    held = records(desk, DRAWN)
    at = page.evaluate(PLACE, (150, 285))
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 60, at[1] + 60, steps=5)
    page.mouse.up()
    page.locator("#map").press("Delete")
    assert records(desk, DRAWN) == held
