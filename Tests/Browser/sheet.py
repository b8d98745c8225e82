"""The resource map under hands: places of its sheet, what is drawn there and what the program holds."""

import re

from playwright.sync_api import Locator, Page, expect

from conftest import Desk

# The demo's planned session, where nobody has drawn yet, and one with a map.
EMPTY, DRAWN = "demo-s5", "demo-s1"
PLACE = """([x, y]) => {
  const at = document.getElementById("map-room").map.latLngToContainerPoint([-y, x]);
  const box = document.getElementById("map").getBoundingClientRect();
  return [box.left + at.x, box.top + at.y];
}"""


def open_map(desk: Desk, event: str, count: int | None = None) -> Page:
    """A window with the map, its things come and the sheet in sight."""
    page = desk.window(f"/events/{event}/map")
    return show_map(page, count)


def show_map(page: Page, count: int | None = None) -> Page:
    shown = str(count) if count is not None else re.compile(r"\d")
    expect(page.locator("#map-list-count")).to_have_text(shown)
    page.locator(".map-tools").evaluate("element => element.scrollIntoView()")
    return page


def records(desk: Desk, event: str = EMPTY) -> list[dict]:
    """What the program holds."""
    answer = desk.context.request.get(f"/api/v1/records/mapFeature?event={event}&limit=500")
    return answer.json()["records"]


def own(desk: Desk) -> dict[str, str]:
    """What the program's own pages send along."""
    return {"X-Ashar": "1", "Origin": desk.program.address}


def newest(desk: Desk) -> dict:
    return max(records(desk), key=lambda one: one["id"])


def press_at(page: Page, *places: tuple[float, float]) -> None:
    """Presses the mouse at places of the sheet, in map units."""
    for place in places:
        page.mouse.click(*page.evaluate(PLACE, place))


def draw(page: Page, *places: tuple[float, float]) -> None:
    """Drags the mouse along places of the sheet."""
    first, *rest = [page.evaluate(PLACE, place) for place in places]
    page.mouse.move(*first)
    page.mouse.down()
    for place in rest:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def tool(page: Page, name: str) -> None:
    page.locator(f"[data-tool={name}]").click()


def sign(page: Page, category: str) -> None:
    page.locator(f"button[data-category={category}]").click()


def row(page: Page, name: str) -> Locator:
    """A thing in the list beside the map."""
    return page.locator("#map-list button").filter(has_text=name)


def near(found: list, wanted: list, reach: float = 4) -> bool:
    return all(abs(one - other) <= reach for one, other in zip(found, wanted, strict=True))
