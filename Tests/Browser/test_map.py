"""The resource map is drawn on with mouse, fingers and keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import open_demo, tab_to, wait_until_saved
from sheet import (
    EMPTY, PLACE, draw, near, newest, open_map, own, press_at, records, row, show_map,
    sign, tool,
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


def test_each_kind_is_drawn_with_the_mouse(page: Page, desk: Desk) -> None:
    before = len(records(desk))
    sign(page, "service")
    press_at(page, (200, 200))
    wait_until_saved(page)
    one = newest(desk)
    assert one["category"] == "service" and one["geometry"]["type"] == "Point"
    assert near(one["geometry"]["coordinates"], [200, 200])
    sign(page, "water")
    tool(page, "line")
    press_at(page, (300, 100), (400, 150), (500, 100))
    page.locator("#map-finish").click()
    wait_until_saved(page)
    expect(page.locator("#map-finish")).to_be_hidden()
    assert newest(desk)["geometry"]["type"] == "LineString"
    assert len(newest(desk)["geometry"]["coordinates"]) == 3
    sign(page, "pasture")
    tool(page, "area")
    press_at(page, (600, 300), (800, 300), (800, 500), (600, 300))
    wait_until_saved(page)
    ring = newest(desk)["geometry"]["coordinates"][0]
    assert newest(desk)["category"] == "pasture" and len(ring) == 4 and ring[0] == ring[-1]
    sign(page, "infrastructure")
    tool(page, "stroke")
    draw(page, (100, 500), (200, 520), (300, 480), (400, 560))
    wait_until_saved(page)
    stroke = newest(desk)["geometry"]
    assert stroke["type"] == "LineString" and 3 <= len(stroke["coordinates"]) < 12, stroke
    draw(page, (700, 560), (800, 580), (780, 660), (700, 640), (700, 562))
    wait_until_saved(page)
    assert newest(desk)["geometry"]["type"] == "Polygon"
    expect(page.locator("#map-list-count")).to_have_text(str(before + 5))
    page.reload()
    show_map(page, before + 5)


def test_a_thing_is_edited_moved_reshaped_and_deleted(page: Page, desk: Desk) -> None:
    sign(page, "service")
    press_at(page, (150, 400))
    page.locator("#map-name").fill("Жаңы мектеп")
    page.locator("#map-condition").select_option("needsRepair")
    page.locator("#map-users").select_option("children")
    page.locator("#map-panel").get_by_text(text("fields.mapFeature.wished")).click()
    page.locator("#map-note").fill("Чатыры")
    page.locator("#map-note").press("Tab")
    wait_until_saved(page)
    made = newest(desk)
    assert {key: made.get(key) for key in ("name", "condition", "usedBy", "wished", "note")} == {
        "name": "Жаңы мектеп", "condition": "needsRepair", "usedBy": "children", "wished": True,
        "note": "Чатыры"}
    tool(page, "hand")
    draw(page, (150, 400), (250, 420))
    wait_until_saved(page)
    assert near(newest(desk)["geometry"]["coordinates"], [250, 420])
    sign(page, "water")
    tool(page, "line")
    press_at(page, (850, 100), (900, 200), (950, 100))
    page.locator("#map-finish").click()
    wait_until_saved(page)
    tool(page, "hand")
    # A corner is dragged, then the middle of a piece becomes a corner.
    draw(page, (900, 200), (900, 300))
    draw(page, (925, 200), (980, 240))
    wait_until_saved(page)
    line = newest(desk)["geometry"]["coordinates"]
    assert len(line) == 4 and near(line[1], [900, 300]) and near(line[2], [980, 240]), line
    count = len(records(desk))
    page.locator("#map-remove").click()
    wait_until_saved(page)
    assert len(records(desk)) == count - 1
    expect(page.locator("#map-panel")).to_be_hidden()


def test_undo_and_redo_say_what_they_did(page: Page, desk: Desk) -> None:
    said = page.locator("#map-said")
    before = len(records(desk))
    expect(page.locator("#map-undo")).to_be_disabled()
    sign(page, "forest")
    press_at(page, (450, 620))
    page.locator("#map-name").fill("Тал токой")
    page.locator("#map-name").press("Tab")
    page.locator("#map-condition").select_option("old")
    page.locator("[data-move=right]").click()
    page.locator("#map-remove").click()
    expect(row(page, "Тал токой")).to_have_count(0)
    undo, redo = page.locator("#map-undo"), page.locator("#map-redo")
    for act in ("remove", "geometry"):
        undo.click()
        done = text("map.said.undone", act=text(f"map.act.{act}"), name="Тал токой")
        expect(said).to_have_text(done)
    undo.click()
    expect(said).to_contain_text(text("fields.mapFeature.condition").lower())
    wait_until_saved(page)
    kept = newest(desk)
    assert "condition" not in kept and near(kept["geometry"]["coordinates"], [450, 620])
    redo.click()
    wait_until_saved(page)
    assert newest(desk)["condition"] == "old"
    # Somebody else changed it since: what he did stays.
    desk.context.request.patch(
        f"/api/v1/records/mapFeature/{kept['id']}", data={"condition": "collapsing"},
        headers=own(desk))
    expect(row(page, "Тал токой")).to_contain_text(text("choices.mapFeature.condition.collapsing"))
    undo.click()
    expect(said).to_have_text(text("map.said.overtaken", name="Тал токой"))
    undo.click()
    undo.click()
    expect(undo).to_be_disabled()
    wait_until_saved(page)
    assert len(records(desk)) == before
    for _ in range(2):
        redo.click()
    expect(row(page, "Тал токой")).to_have_count(1)
    wait_until_saved(page)
    assert newest(desk)["name"] == "Тал токой" and newest(desk)["condition"] == "collapsing"


def test_all_of_it_by_keyboard(page: Page, desk: Desk) -> None:
    keys = page.keyboard
    sheet = page.locator("#map")
    tab_to(page, page.locator("[data-tool=line]"))
    keys.press("Enter")
    tab_to(page, page.locator("button[data-category=agroZone]"))
    keys.press("Enter")
    tab_to(page, sheet)
    expect(page.locator("#map-place")).to_have_text("500 : 350")
    keys.press("Enter")
    keys.press("Shift+ArrowRight")
    keys.press("ArrowDown")
    expect(page.locator("#map-place")).to_have_text("550 : 360")
    keys.press("Enter")
    keys.press("Shift+ArrowUp")
    keys.press("Enter")
    keys.press("Enter")
    wait_until_saved(page)
    line = newest(desk)
    assert line["category"] == "agroZone"
    assert line["geometry"]["coordinates"] == [[500, 350], [550, 360], [550, 310]]
    # Corner by corner: the first, the second, and that one away.
    keys.press("v")
    keys.press("ArrowLeft")
    expect(page.locator("#map-said")).to_contain_text("1")
    keys.press("v")
    keys.press("Delete")
    wait_until_saved(page)
    assert newest(desk)["geometry"]["coordinates"] == [[495, 350], [550, 310]]
    tab_to(page, page.locator("[data-tool=area]"), "Shift+Tab")
    keys.press("Enter")
    tab_to(page, sheet)
    for step in ("Shift+ArrowLeft", "Shift+ArrowDown", "Shift+ArrowRight"):
        keys.press("Enter")
        keys.press(step)
    keys.press("Escape")
    wait_until_saved(page)
    assert newest(desk)["geometry"]["type"] == "Polygon"
    # What is not enough for an area is given up.
    keys.press("Enter")
    keys.press("Escape")
    expect(page.locator("#map-said")).to_have_text(text("map.said.givenUp"))
    # A point at a stated place, then chosen from the list, moved and deleted.
    tool(page, "point")
    page.locator("#map-x").fill("120")
    page.locator("#map-y").fill("640")
    page.locator("#map-y").press("Enter")
    wait_until_saved(page)
    point = newest(desk)
    assert point["geometry"]["coordinates"] == [120, 640]
    rows = page.locator("#map-list button")
    tab_to(page, rows.first)
    keys.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(page.locator("#map-panel-title")).to_be_focused()
    tab_to(page, page.locator("[data-move=left]"))
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    wait_until_saved(page)
    assert newest(desk)["geometry"]["coordinates"] == [120, 630]
    tab_to(page, page.locator("#map-remove"))
    keys.press("Enter")
    expect(sheet).to_be_focused()
    wait_until_saved(page)
    assert point["id"] not in [one["id"] for one in records(desk)]


def test_fingers_draw_and_a_second_one_gives_up(page: Page, desk: Desk) -> None:
    before = len(records(desk))
    sign(page, "water")
    tool(page, "stroke")
    devtools = desk.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        at = [page.evaluate(PLACE, place) for place in places]
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(at)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (100, 100))
    for step in range(1, 9):
        touch("touchMove", (100 + 40 * step, 100 + 10 * (step % 3)))
    touch("touchEnd")
    wait_until_saved(page)
    expect(page.locator("#map-list-count")).to_have_text(str(before + 1))
    assert newest(desk)["geometry"]["type"] == "LineString"
    touch("touchStart", (500, 600))
    touch("touchMove", (560, 600))
    touch("touchStart", (560, 600), (700, 600))
    touch("touchEnd")
    expect(page.locator("#map-said")).to_have_text(text("map.said.givenUp"))
    assert len(records(desk)) == before + 1


def test_what_cannot_be_saved_is_said(page: Page, desk: Desk) -> None:
    desk.watch.expect("status of 422")
    page.evaluate("document.getElementById('map-room').dataset.bytes = '60'")
    sign(page, "water")
    tool(page, "line")
    before = len(records(desk))
    press_at(page, (100, 600), (200, 610), (300, 620), (400, 600))
    page.locator("#map-finish").click()
    expect(page.locator("#map-said")).to_have_text(text("map.said.tooLarge"))
    assert len(records(desk)) == before
    press_at(page, (100, 600))
    page.locator("#map-finish").click()
    expect(page.locator("#map-said")).to_have_text(text("map.said.tooFewLine"))
