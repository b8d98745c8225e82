"""The readiness check: eight questions, what the program knows of each, several laptops."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import go, log_in_to_demo, tab_to, wait_until_saved
from room import CYCLE, look, make, records
from texts import text

READINESS = f"/cycles/{CYCLE}/readiness"


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    """The demo with a session that is still to come."""
    desk = desks.open(start("demo"), reduced_motion="reduce")
    page = desk.window("/login")
    log_in_to_demo(page)
    make(page, "event", id="ready-session", cycle=CYCLE, kind="session",
         village="kok-irim-birdik", ageBand="56+")
    page.close()
    return desk


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """The readiness check of the demo's cycle."""
    page = desk.window(READINESS)
    yield page
    page.close()


def answers(page: Page, question: int) -> list[dict]:
    """What the store holds for a question."""
    return [one for one in records(page, "readiness", cycle=CYCLE) if one["question"] == question]


@pytest.mark.steps
def test_the_way_leads_from_the_path_and_from_a_planned_session(desk: Desk) -> None:
    page = desk.window("/events/ready-session")
    expect(page.locator("#readiness")).to_contain_text(text("readiness.open", yes=7, all=8))
    go(page, page.locator("#readiness a"))
    expect(page.get_by_role("heading", level=1)).to_have_text(text("readiness.title"))
    page.goto("/")
    lacks = page.locator(f"a[href='{READINESS}']")
    assert lacks.count() > 0
    page.close()


@pytest.mark.steps
def test_the_program_says_what_it_knows(page: Page, screenshots: Path) -> None:
    expect(page.locator("#ready-summary")).to_have_text(
        text("readiness.summary", yes=7, all=8, open=1))
    expect(page.locator("#known-1")).to_contain_text(
        text("readiness.known.group", count=8).split("8")[0])
    expect(page.locator("#known-8 .is-bad")).to_contain_text(
        text("readiness.known.venues", all=2, count=1))
    look(page, "readiness", screenshots)
    # The way to mend it leads to the meeting that has no place.
    go(page, page.locator("#known-8 a"))
    assert page.url.endswith("/records/event/ready-session"), page.url


@pytest.mark.steps
def test_an_answer_saves_itself(page: Page) -> None:
    page.locator("#ask-8 .is-no").click()
    wait_until_saved(page)
    expect(page.locator("#ready-summary")).to_have_text(
        text("readiness.summary", yes=7, all=8, open=0))
    page.locator("#note-8").fill("Клубдун ачкычы каралбай калды")
    page.locator("#note-8").press("Enter")
    wait_until_saved(page)
    page.reload()
    expect(page.locator("#no-8")).to_be_checked()
    expect(page.locator("#note-8")).to_have_value("Клубдун ачкычы каралбай калды")
    (answer,) = answers(page, 8)
    assert (answer["answer"], answer["note"]) == ("no", "Клубдун ачкычы каралбай калды")


@pytest.mark.steps
def test_the_keyboard_alone_answers_and_another_laptop_sees_it(
    desk: Desk, desks: Desks, page: Page,
) -> None:
    other = desks.open_beside(desk).window(READINESS)
    expect(other.locator("#no-8")).to_be_checked()
    tab_to(page, page.locator("#no-8"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#yes-8")).to_be_checked()
    for window in (page, other):
        expect(window.locator("#ready-summary")).to_have_text(text("readiness.ready"))
    expect(other.locator("#yes-8")).to_be_checked()
    # The other one answers back; there is still one answer to the question.
    other.locator("#ask-8 .is-no").click()
    expect(page.locator("#no-8")).to_be_checked()
    assert [one["answer"] for one in answers(page, 8)] == ["no"]
