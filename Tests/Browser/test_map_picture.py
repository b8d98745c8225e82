"""The resource map to look at: filters, other maps, the paper map below, paper and file."""

import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import open_demo, wait_until_saved
from looks import WIDTHS, check_fits, check_words, faults
from sheet import DRAWN, EMPTY, near, open_map, own, press_at, records, row, show_map
from texts import text

# Random sheets, seen at an angle, and back: the corners meet and lines stay lines.
STRAIGHTENED = """async (quads) => {
  const { homography, taken, isSheet, cssMatrix } = await import("/static/homography.js");
  const sheet = [[0, 0], [1000, 0], [1000, 700], [0, 700]];
  const far = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
  return quads.map((quad) => {
    const there = homography(quad, sheet);
    const back = homography(sheet, quad);
    const [a, b] = [taken(there, quad[0]), taken(there, quad[2])];
    const middle = taken(there, taken(back, [500, 350]));
    const css = new DOMMatrix(cssMatrix(there)).transformPoint(new DOMPoint(...quad[1]));
    const seen = [css.x / css.w, css.y / css.w];
    return [
      isSheet(quad), Math.max(...quad.map((one, at) => far(taken(there, one), sheet[at]))),
      far(middle, [500, 350]), far(seen, sheet[1]), isSheet([...quad].reverse()),
    ];
  });
}"""
SIMPLIFIED = """async (points) => {
  const { simplified, distanceToPiece } = await import("/static/map-shapes.js");
  const kept = simplified(points, 2);
  const stray = points.map((point) => Math.min(
    ...kept.slice(1).map((one, at) => distanceToPiece(point, kept[at], one))));
  return [kept.length, Math.max(...stray), kept[0], kept[kept.length - 1]];
}"""

@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return open_demo(start, desks, has_touch=True)


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    page = open_map(desk, EMPTY)
    yield page
    page.close()


def test_layers_filters_and_other_maps(desk: Desk) -> None:
    page = open_map(desk, DRAWN)
    count = page.locator("#map-list-count")
    everything = len(records(desk, DRAWN))
    expect(count).to_have_text(str(everything))
    wanted = {
        "women": lambda one: one.get("usedBy") == "women", "wished": lambda one: one.get("wished"),
        "repair": lambda one: one.get("condition") in ("needsRepair", "collapsing"),
    }
    for name, matches in wanted.items():
        page.locator("#map-filter").select_option(name)
        expect(count).to_have_text(str(sum(1 for one in records(desk, DRAWN) if matches(one))))
        assert f"show={name}" in (page.locator("#map-svg-link").get_attribute("href") or "")
    page.locator("#map-filter").select_option("")
    page.locator("[data-layer=infrastructure]").uncheck()
    left = [one for one in records(desk, DRAWN) if one["category"] != "infrastructure"]
    expect(count).to_have_text(str(len(left)))
    page.locator("[data-layer=infrastructure]").check()
    other = page.locator("[data-other=demo-s2]")
    other.check()
    expect(page.locator("#map-svg-link")).to_have_attribute("href", re.compile("with=demo-s2"))
    picture = desk.context.request.get(page.locator("#map-svg-link").get_attribute("href")).text()
    assert "Таштанды полигону" in picture and other.get_attribute("data-name")
    # Another meeting's things are not this one's: they are in no list and cannot be chosen.
    expect(count).to_have_text(str(everything))
    press_at(page, (620, 600))
    expect(row(page, "Таштанды полигону")).to_have_count(0)
    page.close()


def png(width: int, height: int) -> bytes:
    """A grey picture with a white sheet of paper, as bytes."""
    rows = []
    for y in range(height):
        line = bytearray()
        for x in range(width):
            line += b"\xff\xf8\xe8" if 40 < x < width - 60 and 30 < y < height - 50 else b"\x60\x60\x60"
        rows.append(b"\0" + bytes(line))
    data = zlib.compress(b"".join(rows))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(
            ">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_photograph_is_straightened_by_its_corners(page: Page, desk: Desk) -> None:
    photo = png(400, 300)
    desk.context.route(
        re.compile("/photos/paper-map$"),
        lambda route: route.fulfill(body=photo, content_type="image/png"))
    made = desk.context.request.post("/api/v1/records/attachment", headers=own(desk), data={
        "id": "paper-map", "owner": EMPTY, "name": "map.png", "mediaType": "image/png",
        "sha256": "0" * 64, "size": len(photo), "caption": "Кагаз карта"})
    assert made.status == 201, made.text()
    page.reload()
    show_map(page)
    page.locator("#map-photo").select_option(label="Кагаз карта")
    expect(page.locator("#map-underlay-tools")).to_be_visible()
    expect(page.locator(".map-photo")).to_be_visible()
    whole = page.locator(".map-photo").evaluate("element => element.style.transform")
    assert whole.startswith("matrix3d(")
    page.locator("#map-corners-button").click()
    stage = page.locator("#corner-stage").bounding_box()
    assert stage
    corner = page.locator("[data-corner='0']")
    box = corner.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.1, stage["y"] + stage["height"] * 0.1, steps=4)
    page.mouse.up()
    # The lower right one by keyboard.
    page.locator("[data-corner='2']").focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    # Corners that cross each other straighten nothing.
    third = page.locator("[data-corner='1']")
    third.focus()
    for _ in range(41):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#corner-error")).to_be_visible()
    expect(page.locator("#corner-done")).to_be_disabled()
    for _ in range(39):
        page.keyboard.press("Shift+ArrowRight")
    page.locator("#corner-done").click()
    wait_until_saved(page)
    held = desk.context.request.get(f"/api/v1/records/mapUnderlay?event={EMPTY}").json()["records"]
    [underlay] = held
    corners = underlay["corners"]["coordinates"]
    assert near(corners[0], [100, 100], 6) and corners[2] == [900, 1000], corners
    expect(page.locator(".map-photo")).not_to_have_attribute("style", re.compile(re.escape(whole)))
    # The paper's corner lies on the sheet's corner.
    seen = page.locator(".map-photo").evaluate("""(photo, [x, y]) => {
      const matrix = new DOMMatrix(photo.style.transform);
      const at = matrix.transformPoint(new DOMPoint(
        x * photo.naturalWidth / 1000, y * photo.naturalHeight / 1000));
      const corner = document.getElementById("map-room").map.latLngToLayerPoint([0, 0]);
      return [at.x / at.w - corner.x, at.y / at.w - corner.y];
    }""", corners[0])
    assert near(seen, [0, 0], 1.5), seen
    page.locator("#map-opacity").fill("30")
    wait_until_saved(page)
    expect(page.locator(".map-photo")).to_have_css("opacity", "0.3")
    page.locator("#map-photo").select_option("")
    expect(page.locator(".map-photo")).to_be_hidden()
    wait_until_saved(page)


def test_the_mathematics_of_the_map(page: Page) -> None:
    chance = random.Random(7)

    def corner(x: float, y: float) -> list[float]:
        return [x + chance.uniform(-300, 300), y + chance.uniform(-300, 300)]

    quads = [
        [corner(0, 0), corner(1600, 0), corner(1600, 1200), corner(0, 1200)] for _ in range(200)]
    for is_sheet, corners, middle, css, reversed_ in page.evaluate(STRAIGHTENED, quads):
        assert is_sheet and not reversed_
        assert corners < 1e-6 and middle < 1e-6 and css < 0.5, (corners, middle, css)
    points, at = [], [0.0, 0.0]
    for _ in range(3000):
        at = [at[0] + chance.uniform(0, 2), at[1] + chance.uniform(-2, 2)]
        points.append(at)
    count, stray, first, last = page.evaluate(SIMPLIFIED, points)
    assert count < 1000 and stray <= 2 and first == points[0] and last == points[-1]


def test_the_picture_is_saved_and_printed(desk: Desk, screenshots: Path) -> None:
    page = open_map(desk, DRAWN)
    with page.expect_download() as download:
        page.locator("#map-png-button").click()
    assert download.value.suggested_filename == text("map.picture.file") + ".png"
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (3360, 2376)
    page.evaluate("window.print = () => { window.printed = document.getElementById('map-print').naturalWidth; }")
    page.locator("#map-print-button").click()
    page.wait_for_function("window.printed === 1680")
    page.emulate_media(media="print")
    expect(page.locator("#map-print")).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator(".site-header")).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    (screenshots / "map-print.pdf").write_bytes(pdf)
    boxes = re.findall(rb"/MediaBox \[([\d. ]+)\]", pdf)
    assert len(boxes) == 1, "one sheet"
    assert near([float(one) for one in boxes[0].split()], [0, 0, 1190.5, 841.9], 2), boxes
    page.emulate_media(media="screen")
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_looks_well(width: int, desk: Desk, screenshots: Path) -> None:
    page = desk.window("/calendar")
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(f"/events/{DRAWN}/map")
    expect(page.locator("#map-list-count")).to_have_text(str(len(records(desk, DRAWN))))
    page.screenshot(path=screenshots / f"map-{width}.png")
    row(page, "Орто мектеп").click()
    expect(page.locator("#map-panel")).to_be_visible()
    page.screenshot(path=screenshots / f"map-chosen-{width}.png", full_page=True)
    check_fits(page)
    check_words(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert not faults(page), "\n".join(faults(page))
    page.close()


def test_without_scripts_there_is_the_picture_and_a_list(desk: Desk, desks: Desks) -> None:
    plain = desks.open(
        desk.program, storage_state=desk.context.storage_state(), java_script_enabled=False)
    page = plain.window(f"/events/{DRAWN}/map")
    expect(page.locator(".map-plain img")).to_be_visible()
    expect(page.locator(".map-plain").get_by_role("link", name=re.compile("Орто мектеп"))).to_be_visible()
    expect(page.locator("#map-room")).to_be_hidden()
    page.close()
