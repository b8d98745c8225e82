"""A whole real session by hand, in Kyrgyz: village X, 19 November 2014, as its minutes tell it.

Fifteen institutions, nine shares of the Tokoch, nine problems with their votes as stickers from
fifteen seats of five each: nine people write on paper, and the second facilitator types what each
wrote; six have phones. Before them the village is drawn. Then the API gives the figures of the
minutes.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hall import check_phone, code_of, enter, open_hall, send
from hands import (button, choose, column, field, go, menu, session_tab, show_board,
                   wait_until_saved)
from looks import WIDTHS, check_fits, faults
from program import Program
from sheet import draw, press_at, show_map, sign, tool
from texts import text
from wire import Wire

pytestmark = pytest.mark.steps

DEMO = Path(__file__).parents[2] / "Sources/Commands/Demo/2-x-village.jsonl"
RECORDS = [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines() if line]


def told(entity: str) -> list[dict]:
    """What the minutes of the day tell of a kind."""
    return [one for one in RECORDS if one["entity"] == entity]


INSTITUTIONS = {one["name"]: one["importance"] for one in told("institution")}
SHARES = {one["item"]: one["percent"] for one in told("tokochSlice")}
# A problem, its votes, and how many of them come by phone.
PROBLEMS = [
    (one["title"], one["votesByHand"], by_phone)
    for one, by_phone in zip(told("problem"), (5, 5, 4, 4, 4, 2, 2, 2, 2), strict=True)]
SEATS, EACH, PHONES = 15, 5, 6
PAPERS = SEATS - PHONES
# The village as its people draw it: a sign, a tool, its name, the condition, who uses it, whether
# it is wished for, and where it lies on the sheet.
VILLAGE = [
    ("pasture", "area", "Жайыт", "", "", False,
     [(620, 60), (800, 40), (960, 110), (930, 230), (720, 210), (620, 60)]),
    ("arableLand", "area", "Айдоо жер", "", "men", False,
     [(60, 480), (320, 470), (340, 650), (70, 660), (60, 480)]),
    ("water", "stroke", "Арык", "needsRepair", "", False,
     [(40, 120), (200, 160), (420, 150), (640, 260), (960, 300)]),
    ("infrastructure", "stroke", "Борбордук көчө", "needsRepair", "", False,
     [(60, 380), (300, 370), (560, 390), (940, 380)]),
    ("service", "point", "Орто мектеп", "needsRepair", "children", False, [(420, 330)]),
    ("service", "point", "ФАП", "old", "women", False, [(560, 330)]),
    ("service", "point", "Бала бакча", "", "children", True, [(300, 320)]),
    ("shop", "point", "Дүкөн", "", "", False, [(700, 420)]),
    ("specialUse", "point", "Конуш", "", "", False, [(200, 420)]),
]
LOGIN, PASSPHRASE = "aigul", "төрт түлүк мал төрүндө"


class Day:
    """What the steps hand on."""

    def __init__(self, desk: Desk, program: Program) -> None:
        self.desk = desk
        self.program = program
        self.page = desk.window()
        self.event = ""
        self.cycle = ""

    def go(self, part: str) -> Page:
        """One of the meeting's pages."""
        self.page.goto(f"/events/{self.event}/{part}")
        return self.page

    def api(self, path: str) -> dict:
        """What the API answers."""
        token = self.program.run("account", "token", LOGIN)
        answer = Wire(self.program, {"Authorization": f"Bearer {token}"}).get(path)
        assert answer.status == 200, answer.text
        return answer.json


@pytest.fixture(scope="module")
def day(start: Callable, desks: Desks) -> Day:
    program = start()
    return Day(desks.open(program, reduced_motion="reduce"), program)


def look(page: Page, name: str, folder: Path) -> None:
    """A picture at each width; nothing hangs out, and everybody can use it."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
        page.screenshot(path=folder / f"x-{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1366, "height": 900})
    found = faults(page)
    assert not found, "\n".join(found)


def test_the_municipality_and_its_meeting(day: Day) -> None:
    page = day.page
    field(page, "welcome.municipality.name").fill("N айылдык аймагы")
    field(page, "welcome.villages.names").fill("X айылы")
    field(page, "welcome.account.displayName").fill("Айгүл Токтосунова")
    field(page, "welcome.account.login").fill(LOGIN)
    field(page, "welcome.account.passphrase").fill(PASSPHRASE)
    field(page, "welcome.account.passphraseAgain").fill(PASSPHRASE)
    go(page, button(page, "welcome.start"))
    go(page, page.get_by_role("link", name=text("home.noCycle.action")))
    field(page, "fields.cycle.title").fill("ЖМБА 2014")
    field(page, "fields.cycle.startsOn").fill("01.11.2014")
    go(page, button(page, "layout.form.save"))
    day.cycle = re.search("/cycles/(.+)$", page.url)[1]
    go(page, menu(page, "calendar"))
    go(page, page.get_by_role("link", name=text("calendar.add")))
    choose(page, "fields.event.village", "X айылы")
    field(page, "fields.event.date").fill("19.11.2014")
    field(page, "fields.event.place").fill("X айылы, клубдун имараты")
    choose(page, "fields.event.ageBand", text("choices.event.ageBand.18-35"))
    field(page, "fields.event.number").fill("1")
    go(page, button(page, "layout.form.save"))
    day.event = re.search("/events/([^/?]+)", page.url)[1]
    for key in ("map", "venn", "tokoch", "gallery", "minutes"):
        expect(session_tab(page, key)).to_be_visible()


def test_the_village_is_drawn(day: Day, screenshots: Path) -> None:
    page = show_map(day.go("map"), 0)
    for number, (category, how, name, condition, users, wished, places) in enumerate(VILLAGE, 1):
        sign(page, category)
        tool(page, how)
        (draw if how == "stroke" else press_at)(page, *places)
        expect(page.locator("#map-list-count")).to_have_text(str(number))
        page.locator("#map-name").fill(name)
        page.locator("#map-condition").select_option(condition)
        page.locator("#map-users").select_option(users)
        if wished:
            page.locator("#map-panel").get_by_text(text("fields.mapFeature.wished")).click()
        page.locator("#map-name").press("Tab")
    tool(page, "hand")
    wait_until_saved(page)
    look(page, "map", screenshots)


def test_fifteen_institutions(day: Day, screenshots: Path) -> None:
    page = day.go("venn")
    for number, (name, size) in enumerate(INSTITUTIONS.items(), 1):
        page.locator("#venn-name").fill(name)
        page.locator("#venn-size").select_option(size)
        page.locator("#venn-name").press("Enter")
        expect(page.locator(".venn-circle[data-institution]")).to_have_count(number)
        expect(page.locator("#venn-name")).to_have_value("")
    wait_until_saved(page)
    # What was empty at first offers the first of them now.
    expect(page.locator("#venn-first")).not_to_have_value("")
    look(page, "venn", screenshots)


def test_nine_shares_that_make_a_whole_bread(day: Day, screenshots: Path) -> None:
    page = day.go("tokoch")
    for number, (item, percent) in enumerate(SHARES.items(), 1):
        page.locator("#item").fill(item)
        page.locator("#percent").fill(str(percent))
        page.locator("#percent").press("Enter")
        expect(page.locator("[data-share-of]")).to_have_count(number)
        expect(page.locator("#item")).to_have_value("")
    expect(page.locator("[data-total]")).to_have_text("100\u00a0%")
    wait_until_saved(page)
    look(page, "tokoch", screenshots)


def test_nine_people_write_on_paper(day: Day, screenshots: Path) -> None:
    page = day.go("gallery")
    for title, _, _ in PROBLEMS:
        page.locator("#new-column-name").fill(title)
        page.locator("#new-column-name").press("Enter")
        expect(column(page, title)).to_be_visible()
    pile = [title for title, votes, by_phone in PROBLEMS for _ in range(votes - by_phone)]
    assert len(pile) == PAPERS * EACH
    seat = page.locator("#author")
    seat.fill("1")
    for person in range(PAPERS):
        for number, title in enumerate(pile[person::PAPERS]):
            expect(seat).to_have_value(str(person + 1))
            expect(page.locator("#seat-count")).to_have_text(f"{number}/{EACH}")
            page.locator("#problem").select_option(label=title)
            page.locator("#text").fill(title)
            page.locator("#text").press("Enter")
    # After somebody's fifth sticker the line goes on to the next seat by itself.
    expect(seat).to_have_value(str(PAPERS + 1))
    for title, votes, by_phone in PROBLEMS:
        expect(column(page, title).locator(".votes")).to_contain_text(str(votes - by_phone))
    wait_until_saved(page)
    look(page, "typing", screenshots)


def test_six_people_have_phones(day: Day, desks: Desks, screenshots: Path) -> None:
    page = day.go("gallery")
    page.locator("#round-question").fill("Айылыңызда эмне көйгөй бар?")
    page.locator("#round-expected").fill(str(PHONES))
    page.get_by_role("button", name=text("phones.begin.open")).click()
    code = code_of(page)
    pile = [title for title, _, by_phone in PROBLEMS for _ in range(by_phone)]
    assert len(pile) == PHONES * EACH
    for seat in range(PHONES):
        hall = open_hall(desks, day.program)
        phone = hall.window("/")
        enter(phone, code)
        send(phone, *pile[seat::PHONES])
        if seat == 0:
            check_phone(phone)
            phone.screenshot(path=screenshots / "x-phone-320.png", full_page=True)
        hall.context.close()
    expect(page.locator("#phones-turnout")).to_have_text(
        text("phones.turnout", sent=PHONES, expected=PHONES))
    go(page, page.get_by_role("button", name=text("phones.open.close"), exact=True))
    expect(page.locator("#unsorted .sticker")).to_have_count(PHONES * EACH)


def sort(page: Page, title: str, votes: int) -> None:
    """Puts all unsorted stickers with a text into its column, from the list of their dialog."""
    dialog = page.locator("#sticker-dialog")
    for _ in range(2 * votes):
        # On a slow machine a sticker can stand in its old place until the page is drawn again.
        page.reload()
        sticker = page.locator("#unsorted .sticker-text", has_text=title).first
        if sticker.count() == 0:
            break
        sticker.click()
        dialog.locator("[data-targets] button", has_text=title).click()
        expect(dialog).to_be_hidden()
        wait_until_saved(page)
    expect(column(page, title).locator(".sticker")).to_have_count(votes)
    expect(column(page, title).locator(".votes")).to_contain_text(str(votes))


def test_they_are_sorted(day: Day, screenshots: Path) -> None:
    page = day.go("gallery")
    show_board(page)
    names = [title for title, _, _ in PROBLEMS]
    assert sorted(page.locator("[data-column] h3").all_inner_texts()) == sorted(names)
    for title, votes, _ in PROBLEMS:
        sort(page, title, votes)
    expect(page.locator("#unsorted .sticker")).to_have_count(0)
    look(page, "gallery", screenshots)


def test_the_meeting_is_closed_and_the_figures_are_those_of_its_minutes(day: Day) -> None:
    page = day.go("minutes")
    words = page.locator("[data-editor] .minutes-words").last
    words.press_sequentially("Сессия аяктады.")
    wait_until_saved(page)
    page.goto(f"/events/{day.event}")
    go(page, button(page, "event.held.button"))
    ranking = day.api(f"/api/v1/ranking?cycle={day.cycle}")["villages"][0]["problems"]
    assert [one["votes"] for one in ranking] == sorted(
        (votes for _, votes, _ in PROBLEMS), reverse=True)
    assert {one["title"]: one["votes"] for one in ranking} == {
        title: votes for title, votes, _ in PROBLEMS}
    assert [one["rank"] for one in ranking] == [1, 1, 3, 3, 5, 6, 6, 8, 8]
    query = f"event={day.event}&limit=500"
    stickers = day.api(f"/api/v1/records/sticker?{query}")["records"]
    assert len(stickers) == SEATS * EACH
    seats = [one["author"] for one in stickers]
    assert sorted(seats) == sorted([*range(1, SEATS + 1)] * EACH)
    features = day.api(f"/api/v1/records/mapFeature?{query}")["records"]
    assert {(one["category"], one["name"], one.get("condition", ""), one.get("usedBy", ""),
             one.get("wished", False)) for one in features} == {
        (category, name, condition, users, wished)
        for category, _, name, condition, users, wished, _ in VILLAGE}
    institutions = day.api(f"/api/v1/records/institution?{query}")["records"]
    assert {one["name"]: one["importance"] for one in institutions} == INSTITUTIONS
    slices = day.api(f"/api/v1/records/tokochSlice?{query}")["records"]
    assert {one["item"]: one["percent"] for one in slices} == SHARES
    assert sum(one["percent"] for one in slices) == 100
    event = day.api(f"/api/v1/records/event/{day.event}")
    assert event["status"] == "held"
