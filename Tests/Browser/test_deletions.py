"""What somebody deleted on another laptop is shown here, and can be taken back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from cable import Cable
from conftest import Desks
from hands import button, go
from laptops import PERSON, Laptop, apart, pair, wait_until_same
from texts import text

CLERK = "Үч-Төбө, айыл башчысы Өмүрбек"
VILLAGES = ["Арал", "Бирдик", "Үч-Төбө"]

pytestmark = pytest.mark.steps


@pytest.fixture(scope="module")
def laptops(start: Callable, desks: Desks) -> Iterator[tuple[Laptop, Laptop, Cable]]:
    """An office and a laptop of a village, logged in, and the cable between them."""
    both = pair(start, desks, CLERK)
    yield both
    for laptop in both[:2]:
        laptop.end()


@pytest.fixture(scope="module")
def villages(laptops: tuple[Laptop, Laptop, Cable]) -> dict[str, str]:
    """The records of the villages by their names."""
    links = laptops[0].go("/records/village").locator("#records-live tbody a").all()
    return {
        link.inner_text(): link.get_attribute("href").removeprefix("/records/") for link in links}


def shown(laptop: Laptop) -> list[str]:
    """The villages that a laptop lists."""
    page = laptop.go("/records/village")
    return sorted(page.locator("#records-live tbody a").all_inner_texts())


def open_deletions(laptop: Laptop, count: int) -> Page:
    """Goes to the deletions from what waits on the page of the laptops."""
    page = laptop.go("/laptops")
    expect(page.locator("main")).to_contain_text(text("laptops.waiting.deletions", count=count))
    go(page, page.get_by_role("link", name=text("laptops.waiting.deletionsAction"), exact=True))
    expect(page.locator(".deletions > li")).to_have_count(count)
    return page


def test_deletions_of_another_are_listed(
    laptops: tuple[Laptop, Laptop, Cable], villages: dict[str, str],
) -> None:
    here, there, _ = laptops
    assert sorted(villages) == VILLAGES
    listed = here.window("/records/village")
    with apart(*laptops):
        for record in villages.values():
            there.delete(record)
    # Nobody loaded the list anew, and whoever deleted is not asked.
    expect(listed.locator("#records-live")).to_contain_text(text("records.none"))
    expect(listed.locator("#site-nav .badge")).to_contain_text("3")
    here.close_windows()
    expect(there.go("/deletions").locator("main")).to_contain_text(text("deletions.none"))
    page = open_deletions(here, 3)
    for name in VILLAGES:
        row = page.locator(".deletions > li", has_text=re.compile(rf"^\s*{name}"))
        for words in (text("entities.village.one"), PERSON, CLERK):
            expect(row).to_contain_text(words)
        expect(row).to_contain_text(re.compile(r"\d{4}-жылдын \d+-\S+, \d\d:\d\d"))


def test_one_is_taken_back_and_another_is_right(
    laptops: tuple[Laptop, Laptop, Cable],
) -> None:
    here, there, _ = laptops
    page = open_deletions(here, 3)
    here.desk.watch.expect("status of 422")
    go(page, button(page, "deletions.restore"))
    expect(page.locator("#error-summary")).to_contain_text(text("deletions.problem.none"))
    page.get_by_label("Бирдик", exact=True).check()
    go(page, button(page, "deletions.restore"))
    expect(page.locator(".flash")).to_contain_text(text("deletions.flash.restored"))
    expect(page.locator(".deletions > li")).to_have_count(2)
    wait_until_same(there, here)
    assert shown(here) == shown(there) == ["Бирдик"]
    page = open_deletions(here, 2)
    page.get_by_label("Арал", exact=True).check()
    go(page, button(page, "deletions.seen"))
    expect(page.locator(".flash")).to_contain_text(text("deletions.flash.seen"))
    expect(page.locator(".deletions > li")).to_have_count(1)
    assert shown(here) == ["Бирдик"]


def test_all_are_taken_back_in_one_go(
    laptops: tuple[Laptop, Laptop, Cable], villages: dict[str, str],
) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        there.delete(villages["Бирдик"])
    page = open_deletions(here, 2)
    go(page, button(page, "deletions.restoreAll"))
    expect(page.locator("main")).to_contain_text(text("deletions.none"))
    wait_until_same(there, here)
    assert shown(here) == shown(there) == ["Бирдик", "Үч-Төбө"]
    expect(here.go("/").locator("#site-nav .badge")).to_have_count(0)
