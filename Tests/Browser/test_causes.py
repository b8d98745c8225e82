"""Cause and effect: chains of causes typed fast, moved, merged; two laptops; the initiative group."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from conftest import Desk, Desks
from hands import (button, drag, go, log_in_to_demo, show_board, tab_to, wait_until_saved)
from room import CYCLE, change, look, make, records
from texts import text

MEETING = "focus-meeting"
CAUSES = f"/events/{MEETING}/causes"
FINGER_RESTS_MS = 350
CHAIN = ["Суу түтүктөрү эскирген", "Түтүктөр отуз жылдан бери алмашкан эмес",
         "Оңдоого бюджетте каражат каралган эмес", "Суу түтүктөрү абдан эскирген"]
PEOPLE = [("Бурул Асанова", "female"), ("Гүлзат Токтогулова", "female"),
          ("Жолдош Бакиров", "male"), ("Нурлан Сыдыков", "male"), ("Чынара Эсенова", "female")]


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    """The demo with a focus group of five people."""
    desk = desks.open(start("demo"), reduced_motion="reduce", has_touch=True)
    page = desk.window("/login")
    log_in_to_demo(page)
    make(
        page, "event", id=MEETING, cycle=CYCLE, kind="focusGroup", village="kok-irim-aral",
        date="2026-11-02", place="Мектеп")
    for number, (name, sex) in enumerate(PEOPLE):
        make(page, "person", id=f"focus-{number}", fullName=name, sex=sex, birthYear=1970 + number)
        make(page, "attendance", id=f"came-{number}", event=MEETING, person=f"focus-{number}",
             role="participant")
    page.close()
    return desk


@pytest.fixture(scope="module")
def theme(desk: Desk) -> str:
    """The village's first priority."""
    page = desk.window(CAUSES)
    href = page.locator(".cause-board a").first.get_attribute("href") or ""
    page.close()
    return href.rsplit("/", 1)[1]


@pytest.fixture
def page(desk: Desk, theme: str) -> Iterator[Page]:
    """The board of that priority."""
    page = desk.window(f"{CAUSES}/{theme}")
    yield page
    page.close()


def card(page: Page, words: str) -> Locator:
    """A card by its words."""
    return page.locator("[data-card]", has=page.get_by_text(words, exact=True)).first


def column(page: Page, kind: str) -> Locator:
    """A column's list."""
    return page.locator(f"#cards-{kind}")


def write(page: Page, kind: str, *texts: str) -> None:
    """Types cards one after the other, without waiting for the program."""
    field = page.locator(f"#add-{kind}")
    for words in texts:
        field.fill(words)
        field.press("Enter")
        expect(field).to_be_focused()
    for words in texts:
        expect(column(page, kind).get_by_text(words, exact=True)).to_be_visible()
    wait_until_saved(page)


def order(page: Page, kind: str) -> list[str]:
    """The words of a column from the top."""
    return column(page, kind).locator("[data-text]").all_inner_texts()


def stored(page: Page, words: str) -> dict:
    """A card as it is in the store."""
    wait_until_saved(page)
    found = [one for one in records(page, "causeEffect", event=MEETING) if one["text"] == words]
    assert len(found) == 1, f"{words}: {len(found)}"
    return found[0]


@pytest.mark.steps
def test_the_priorities_of_the_village_are_its_boards(desk: Desk, screenshots: Path) -> None:
    page = desk.window(CAUSES)
    boards = page.locator(".cause-board")
    expect(boards.first).to_contain_text(text("causes.notDiscussed"))
    assert 3 <= boards.count() <= 8
    expect(page.locator("#report")).to_contain_text(text("causes.report.none"))
    look(page, "causes-empty", screenshots)
    go(page, boards.first.get_by_role("link"))
    expect(page.locator("#board .column")).to_have_count(8)
    page.close()


@pytest.mark.steps
def test_why_is_asked_until_people_repeat_themselves(page: Page) -> None:
    first, second, third, again = CHAIN
    write(page, "cause", first)
    card(page, first).locator("[data-why]").click()
    answer = page.locator("#why-text")
    expect(answer).to_be_focused()
    for words in (second, third, again):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(column(page, "cause").get_by_text(words, exact=True)).to_be_visible()
        # The next "why?" is asked about the answer, under it.
        expect(page.locator("#why-label")).to_have_text(text("causes.whyOf", text=words))
        expect(answer).to_be_focused()
    for depth, words in enumerate(CHAIN):
        expect(card(page, words)).to_have_attribute("data-depth", str(depth))
    assert order(page, "cause") == CHAIN
    expect(card(page, again).locator(".card-echo")).to_have_text(
        text("causes.echo.root", text=first))
    expect(card(page, third).locator(".card-echo")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#why-line")).to_be_hidden()
    assert stored(page, second)["parent"] == stored(page, first)["id"]


@pytest.mark.steps
def test_cards_are_carried_by_the_mouse(page: Page) -> None:
    write(page, "cause", "Кожолуктар суу үчүн төлөбөйт", "Суу алуучу жай кароосуз")
    write(page, "consequenceSeen", "Балдар ооруп жатат")
    show_board(page, "#column-cause")
    drag(page, card(page, "Суу алуучу жай кароосуз").locator(".sticker-text"),
         page.locator("#column-consequenceSeen h3"))
    moved = column(page, "consequenceSeen").get_by_text("Суу алуучу жай кароосуз", exact=True)
    expect(moved).to_be_visible()
    assert stored(page, "Суу алуучу жай кароосуз")["kind"] == "consequenceSeen"
    # Within a column, above the chain.
    show_board(page, "#column-cause")
    drag(page, card(page, "Кожолуктар суу үчүн төлөбөйт").locator(".sticker-text"),
         card(page, CHAIN[0]).locator(".sticker-text"))
    expect(column(page, "cause").locator("[data-text]").first).to_have_text(
        "Кожолуктар суу үчүн төлөбөйт")
    wait_until_saved(page)
    page.reload()
    assert order(page, "cause") == ["Кожолуктар суу үчүн төлөбөйт", *CHAIN]
    assert set(order(page, "consequenceSeen")) == {"Балдар ооруп жатат", "Суу алуучу жай кароосуз"}


def touch(devtools: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """One event of a finger on the screen."""
    touches = [{"x": x, "y": y} for x, y in points]
    devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


@pytest.mark.steps
def test_a_finger_carries_a_card(page: Page, desk: Desk) -> None:
    moved = card(page, "Суу алуучу жай кароосуз")
    moved.scroll_into_view_if_needed()
    start = moved.bounding_box()
    end = page.locator("#column-consequenceExpected h3").bounding_box()
    assert start and end
    x, y = start["x"] + 40, start["y"] + 15
    dx, dy = end["x"] + 60 - x, end["y"] + 10 - y
    devtools = desk.context.new_cdp_session(page)
    touch(devtools, "touchStart", (x, y))
    page.wait_for_timeout(FINGER_RESTS_MS)
    for step in range(1, 16):
        touch(devtools, "touchMove", (x + dx * step / 15, y + dy * step / 15))
        page.wait_for_timeout(30)
    touch(devtools, "touchEnd")
    expect(column(page, "consequenceExpected").locator("[data-card]")).to_have_count(1)
    assert stored(page, "Суу алуучу жай кароосуз")["kind"] == "consequenceExpected"


@pytest.mark.steps
def test_the_keyboard_alone_writes_moves_asks_and_takes_off(page: Page) -> None:
    tab_to(page, page.locator("#add-solution"))
    for words in ("Ашар менен түтүк казуу", "Акысын чогултуу"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(card(page, words)).to_be_visible()
    tab_to(page, card(page, "Ашар менен түтүк казуу").locator(".sticker-text"))
    page.keyboard.press("Alt+ArrowDown")
    wait_until_saved(page)
    expect(column(page, "solution").locator("[data-text]").last).to_have_text(
        "Ашар менен түтүк казуу")
    page.keyboard.press("ArrowUp")
    expect(card(page, "Акысын чогултуу").locator(".sticker-text")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(column(page, "resourceAO").get_by_text("Акысын чогултуу")).to_be_visible()
    expect(page.locator("#board-said")).to_contain_text(text("causes.columns.resourceAO"))
    page.keyboard.press("ArrowLeft")
    expect(column(page, "solution").locator("[data-card]")).to_have_count(2)
    expect(card(page, "Акысын чогултуу").locator(".sticker-text")).to_be_focused()
    page.keyboard.press("Delete")
    expect(card(page, "Акысын чогултуу")).to_have_count(0)
    tab_to(page, page.locator("#undo-offer [data-undo]"))
    page.keyboard.press("Enter")
    expect(card(page, "Акысын чогултуу")).to_have_count(1)
    # Asking why by keyboard; nothing is answered.
    tab_to(page, card(page, CHAIN[1]).locator("[data-why]"))
    page.keyboard.press("Enter")
    expect(page.locator("#why-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page, CHAIN[1]).locator(".sticker-text")).to_be_focused()


@pytest.mark.steps
def test_the_dialog_corrects_moves_hangs_and_merges(page: Page) -> None:
    dialog = page.locator("#card-dialog")
    card(page, "Акысын чогултуу").locator(".sticker-text").click()
    dialog.locator("#card-dialog-text").fill("Суунун акысын ай сайын чогултуу")
    dialog.locator("#card-dialog-text").press("Enter")
    corrected = card(page, "Суунун акысын ай сайын чогултуу")
    expect(corrected).to_be_visible()
    corrected.locator(".sticker-text").click()
    page.keyboard.press("7")
    expect(column(page, "resourceCommunity").locator("[data-card]")).to_have_count(1)
    # Under another cause, which makes it a deeper one.
    card(page, "Кожолуктар суу үчүн төлөбөйт").locator(".sticker-text").click()
    dialog.locator("[data-unders] button", has_text=CHAIN[2]).click()
    hung = card(page, "Кожолуктар суу үчүн төлөбөйт")
    expect(hung).to_have_attribute("data-depth", "3")
    # Two cards become one, and it can be taken back.
    card(page, CHAIN[3]).locator(".sticker-text").click()
    dialog.locator("[data-merges] button", has_text="Кожолуктар").click()
    both = "Кожолуктар суу үчүн төлөбөйт; " + CHAIN[3]
    expect(card(page, both)).to_be_visible()
    expect(column(page, "cause").locator("[data-card]")).to_have_count(4)
    page.locator("#undo-offer [data-undo]").click()
    expect(column(page, "cause").locator("[data-card]")).to_have_count(5)
    expect(card(page, both)).to_have_count(0)


@pytest.mark.steps
def test_two_laptops_typing_at_once_lose_no_card(
    desk: Desk, desks: Desks, page: Page, screenshots: Path,
) -> None:
    other = desks.open_beside(desk).window(page.url)
    words = {page: [f"Биринчи {one}" for one in range(6)],
             other: [f"Экинчи {one}" for one in range(6)]}
    for number in range(6):
        for window, texts in words.items():
            field = window.locator("#add-resourceOther")
            field.fill(texts[number])
            field.press("Enter")
    for window in words:
        expect(column(window, "resourceOther").locator("[data-card]")).to_have_count(12)
        assert sorted(order(window, "resourceOther")) == sorted(sum(words.values(), []))
    for texts in words.values():
        mine = [one for one in order(page, "resourceOther") if one in texts]
        assert mine == texts, mine
    for one in records(page, "causeEffect", event=MEETING):
        if re.search(r" [2-5]$", one["text"]):
            page.evaluate("""async (id) => { await fetch(`/api/v1/records/causeEffect/${id}`, {
              method: "DELETE", headers: {"X-Ashar": "1"}}); }""", one["id"])
    expect(column(page, "resourceOther").locator("[data-card]")).to_have_count(4)
    # A loop made by two laptops at once stands open on both.
    ends = [stored(page, CHAIN[0])["id"], stored(page, CHAIN[3])["id"]]
    change(page, "causeEffect", ends[0], parent=ends[1])
    for window in words:
        expect(column(window, "cause").locator("[data-card]")).to_have_count(5)
    change(page, "causeEffect", ends[0], parent=None)
    expect(card(page, CHAIN[0])).to_have_attribute("data-depth", "0")
    look(page, "board", screenshots)


@pytest.mark.steps
def test_the_initiative_group_is_made_of_those_who_were_chosen(
    desk: Desk, screenshots: Path,
) -> None:
    page = desk.window(CAUSES)
    for name in ("Бурул Асанова", "Гүлзат Токтогулова", "Чынара Эсенова"):
        page.locator(".chosen-people .choice", has_text=name).click()
    wait_until_saved(page)
    # R2: three women, no man.
    expect(page.locator("#people .finding")).to_contain_text("0 %")
    expect(page.locator("#people-live > p").first).to_have_text(
        text("causes.people.count", count=3))
    page.locator(".chosen-people .choice", has_text="Нурлан Сыдыков").click()
    page.locator(".chosen-people .choice", has_text="Жолдош Бакиров").click()
    expect(page.locator("#people .finding")).to_have_count(0)
    page.locator("#name").fill("Таза суу")
    page.locator("#problem").select_option(index=1)
    wait_until_saved(page)
    look(page, "causes", screenshots)
    go(page, button(page.locator("#group-form"), "causes.people.make"))
    expect(page.locator(".flash")).to_contain_text(text("causes.flash.group", title="Таза суу"))
    expect(page.locator(".cause-groups")).to_contain_text("Таза суу")
    group = [one for one in records(page, "group", cycle=CYCLE) if one["name"] == "Таза суу"][0]
    assert group["kind"] == "initiative" and group["problem"]
    assert len(records(page, "membership", group=group["id"])) == 5
    # The table for the reports.
    table = page.locator("#report-table")
    expect(table.locator("thead th")).to_have_count(8)
    expect(table).to_contain_text("↳ " + CHAIN[1])
    expect(table).to_contain_text(
        text("causes.report.expected", text="Суу алуучу жай кароосуз"))
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy-report").click()
    expect(page.locator("#report-said")).to_have_text(text("causes.report.copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert CHAIN[2] in copied and text("causes.report.ao") in copied
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    expect(page.locator("#people")).to_be_hidden()
    page.screenshot(path=screenshots / "causes-print.png", full_page=True)
    page.emulate_media(media="screen")
    page.close()


def test_who_may_not_read_names_sees_a_count(desk: Desk, desks: Desks, theme: str) -> None:
    desk.program.add_account("koz", "viewer", "тоо суу жол таш кум")
    viewer = desks.open(desk.program)
    page = viewer.window("/login")
    viewer.log_in(page, "koz", "тоо суу жол таш кум")
    page.goto(CAUSES)
    expect(page.locator("#people-live")).to_contain_text(text("causes.people.count", count=5))
    for name, _ in PEOPLE:
        expect(page.locator("body")).not_to_contain_text(name)
    page.goto(f"{CAUSES}/{theme}")
    expect(page.locator("#board .column")).to_have_count(8)
    expect(page.locator("#board form, #board button")).to_have_count(0)
