"""Laptops of a municipality: programs of their own that come to belong to one community."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from cable import Cable
from conftest import Desk, Desks
from hands import button, go
from program import Program
from texts import text

LOGIN = "gulmira"
PASSPHRASE = "үч көк бөрү тоодо"
PERSON = "Төлөгөнова Гүлмира Өмүрбековна"
OFFICE = text("laptops.firstLabel")
# Words as long as offices have them, with the letters that other languages lack.
MUNICIPALITY = {
    "name": "Көк-Өлөң айылдык аймагы", "nameRu": "Кок-Оленский айылный аймак",
    "oblast": "Нарын", "oblastRu": "Нарынская", "rayon": "Жумгал", "rayonRu": "Жумгальский",
    "villages": "Арал\nБирдик\nҮч-Төбө", "displayName": PERSON, "login": LOGIN,
    "passphrase": PASSPHRASE, "passphraseAgain": PASSPHRASE,
}
# Whatever begins by itself once laptops can reach each other, after the longest wait between tries.
MEETING_MS = 40_000


@dataclass
class Laptop:
    """A program, the browser of the person who sits before it, and one window of that."""

    program: Program
    desk: Desk
    page: Page
    label: str = OFFICE
    windows: list[Page] = field(default_factory=list)
    cables: list[Cable] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What a person types on another laptop to reach this one."""
        return f"127.0.0.1:{self.program.peer_port}"

    def cable(self) -> Cable:
        """A cable to this laptop, whose other end has an address of its own."""
        self.cables.append(Cable(self.program.peer_port))
        return self.cables[-1]

    def log_in(self) -> None:
        """Logs in with the account that every laptop of the community knows."""
        self.desk.log_in(self.page, LOGIN, PASSPHRASE)

    def go(self, path: str) -> Page:
        """Opens a page in the laptop's window."""
        answer = self.page.goto(path)
        assert answer and answer.status == 200, f"{path}: {answer and answer.status}"
        return self.page

    def window(self, path: str) -> Page:
        """Opens a page in another window, which must never be loaded anew."""
        page = self.desk.window(path)
        page.evaluate("window.wasNeverReloaded = true")
        self.windows.append(page)
        return page

    def close_windows(self) -> None:
        """Closes the other windows and sees that none was loaded anew."""
        for page in self.windows:
            assert page.evaluate("window.wasNeverReloaded"), f"{page.url} was loaded anew"
            page.close()
        self.windows.clear()

    def write(self, record: str, **fields: str) -> None:
        """Writes fields of a record (`entity/id`) in its form and saves."""
        page = self.go(f"/records/{record}")
        for name, value in fields.items():
            page.locator(f"#field-{name}").fill(value)
        go(page, button(page, "layout.form.save"))
        expect(page.locator(".flash")).to_be_visible()

    def delete(self, record: str) -> None:
        """Deletes a record on its page."""
        page = self.go(f"/records/{record}")
        page.get_by_text(text("records.delete.open")).click()
        go(page, button(page, "records.delete.button"))

    def value(self, record: str, name: str) -> str:
        """What the form of a record holds now."""
        return self.go(f"/records/{record}").locator(f"#field-{name}").input_value()

    def code(self) -> str:
        """Eight characters that say what it holds."""
        return shown_code(self.go("/laptops"))

    def sync(self) -> None:
        """Presses "exchange now"."""
        page = self.go("/laptops")
        go(page, button(page, "laptops.sync"))

    def end(self) -> None:
        """Switches it off."""
        for cable in self.cables:
            cable.close()
        self.desk.context.close()
        self.program.stop()


def fresh(start: Callable, desks: Desks, **settings: object) -> Laptop:
    """A laptop on which the program was never used, and which looks for nobody."""
    program = start("serve", "--no-discovery", **settings)
    desk = desks.open(program, reduced_motion="reduce")
    return Laptop(program, desk, desk.window("/welcome"))


def office(start: Callable, desks: Desks, **settings: object) -> Laptop:
    """A laptop on which the municipality was just founded; somebody is logged in."""
    laptop = fresh(start, desks, **settings)
    for name, value in MUNICIPALITY.items():
        laptop.page.locator(f"#field-{name}").fill(value)
    go(laptop.page, button(laptop.page, "welcome.start"))
    expect(laptop.page).to_have_url(re.compile(r"/$"))
    return laptop


def ask(joiner: Laptop, address: str, label: str) -> None:
    """Asks the office at a typed address to be admitted."""
    page = joiner.go("/welcome/join")
    joiner.label = label
    page.locator("#join-label").fill(label)
    page.locator("#join-address").fill(address)
    go(page, button(page, "join.numbers.button"))


def number(page: Page) -> str:
    """The six digits that a screen shows."""
    shown = page.locator(".pair-code")
    expect(shown).to_be_visible()
    return re.sub(r"\s", "", shown.inner_text())


def type_number(page: Page, digits: str) -> None:
    """Types what the other screen shows."""
    page.locator("#field-number").fill(digits)
    go(page, button(page, "pair.number.button"))


def invite(host: Laptop, role: str, file: Path) -> Path:
    """Makes an invitation and keeps the file."""
    page = host.go("/laptops/pair")
    page.get_by_text(text("pair.invite.title"), exact=True).click()
    page.get_by_label(text(f"laptops.roleAbout.{role}")).check()
    with page.expect_download() as download:
        button(page, "pair.invite.button").click()
    download.value.save_as(file)
    return file


def join_with(joiner: Laptop, invitation: Path, label: str) -> None:
    """Joins with an invitation that came on a stick, and logs in."""
    page = joiner.go("/welcome/join")
    joiner.label = label
    page.locator("#invitation-label").fill(label)
    page.locator("#invitation-file").set_input_files(invitation)
    go(page, button(page, "join.invitation.button"))


def connect(laptop: Laptop, other: Laptop) -> None:
    """Types the other's address."""
    page = laptop.go("/laptops")
    page.get_by_text(text("laptops.connect.title"), exact=True).click()
    page.locator("#connect-address").fill(other.address)
    go(page, button(page, "laptops.connect.button"))
    expect(page.locator(".flash")).to_have_text(text("laptops.flash.connected"))


def open_door(host: Laptop) -> Page:
    """Lets another laptop come."""
    page = host.go("/laptops/pair")
    go(page, button(page, "pair.open.button"))
    expect(page.get_by_text(text("pair.waiting.office"))).to_be_visible()
    return page


def pair(
    start: Callable, desks: Desks, label: str, **settings: object,
) -> tuple[Laptop, Laptop, Cable]:
    """An office, a laptop that it admitted with two numbers, and the cable between them."""
    here, there = office(start, desks), fresh(start, desks, **settings)
    cable = here.cable()
    page = open_door(here)
    ask(there, cable.address, label)
    shown_here, shown_there = number(page), number(there.page)
    type_number(page, shown_there)
    type_number(there.page, shown_here)
    button(page, "pair.admit.button").click()
    expect(there.page).to_have_url(re.compile("/login"), timeout=MEETING_MS)
    there.log_in()
    return here, there, cable


def card(page: Page, laptop: Laptop) -> Locator:
    """What a page of the laptops says about one."""
    return page.locator(".laptops > li", has=page.get_by_role(
        "heading", name=re.compile("^" + re.escape(laptop.label))))


def wait_until_same(here: Laptop, there: Laptop) -> None:
    """Until both hold the same, which each of them finds by itself, and the first one says so."""
    theirs, page = there.window("/laptops"), here.go("/laptops")
    end = time.monotonic() + MEETING_MS / 1000
    while shown_code(page) != shown_code(theirs):
        assert time.monotonic() < end, f"{shown_code(page)} here, {shown_code(theirs)} there"
        page.wait_for_timeout(100)
    expect(card(page, there).get_by_text(text("laptops.same"), exact=True)).to_be_visible(
        timeout=MEETING_MS)
    assert shown_code(page) == shown_code(theirs)
    there.windows.pop().close()


def shown_code(page: Page) -> str:
    """Eight characters that say what a laptop holds, on its open page."""
    return " ".join(page.locator(".digest-code").inner_text().split())


@contextmanager
def apart(office: Laptop, clerk: Laptop, cable: Cable) -> Iterator[None]:
    """While it lasts nothing goes between the laptops; then they meet and hold the same."""
    cable.pull()
    try:
        yield
    finally:
        cable.plug()
    clerk.sync()
    wait_until_same(clerk, office)
