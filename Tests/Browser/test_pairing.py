"""A laptop comes to belong to a community: two numbers typed across, or an invitation."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desks
from hands import button, go
from laptops import (MEETING_MS, Laptop, ask, card, fresh, invite, join_with, number, office,
                     open_door, type_number, wait_until_same)
from texts import text
from wrong_clock import WrongClock

SCHOOL = "Арал, Токтогул атындагы мектеп"
LIBRARY = "Бирдик, китепкана"
# A screen asks the other every second or so.
ACROSS_MS = 6_000
TWO_MINUTES = 120


@pytest.fixture
def host(start: Callable, desks: Desks) -> Iterator[Laptop]:
    """An office of its own: pairings may not be tried often."""
    laptop = office(start, desks)
    yield laptop
    laptop.end()


@pytest.fixture
def joiner(start: Callable, desks: Desks) -> Iterator[Laptop]:
    """A laptop on which nothing was done yet."""
    laptop = fresh(start, desks)
    yield laptop
    laptop.end()


def meet(host: Laptop, joiner: Laptop, label: str = SCHOOL) -> Page:
    """Both screens show their numbers."""
    page = open_door(host)
    ask(joiner, host.address, label)
    assert number(page) != number(joiner.page)
    return page


def check_ended(page: Page, reason: str) -> None:
    """A screen says that it is over, why, and what to do."""
    ended = page.locator("main")
    expect(ended).to_contain_text(text(f"pair.ended.{reason}.why"), timeout=ACROSS_MS)
    expect(ended).to_contain_text(text(f"pair.ended.{reason}.remedy"))
    expect(page.locator(".pair-code")).to_have_count(0)


def test_two_numbers_typed_across(host: Laptop, joiner: Laptop) -> None:
    # The first run leads there.
    go(joiner.page, joiner.page.get_by_role("link", name=text("join.choose")))
    page = meet(host, joiner)
    expect(page.locator("main")).to_contain_text(text("pair.number.state.both"))
    shown = number(page)
    # With a space in the middle, as it stands on the screen.
    type_number(page, f"{number(joiner.page)[:3]} {number(joiner.page)[3:]}")
    expect(page.locator("main")).to_contain_text(text("pair.number.state.there"))
    expect(joiner.page.locator("main")).to_contain_text(
        text("pair.number.state.here"), timeout=ACROSS_MS)
    type_number(joiner.page, shown)
    expect(joiner.page.locator("main")).to_contain_text(text("pair.admit.patience"))
    # The office says what it is called and what it is for, and may think about it.
    expect(page.locator("main")).to_contain_text(
        text("pair.admit.lead", label=SCHOOL), timeout=ACROSS_MS)
    expect(page.locator("#field-label")).to_have_value(SCHOOL)
    expect(page.locator("[id^=field-role]:checked")).to_have_value("clerk")
    page.locator("#field-label").fill(LIBRARY)
    go(page, button(page, "pair.admit.button"))
    expect(page.locator("main")).to_contain_text(text("pair.done.office", label=LIBRARY))
    joiner.label = LIBRARY
    # What it lacks comes by itself, and so does the page on which one logs in.
    expect(joiner.page).to_have_url(re.compile("/login"), timeout=MEETING_MS)
    joiner.log_in()
    wait_until_same(joiner, host)
    expect(card(host.go("/laptops"), joiner)).to_contain_text(text("laptops.role.clerk"))
    # A laptop that belongs to a community asks for no other.
    joiner.go("/welcome/join")
    expect(joiner.page).not_to_have_url(re.compile("/welcome"))


def test_three_wrong_numbers_at_the_office(host: Laptop, joiner: Laptop) -> None:
    page = meet(host, joiner)
    host.desk.watch.expect("status of 422")
    type_number(page, "12")
    expect(page.locator("#error-summary")).to_contain_text(text("pair.number.bad"))
    # Its own number is never the other's.
    for left in (2, 1):
        type_number(page, number(page))
        expect(page.locator(".field-error")).to_contain_text(
            text("pair.number.wrong", count=left))
    type_number(page, number(page))
    check_ended(page, "wrongNumbers")
    check_ended(joiner.page, "cancelled")
    # The way out is there.
    expect(button(page, "pair.open.button")).to_be_visible()
    expect(joiner.page.locator("#join-address")).to_be_visible()


def test_three_wrong_numbers_at_the_joiner(host: Laptop, joiner: Laptop) -> None:
    page = meet(host, joiner)
    for left in (2, 1):
        type_number(joiner.page, number(joiner.page))
        expect(joiner.page.locator(".field-error")).to_contain_text(
            text("pair.number.wrong", count=left))
    type_number(joiner.page, number(joiner.page))
    check_ended(joiner.page, "wrongNumbers")
    check_ended(page, "cancelled")


def test_a_wrong_number_stops_no_screen(host: Laptop, joiner: Laptop) -> None:
    page = meet(host, joiner)
    type_number(joiner.page, number(joiner.page))
    expect(joiner.page.locator(".field-error")).to_be_visible()
    # What happens at the office still appears here.
    type_number(page, number(joiner.page))
    expect(joiner.page.locator("main")).to_contain_text(
        text("pair.number.state.here"), timeout=ACROSS_MS)


def test_either_gives_up(host: Laptop, joiner: Laptop) -> None:
    page = meet(host, joiner)
    go(page, button(page, "pair.end"))
    expect(button(page, "pair.open.button")).to_be_visible()
    check_ended(joiner.page, "cancelled")
    page = meet(host, joiner)
    go(joiner.page, button(joiner.page, "pair.end"))
    expect(joiner.page.locator("#join-address")).to_be_visible()
    check_ended(page, "cancelled")


def test_the_time_is_over(
    start: Callable, desks: Desks, joiner: Laptop, tmp_path: Path,
) -> None:
    clock = WrongClock(tmp_path)
    host = office(start, desks, environment=clock.environment)
    page = meet(host, joiner)
    clock.sleep(TWO_MINUTES + 1)
    check_ended(page, "tooLate")
    check_ended(joiner.page, "cancelled")


def test_a_second_laptop_waits_for_the_first(
    host: Laptop, joiner: Laptop, start: Callable, desks: Desks,
) -> None:
    page = meet(host, joiner)
    shown = number(page)
    second = fresh(start, desks)
    ask(second, host.address, LIBRARY)
    check_ended(second.page, "busy")
    # The first goes on undisturbed.
    assert number(page) == shown
    type_number(page, number(joiner.page))
    type_number(joiner.page, shown)
    expect(button(page, "pair.admit.button")).to_be_visible(timeout=ACROSS_MS)
    go(page, button(page, "pair.admit.button"))
    expect(page.locator("main")).to_contain_text(text("pair.done.office", label=SCHOOL))


def test_nobody_waits_at_the_office(host: Laptop, joiner: Laptop) -> None:
    ask(joiner, host.address, SCHOOL)
    expect(joiner.page.locator("main .finding").filter(has_text=re.compile(
        "|".join(re.escape(text(f"pair.ended.{reason}.why"))
                 for reason in ("notWaiting", "unreachable"))))).to_be_visible(timeout=ACROSS_MS)
    expect(joiner.page.locator("#join-address")).to_be_visible()


def test_an_address_where_nobody_is(joiner: Laptop) -> None:
    joiner.desk.watch.expect("status of 422")
    ask(joiner, "кеңсе", SCHOOL)
    expect(joiner.page.locator("#error-summary")).to_contain_text(text("laptops.connect.bad"))
    expect(joiner.page.locator("#join-label")).to_have_value(SCHOOL)
    ask(joiner, "127.0.0.1:9", SCHOOL)
    check_ended(joiner.page, "unreachable")


def test_an_invitation_admits_one_laptop_once(
    host: Laptop, joiner: Laptop, start: Callable, desks: Desks, tmp_path: Path,
) -> None:
    joiner.desk.watch.expect("status of 422")
    no_invitation = tmp_path / "кат.txt"
    no_invitation.write_text("Урматтуу кесиптештер!", encoding="utf-8")
    join_with(joiner, no_invitation, SCHOOL)
    expect(joiner.page.locator("#error-summary")).to_contain_text(
        text("laptops.fault.badInvitation"))
    file = invite(host, "office", tmp_path / "invitation.key")
    join_with(joiner, file, SCHOOL)
    expect(joiner.page).to_have_url(re.compile("/login"), timeout=MEETING_MS)
    joiner.log_in()
    wait_until_same(joiner, host)
    # It is an office: it may admit others itself.
    expect(card(host.go("/laptops"), joiner)).to_contain_text(text("laptops.role.office"))
    page = open_door(joiner)
    go(page, button(page, "pair.end"))
    second = fresh(start, desks)
    second.desk.watch.expect("status of 422")
    join_with(second, file, LIBRARY)
    expect(second.page.locator("#error-summary")).to_contain_text(re.compile("|".join(
        re.escape(text(f"laptops.fault.{fault}")) for fault in ("usedInvitation", "unreachable"))))
