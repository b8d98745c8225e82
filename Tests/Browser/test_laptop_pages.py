"""The pages of the laptops at three widths: they fit, say nothing wrong, and can be read by all."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from cable import Cable
from conftest import Desks
from hands import button, go
from laptops import (MEETING_MS, Laptop, apart, ask, card, fresh, invite, join_with, number,
                     open_door, pair, type_number, wait_until_same)
from looks import WIDTHS, check_fits, check_words, faults
from texts import text
from wrong_clock import WrongClock

CLERK = "Үч-Төбө, айыл башчысы Өмүрбек"
SCHOOL = "Арал, Токтогул атындагы мектеп"
LOST = "Бирдик, Жеңишбек Өскөнбаев"
JOINER = "Жаңы-Өзөн, айыл өкмөтүнүн өкүлү"
EMPTY_BATTERY = datetime.datetime(2000, 1, 1, 9, 30, tzinfo=ZoneInfo("Asia/Bishkek"))
NOTES = (
    "Ички жолдор жазында жана күзүндө өтүүгө мүмкүн болбой калат. Өткөн жылы эки жолу тез жардам "
    "унаасы жетпей калган.\nКөпүрөнүн тирөөчтөрү эскирген, ашар жолу менен убактылуу бекемделген.",
    "Ички жолдорду шагыл менен жабуу үчүн айыл өкмөтү 1 250 000 сом бөлгөн, калганын тургундар "
    "ашар жолу менен жасайт. Жооптуу: Өскөнбаев Ж.",
)


@dataclass
class Village:
    """An office, a laptop with a wrong clock, and the cable between them."""

    office: Laptop
    clerk: Laptop
    cable: Cable

    @property
    def all(self) -> tuple[Laptop, Laptop, Cable]:
        """What `apart` takes."""
        return self.office, self.clerk, self.cable


@pytest.fixture(scope="module")
def village(
    start: Callable, desks: Desks, tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Village]:
    """Two laptops with records for which both have something to decide."""
    clock = WrongClock(tmp_path_factory.mktemp("clock"), EMPTY_BATTERY)
    village = Village(*pair(start, desks, CLERK, environment=clock.environment))
    here, there = village.office, village.clerk
    links = here.go("/records/village").locator("#records-live tbody a").all()
    records = [link.get_attribute("href").removeprefix("/records/") for link in links]
    home = here.go("/records/municipality").locator("#records-live tbody a").first
    lines = [{
        "entity": "cycle", "id": "c1", "startsOn": "2026-03-01", "stage": 1,
        "municipality": home.get_attribute("href").rsplit("/", 1)[-1],
        "title": "Жамаат муктаждыктарын биргелешип аныктоо, 2026-жыл"}]
    file = tmp_path_factory.mktemp("import") / "records.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")
    here.program.run("import", str(file))
    wait_until_same(there, here)
    with apart(*village.all):
        for laptop, note, households in zip((here, there), NOTES, ("1204", "1240"), strict=True):
            laptop.write("cycle/c1", note=note)
            laptop.write(records[0], households=households)
        there.delete(records[1])
        there.delete(records[2])
    yield village
    for laptop in (here, there):
        laptop.end()


def look(page: Page, name: str, folder: Path) -> None:
    """Looks at a page as it is now, at each width."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        check_fits(page)
        check_words(page)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert not faults(page), f"{name} at {width}: " + "\n".join(faults(page))


def test_what_both_decide(village: Village, screenshots: Path) -> None:
    page = village.office.go("/conflicts")
    look(page, "conflicts", screenshots)
    links = page.locator("#conflicts-live a")
    expect(links).to_have_count(2)
    for index, name in enumerate(sorted(links.evaluate_all(
            "links => links.map((link) => link.getAttribute('href'))"))):
        look(village.office.go(name), f"conflict-{index}", screenshots)
    page.locator("input[value=write]").check()
    village.office.desk.watch.expect("status of 422")
    page.locator("#field-households").fill("көп")
    go(page, button(page, "conflicts.decide"))
    look(page, "conflict-refused", screenshots)
    page = village.office.go("/deletions")
    expect(page.locator(".deletions > li")).to_have_count(2)
    look(page, "deletions", screenshots)


def test_the_clock(village: Village, screenshots: Path) -> None:
    look(village.office.go("/clock"), "clock-right", screenshots)
    look(village.clerk.go("/clock"), "clock-wrong", screenshots)


def test_the_community(
    village: Village, start: Callable, desks: Desks, tmp_path: Path, screenshots: Path,
) -> None:
    here = village.office
    others = []
    for label, role in ((SCHOOL, "reader"), (LOST, "clerk")):
        other = fresh(start, desks)
        join_with(other, invite(here, role, tmp_path / f"{role}.key"), label)
        expect(other.page).to_have_url(re.compile("/login"), timeout=MEETING_MS)
        other.log_in()
        others.append(other)
    school, lost = others
    page = here.go("/laptops")
    for key in ("renameLink", "removeLink"):
        go(page, card(page, lost).get_by_role("link", name=text(f"laptops.{key}")))
        look(page, f"laptops-{key}", screenshots)
        here.go("/laptops")
    go(page, card(page, lost).get_by_role("link", name=text("laptops.removeLink")))
    go(page, button(page, "laptops.remove.button"))
    page.locator("#removed > summary").click()
    go(page, page.locator("#removed").get_by_role("link", name=text("laptops.readmitLink")))
    look(page, "laptops-readmit", screenshots)
    school.desk.watch.expect_power_cut()
    school.program.stop()
    page = here.go("/laptops")
    expect(card(page, school)).to_contain_text(text("laptops.absent"), timeout=MEETING_MS)
    page.locator("#removed > summary").click()
    look(page, "laptops-office", screenshots)
    look(village.clerk.go("/laptops"), "laptops-clerk", screenshots)
    theirs = lost.go("/laptops")
    expect(theirs.locator("main")).to_contain_text(
        text("laptops.warning.selfRemoved"), timeout=MEETING_MS)
    look(theirs, "laptops-removed", screenshots)


def test_the_way_in(village: Village, start: Callable, desks: Desks, screenshots: Path) -> None:
    here, joiner = village.office, fresh(start, desks)
    look(joiner.page, "welcome", screenshots)
    look(joiner.go("/welcome/join"), "join", screenshots)
    look(here.go("/laptops/pair"), "pair", screenshots)
    page = open_door(here)
    look(page, "pair-waiting", screenshots)
    ask(joiner, here.address, JOINER)
    shown_here, shown_there = number(page), number(joiner.page)
    type_number(joiner.page, shown_there)
    look(page, "pair-numbers", screenshots)
    look(joiner.page, "join-wrong", screenshots)
    type_number(page, shown_there)
    look(page, "pair-typed", screenshots)
    type_number(joiner.page, shown_here)
    expect(joiner.page.locator("main")).to_contain_text(text("pair.admit.patience"))
    look(joiner.page, "join-patience", screenshots)
    expect(button(page, "pair.admit.button")).to_be_visible()
    look(page, "pair-admit", screenshots)
    go(joiner.page, button(joiner.page, "pair.end"))
    ended = page.locator("main")
    expect(ended).to_contain_text(text("pair.ended.cancelled.why"), timeout=MEETING_MS)
    look(page, "pair-ended", screenshots)
