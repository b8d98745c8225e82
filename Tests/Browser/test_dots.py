"""A vote by dots: phones choose among the topics people want to hear of, and nobody sees who."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hall import HallWire, check_phone, code_of, enter, open_hall, pass_on
from hands import button, flash, go, log_in_to_demo
from program import Program
from texts import text

pytestmark = pytest.mark.steps

EVENT = "demo-s4"
ASKED = "Угууда эмнени айтабыз?"


class Room:
    """What the steps hand on."""

    def __init__(self, desk: Desk, program: Program) -> None:
        self.desk = desk
        self.program = program
        self.before = self.votes()
        self.topics = list(self.before)
        self.code = ""

    def gallery(self) -> Page:
        """The facilitator's page."""
        return self.desk.window(f"/events/{EVENT}/gallery")

    def votes(self) -> dict[str, int]:
        """The votes of each topic, in the order in which phones show them."""
        answer = self.desk.context.request.get(f"/api/v1/records/hearingTopic?event={EVENT}")
        return {one["topic"]: one.get("votes", 0) for one in answer.json()["records"]}


@pytest.fixture(scope="module")
def room(start: Callable, desks: Desks) -> Room:
    program = start("demo")
    desk = desks.open(program)
    log_in_to_demo(desk.window("/login"))
    return Room(desk, program)


def choose(page: Page, *topics: str) -> None:
    """Puts dots and sends them."""
    for topic in topics:
        page.get_by_label(topic, exact=True).check()
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name=text("hall.received.title"))).to_be_visible()


def test_the_facilitator_asks_for_one_dot_each(room: Room) -> None:
    assert len(room.topics) == 2
    page = room.gallery()
    page.locator("#round-question").fill(ASKED)
    page.locator("#round-kind").select_option("hearingTopic")
    page.locator("#round-each").fill("1")
    page.locator("#round-expected").fill("3")
    page.get_by_role("button", name=text("phones.begin.open")).click()
    room.code = code_of(page)
    page.close()


def test_phones_with_and_without_scripts_choose(
    room: Room, desks: Desks, screenshots: Path,
) -> None:
    scripted = open_hall(desks, room.program).window("/")
    enter(scripted, room.code)
    expect(scripted.get_by_role("heading", name=ASKED)).to_be_visible()
    check_phone(scripted)
    scripted.screenshot(path=screenshots / "phone-dots-320.png", full_page=True)
    # One dot: the second choice has no place until the first is taken back.
    scripted.get_by_label(room.topics[1], exact=True).check()
    expect(scripted.get_by_label(room.topics[0], exact=True)).to_be_disabled()
    scripted.get_by_label(room.topics[1], exact=True).uncheck()
    choose(scripted, room.topics[0])
    # People may think again.
    scripted.get_by_role("link", name=text("hall.received.change")).click()
    scripted.get_by_label(room.topics[0], exact=True).uncheck()
    choose(scripted, room.topics[1])

    plain = open_hall(desks, room.program, java_script_enabled=False)
    page = plain.window("/")
    enter(page, room.code)
    plain.watch.expect("status of 422")
    for topic in room.topics:
        page.get_by_label(topic, exact=True).check()
    page.locator("[data-send]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(room.topics[0], exact=True).uncheck()
    choose(page, room.topics[1])
    pass_on(page)
    choose(page, room.topics[0])


def test_the_count_is_there_when_the_round_is_closed(room: Room) -> None:
    assert room.votes() == room.before
    screen = HallWire(room.program).get("/room").text
    assert ASKED in screen and not any(topic in screen for topic in room.topics)
    page = room.gallery()
    expect(page.locator("#phones-turnout")).to_have_text(
        text("phones.turnout", sent=3, expected=3))
    page.get_by_role("button", name=text("phones.open.close"), exact=True).click()
    expect(flash(page)).to_be_visible()
    assert room.votes() == {room.topics[0]: 1, room.topics[1]: 2}
    # It can be taken back whole, like everything.
    flash(page).get_by_role("button", name=re.compile(".")).first.click()
    go(page, button(page, "history.undo.button"))
    assert room.votes() == room.before
