"""The main job by hand in Kyrgyz, from an empty store to the village's five priorities."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from conftest import Desks
from hands import (button, choose, column, drag, drag_stickers, field, flash, go, menu,
                   press, register, session_tab, show_board, strike, tab_to, wait_until_saved)
from texts import text

pytestmark = pytest.mark.steps

VILLAGE, OTHER_VILLAGE = "Арал", "Бирдик"
LOGIN, PASSPHRASE = "aigul", "төрт түлүк мал төрүндө"
YOUNG, MIDDLE, OLD = (text(f"choices.event.ageBand.{band}") for band in ("18-35", "36-55", "56+"))

WATER, ROAD, YOUTH = "Ичүүчү суу таза эмес", "Айыл ичиндеги жол чуңкур", "Жаштар чогулчу жер тар"
NURSERY, DARK = "Бала бакчага балдар батпайт", "Көчөлөр кечинде караңгы"
CLUB, BITTER = "Клубда үч жылдан бери иш-чара өткөн жок", "Ичүүчү суу ачуу, ооруп жатабыз"


@pytest.fixture(scope="module")
def room(start: Callable, desks: Desks) -> SimpleNamespace:
    """What the steps hand on: the window one works in, another one, addresses."""
    desk = desks.open(start())
    return SimpleNamespace(
        desk=desk, page=desk.window(), other=None, sessions={}, cycle="", village="")


def test_first_run(room: SimpleNamespace) -> None:
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
    room.desk.watch.expect("status of 422")
    button(page, "welcome.start").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary a")).to_have_count(1)
    field(page, "welcome.account.passphrase").fill(PASSPHRASE)
    field(page, "welcome.account.passphraseAgain").fill(PASSPHRASE)
    button(page, "welcome.start").click()
    expect(flash(page)).to_contain_text(text("welcome.done"))
    expect(page.locator(".site-user")).to_contain_text("Айгүл Токтосунова")


def test_cycle_and_sessions(room: SimpleNamespace, desks: Desks) -> None:
    page = room.page
    # Before the first cycle the calendar leads to it too, not to a form that cannot be saved.
    go(page, menu(page, "calendar"))
    expect(page.locator("#calendar-live")).to_contain_text(text("calendar.noCycle"))
    go(page, page.get_by_role("link", name=text("home.noCycle.action")))
    field(page, "fields.cycle.title").fill("2026-жылдын цикли")
    field(page, "fields.cycle.startsOn").fill("01.11.2026")
    expect(field(page, "fields.cycle.stage")).to_have_count(0)
    go(page, button(page, "layout.form.save"))
    expect(flash(page)).to_contain_text("2026-жылдын цикли")
    room.cycle = re.search("/cycles/(.+)$", page.url)[1]
    for number, (band, date) in enumerate(
            [(YOUNG, "19.11.2026"), (MIDDLE, "20.11.2026"), (OLD, "21.11.2026")], 1):
        go(page, menu(page, "calendar"))
        go(page, page.get_by_role("link", name=text("calendar.add")))
        choose(page, "fields.event.village", VILLAGE)
        field(page, "fields.event.date").fill(date)
        field(page, "fields.event.startsAt").fill("10.00")
        field(page, "fields.event.place").fill("айылдык клуб")
        choose(page, "fields.event.ageBand", band)
        field(page, "fields.event.number").fill(str(number))
        go(page, button(page, "layout.form.save"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(VILLAGE)
        expect(page.get_by_role("heading", level=1)).to_contain_text(band)
        room.sessions[band] = page.url
    menu(page, "calendar").click()
    expect(page.locator(".event")).to_have_count(3)
    room.other = desks.open_beside(room.desk).window("/ranking")
    room.other.get_by_role("link", name=VILLAGE, exact=True).click()
    expect(room.other.locator("#ranking")).to_contain_text(text("ranking.none"))
    room.village = re.search("village=([^&]+)", room.other.url)[1]
    room.other.evaluate("window.wasNeverReloaded = true")


def test_first_session_programme_and_people_by_mouse(room: SimpleNamespace) -> None:
    page = room.page
    page.goto(room.sessions[YOUNG])
    button(page, "event.programme.standard").click()
    expect(page.locator("[data-agenda] tbody tr")).to_have_count(5)
    expect(page.locator(".agenda-span").first).to_have_text("10:00–10:15")
    go(page, session_tab(page, "people"))
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
    go(page, session_tab(page, "minutes"))
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
    go(page, session_tab(page, "gallery"))
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
        expect(column(page, name)).to_be_visible()
    drag_stickers(page, "суу", 4, WATER)
    drag_stickers(page, "жол", 3, ROAD)
    # A sticker dropped on the place of the new column makes one, and its name is asked for.
    show_board(page)
    drag(page, page.locator("#unsorted .sticker").first, page.locator("#board [data-new]"))
    expect(page.locator("#column-title")).to_be_focused()
    page.keyboard.type(YOUTH)
    button(page.locator("#column-dialog"), "gallery.done").click()
    expect(page.locator("#column-dialog")).to_be_hidden()
    expect(column(page, YOUTH)).to_be_visible()
    expect(page.locator("#columns .sticker")).to_have_count(8)
    drag_stickers(page, "жаштар", 1, YOUTH)
    expect(page.locator("#unsorted .votes")).to_have_text("0")
    shown = page.locator("#live-ranking .ranking-votes")
    expect(shown).to_have_text(["4", "3", "2"])
    page.reload()
    expect(page.locator("#live-ranking .ranking-votes")).to_have_text(["4", "3", "2"])


def test_second_session_by_keyboard_alone(room: SimpleNamespace) -> None:
    page, keys = room.page, room.page.keyboard
    press(page, menu(page, "calendar"))
    press(page, page.locator(".event").get_by_role("link", name=re.compile(MIDDLE)).first)
    press(page, button(page, "event.programme.standard"))
    press(page, session_tab(page, "people"))
    expect(page.locator("#fullName")).to_be_focused()
    for name, sex, age in [("Сыдыков Бакыт", "э", 41), ("Ааматова Жылдыз", "а", 52)]:
        keys.type(name)
        keys.press("Tab")
        strike(page, sex)
        keys.type(str(age))
        keys.press("Enter")
        expect(page.locator("#people")).to_contain_text(name)
    # Who was at another meeting is known: a part of the name is enough.
    keys.type("ктосун")
    expect(page.get_by_role("option").first).to_contain_text("Токтосунова Айгүл")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#age")).to_have_value("45")
    tab_to(page, page.locator("#role"))
    keys.press("ArrowDown")
    tab_to(page, button(page, "people.entry.add"))
    keys.press("Enter")
    expect(page.locator("#people tbody").first).to_contain_text("Токтосунова Айгүл")
    expect(page.locator("[data-attendance]")).to_have_count(3)
    press(page, session_tab(page, "minutes"))
    tab_to(page, page.locator(".minutes-words").first)
    keys.type("Катышуучулар таанышты.")
    keys.press("Enter")
    keys.type("? Бала бакча качан бүтөт")
    wait_until_saved(page)
    press(page, session_tab(page, "gallery"))
    expect(page.locator("#text")).to_be_focused()
    for word in ["бакча"] * 4 + ["чырак"] * 2:
        keys.type(word)
        keys.press("Enter")
    tab_to(page, page.locator("#new-column-name"))
    for name in (NURSERY, DARK):
        keys.type(name)
        keys.press("Enter")
        expect(column(page, name)).to_be_visible()
    stop = page.locator("#unsorted .sticker-text[tabindex='0']")
    for left in range(5, -1, -1):
        tab_to(page, stop, "Shift+Tab")
        if "бакча" in stop.inner_text():
            keys.press("ArrowRight")
        else:
            keys.press("Enter")
            expect(page.locator("#sticker-dialog")).to_be_visible()
            keys.press("2")
        expect(page.locator("#unsorted .votes")).to_have_text(str(left))
    expect(column(page, NURSERY).locator(".votes")).to_contain_text("4")
    expect(column(page, DARK).locator(".votes")).to_contain_text("2")
    press(page, session_tab(page, "programme"))
    press(page, button(page, "event.held.button"))
    expect(flash(page)).to_contain_text(text("event.held.done"))


def test_third_session_with_a_hand_tally(room: SimpleNamespace) -> None:
    page = room.page
    page.goto(room.sessions[OLD])
    go(page, session_tab(page, "gallery"))
    for name, votes in [(CLUB, 12), (BITTER, 9)]:
        page.locator("#new-column-name").fill(name)
        page.locator("#new-column-name").press("Enter")
        tally = column(page, name).get_by_label(text("gallery.column.byHand"))
        tally.fill(str(votes))
        tally.press("Enter")
        expect(column(page, name).locator(".votes")).to_contain_text(str(votes))
    wait_until_saved(page)


ALONE = [(CLUB, 12, 1), (BITTER, 9, 2), (NURSERY, 4, 3), (WATER, 4, 3), (ROAD, 3, 5), (YOUTH, 2, 6),
         (DARK, 2, 6)]
MERGED = [("Таза суу", 13, 1), (CLUB, 12, 2), (NURSERY, 4, 3), (ROAD, 3, 4), (YOUTH, 2, 5),
          (DARK, 2, 5)]


def check_ranking(room: SimpleNamespace, wanted: list[tuple[str, int, int]]) -> None:
    """The ranking in the window that stayed open, and the one of the API with its cookie."""
    rows = room.other.locator("#ranking tbody tr")
    expect(rows.locator(".ranking-title")).to_have_text([title for title, _, _ in wanted])
    expect(rows.locator(".ranking-votes")).to_have_text([str(votes) for _, votes, _ in wanted])
    expect(rows.locator(".ranking-place")).to_have_text([str(rank) for _, _, rank in wanted])
    priorities = [title for title, _, rank in wanted if rank <= 5]
    expect(room.other.locator("tr.is-priority .ranking-title")).to_have_text(priorities)
    assert room.other.evaluate("window.wasNeverReloaded"), "the page was loaded anew"
    answer = room.other.request.get(
        f"/api/v1/ranking?cycle={room.cycle}&village={room.village}").json()
    shown = [(one["title"], one["votes"], one["rank"]) for one in answer["villages"][0]["problems"]]
    assert shown == wanted
    assert [one["title"] for one in answer["villages"][0]["problems"] if one["priority"]] \
        == priorities
    assert sum(one["byVillage"][room.village] for one in answer["municipality"]) == 36


def test_five_priorities_stand_in_the_other_window(room: SimpleNamespace) -> None:
    check_ranking(room, ALONE)
    expect(room.other.locator("tr.is-priority")).to_have_count(5)


def test_similar_problems_are_merged_and_taken_apart(room: SimpleNamespace) -> None:
    page = room.page
    go(page, menu(page, "ranking"))
    go(page, page.get_by_role("link", name=VILLAGE, exact=True))
    for name in (WATER, BITTER):
        page.get_by_role("checkbox", name=f"{text('ranking.choose')}: {name}").check()
    expect(page.locator("#merge-count")).to_have_text(text("ranking.merge.chosen", count=2))
    field_of_merge = page.locator("#merge")
    expect(field_of_merge.locator("#title")).to_have_value(BITTER)
    field_of_merge.locator("#title").fill("Таза суу")
    field_of_merge.locator("#reason").fill("Эки курак тең ичүүчү суу жөнүндө айтты")
    button(field_of_merge, "ranking.merge.button").click()
    expect(flash(page)).to_contain_text(text("ranking.merge.done", title="Таза суу"))
    check_ranking(room, MERGED)
    row = page.locator("#ranking tbody tr").first
    row.get_by_text(text("ranking.parts.title")).click()
    expect(row.locator(".merge-why")).to_contain_text("Эки курак тең")
    expect(row.locator("details")).to_contain_text("Айгүл Токтосунова")
    expect(row.locator("details")).to_contain_text(re.compile(r"20\d\d"))
    for part, votes in [(WATER, "4"), (BITTER, "9")]:
        line = row.locator(".parts li", has_text=part)
        expect(line.locator(".part-votes")).to_have_text(votes)
    button(flash(page), "layout.undo").click()
    # Three records were written: that is asked first, and the sentence afterwards names them.
    expect(page.get_by_role("heading", level=1)).to_have_text(text("history.undo.title"))
    expect(page.locator(".lead")).to_contain_text("3")
    go(page, button(page, "history.undo.button"))
    expect(flash(page)).to_contain_text(text("records.flash.undoneMany", title="3"))
    check_ranking(room, ALONE)


def test_numbers_alone_where_nobody_kept_a_list(room: SimpleNamespace) -> None:
    page = room.page
    page.goto(room.sessions[OLD] + "/people")
    page.get_by_text(text("people.headcount.title")).click()
    for category, count in [("all", 22), ("women", 13)]:
        field(page, f"choices.headcount.category.{category}").fill(str(count))
    go(page, button(page, "people.headcount.save"))
    figures = page.locator("#attendance-counts dd")
    expect(figures).to_have_text(["22", "13", "9", re.compile("59")])
