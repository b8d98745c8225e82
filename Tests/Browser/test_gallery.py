"""The problem gallery under a facilitator's hands: where a sticker is let go, there it stays."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from conftest import Desk, Desks
from hands import button, drag, log_in_to_demo, show_board, wait_until_saved
from texts import text

GALLERY = "/events/demo-s4/gallery"
# A finger rests this long before it takes hold of a sticker.
FINGER_RESTS_MS = 350


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return desks.open(start("demo"), has_touch=True)


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """The gallery of the demo, its board in sight."""
    page = desk.window(GALLERY)
    if page.url.endswith("/login") or "/login?" in page.url:
        log_in_to_demo(page)
    show_board(page)
    yield page
    page.close()


def add(page: Page, words: str) -> Locator:
    """Types a sticker; it comes to the end of the unsorted ones."""
    page.locator("#text").fill(words)
    page.locator("#text").press("Enter")
    sticker = page.locator("#board .sticker", has_text=words)
    expect(sticker).to_have_count(1)
    wait_until_saved(page)
    return sticker


def check_place(page: Page, sticker: Locator, number: int) -> None:
    """The sticker stands in the column, there and in the store."""
    name = page.locator("[data-column]").nth(number).get_attribute("data-column")
    expect(page.locator(f"#column-{name}").locator(sticker)).to_have_count(1)
    wait_until_saved(page)
    page.reload()
    expect(page.locator(f"#column-{name}").locator(sticker)).to_have_count(1)


@pytest.mark.parametrize("part", [".column-head", "[data-stickers]", ".column-foot"])
def test_a_sticker_falls_into_the_column_under_the_mouse(page: Page, part: str) -> None:
    sticker = page.locator("#unsorted .sticker").first
    moved = page.locator(f"[data-sticker='{sticker.get_attribute('data-sticker')}']")
    columns = page.locator("[data-column]")
    drag(page, sticker, columns.nth(1).locator("[data-stickers]"), columns.nth(2).locator(part))
    check_place(page, moved, 2)


def test_a_sticker_let_go_outside_stays_where_it_was(page: Page) -> None:
    sticker = page.locator("#unsorted .sticker").first
    moved = page.locator(f"[data-sticker='{sticker.get_attribute('data-sticker')}']")
    drag(page, sticker, page.locator(".site-header, .session-head, .gallery-entry").last)
    expect(page.locator("#unsorted").locator(moved)).to_have_count(1)
    page.reload()
    expect(page.locator("#unsorted").locator(moved)).to_have_count(1)


def touch(devtools: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """One event of a finger on the screen."""
    touches = [{"x": x, "y": y} for x, y in points]
    devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_finger_carries_a_sticker(page: Page, desk: Desk) -> None:
    sticker = page.locator("#unsorted .sticker").first
    moved = page.locator(f"[data-sticker='{sticker.get_attribute('data-sticker')}']")
    start = sticker.bounding_box()
    end = page.locator("[data-column]").nth(1).locator("[data-stickers]").bounding_box()
    assert start and end
    x, y = start["x"] + 40, start["y"] + 15
    dx, dy = end["x"] + 60 - x, end["y"] + 30 - y
    devtools = desk.context.new_cdp_session(page)
    touch(devtools, "touchStart", (x, y))
    page.wait_for_timeout(FINGER_RESTS_MS)
    for step in range(1, 16):
        touch(devtools, "touchMove", (x + dx * step / 15, y + dy * step / 15))
        page.wait_for_timeout(30)
    touch(devtools, "touchEnd")
    check_place(page, moved, 1)


def test_a_sticker_is_opened_corrected_and_taken_off(page: Page) -> None:
    sticker = add(page, "Аялдамада отургуч жок")
    # R7: a missing means is no problem, the program asks again.
    expect(sticker.locator(".sticker-mark")).to_be_visible()
    expect(sticker.get_by_role("button")).to_have_accessible_name(
        re.compile(re.escape(text("gallery.askAgain"))))
    expect(page.locator("#gallery-question")).to_have_text(
        re.compile(re.escape(text("findings.stickerQuestion"))))
    sticker.click()
    dialog = page.locator("#sticker-dialog")
    expect(dialog.locator("#sticker-dialog-question")).to_be_visible()
    dialog.locator("#sticker-dialog-text").fill("Автобус күткөн киши жаанда турат")
    dialog.locator("#sticker-dialog-text").press("Enter")
    expect(dialog).to_be_hidden()
    corrected = page.locator("#board .sticker", has_text="Автобус күткөн киши жаанда турат")
    expect(corrected).to_have_count(1)
    expect(corrected.locator(".sticker-mark")).to_have_count(0)
    corrected.click()
    expect(dialog.locator("#sticker-dialog-question")).to_be_hidden()
    button(dialog, "gallery.move.remove").click()
    expect(corrected).to_have_count(0)
    page.locator("#undo-offer").get_by_role("button").click()
    expect(corrected).to_have_count(1)


def test_a_new_column_is_in_sight_on_a_small_laptop(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.reload()
    page.evaluate("scrollTo(0, 0)")
    for part in (page.locator("#new-column-name"), button(page, "gallery.column.open")):
        expect(part).to_be_in_viewport(ratio=1)


def test_a_column_keeps_its_marks(page: Page) -> None:
    column = page.locator("[data-column]").nth(1)
    name = column.locator("h3").inner_text()
    column.locator("[data-edit-column]").click()
    dialog = page.locator("#column-dialog")
    expect(dialog.locator("#column-title")).to_have_value(name)
    expect(dialog.locator("#column-tally")).to_be_hidden()
    dialog.locator("#column-competence").select_option("local")
    dialog.locator("#column-matter").select_option("20")
    dialog.locator("#column-solvable").select_option("community")
    button(dialog, "gallery.done").click()
    wait_until_saved(page)
    expect(column.locator(".mark")).to_have_count(2)
    page.reload()
    marks = column.locator(".mark").all_inner_texts()
    assert any(text("choices.problem.solvable.community") in mark for mark in marks), marks
    assert any(text("choices.problem.localMatter.20") in mark for mark in marks), marks


def test_a_speech_is_no_sticker(page: Page) -> None:
    page.locator("#text").fill("а" * 301)
    page.locator("#text").press("Enter")
    message = page.locator("#text").evaluate("element => element.validationMessage")
    assert message == text("gallery.error.tooLong")
    expect(page.locator("#text")).to_have_value("а" * 301)


def test_more_votes_than_people_can_give_are_noticed(page: Page) -> None:
    people = page.locator("#gallery-summary")
    expect(people).to_contain_text(re.compile(r"14.*70"))
    page.locator("#text").evaluate("""element => {
      const data = new DataTransfer();
      data.setData("text/plain", Array.from({length: 40}, (_, at) => `чаптама ${at}`).join("\\n"));
      element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
    }""")
    expect(page.locator("#unsorted .sticker", has_text="чаптама")).to_have_count(40)
    expect(page.locator("#findings")).to_contain_text("70")


def test_a_missing_means_is_asked_about_while_one_types(page: Page) -> None:
    page.locator("#text").fill("Спорт аянты жок")
    page.locator("#text").press("Enter")
    asked = page.locator("#means")
    expect(asked).to_be_visible()
    expect(asked).to_contain_text(text("findings.stickerQuestion"))
    # Nobody waits: the next sticker can be typed at once.
    expect(page.locator("#text")).to_be_focused()
    page.locator("#means-text").fill("Балдар машина жүргөн жолдо ойнойт")
    page.locator("#means-text").press("Enter")
    expect(asked).to_be_hidden()
    expect(page.locator("#board .sticker", has_text="Балдар машина жүргөн")).to_have_count(1)
    expect(page.locator("#board .sticker", has_text="Спорт аянты жок")).to_have_count(0)
    page.locator("#text").fill("автобус жок")
    page.locator("#text").press("Enter")
    expect(asked).to_be_visible()
    button(asked, "gallery.means.keep").click()
    expect(asked).to_be_hidden()
    expect(page.locator("#board .sticker", has_text="автобус жок")).to_have_count(1)
    wait_until_saved(page)


def test_a_column_is_named_where_it_stands_and_out_of_its_stickers(page: Page, desk: Desk) -> None:
    other = desk.window(GALLERY)
    column = page.locator("[data-column='demo-s4-water']")
    column.locator("h3").dblclick()
    column.locator(".column-rename").fill("Таза суу үйлөргө жетпейт")
    column.locator(".column-rename").press("Enter")
    expect(column.locator("h3")).to_have_text("Таза суу үйлөргө жетпейт")
    expect(other.locator("#column-name-demo-s4-water")).to_have_text("Таза суу үйлөргө жетпейт")
    column.locator("[data-edit-column]").click()
    dialog = page.locator("#column-dialog")
    offered = dialog.locator(".column-names button", has_text="жаңы конушка суу келбейт")
    offered.click()
    expect(dialog.locator("#column-title")).to_have_value("жаңы конушка суу келбейт")
    button(dialog, "gallery.done").click()
    wait_until_saved(page)
    expect(other.locator("#column-name-demo-s4-water")).to_have_text("жаңы конушка суу келбейт")
    other.close()
