"""What people wrote apart: one value counts everywhere, the other waits on both laptops."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from cable import Cable
from conftest import Desks
from hands import go
from laptops import MEETING_MS, OFFICE, PERSON, Laptop, apart, pair, wait_until_same
from texts import text

CLERK = "Үч-Төбө, айыл башчысы Өмүрбек"


@pytest.fixture(scope="module")
def laptops(start: Callable, desks: Desks) -> Iterator[tuple[Laptop, Laptop, Cable]]:
    """An office and a laptop of a village, logged in, and the cable between them."""
    both = pair(start, desks, CLERK)
    yield both
    for laptop in both[:2]:
        laptop.end()


@pytest.fixture(scope="module")
def village(laptops: tuple[Laptop, Laptop, Cable]) -> str:
    """The record of a village, as both know it."""
    page = laptops[0].go("/records/village")
    href = page.get_by_role("link", name="Арал", exact=True).get_attribute("href")
    return href.removeprefix("/records/")


def waiting(page: Page) -> str:
    """How much waits for a person, as the menu says; empty for nothing."""
    badge = menu_link(page).locator(".badge")
    return badge.inner_text().split()[-1] if badge.count() else ""


def menu_link(page: Page) -> Locator:
    """The menu's link to the laptops, with or without what waits there."""
    nav = page.get_by_role("navigation", name=text("layout.menu"))
    return nav.get_by_role("link", name=re.compile("^" + text("layout.menuItems.laptops")))


def check_nothing_waits(laptop: Laptop) -> None:
    """A decision comes by itself, and changes no value where one was kept."""
    badge = menu_link(laptop.go("/")).locator(".badge")
    expect(badge).to_have_count(0, timeout=MEETING_MS)


def decide(laptop: Laptop, record: str, name: str) -> Page:
    """Opens the conflict of a field from the menu."""
    page = laptop.go("/")
    go(page, menu_link(page))
    go(page, page.get_by_role("link", name=text("laptops.waiting.conflictsAction")))
    go(page, page.locator(f"main a[href='/conflicts/{record.replace('/', '.')}.{name}']"))
    return page


def save(page: Page) -> None:
    """Decides; the button says whether there is another one."""
    words = [text("conflicts.decide"), text("conflicts.decideLast")]
    go(page, page.get_by_role("button", name=re.compile(f"^({'|'.join(words)})$")))


def test_different_fields_of_one_record_both_survive(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        here.write(village, men="412")
        there.write(village, women="431")
    for laptop in (here, there):
        assert laptop.value(village, "men") == "412"
        assert laptop.value(village, "women") == "431"
        check_nothing_waits(laptop)
        expect(laptop.go("/conflicts").locator("main")).to_contain_text(text("conflicts.none"))


def test_one_field_written_apart_is_shown_on_both(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        here.write(village, nameRu="Арал (центр)")
        there.write(village, nameRu="село Арал")
    # It was written later, and both clocks are right.
    for laptop in (here, there):
        assert laptop.value(village, "nameRu") == "село Арал"
        assert waiting(laptop.go("/")) == "1"
        page = decide(laptop, village, "nameRu")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Арал")
        current, other = page.locator("label.version").all()
        expect(current).to_contain_text("село Арал")
        expect(current).to_contain_text(text("conflicts.current"))
        expect(other).to_contain_text("Арал (центр)")
        expect(other).not_to_contain_text(text("conflicts.current"))
        for version, place in ((current, CLERK), (other, OFFICE)):
            expect(version).to_contain_text(PERSON)
            expect(version).to_contain_text(place)
            expect(version).to_contain_text(re.compile(r"\d{4}-жылдын \d+-\S+, \d\d:\d\d"))


def test_taking_a_value_makes_it_count_on_both(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    # Nobody loads this window anew: the decision arrives there by itself.
    page = there.window("/conflicts")
    expect(page.locator("#conflicts-live a")).to_have_count(1)
    mine = decide(here, village, "nameRu")
    mine.locator("label.version", has_text="Арал (центр)").click()
    save(mine)
    expect(mine.locator(".flash")).to_contain_text(text("conflicts.flash.decided"))
    expect(page.locator("#conflicts-live")).to_contain_text(
        text("conflicts.none"), timeout=MEETING_MS)
    expect(menu_link(page).locator(".badge")).to_have_count(0)
    there.close_windows()
    for laptop in (here, there):
        assert laptop.value(village, "nameRu") == "Арал (центр)"
        check_nothing_waits(laptop)
    wait_until_same(there, here)


def test_a_third_value_counts_on_both(laptops: tuple[Laptop, Laptop, Cable], village: str) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        here.write(village, households="201")
        there.write(village, households="210")
    there.desk.watch.expect("status of 422")
    page = decide(there, village, "households")
    # A third value that is none is refused, and what was typed stays.
    page.get_by_label(text("conflicts.write"), exact=True).check()
    page.locator("#field-households").fill("эки жүз")
    save(page)
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator("#field-households")).to_have_value("эки жүз")
    expect(page.get_by_label(text("conflicts.write"), exact=True)).to_be_checked()
    page.locator("#field-households").fill("205")
    save(page)
    expect(page.locator(".flash")).to_contain_text(text("conflicts.flash.decided"))
    wait_until_same(there, here)
    for laptop in (here, there):
        assert laptop.value(village, "households") == "205"
        check_nothing_waits(laptop)


def test_each_conflict_leads_to_the_next(laptops: tuple[Laptop, Laptop, Cable], village: str) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        here.write(village, children="90", men="400")
        there.write(village, children="95", men="405")
    assert waiting(here.go("/")) == waiting(there.go("/")) == "2"
    page = decide(here, village, "men")
    expect(page.locator("main")).to_contain_text(text("conflicts.left", count=1))
    for _ in range(2):
        save(page)
    expect(page).to_have_url(re.compile("/conflicts$"))
    expect(page.locator("main")).to_contain_text(text("conflicts.none"))
    wait_until_same(there, here)
    check_nothing_waits(there)


def test_a_decision_can_be_undone(laptops: tuple[Laptop, Laptop, Cable], village: str) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        here.write(village, nameRu="Арал-1")
        there.write(village, nameRu="Арал-2")
    page = decide(here, village, "nameRu")
    page.locator("label.version", has_text="Арал-1").click()
    save(page)
    go(page, page.locator(".flash").get_by_role("button"))
    wait_until_same(there, here)
    for laptop in (here, there):
        assert laptop.value(village, "nameRu") == "Арал-2"


def test_a_change_appears_on_an_open_page_of_the_other(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    page = there.window("/records/village")
    here.write(village, name="Арал айылы")
    # The link that the last cut broke may still have to be made anew.
    expect(page.locator("#records-live")).to_contain_text("Арал айылы", timeout=MEETING_MS)
    here.write(village, name="Арал")
    expect(page.get_by_role("link", name="Арал", exact=True)).to_be_visible()
    there.close_windows()
