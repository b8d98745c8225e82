"""Laptops whose batteries are dead say 2000 or 2038: they say so, ask, and lose nothing."""

import datetime
import re
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from cable import Cable
from conftest import Desks
from hands import button, go
from laptops import MEETING_MS, Laptop, apart, pair, wait_until_same
from texts import text
from wrong_clock import WrongClock

CLERK = "Бирдик, китепкана"
BISHKEK = ZoneInfo("Asia/Bishkek")
EMPTY_BATTERY = datetime.datetime(2000, 1, 1, 9, 30, tzinfo=BISHKEK)
FAR_AHEAD = datetime.datetime(2038, 1, 19, 9, 14, tzinfo=BISHKEK)

pytestmark = pytest.mark.steps


@pytest.fixture(scope="module", params=[EMPTY_BATTERY, FAR_AHEAD], ids=["2000", "2038"])
def laptops(
    request: pytest.FixtureRequest, start: Callable, desks: Desks,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Laptop, Laptop, Cable]]:
    """An office, a laptop with a wrong clock, and the cable between them."""
    clock = WrongClock(tmp_path_factory.mktemp("clock"), request.param)
    both = pair(start, desks, CLERK, environment=clock.environment)
    yield both
    for laptop in both[:2]:
        laptop.end()


@pytest.fixture
def village(laptops: tuple[Laptop, Laptop, Cable]) -> str:
    """The record of a village, as both know it."""
    page = laptops[0].go("/records/village")
    link = page.get_by_role("link", name="Бирдик", exact=True)
    return (link.get_attribute("href") or "").removeprefix("/records/")


def test_an_edit_made_after_seeing_wins(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    here.write(village, nameRu="село Бирдик")
    wait_until_same(there, here)
    there.write(village, nameRu="Бирдик (новое)")
    wait_until_same(there, here)
    here.write(village, nameRu="с. Бирдик")
    wait_until_same(there, here)
    for laptop in (here, there):
        assert laptop.value(village, "nameRu") == "с. Бирдик"
        expect(laptop.go("/conflicts").locator("main")).to_contain_text(text("conflicts.none"))


def test_a_conflict_says_whose_clock_was_wrong(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    with apart(*laptops):
        here.write(village, men="300")
        there.write(village, men="310")
    page = here.go(f"/conflicts/{village.replace('/', '.')}.men")
    expect(page.locator("label.version", has_text="310")).to_contain_text(text("conflicts.clock"))
    expect(page.locator("label.version", has_text="300")).not_to_contain_text(
        text("conflicts.clock"))
    go(page, button(page, "conflicts.decideLast"))
    wait_until_same(there, here)


def test_the_clock_is_asked_for_and_told(laptops: tuple[Laptop, Laptop, Cable]) -> None:
    here, there, _ = laptops
    expect(here.go("/laptops").locator("main")).not_to_contain_text(text("laptops.waiting.clock"))
    page = there.go("/laptops")
    expect(page.locator("main")).to_contain_text(text("laptops.waiting.clock"))
    expect(page.locator("#site-nav .badge")).to_contain_text("1", timeout=MEETING_MS)
    go(page, page.get_by_role("link", name=text("laptops.waiting.clockAction"), exact=True))
    expect(page.locator(".facts")).to_contain_text(re.compile(r"(2000|2038)-жылдын"))
    # Nobody is asked whether it is 2000, which cannot be.
    expect(page.locator(".next-step")).to_contain_text(re.compile(r"\b20[2-9]\d-жылдын"))
    there.desk.watch.expect("status of 422")
    now = datetime.datetime.now(BISHKEK)
    for day, time, problem in (
        ("31.02.2026", "09:30", "records.problem.notDate"),
        (f"{now:%d.%m.%Y}", "25:00", "clock.problem.time"),
        (f"{now:%d.%m}.1999", "09:30", "clock.problem.year"),
    ):
        page.locator("#field-day").fill(day)
        page.locator("#field-time").fill(time)
        go(page, button(page, "clock.set"))
        expect(page.locator("#error-summary")).to_contain_text(text(problem))
        expect(page.locator("#field-time")).to_have_value(time)
    page.locator("#field-day").fill(f"{now:%d.%m.%Y}")
    page.locator("#field-time").fill(f"{now:%H:%M}")
    go(page, button(page, "clock.set"))
    expect(page.locator(".flash").first).to_contain_text(text("clock.flash.set"))
    expect(page.locator("main")).to_contain_text(text("clock.trusted"))
    expect(page.locator(".facts dd").first).to_contain_text(f"{now.year}-жылдын {now.day}-")
    expect(page.locator("#site-nav .badge")).to_have_count(0)


def test_what_is_written_afterwards_has_the_right_time(
    laptops: tuple[Laptop, Laptop, Cable], village: str,
) -> None:
    here, there, _ = laptops
    there.write(village, women="299")
    wait_until_same(there, here)
    year = datetime.datetime.now(BISHKEK).year
    page = here.go(f"/records/{village}/history")
    expect(page.locator("main")).to_contain_text(f"{year}-жылдын")
    assert here.value(village, "women") == "299"
