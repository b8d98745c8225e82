"""The page of the laptops: who is here and holds the same, why one is not, and who is sent away."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from cable import Cable
from conftest import Desks
from hands import button, go
from laptops import (MEETING_MS, OFFICE, PASSPHRASE, Laptop, card, connect, pair,
                     wait_until_same)
from texts import text

CLERK = "Үч-Төбө, айыл башчысы Өмүрбек"
RENAMED = "Бирдик, китепкана"
# How soon people hear that nobody is there any more.
SOON_MS = 10_000

pytestmark = pytest.mark.steps


@pytest.fixture(scope="module")
def laptops(start: Callable, desks: Desks) -> Iterator[tuple[Laptop, Laptop, Cable]]:
    """An office and a laptop of a village, logged in, and the cable between them."""
    both = pair(start, desks, CLERK)
    yield both
    for laptop in both[:2]:
        laptop.end()


@pytest.fixture
def office(laptops: tuple[Laptop, Laptop, Cable]) -> Laptop:
    """The laptop that admits and removes."""
    return laptops[0]


@pytest.fixture
def clerk(laptops: tuple[Laptop, Laptop, Cable]) -> Laptop:
    """The laptop that is admitted."""
    return laptops[1]


def test_both_are_here_and_hold_the_same(office: Laptop, clerk: Laptop) -> None:
    wait_until_same(office, clerk)
    for laptop, other in ((office, clerk), (clerk, office)):
        page = laptop.go("/laptops")
        expect(card(page, laptop)).to_contain_text(text("laptops.self"))
        theirs = card(page, other)
        expect(theirs).to_contain_text(text("laptops.here"))
        expect(theirs).to_contain_text(text("laptops.same"))
        # Nobody can miss anything that both hold.
        missing = theirs.locator("div", has=page.get_by_text(text("laptops.fact.missing")))
        expect(missing.last).to_contain_text(text("laptops.missing.nothing"))
        expect(page.locator("main")).to_contain_text(text("laptops.agreement.same", count=1))
        expect(theirs.locator(".laptop-code")).to_contain_text(laptop.code())


def municipality(laptop: Laptop) -> str:
    """The id of the one municipality."""
    link = laptop.go("/records/municipality").locator("#records-live tbody a").first
    return (link.get_attribute("href") or "").rsplit("/", 1)[-1]


def test_a_laptop_that_only_comes_by_itself_is_here_too(
    office: Laptop, clerk: Laptop, laptops: tuple[Laptop, Laptop, Cable],
) -> None:
    """Nobody told the office an address: only the clerk's laptop can call."""
    cable = laptops[2]
    page = office.window("/laptops")
    there = card(page, clerk)
    expect(there).to_contain_text(text("laptops.here"))
    expect(there.get_by_role("button", name=text("laptops.syncOne"))).to_have_count(0)
    # What is written there comes, and is the same again, while somebody looks on.
    clerk.write(f"municipality/{municipality(clerk)}", address="Манас көчөсү, 7")
    expect(page.locator(".digest-code")).to_have_text(code_pattern(clerk))
    expect(there).to_contain_text(text("laptops.same"))
    cable.pull()
    expect(there).to_contain_text(text("laptops.away.left.why"), timeout=SOON_MS)
    expect(there).to_contain_text(re.compile(r"\d\d:\d\d"))
    # Nobody can know any more that both are the same.
    office.write(f"municipality/{municipality(office)}", address="Манас көчөсү, 9")
    expect(there).not_to_contain_text(text("laptops.same"))
    theirs = card(clerk.go("/laptops"), office)
    expect(theirs).to_contain_text(text("laptops.absent"), timeout=SOON_MS)
    cable.plug()
    expect(there).to_contain_text(text("laptops.here"), timeout=MEETING_MS)
    expect(there).to_contain_text(text("laptops.same"), timeout=MEETING_MS)
    office.close_windows()


def code_pattern(laptop: Laptop) -> re.Pattern:
    """What a laptop holds, however its two groups are set."""
    return re.compile(r"\s*".join(laptop.code().split()))


def test_a_laptop_that_ends_is_missed_within_seconds(office: Laptop, clerk: Laptop) -> None:
    connect(office, clerk)
    page = office.window("/laptops")
    there = card(page, clerk)
    expect(there).to_contain_text(text("laptops.here"))
    clerk.desk.watch.expect_power_cut()
    clerk.program.stop()
    expect(there).to_contain_text(text("laptops.absent"), timeout=SOON_MS)
    expect(there).to_contain_text(text("laptops.away.noAnswer.why"))
    expect(there).to_contain_text(text("laptops.away.noAnswer.remedy"))
    expect(page.locator("main")).to_contain_text(text("laptops.agreement.alone"))
    # It comes back by itself, and so does what the page says.
    clerk.program.start()
    expect(there).to_contain_text(text("laptops.here"), timeout=MEETING_MS)
    expect(there).to_contain_text(text("laptops.same"), timeout=MEETING_MS)
    office.close_windows()
    clerk.go("/login")
    clerk.log_in()


def test_a_new_name_is_known_on_both(office: Laptop, clerk: Laptop) -> None:
    page = office.go("/laptops")
    go(page, card(page, clerk).get_by_role("link", name=text("laptops.renameLink")))
    office.desk.watch.expect("status of 422")
    page.locator("#field-label").fill("  ")
    go(page, page.locator("main").get_by_role("button"))
    expect(page.locator("#error-summary")).to_contain_text(text("laptops.label.bad"))
    page.locator("#field-label").fill(RENAMED)
    go(page, page.locator("main").get_by_role("button"))
    clerk.label = RENAMED
    expect(card(page, clerk)).to_be_visible()
    wait_until_same(office, clerk)
    expect(card(clerk.go("/laptops"), clerk)).to_contain_text(text("laptops.self"))


def test_only_an_office_and_its_administrator_send_away(
    office: Laptop, clerk: Laptop, desks: Desks,
) -> None:
    page = clerk.go("/laptops")
    for key in ("removeLink", "renameLink", "add"):
        expect(page.get_by_role("link", name=text(f"laptops.{key}"))).to_have_count(0)
    path = card(office.go("/laptops"), clerk).get_by_role(
        "link", name=text("laptops.removeLink")).get_attribute("href")
    clerk.desk.watch.expect("status of 4")
    answer = page.goto(path)
    assert answer and answer.status >= 400
    expect(page.locator("main")).to_contain_text(text("laptops.fault.notOffice"))
    # At the office a facilitator may exchange, and nothing more.
    office.program.add_account("nurlan", "facilitator", PASSPHRASE)
    other = desks.open(office.program)
    page = other.window("/login")
    other.log_in(page, "nurlan", PASSPHRASE)
    page.goto("/laptops")
    expect(button(page, "laptops.sync")).to_be_visible()
    expect(page.get_by_role("link", name=text("laptops.removeLink"))).to_have_count(0)
    other.watch.expect("status of 403")
    answer = page.goto(path)
    assert answer and answer.status == 403
    page.close()


def test_a_laptop_that_is_sent_away_reads_so(office: Laptop, clerk: Laptop) -> None:
    theirs = clerk.window("/laptops")
    page = office.go("/laptops")
    go(page, card(page, clerk).get_by_role("link", name=text("laptops.removeLink")))
    expect(page.get_by_role("heading", level=1)).to_contain_text(RENAMED)
    expect(page.locator("main")).to_contain_text(text("laptops.remove.then2"))
    go(page, button(page, "laptops.remove.button"))
    expect(page.locator(".flash")).to_have_text(text("laptops.flash.removed", title=RENAMED))
    expect(card(page, clerk)).to_have_count(0)
    expect(page.locator("#removed")).to_contain_text(RENAMED)
    # Nobody presses anything there.
    expect(theirs.locator("main")).to_contain_text(
        text("laptops.warning.selfRemoved"), timeout=MEETING_MS)
    clerk.close_windows()
    # What it writes from now on goes nowhere.
    clerk.write(f"municipality/{municipality(clerk)}", address="Бөтөн колдо жазылган")
    office.sync()
    assert "Бөтөн" not in office.value(f"municipality/{municipality(office)}", "address")


def test_a_laptop_that_is_found_again_is_taken_back(office: Laptop, clerk: Laptop) -> None:
    page = office.go("/laptops")
    page.get_by_text(text("laptops.removedOnes"), exact=True).click()
    go(page, page.locator("#removed").get_by_role("link", name=text("laptops.readmitLink")))
    expect(page.locator("main")).to_contain_text(text("laptops.readmit.then2"))
    go(page, button(page, "laptops.readmit.button"))
    connect(office, clerk)
    wait_until_same(office, clerk)
    expect(clerk.go("/laptops").locator("main")).not_to_contain_text(
        text("laptops.warning.selfRemoved"))
    assert "Бөтөн" in office.value(f"municipality/{municipality(office)}", "address")


def test_a_wrong_address_says_what_is_wrong(office: Laptop) -> None:
    office.desk.watch.expect("status of 422")
    wrong = {
        "кеңсе": "laptops.connect.bad",
        f"127.0.0.1:{office.program.peer_port}": "laptops.fault.ownAddress",
        "127.0.0.1:9": "laptops.fault.unreachable",
    }
    for address, problem in wrong.items():
        page = office.go("/laptops")
        page.get_by_text(text("laptops.connect.title"), exact=True).click()
        page.locator("#connect-address").fill(address)
        go(page, button(page, "laptops.connect.button"))
        expect(page.locator("#error-summary")).to_contain_text(text(problem))
        expect(page.locator("#connect-address")).to_have_value(address)


def test_the_office_is_named_as_such(office: Laptop) -> None:
    expect(card(office.go("/laptops"), office)).to_contain_text(text("laptops.role.office"))
    assert office.label == OFFICE
