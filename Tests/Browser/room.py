"""What the tests of a meeting's pages share: records made by the page's own session, and looks."""

from pathlib import Path

from playwright.sync_api import Page

from looks import WIDTHS, check_fits, check_words, faults

CYCLE = "demo-2026"

SEND = """async ([method, path, fields]) => {
  const answer = await fetch(path, {
    method, headers: {"Content-Type": "application/json", "X-Ashar": "1"},
    body: fields && JSON.stringify(fields)});
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : await answer.json();
}"""


def make(page: Page, entity: str, **fields: object) -> None:
    """Makes a record as the person who is logged in."""
    page.evaluate(SEND, ["POST", f"/api/v1/records/{entity}", fields])


def change(page: Page, entity: str, name: str, **fields: object) -> None:
    """Changes a record, as another laptop would."""
    page.evaluate(SEND, ["PATCH", f"/api/v1/records/{entity}/{name}", fields])


def records(page: Page, entity: str, **filters: str) -> list[dict]:
    """The records of a kind that hold these values."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    path = f"/api/v1/records/{entity}?limit=500&{query}"
    return page.evaluate(SEND, ["GET", path, None])["records"]


def look(page: Page, name: str, screenshots: Path) -> None:
    """The page at three widths: it fits, says nothing wrong, and can be read by all."""
    before = page.viewport_size
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
        check_fits(page)
        check_words(page)
        found = faults(page)
        assert not found, f"{name} at {width}: " + "\n".join(found)
    if before:
        page.set_viewport_size(before)
