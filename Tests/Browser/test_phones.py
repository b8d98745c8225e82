"""Phones in the room: seats without names, one lent phone, a power cut, and results at the end."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hall import (HallWire, check_phone, code_of, enter, hall_address, open_hall, pass_on, send)
from hands import log_in_to_demo
from looks import WIDTHS, check_fits, check_words, faults
from program import Program
from texts import text
from wire import Wire

pytestmark = pytest.mark.steps

GALLERY = "/events/demo-s4/gallery"
PASSPHRASE = "жети тоо ашып келген"
ASKED = "Айылыңызда кандай көйгөй бар?"
MINE = ["Жазында жол жабылып калат", "көпүрө жок", "Суу үч күндө бир келет",
        "Кечинде көчө караңгы", "Балдар ойной турган жер бузулган"]
ATTACK = "<img src=x onerror=window.hacked=1> & \"жол\""


class Room:
    """What the steps hand on."""

    def __init__(self, desk: Desk, program: Program, token: str) -> None:
        self.desk = desk
        self.program = program
        self.token = token
        self.code = ""
        self.before = 0
        self.scripted: Desk
        self.plain: Desk

    def gallery(self) -> Page:
        """The facilitator's page."""
        page = self.desk.window(GALLERY)
        if "/login" in page.url:
            log_in_to_demo(page)
        return page

    def stickers(self) -> list[dict]:
        """The gallery's stickers as the API gives them."""
        wire = Wire(self.program, {"Authorization": f"Bearer {self.token}"})
        answer = wire.get("/api/v1/records/sticker?event=demo-s4&limit=500")
        assert answer.status == 200, answer.text
        return answer.json["records"]


@pytest.fixture(scope="module")
def room(start: Callable, desks: Desks) -> Room:
    program = start("demo")
    token = program.add_account("facilitator", "facilitator", PASSPHRASE)
    return Room(desks.open(program), program, token)


def turnout(page: Page, sent: int, expected: int) -> None:
    """The facilitator sees how many of how many."""
    expect(page.locator("#phones-turnout")).to_have_text(
        text("phones.turnout", sent=sent, expected=expected))


def test_the_facilitator_opens_a_round(room: Room, screenshots: Path) -> None:
    room.before = len(room.stickers())
    page = room.gallery()
    page.locator("#room-network").fill("Ashar-2026")
    page.locator("#room-network").press("Enter")
    expect(page.locator("#room-network")).to_have_value("Ashar-2026")
    page.locator("#round-question").fill(ASKED)
    page.locator("#round-expected").fill("3")
    page.get_by_role("button", name=text("phones.begin.open")).click()
    turnout(page, 0, 3)
    room.code = code_of(page)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
        page.locator("#phones").screenshot(path=screenshots / f"phones-desk-{width}.png")
    check_words(page)
    assert not faults(page)
    page.close()


def test_a_phone_with_scripts_sends_five(room: Room, desks: Desks, screenshots: Path) -> None:
    room.scripted = open_hall(desks, room.program)
    page = room.scripted.window(f"/j/{room.code}")
    expect(page.get_by_role("heading", name=ASKED)).to_be_visible()
    check_phone(page)
    page.screenshot(path=screenshots / "phone-door-320.png", full_page=True)
    page.get_by_role("button", name=text("hall.door.begin")).click()
    page.locator("#sticker-2").fill(MINE[1])
    page.locator("#sticker-2").blur()
    # R7's question, while the words can still be changed.
    expect(page.locator("[data-question]").nth(1)).to_have_text(text("hall.seat.question"))
    expect(page.locator("[data-question]").nth(1)).to_be_visible()
    check_phone(page)
    page.screenshot(path=screenshots / "phone-seat-320.png", full_page=True)
    send(page, *MINE)
    expect(page.locator(".phone-paper")).to_have_count(5)
    check_phone(page)
    page.screenshot(path=screenshots / "phone-received-320.png", full_page=True)


def test_a_lent_phone_without_scripts_goes_from_hand_to_hand(room: Room, desks: Desks) -> None:
    room.plain = open_hall(desks, room.program, java_script_enabled=False)
    page = room.plain.window("/")
    page.locator("#code").fill("00000")
    room.plain.watch.expect("status of 403")
    page.get_by_role("button", name=text("hall.door.enter")).click()
    expect(page.get_by_role("alert")).to_have_text(text("hall.refusal.wrongCode"))
    enter(page, room.code)
    left = room.plain.window("/seat")
    send(page, "Мектептин чатыры агат", ATTACK)
    pass_on(page)
    expect(page.locator("#sticker-1")).to_have_value("")
    # The page the first person left open does not speak for the second.
    room.plain.watch.expect("status of 409")
    left.locator("#sticker-1").fill("Башка бирөөнүн сөзү")
    left.locator("[data-send]").click()
    expect(left.get_by_role("alert")).to_have_text(text("hall.refusal.otherSeat"))
    left.close()
    room.plain.watch.expect("status of 422")
    page.locator("[data-send]").click()
    expect(page.get_by_role("alert")).to_have_text(text("hall.refusal.empty"))
    send(page, "Аялдама жок жерде автобус токтобойт")


def test_nothing_of_it_is_seen_before_the_end(room: Room) -> None:
    page = room.gallery()
    turnout(page, 3, 3)
    screen = HallWire(room.program).get("/room").text
    api = Wire(room.program, {"Authorization": f"Bearer {room.token}"})
    found = api.get("/api/v1/records/sticker?event=demo-s4&limit=500").text
    for words in (*MINE, "Мектептин чатыры", "Аялдама жок"):
        assert words not in page.content()
        assert words not in screen
        assert words not in found
    assert len(room.stickers()) == room.before
    public = room.program.data / "public.db"
    kept = public.read_bytes() + public.with_name("public.db-wal").read_bytes()
    assert "Мектептин чатыры".encode() not in kept
    page.close()


def test_the_screen_leads_phones_here(room: Room, desks: Desks, screenshots: Path) -> None:
    for width in (1366, 1920):
        size = {"width": width, "height": WIDTHS[width] if width > 1366 else 768}
        page = open_hall(desks, room.program, viewport=size).window("/room")
        expect(page.locator(".screen-code b")).to_have_text(room.code)
        expect(page.locator("#turnout")).to_have_text(
            text("hall.screen.turnout", sent=3, expected=3))
        expect(page.locator(".screen-qr")).to_be_visible()
        check_fits(page)
        check_words(page)
        assert not faults(page)
        # A phone held up to the wall reads where to go.
        seen = page.screenshot(path=screenshots / f"room-round-{width}.png")
        [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(seen)))
        shown = page.locator(".screen-address").first.inner_text()
        assert code.text == f"http://{shown.strip()}/j/{room.code}", (code.text, shown)
        page.close()


def test_what_was_received_is_there_after_a_power_cut(room: Room) -> None:
    page = room.scripted.window("/seat")
    for desk in (room.desk, room.scripted, room.plain):
        desk.watch.expect_power_cut()
    room.program.kill()
    page.goto("about:blank")
    room.program.start()
    page.goto(hall_address(room.program) + "/seat")
    expect(page.locator(".phone-paper")).to_have_count(5)
    gallery = room.gallery()
    turnout(gallery, 3, 3)
    assert code_of(gallery) == room.code
    # Sent again by the same seat: it takes the place of what was there.
    page.get_by_role("link", name=text("hall.received.rewrite")).click()
    expect(page.locator("#sticker-1")).to_have_value(MINE[0])
    send(page, MINE[0], "Көпүрө бузук, суу киргенде эл өтө албайт")
    turnout(gallery, 3, 3)
    gallery.close()
    page.close()


def test_more_seats_than_people_wait_for_the_facilitator(room: Room) -> None:
    lent = next(page for page in room.plain.context.pages if page.url.endswith("/seat"))
    pass_on(lent)
    send(lent, "Төртүнчү адамдын сөзү")
    expect(lent.get_by_text(text("hall.received.waiting"))).to_be_visible()
    gallery = room.gallery()
    expect(gallery.get_by_text(text("phones.waiting", count=1))).to_be_visible()
    turnout(gallery, 3, 3)
    gallery.get_by_role(
        "button", name=re.compile(re.escape(text("phones.open.letIn")))).click()
    turnout(gallery, 4, 4)
    gallery.close()
    lent.reload()
    expect(lent.get_by_text(text("hall.received.waiting"))).to_have_count(0)


def test_what_no_phone_sends_is_refused_in_words(room: Room) -> None:
    phone = HallWire(room.program)
    assert phone.join(room.code).status == 303
    for stickers, key, values in (
        (["а" * 10_000], "tooLong", {"number": 1, "most": 300}),
        (["жол"] * 6, "tooMany", {"most": 5}), (["", "  "], "empty", {}),
        (["жол\x00"], "notPlain", {"number": 1}),
    ):
        answer = phone.give(*stickers)
        assert answer.status == 422, key
        assert text(f"hall.refusal.{key}", **values) in answer.text
    tag = phone.tag()
    own, phone.cookie = phone.cookie, re.sub(r".{3}$", "000", phone.cookie or "")
    assert phone.give("жол", seat=tag).status == 403
    phone.cookie = own
    site = phone.post("/seat", [("seat", tag), ("sticker", "жол")], Origin="http://evil.example")
    assert site.status == 403
    huge = phone.post("/seat", [("sticker", "ж" * 200_000)])
    assert huge.status == 413 and text("hall.error.tooLarge") in huge.text
    assert len(room.stickers()) == room.before


def test_closing_lays_the_stickers_out(room: Room, screenshots: Path) -> None:
    waiting = next(page for page in room.plain.context.pages if page.url.endswith("/seat"))
    phone = HallWire(room.program)
    phone.join(room.code)
    tag = phone.tag()
    gallery = room.gallery()
    gallery.get_by_role("button", name=text("phones.open.close")).click()
    expect(gallery.get_by_text(text("phones.closed", title=9))).to_be_visible()
    expect(gallery.locator("#board .sticker", has_text="Мектептин чатыры агат")).to_have_count(1)
    expect(gallery.locator("#board .sticker", has_text=ATTACK)).to_have_count(1)
    gallery.screenshot(path=screenshots / "phones-closed-1366.png")
    gallery.close()
    new = room.stickers()[room.before:]
    assert len(room.stickers()) == room.before + 9
    assert all("problem" not in sticker or sticker["problem"] is None for sticker in new)
    seats: dict[int, int] = {}
    for sticker in new:
        seats[sticker["author"]] = seats.get(sticker["author"], 0) + 1
    assert sorted(seats.values()) == [1, 1, 2, 5]
    late = phone.give("кечиккен сөз", seat=tag)
    assert late.status == 409 and text("hall.refusal.closedRound") in late.text
    waiting.reload()
    expect(waiting.get_by_role("heading", name=text("hall.door.title"))).to_be_visible()
    assert len(room.stickers()) == room.before + 9


def test_a_phone_reads_russian(room: Room, desks: Desks) -> None:
    page = open_hall(desks, room.program).window("/")
    expect(page.get_by_text(text("hall.door.nothing"))).to_be_visible()
    page.get_by_role("button", name="Русский").click()
    expect(page.get_by_text(text("hall.door.nothing", "ru"))).to_be_visible()
    check_phone(page)
    page.close()


def test_ten_thousand_requests_of_one_phone_are_too_many(room: Room) -> None:
    phone = HallWire(room.program)
    for _ in range(3000):
        answer = phone.get("/")
        if answer.status == 429:
            break
    assert answer.status == 429
    assert text("hall.error.tooOften") in answer.text


def test_the_round_of_a_deleted_meeting_stands_in_nobodys_way(room: Room) -> None:
    wire = Wire(room.program, {"Authorization": f"Bearer {room.token}"})
    cycle = wire.get("/api/v1/records/event/demo-s4").json["cycle"]
    wire.make("event", id="gone", cycle=cycle, kind="assembly")
    page = room.desk.window("/events/gone/gallery")
    page.locator("#round-expected").fill("2")
    page.get_by_role("button", name=text("phones.begin.open")).click()
    turnout(page, 0, 2)
    page.close()
    assert wire.send("DELETE", "/api/v1/records/event/gone", None).status == 204
    page = room.gallery()
    page.locator("#round-expected").fill("4")
    page.get_by_role("button", name=text("phones.begin.open")).click()
    turnout(page, 0, 4)
    page.get_by_role("button", name=text("phones.open.close")).click()
    expect(page.locator("#phones-begin")).to_be_visible()
    page.close()
