"""The projector's window: what the room is doing, read from the last row, and nothing of any person."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desks
from hall import HallWire, hall_address, open_hall
from hands import log_in_to_demo
from looks import check_fits, check_words, faults
from program import Program
from texts import text
from wire import Wire

PASSPHRASE = "жети тоо ашып келген"
EVENT = "demo-s4"
SIZES = {1366: 768, 1920: 1080}
NAME, PHONE = "Жаңылсынова Бегимай", "0555 731 862"


@pytest.fixture(scope="module")
def program(start: Callable) -> Program:
    return start("demo")


@pytest.fixture(scope="module")
def api(program: Program) -> Wire:
    token = program.add_account("aigul", "admin", PASSPHRASE)
    return Wire(program, {"Authorization": f"Bearer {token}"})


@pytest.fixture(scope="module")
def desk_page(program: Program, desks: Desks) -> Page:
    """The facilitator's gallery."""
    desk = desks.open(program)
    desk.watch.expect("left the laptop: " + re.escape(hall_address(program)))
    page = desk.window(f"/events/{EVENT}/gallery")
    if "/login" in page.url:
        log_in_to_demo(page)
    return page


@pytest.fixture(scope="module")
def screen(program: Program, desks: Desks) -> Page:
    """The projector."""
    return open_hall(desks, program, viewport={"width": 1366, "height": 768}).window("/room")


def moment(minutes_ago: int) -> str:
    """A moment as records hold it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60 * minutes_ago))


def picture(page: Page, name: str, folder: Path) -> None:
    """Looks at the page in both sizes of a projector."""
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
        check_words(page)
        found = faults(page)
        assert not found, "\n".join(found)
        small = page.evaluate("""() => {
          const least = innerHeight / 30 - 0.5;
          const isSmall = (one) => one.getClientRects().length > 0 && !one.closest(".visually-hidden")
            && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "")
            && parseFloat(getComputedStyle(one).fontSize) < least;
          return [...document.body.querySelectorAll("*")].filter(isSmall).map((one) => one.outerHTML);
        }""")
        assert not small, small
        hidden = page.evaluate("""() => [...document.querySelectorAll("#stage *")].filter((one) => {
          const box = one.getBoundingClientRect();
          const foot = document.getElementById("screen-foot").getBoundingClientRect().top;
          return box.height > 0 && box.bottom > foot + 1;
        }).map((one) => one.className)""")
        assert not hidden, hidden
        page.screenshot(path=folder / f"room-{name}-{width}.png")
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_facilitator_puts_the_meeting_on_the_screen(
    desk_page: Page, screen: Page, screenshots: Path,
) -> None:
    expect(screen.get_by_role("heading", name=text("hall.screen.idle"))).to_be_visible()
    with desk_page.expect_popup() as opened:
        desk_page.get_by_role("button", name=text("phones.screen.show")).click()
    opened.value.close()
    expect(desk_page.get_by_role("link", name=text("phones.screen.open"))).to_be_visible()
    # The demo's columns, live; no name of anybody.
    expect(screen.locator(".screen-columns li").first).to_contain_text("Клубдун чатырынан")
    picture(screen, "columns", screenshots)


def test_columns_grow_while_people_sort(api: Wire, screen: Page) -> None:
    votes = screen.locator(".screen-columns li").first.locator(".votes")
    before = int(re.sub(r"\D", "", votes.inner_text()))
    api.make("sticker", event=EVENT, problem="demo-s4-club", text="Клубда муздак")
    expect(votes).to_contain_text(str(before + 1))


def test_the_item_that_goes_on_has_its_time(api: Wire, screen: Page, screenshots: Path) -> None:
    item = api.make(
        "agendaItem", event=EVENT, position=900, title="Көйгөйлөр галереясы", minutes=20,
        method="gallery", begunAt=moment(12))
    expect(screen.get_by_role("heading", name="Көйгөйлөр галереясы")).to_be_visible()
    expect(screen.locator(".screen-times")).to_contain_text(
        text("hall.screen.planned", minutes=20))
    expect(screen.locator("[data-running-text]")).to_have_text(
        text("hall.screen.running", minutes=12))
    picture(screen, "item", screenshots)
    answer = api.send(
        "PATCH", f"/api/v1/records/agendaItem/{item}", {"begunAt": moment(31)})
    assert answer.status == 200, answer.text
    expect(screen.get_by_text(text("hall.screen.late"))).to_be_visible()
    answer = api.send(
        "PATCH", f"/api/v1/records/agendaItem/{item}",
        {"method": "brainstorm", "title": "Эс алуу"})
    assert answer.status == 200, answer.text
    expect(screen.locator(".screen-columns")).to_have_count(0)
    expect(screen.locator(".screen-lines li").first).to_be_visible()
    picture(screen, "programme", screenshots)
    api.send("PATCH", f"/api/v1/records/agendaItem/{item}", {"endedAt": moment(0)})
    expect(screen.locator(".screen-columns li").first).to_be_visible()


def test_nobody_s_name_or_number_comes_to_the_hall(
    api: Wire, program: Program, screen: Page,
) -> None:
    person = api.make("person", fullName=NAME, sex="female", age=41, contact=PHONE)
    api.make("attendance", event=EVENT, person=person, role="participant")
    # What anyone may read was written with somebody's name in it: it stays unseen (R15).
    api.make("problem", event=EVENT, title=f"{NAME} суусуз калды", votesByHand=40)
    api.make("problem", event=EVENT, title=f"Чалгыла: {PHONE}", votesByHand=39)
    expect(screen.get_by_text(text("hall.screen.hidden"))).to_have_count(2)
    wire = HallWire(program)
    for path in ("/", "/room", "/seat", "/j/12345", "/nothing", "/room/pictures/x.svg"):
        said = wire.get(path).text
        for secret in (NAME, "Жаңылсынова", "Бегимай", PHONE, "731"):
            assert secret not in said, path
    public = program.data / "public.db"
    kept = public.read_bytes() + public.with_name("public.db-wal").read_bytes()
    for secret in ("Жаңылсынова", "Бегимай", PHONE):
        assert secret.encode() not in kept


def test_the_hall_has_nothing_of_the_desk(program: Program) -> None:
    wire = HallWire(program)
    for path in ("/login", "/records", "/api/v1/status", "/events/demo-s4/gallery", "/static/api.js",
                 "/static/../Templates/layout.mustache", "/room/pictures/../store.db"):
        answer = wire.get(path)
        assert answer.status == 404, path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not answer.headers.get_all("Set-Cookie")


def test_a_screen_that_hears_nothing_says_since_when(
    program: Program, desks: Desks, screen: Page,
) -> None:
    for desk in desks.all:
        desk.watch.expect_power_cut()
    shown = screen.locator(".screen-columns li").count()
    program.kill()
    lost = screen.locator("#screen-lost")
    expect(lost).to_be_visible()
    expect(lost).to_have_text(re.compile(r"\d\d:\d\d"))
    expect(screen.locator(".screen-columns li")).to_have_count(shown)
    program.start()
    expect(lost).to_be_hidden()
    assert hall_address(program) in screen.url
