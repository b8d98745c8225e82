"""A meeting as it goes: the clock, "next", the notes; by mouse, by keyboard, on two laptops."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import button, go, log_in_to_demo, press, session_tab, tab_to, wait_until_saved
from room import CYCLE, change, look, make, records
from texts import text

MEETING = "run-meeting"
RUN = f"/events/{MEETING}/run"
STEPS = ["greeting", "aims", "map", "tokoch", "gallery"]


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    """The demo with a session of its own."""
    desk = desks.open(start("demo"), reduced_motion="reduce")
    page = desk.window("/login")
    log_in_to_demo(page)
    make(
        page, "event", id=MEETING, cycle=CYCLE, kind="session", village="kok-irim-aral",
        date="2026-11-21", ageBand="36-55", place="Мектеп")
    page.close()
    return desk


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """A window on the meeting as it goes."""
    page = desk.window(RUN)
    yield page
    page.close()


def title(step: str) -> str:
    """What an item of the standard programme is called."""
    return text(f"event.standard.{step}")


def items(page: Page) -> list[dict]:
    """The programme as it is in the store."""
    return sorted(records(page, "agendaItem", event=MEETING), key=lambda one: one["position"])


def check_step(page: Page, step: str) -> None:
    """The room is at this item: the page says so, and so does the store."""
    expect(page.locator("#run-title")).to_have_text(title(step))
    expect(page.locator("[aria-current=step] b")).to_have_text(title(step))
    running = [one["title"] for one in items(page)
               if one.get("begunAt") and not one.get("endedAt")]
    assert running == [title(step)], running


@pytest.mark.steps
def test_without_a_programme_the_page_says_where_it_is_made(page: Page) -> None:
    expect(page.locator(".empty")).to_contain_text(text("run.noProgramme"))
    go(page, page.locator(".empty .button"))
    go(page, button(page, "event.programme.standard"))
    go(page, session_tab(page, "run"))
    expect(page.locator("#run-title")).to_have_text(text("run.stage.notBegun"))
    # 150 minutes by the programme.
    expect(page.locator(".run-state")).to_contain_text(
        text("event.programme.length.both", hours=2, minutes=30))
    expect(page.locator("#run-back")).to_have_count(0)
    assert [one.get("minutes") for one in items(page)] == [15, 5, 60, 50, 20]


@pytest.mark.steps
def test_the_mouse_begins_goes_on_and_goes_back(page: Page, screenshots: Path) -> None:
    look(page, "run-before", screenshots)
    expect(page.locator("#run-next")).to_contain_text(text("run.begin"))
    page.locator("#run-next").click()
    check_step(page, "greeting")
    expect(page.locator("#run-elapsed")).to_have_text(re.compile(r"^\d:\d\d$"))
    expect(page.locator("#run-next")).to_contain_text(title("aims"))
    expect(page.locator("#run-guide")).to_contain_text(text("run.guide.greeting.say"))
    page.locator("#run-next").click()
    check_step(page, "aims")
    first, second = items(page)[:2]
    assert first["endedAt"] == second["begunAt"]
    page.locator("#run-back").click()
    check_step(page, "greeting")
    assert "begunAt" not in items(page)[1] or items(page)[1]["begunAt"] is None
    # What was taken back by mistake comes again with its time.
    page.locator("#undo-offer [data-undo]").click()
    check_step(page, "aims")
    assert items(page)[1]["begunAt"] == second["begunAt"]


@pytest.mark.steps
def test_the_keyboard_goes_on_while_notes_are_typed(page: Page) -> None:
    check_step(page, "aims")
    section = page.locator(".minutes-section:visible")
    expect(section).to_have_count(1)
    expect(section.locator("h2")).to_contain_text(title("aims"))
    words = section.locator(".minutes-words").last
    tab_to(page, words)
    page.keyboard.type("Максат баарына түшүнүктүү болду")
    page.keyboard.press("Control+Enter")
    check_step(page, "map")
    expect(page.locator(".minutes-section:visible h2")).to_contain_text(title("map"))
    wait_until_saved(page)
    entries = records(page, "minutesEntry", event=MEETING)
    assert [one["text"] for one in entries] == ["Максат баарына түшүнүктүү болду"]
    assert entries[0]["agendaItem"] == items(page)[1]["id"]
    # The same words stand on the page of the minutes.
    press(page, page.locator("#run-notes-title a"))
    expect(page.locator(".minutes-words").filter(visible=True).nth(1)).to_have_value(
        "Максат баарына түшүнүктүү болду")


@pytest.mark.steps
def test_it_survives_a_reload_and_a_power_cut(desk: Desk, page: Page) -> None:
    check_step(page, "map")
    desk.watch.expect_power_cut()
    desk.program.kill()
    desk.program.start()
    page.goto(RUN)
    log_in_to_demo(page)
    page.goto(RUN)
    check_step(page, "map")


@pytest.mark.steps
def test_two_laptops_go_on_once(desk: Desk, desks: Desks, page: Page) -> None:
    other = desks.open_beside(desk).window(RUN)
    check_step(other, "map")
    # Both press the button they see; the second press comes when the first was done, and the page
    # may show that already.
    seen = other.locator("form:has(#run-next) [name=after]").input_value()
    with page.expect_response(re.compile("/run$")), other.expect_response(re.compile("/run$")):
        page.locator("#run-next").click(no_wait_after=True)
        other.locator("form:has(#run-next)").evaluate("""(form, seen) => {
          form.querySelector("[name=after]").value = seen; form.requestSubmit(); }""", seen)
    for window in (page, other):
        check_step(window, "tokoch")
    expect(other.locator(".run-line.is-done")).to_have_count(3)


@pytest.mark.steps
def test_over_time_is_said_in_words(page: Page, screenshots: Path) -> None:
    now = datetime.now(timezone.utc).replace(microsecond=0)
    ago = (now - timedelta(minutes=58, seconds=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for one in items(page)[:3]:
        change(page, "agendaItem", one["id"], begunAt=ago, endedAt=ago)
    change(page, "agendaItem", items(page)[3]["id"], begunAt=ago)
    expect(page.locator("#run-elapsed")).to_have_text(re.compile("^58:"))
    expect(page.locator("#run-left")).to_have_text(text("run.clock.over", minutes=8))
    expect(page.locator("#run-clock")).to_have_class(re.compile("is-over"))
    make(page, "minutesEntry", event=MEETING, agendaItem=items(page)[3]["id"], position=1024,
         kind="text", text="Жолго, сууга көбүрөөк бөлүндү")
    expect(page.locator(".minutes-words:visible").first).to_have_value(
        "Жолго, сууга көбүрөөк бөлүндү")
    look(page, "run", screenshots)


@pytest.mark.steps
def test_an_item_is_gone_to_out_of_order_and_the_meeting_ends(
    page: Page, screenshots: Path,
) -> None:
    # The gallery is put off; an item that was added comes first.
    make(page, "agendaItem", id="run-extra", event=MEETING, position=6, title="Суроолор", minutes=5)
    extra = page.locator("#go-run-extra")
    expect(extra).to_be_visible()
    extra.click()
    expect(page.locator("#run-title")).to_have_text("Суроолор")
    expect(page.locator("#run-next")).to_contain_text(text("run.end"))
    expect(page.locator("#run-guide")).to_contain_text(text("run.guide.other.say"))
    page.locator("#run-next").click()
    expect(page.locator("#run-title")).to_have_text(text("run.stage.ended"))
    # R3 and R4 and R5 say what is still to be mended; the minutes are there.
    expect(page.locator("#run-people")).to_contain_text(
        text("findings.participantsExpected", count=0, needed=20, more=20))
    expect(page.locator("#run-held")).to_be_visible()
    look(page, "run-ended", screenshots)
    go(page, page.locator("#run-held"))
    expect(page.locator(".session-facts")).to_contain_text(text("choices.event.status.held"))
