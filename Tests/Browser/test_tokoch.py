"""The Tokoch under people's hands: edges dragged, shares typed, the real budget, votes by hands."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Desk, Desks
from hands import open_demo, tab_to, wait_until_saved
from looks import WIDTHS, check_fits, check_words, faults
from texts import text

TOKOCH = "/events/demo-s4/tokoch"
VILLAGE_X = "/events/x-s1/tokoch"
SCHOOLS, CLUB = "x-s1-t2", "x-s1-t3"


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return open_demo(start, desks)


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """The bread of village X: nine slices that make 100 %."""
    page = desk.window(VILLAGE_X)
    yield page
    page.close()


def share(page: Page, piece: str) -> Locator:
    return page.locator(f"#percent-{piece}")


def write(page: Page, piece: str, percent: str) -> None:
    share(page, piece).fill(percent)
    share(page, piece).press("Tab")
    wait_until_saved(page)


def test_an_edge_is_dragged_and_the_neighbour_gives(page: Page) -> None:
    expect(page.locator("[data-total]")).to_have_text("100\u00a0%")
    handle = page.locator(f"#handle-{SCHOOLS}")
    handle.scroll_into_view_if_needed()
    bread, knob = page.locator("#bread .crumb").bounding_box(), handle.bounding_box()
    assert bread and knob
    page.mouse.move(knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2)
    page.mouse.down()
    # 50 % is at the foot of the bread: schools go from 20 to 20, and on to 27 at 57 %.
    page.mouse.move(
        bread["x"] + bread["width"] * 0.286, bread["y"] + bread["height"] * 0.952, steps=8)
    page.mouse.up()
    wait_until_saved(page)
    expect(share(page, SCHOOLS)).to_have_value("27")
    expect(share(page, CLUB)).to_have_value("8")
    expect(page.locator("[data-total]")).to_have_text("100\u00a0%")
    page.reload()
    expect(share(page, SCHOOLS)).to_have_value("27")


def test_the_keyboard_alone_divides_the_bread(page: Page) -> None:
    handle = page.locator(f"#handle-{SCHOOLS}")
    before = float(handle.get_attribute("aria-valuenow") or 0)
    page.locator("#bread .handle").first.focus()
    for _ in range(9):
        if handle.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(handle).to_be_focused()
    expect(handle).to_have_role("slider")
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowRight"):
        page.keyboard.press(key)
    wait_until_saved(page)
    expected = str(round(before - 1.9, 1)).replace(".", ",")
    expect(share(page, SCHOOLS)).to_have_value(expected)
    expect(page.locator("[data-total]")).to_have_text("100\u00a0%")
    expect(handle).to_be_focused()


def test_what_is_missing_or_too_much_is_said_and_levelled(page: Page) -> None:
    write(page, SCHOOLS, "10")
    balance = page.locator("[data-balance]")
    expect(balance).to_contain_text("жетпейт")
    expect(page.locator("[data-gap]")).not_to_have_attribute("d", "")
    write(page, SCHOOLS, "90")
    expect(balance).to_contain_text("ашык")
    expect(page.locator("[data-surplus]")).not_to_have_attribute("d", "")
    # The rest to one slice makes it exact.
    page.locator(f"#rest-{SCHOOLS}").click()
    expect(page.locator("[data-total]")).to_have_text("100\u00a0%")
    expect(balance).to_be_empty()
    write(page, SCHOOLS, "60")
    page.locator("#fit").click()
    expect(page.locator(".tokoch-total")).to_have_class(re.compile("is-exact"))
    expect(page.locator("[data-total]")).to_have_text("100\u00a0%")


def test_sums_and_shares_follow_each_other(page: Page) -> None:
    page.locator("#total").fill("2 000 000")
    page.locator("#total").press("Enter")
    expect(page.locator(f"#amount-{CLUB}")).not_to_have_value("")
    page.locator(f"#amount-{CLUB}").fill("500000")
    page.locator(f"#amount-{CLUB}").press("Tab")
    expect(share(page, CLUB)).to_have_value("25")
    write(page, CLUB, "12,5")
    expect(page.locator(f"#amount-{CLUB}")).to_have_value("250\u00a0000")


def test_a_wrong_share_is_refused_in_words(page: Page, desk: Desk) -> None:
    desk.watch.expect("status of 422")
    share(page, CLUB).fill("140")
    share(page, CLUB).press("Tab")
    expect(page.locator("#save-refused")).to_be_visible()
    expect(share(page, CLUB)).to_have_attribute("aria-invalid", "true")
    # What is changed elsewhere meanwhile comes in beside it.
    other = desk.window(VILLAGE_X)
    write(other, SCHOOLS, "11")
    other.close()
    expect(share(page, SCHOOLS)).to_have_value("11")
    expect(share(page, CLUB)).to_have_attribute("aria-invalid", "true")
    expect(share(page, CLUB)).to_have_value("140")
    write(page, CLUB, "8")
    expect(share(page, CLUB)).not_to_have_attribute("aria-invalid", "true")
    page.reload()
    expect(share(page, CLUB)).to_have_value("8")


def test_slices_are_added_ordered_and_taken_off(page: Page) -> None:
    page.locator("#item").fill("Таза суу")
    page.locator("#percent").fill("7")
    page.locator("#percent").press("Enter")
    row = page.locator(".slice-row").last
    expect(row.locator(".slice-item").first).to_have_value("Таза суу")
    expect(page.locator(".slice-row")).to_have_count(10)
    expect(page.locator("#item")).to_be_focused()
    name = row.get_attribute("id").removeprefix("slice-")
    expect(share(page, name)).to_have_value("7")
    page.locator(f"#slice-up-{name}").click()
    expect(page.locator(".slice-row").nth(8)).to_have_id(f"slice-{name}")
    page.locator("#item").fill("таза суу")
    page.locator("#item").press("Enter")
    expect(page.locator("#item-error")).to_contain_text("таза суу")
    page.locator(f"#slice-remove-{name}").click()
    expect(page.locator(".slice-row")).to_have_count(9)


def test_the_real_budget_the_differences_and_the_topics(desk: Desk, desks: Desks) -> None:
    page = desk.window(TOKOCH)
    other = desks.open_beside(desk).window(TOKOCH)
    first = page.locator(".difference").first
    expect(first).to_contain_text(text(
        "tokoch.difference.more", item="Айыл өкмөтүн күтүү", believed="15\u00a0%",
        real="52\u00a0%"))
    # Lines that belong nowhere yet are offered, and people confirm them one by one or at once.
    page.locator("#match-details summary").click()
    page.locator(".match-yes").first.click()
    expect(page.locator(".difference")).to_have_count(7)
    schools = page.locator(".difference", has_text="Мектептерди күтүү")
    schools.get_by_role("button").click()
    expect(schools.locator(".tag-done")).to_be_visible()
    topic = page.locator(".topic", has_text="Мектептерди күтүү")
    expect(topic).to_have_count(1)
    # As fast as hands are counted: what is saved meanwhile sets nothing back.
    for _ in range(12):
        topic.locator(".vote").last.click()
    topic.locator(".vote").first.click()
    number = topic.locator(".votes-number")
    expect(number).to_have_value("11")
    wait_until_saved(page)
    there = other.locator(".topic", has_text="Мектептерди күтүү")
    expect(there.locator(".votes-number")).to_have_value("11")
    number.fill("15")
    number.press("Enter")
    # Most votes stand first, in both windows.
    for window in (page, other):
        expect(window.locator(".topic .topic-words").first).to_have_value(
            re.compile("^Мектептерди күтүү"))
    tab_to(page, topic.locator(".vote").last)
    page.keyboard.press("Enter")
    expect(number).to_have_value("16")
    page.close()


def test_it_works_without_scripts(desk: Desk, desks: Desks) -> None:
    plain = desks.open(
        desk.program, storage_state=desk.context.storage_state(), java_script_enabled=False)
    page = plain.window(TOKOCH)
    share(page, "demo-s4-k7").fill("1")
    page.locator("button[form=shares]").click()
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator("[data-balance]")).to_contain_text("4\u00a0%")
    page.locator("#rest-demo-s4-k7").click()
    expect(share(page, "demo-s4-k7")).to_have_value("5")
    page.close()


@pytest.mark.parametrize("path", [TOKOCH, VILLAGE_X])
def test_it_looks_well(desk: Desk, path: str, screenshots: Path) -> None:
    page = desk.window(path)
    name = "tokoch-real" if path == TOKOCH else "tokoch"
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
        check_fits(page)
        check_words(page)
        assert not faults(page), "\n".join(faults(page))
    page.close()
