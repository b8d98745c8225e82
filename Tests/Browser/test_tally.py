"""A paper tally typed by two people: each sees only his own until both are done."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import flash, log_in_to_demo, press, tab_to
from looks import WIDTHS, check_fits, check_words, faults
from program import Program
from texts import text
from wire import Wire

EVENT = "x-s1"
PASSPHRASE = "жети тоо ашып келген"
TRUE = [12, 12, 10, 10, 9, 6, 6, 5, 5]


@pytest.fixture(scope="module")
def program(start: Callable) -> Program:
    return start("demo")


@pytest.fixture(scope="module")
def api(program: Program) -> Wire:
    token = program.add_account("jazgul", "secretary", PASSPHRASE)
    return Wire(program, {"Authorization": f"Bearer {token}"})


@pytest.fixture(scope="module")
def desk(program: Program, desks: Desks) -> Desk:
    desk = desks.open(program)
    log_in_to_demo(desk.window("/login"))
    return desk


def fill(page: Page, numbers: list[int | str]) -> None:
    """Types the numbers in their order and saves them."""
    fields = page.locator(".tally-row input")
    expect(fields).to_have_count(len(numbers))
    for index, number in enumerate(numbers):
        fields.nth(index).fill(str(number))
    page.get_by_role("button", name=text("tally.save")).click()


def look(page: Page, name: str, folder: Path) -> None:
    """Looks at the page in three widths."""
    # What just came is yellow for a moment.
    expect(page.locator(".is-new")).to_have_count(0)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
        check_words(page)
        if width == 1366:
            found = faults(page)
            assert not found, "\n".join(found)
        page.screenshot(path=folder / f"tally-{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1366, "height": 900})


def test_two_people_type_and_what_differs_is_counted_again(
    desk: Desk, api: Wire, screenshots: Path,
) -> None:
    first = desk.window(f"/events/{EVENT}/gallery")
    first.get_by_role("link", name=text("tally.link")).click()
    first.get_by_role("link", name=text("choices.tallyEntry.typist.first")).click()
    second = desk.window(f"/events/{EVENT}/tally?as=second")
    fill(first, [17, *TRUE[1:]])
    expect(flash(first)).to_contain_text(text("tally.saved"))
    # The other sees how far this one is, and none of the numbers.
    expect(second.locator("#tally-state")).to_contain_text(text(
        "tally.other", name=text("choices.tallyEntry.typist.first"), count=9, all=9))
    assert second.locator("input[value='17']").count() == 0
    assert "17" not in second.locator(".tally").inner_text()
    expect(second.locator("table")).to_have_count(0)
    look(second, "alone", screenshots)
    desk.watch.expect("status of 422")
    fill(second, [*TRUE[:8], "беш"])
    expect(second.locator("#error-summary")).to_be_visible()
    expect(second.locator(".tally-row input").last).to_have_value("беш")
    fill(second, TRUE)
    # Both are done: the difference shows in both windows.
    for page in (first, second):
        expect(page.locator(".tally-differs")).to_have_count(1)
        expect(page.locator(".tally-differs")).to_contain_text("17")
    look(first, "differs", screenshots)
    fill(first, TRUE)
    expect(first.locator("#tally-state")).to_contain_text(text("tally.agreed"))


def test_agreed_numbers_become_votes_and_the_old_ones_stay_in_the_history(
    desk: Desk, api: Wire,
) -> None:
    page = desk.window(f"/events/{EVENT}/tally?as=first")
    problems = api.get(f"/api/v1/records/problem?event={EVENT}").json["records"]
    assert [problem["votesByHand"] for problem in problems] == TRUE
    fill(page, [11, *TRUE[1:]])
    other = desk.window(f"/events/{EVENT}/tally?as=second")
    fill(other, [11, *TRUE[1:]])
    other.get_by_role("button", name=text("tally.take")).click()
    expect(flash(other)).to_contain_text(text("tally.taken", title=1))
    expect(other.get_by_text(text("tally.allTaken"))).to_be_visible()
    problems = api.get(f"/api/v1/records/problem?event={EVENT}").json["records"]
    assert [problem["votesByHand"] for problem in problems] == [11, *TRUE[1:]]
    history = api.get(f"/api/v1/history/problem/{problems[0]['id']}")
    assert history.status == 200
    assert re.search(r"\b12\b", history.text) and re.search(r"\b11\b", history.text)


def test_a_tally_is_typed_and_taken_by_keyboard_alone(desk: Desk, api: Wire) -> None:
    counted = [13, *TRUE[1:]]
    for window in desk.context.pages:
        window.close()
    for typist in ("first", "second"):
        page = desk.window(f"/events/{EVENT}/gallery")
        press(page, page.get_by_role("link", name=text("tally.link")))
        press(page, page.get_by_role("link", name=text(f"choices.tallyEntry.typist.{typist}")))
        tab_to(page, page.locator(".tally-row input").first)
        for number in counted:
            # What stands in a field that Tab comes to is marked, and what is typed replaces it.
            page.keyboard.type(str(number))
            page.keyboard.press("Tab")
        tab_to(page, page.get_by_role("button", name=text("tally.save")))
        with page.expect_navigation():
            page.keyboard.press("Enter")
    press(page, page.get_by_role("button", name=text("tally.take")))
    problems = api.get(f"/api/v1/records/problem?event={EVENT}").json["records"]
    assert [problem["votesByHand"] for problem in problems] == counted
