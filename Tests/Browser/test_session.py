"""The main job by hand in Kyrgyz, from an empty store to the village's five priorities."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk
from hands import (button, choose, drag, field, flash, menu, press, session_tab, tab_to,
                   wait_until_saved)
from texts import label, text

pytestmark = pytest.mark.steps

VILLAGE, OTHER_VILLAGE = "Арал", "Бирдик"
LOGIN, PASSPHRASE = "aigul", "төрт түлүк мал төрүндө"
YOUNG, MIDDLE, OLD = (text(f"choices.event.ageBand.{band}") for band in ("18-35", "36-55", "56+"))

WATER, ROAD, YOUTH = "Ичүүчү суу таза эмес", "Айыл ичиндеги жол чуңкур", "Жаштар чогулчу жер тар"
NURSERY, DARK = "Бала бакчага балдар батпайт", "Көчөлөр кечинде караңгы"
CLUB, BITTER = "Клубда үч жылдан бери иш-чара өткөн жок", "Ичүүчү суу ачуу, ооруп жатабыз"


@pytest.fixture(scope="module")
def desk(start: Callable, open_desk: Callable) -> Desk:
    return open_desk(start())


@pytest.fixture(scope="module")
def other_desk(desk: Desk, open_desk: Callable) -> Desk:
    """Another browser window of the same login."""
    return open_desk(desk.program, storage_state=desk.context.storage_state())


@pytest.fixture(scope="module")
def room(desk: Desk) -> SimpleNamespace:
    """What the steps hand on: the window one works in, another one, addresses."""
    return SimpleNamespace(page=desk.window(), other=None, sessions={}, cycle="", village="")


def test_first_run(room: SimpleNamespace, desk: Desk) -> None:
    page = room.page
    expect(page).to_have_url(re.compile("/welcome$"))
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("welcome.title"))
    field(page, "welcome.municipality.name").fill("Көк-Ирим айылдык аймагы")
    field(page, "welcome.municipality.nameRu").fill("Кок-Иримский айылный аймак")
    field(page, "welcome.villages.names").fill(f"{VILLAGE}\n{OTHER_VILLAGE}")
    field(page, "welcome.account.displayName").fill("Айгүл Токтосунова")
    field(page, "welcome.account.login").fill(LOGIN)
    field(page, "welcome.account.passphrase").fill(PASSPHRASE)
    field(page, "welcome.account.passphraseAgain").fill(PASSPHRASE + " эмес")
    desk.watch.expect("status of 422")
    button(page, "welcome.start").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary a")).to_have_count(1)
    field(page, "welcome.account.passphrase").fill(PASSPHRASE)
    field(page, "welcome.account.passphraseAgain").fill(PASSPHRASE)
    button(page, "welcome.start").click()
    expect(flash(page)).to_contain_text(text("welcome.done"))
    expect(page.locator(".site-user")).to_contain_text("Айгүл Токтосунова")


def test_cycle_and_sessions(room: SimpleNamespace, other_desk: Desk) -> None:
    page = room.page
    page.get_by_role("link", name=text("home.noCycle.action")).click()
    field(page, "fields.cycle.title").fill("2026-жылдын цикли")
    field(page, "fields.cycle.startsOn").fill("01.11.2026")
    choose(page, "fields.cycle.stage", text("choices.cycle.stage.1"))
    button(page, "layout.form.save").click()
    expect(flash(page)).to_contain_text("2026-жылдын цикли")
    room.cycle = re.search("/cycles/(.+)$", page.url)[1]
    for number, (band, date) in enumerate(
            [(YOUNG, "19.11.2026"), (MIDDLE, "20.11.2026"), (OLD, "21.11.2026")], 1):
        menu(page, "calendar").click()
        page.get_by_role("link", name=text("calendar.add")).click()
        choose(page, "fields.event.village", VILLAGE)
        field(page, "fields.event.date").fill(date)
        field(page, "fields.event.startsAt").fill("10.00")
        field(page, "fields.event.place").fill("айылдык клуб")
        choose(page, "fields.event.ageBand", band)
        field(page, "fields.event.number").fill(str(number))
        button(page, "layout.form.save").click()
        page.wait_for_url("**/events/*")
        expect(page.get_by_role("heading", level=1)).to_contain_text(VILLAGE)
        expect(page.get_by_role("heading", level=1)).to_contain_text(band)
        room.sessions[band] = page.url
    menu(page, "calendar").click()
    expect(page.locator(".event")).to_have_count(3)
    room.other = other_desk.window("/ranking")
    room.other.get_by_role("link", name=VILLAGE, exact=True).click()
    expect(room.other.locator("#ranking")).to_contain_text(text("ranking.none"))
    room.village = re.search("village=([^&]+)", room.other.url)[1]
    room.other.evaluate("window.wasNeverReloaded = true")


def register(page: Page, name: str, sex: str, age: int) -> None:
    """A person in one line: a name, a press of the mouse, an age, Enter."""
    page.locator("#fullName").press_sequentially(name)
    page.locator("#sex").get_by_text(text(f"people.sex.{sex}")).first.click()
    page.locator("#age").fill(str(age))
    page.locator("#age").press("Enter")
    expect(page.locator("#people")).to_contain_text(name)
    expect(page.locator("#fullName")).to_be_focused()


def test_first_session_programme_and_people_by_mouse(room: SimpleNamespace) -> None:
    page = room.page
    page.goto(room.sessions[YOUNG])
    button(page, "event.programme.standard").click()
    expect(page.locator("[data-agenda] tbody tr")).to_have_count(5)
    expect(page.locator(".agenda-span").first).to_have_text("10:00–10:15")
    session_tab(page, "people").click()
    for name, sex, age in [("Асанова Гүлмира", "female", 24), ("Бекболотов Нурлан", "male", 31),
                           ("Жумабекова Үмүт", "female", 19)]:
        register(page, name, sex, age)
    for name in ("Токтосунова Айгүл", "Өмүрзаков Руслан"):
        button(page, "people.team.facilitator").click()
        expect(page.locator("#role")).to_have_value("facilitator")
        register(page, name, "female" if name.endswith("гүл") else "male", 45)
    expect(page.locator("[data-attendance]")).to_have_count(5)
    counts = page.locator("#attendance-counts")
    expect(counts.locator("dd").nth(0)).to_have_text("3")
    expect(counts.locator("dd").nth(3)).to_contain_text("67")
    wait_until_saved(page)


def test_first_session_minutes_save_themselves(room: SimpleNamespace) -> None:
    page = room.page
    session_tab(page, "minutes").click()
    words = page.locator(".minutes-words").first
    words.press_sequentially("Сессияны айыл башчысы ачты.")
    words.press("Enter")
    page.keyboard.type("! Жолду биринчи кезекте оңдойбуз")
    wait_until_saved(page)
    expect(page.locator(".minutes-entry.is-unsaved")).to_have_count(0)
    page.reload()
    entries = page.locator(".minutes-section").first.locator(".minutes-words")
    expect(entries.nth(0)).to_have_value("Сессияны айыл башчысы ачты.")
    expect(entries.nth(1)).to_have_value("Жолду биринчи кезекте оңдойбуз")
    expect(page.locator(".minutes-kind").nth(1)).to_have_value("decision")


def test_first_session_gallery_by_mouse(room: SimpleNamespace) -> None:
    page = room.page
    session_tab(page, "gallery").click()
    stickers = {"суу": 4, "жол": 3, "жаштар": 2}
    typing = page.locator("#text")
    expect(typing).to_be_focused()
    for word, votes in stickers.items():
        for number in range(votes):
            page.keyboard.type(f"{word} {number + 1}")
            page.keyboard.press("Enter")
    expect(page.locator("#unsorted .sticker")).to_have_count(9)
    wait_until_saved(page)
    for name in (WATER, ROAD):
        page.locator("#new-column-name").fill(name)
        button(page, "gallery.column.open").click()
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    drag_stickers(page, "суу", 4, WATER)
    drag_stickers(page, "жол", 3, ROAD)
    # A sticker dropped on the place of the new column makes one, and its name is asked for.
    page.locator("#board").evaluate("element => element.scrollIntoView()")
    drag(page, page.locator("#unsorted .sticker").first, page.locator("#board [data-new]"))
    name = page.get_by_role("dialog").get_by_label(label("gallery.column.name"))
    page.locator("#column-title").fill(YOUTH)
    button(page.locator("#column-dialog"), "gallery.done").click()
    expect(name).to_be_hidden()
    expect(page.get_by_role("heading", name=YOUTH, exact=True)).to_be_visible()
    expect(page.locator("#columns .sticker")).to_have_count(8)
    drag_stickers(page, "жаштар", 1, YOUTH, already=1)
    expect(page.locator("#unsorted .votes")).to_have_text("0")
    shown = page.locator("#live-ranking .ranking-votes")
    expect(shown).to_have_text(["4", "3", "2"])
    page.reload()
    expect(page.locator("#live-ranking .ranking-votes")).to_have_text(["4", "3", "2"])


def drag_stickers(page: Page, word: str, count: int, column: str, already: int = 0) -> None:
    """Drags stickers that begin with a word into a column; its votes follow by themselves."""
    section = page.locator("[data-column]", has=page.get_by_role(
        "heading", name=column, exact=True))
    for number in range(count):
        sticker = page.locator("#unsorted .sticker", has_text=re.compile(f"^{word}")).first
        page.locator("#board").evaluate("element => element.scrollIntoView()")
        drag(page, sticker, section.locator("[data-stickers]"))
        expect(section.locator(".votes")).to_contain_text(str(already + number + 1))
        expect(section.locator(".sticker")).to_have_count(already + number + 1)
    wait_until_saved(page)
