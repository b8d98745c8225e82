"""Two laptops that never meet: an invitation, a request and bundles go between them on a stick."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import button, flash, go
from test_pages import WIDTHS, check_fits, check_words, faults
from texts import text

LOGIN, PASSPHRASE = "asel", "тоо суу жол көпүрө"
STICK = "KINGSTON"
CANARY = "Канарейка-Булак"
TOWN = [
    {"entity": "municipality", "id": "m", "name": "Көк-Ирим"},
    {"entity": "village", "id": "v1", "municipality": "m", "name": CANARY},
]
MORE = [{"entity": "village", "id": "v2", "municipality": "m", "name": "Арал"}]
LONG_MS = 60_000

pytestmark = pytest.mark.steps


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What people carry."""
    folder = tmp_path_factory.mktemp("stick") / STICK
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def office(start: Callable, desks: Desks, stick: Path) -> Desk:
    """The office: it has a community, records and one account."""
    program = start("serve", "--stick", str(stick))
    program.add_account(LOGIN, "admin", PASSPHRASE)
    program.run("community", "create", "--label", "Кеңсе")
    take(program, TOWN)
    desk = desks.open(program)
    desk.log_in(desk.window("/login"), LOGIN, PASSPHRASE)
    return desk


@pytest.fixture(scope="module")
def village(start: Callable, desks: Desks, stick: Path) -> Desk:
    """A new laptop, on which nobody has worked."""
    return desks.open(start("serve", "--stick", str(stick)))


def take(program: object, records: list[dict]) -> None:
    """Imports records."""
    file = program.folder / "records.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), "utf-8")
    program.run("import", str(file))


def digest(desk: Desk) -> str:
    """The eight characters that people compare."""
    return json.loads(desk.program.run("status", "--json"))["digestShort"]


def look(page: Page, name: str, screenshots: Path) -> None:
    """The page fits and can be read at every width, and its pictures are kept."""
    before = page.viewport_size
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
        check_words(page)
        page.screenshot(path=screenshots / f"sticks-{name}-{width}.png", full_page=True)
    page.set_viewport_size(before)
    assert not faults(page)


def write(page: Page, scope: str) -> None:
    """Writes a bundle to the stick and waits for the receipt."""
    page.goto("/laptops/sticks")
    page.get_by_label(scope, exact=True).check()
    page.get_by_label(text("sticks.goal.stick", name=STICK), exact=True).check()
    go(page, button(page, "sticks.exportButton"))
    receipt(page)


def receipt(page: Page) -> None:
    """Waits until the receipt stands there."""
    heading = page.get_by_role("heading", name=text("sticks.receipt"), exact=True)
    expect(heading).to_be_visible(timeout=LONG_MS)


def newest(stick: Path) -> Path:
    """The bundle written last."""
    return max(stick.glob("*.ashar"), key=lambda file: file.stat().st_mtime_ns)


def fact(page: Page, key: str) -> str:
    """A line of the receipt, or of what a bundle says about itself."""
    line = page.locator("dl.facts > div").filter(
        has=page.get_by_text(text(f"sticks.fact.{key}"), exact=True))
    return line.locator("dd").inner_text()


def test_the_new_laptop_asks_by_a_file(
        office: Desk, village: Desk, stick: Path, screenshots: Path) -> None:
    page = office.window("/laptops/pair")
    page.get_by_text(text("pair.invite.title"), exact=True).click()
    with page.expect_download() as invitation:
        button(page, "pair.invite.button").click()
    invitation.value.save_as(stick / "invitation.key")
    there = village.window("/welcome/join")
    there.locator("#invitation-label").fill("Арал, мектеп")
    there.locator("#invitation-file").set_input_files(stick / "invitation.key")
    with there.expect_download() as request:
        button(there, "join.invitation.requestButton").click()
    request.value.save_as(stick / "request.key")
    there.goto("/welcome/join")
    expect(there.get_by_role("heading", name=text("join.awaiting.title"))).to_be_visible()
    look(there, "awaiting", screenshots)
    page.locator("#request-file").set_input_files(stick / "request.key")
    go(page, button(page, "pair.request.button"))
    expect(flash(page)).to_contain_text(text("laptops.flash.requested"))
    look(page, "page", screenshots)


def test_the_office_writes_everything(office: Desk, stick: Path, screenshots: Path) -> None:
    page = office.window("/laptops/sticks")
    write(page, text("sticks.scope.everything"))
    expect(page.get_by_text(text("sticks.onStick", name=STICK))).to_be_visible()
    assert fact(page, "digest") == digest(office)
    look(page, "written", screenshots)
    assert CANARY.encode() not in newest(stick).read_bytes()


def test_the_new_laptop_takes_it_and_people_log_in(
        office: Desk, village: Desk, stick: Path) -> None:
    page = village.window("/welcome/join")
    page.locator("#bundle-file").set_input_files(newest(stick))
    button(page, "join.stick.button").click()
    page.wait_for_url("**/login**", timeout=LONG_MS)
    village.log_in(page, LOGIN, PASSPHRASE)
    assert digest(village) == digest(office)


def test_what_is_known_already_does_no_harm(
        village: Desk, stick: Path, screenshots: Path) -> None:
    page = village.window("/laptops/sticks")
    go(page, page.get_by_role("link", name=newest(stick).name))
    expect(page.get_by_text(text("sticks.known"))).to_be_visible()
    assert fact(page, "maker") == "Кеңсе" and fact(page, "new") == "0"
    look(page, "known", screenshots)
    go(page, button(page, "sticks.takeIn"))
    receipt(page)
    assert fact(page, "before") == fact(page, "after") == digest(village)


def test_the_way_back_holds_what_the_office_lacks(
        office: Desk, village: Desk, stick: Path, screenshots: Path) -> None:
    take(village.program, MORE)
    page = village.window("/laptops/sticks")
    write(page, text("sticks.scope.lacking", name="Кеңсе"))
    before = digest(office)
    here = office.window("/laptops/sticks")
    go(here, here.get_by_role("link", name=newest(stick).name))
    assert fact(here, "maker") == "Арал, мектеп" and fact(here, "new") == "1"
    look(here, "bundle", screenshots)
    go(here, button(here, "sticks.takeIn"))
    receipt(here)
    assert fact(here, "before") == before
    assert fact(here, "after") == digest(office) == digest(village)
    look(here, "receipt", screenshots)
    here.emulate_media(media="print")
    here.screenshot(path=screenshots / "sticks-receipt-print.png", full_page=True)
    here.emulate_media(media="screen")


def test_a_changed_file_is_refused_in_words(office: Desk, stick: Path) -> None:
    before = digest(office)
    bytes_ = bytearray(newest(stick).read_bytes())
    bytes_[-1000] ^= 1
    (stick / "changed.ashar").write_bytes(bytes_)
    (stick / "cut.ashar").write_bytes(bytes_[:-1000])
    office.watch.expect("409")
    page = office.window("/laptops/sticks")
    for name, key in [("changed", "damagedBundle"), ("cut", "cutBundle")]:
        page.goto("/laptops/sticks")
        go(page, page.get_by_role("link", name=f"{name}.ashar"))
        expect(page.get_by_text(text(f"laptops.fault.{key}"))).to_be_visible()
    assert digest(office) == before
