"""Two windows see each other's work, and nothing typed is lost when the program dies."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import button, flash, go, log_in_to_demo, wait_until_saved
from texts import text

SESSION = "/events/demo-s4"
LONG_MS = 30_000


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return demo_desk(start, desks)


def demo_desk(start: Callable, desks: Desks) -> Desk:
    """A demo of its own and a browser that is logged in to it."""
    desk = desks.open(start("demo"))
    page = desk.window("/login")
    log_in_to_demo(page)
    page.close()
    return desk


def two_windows(desk: Desk, desks: Desks, path: str) -> tuple[Page, Page]:
    """Two windows on one page, neither of which is loaded anew during the test."""
    here, there = desk.window(path), desks.open_beside(desk).window(path)
    for page in (here, there):
        page.evaluate("window.wasNeverReloaded = true")
    return here, there


def close(*pages: Page) -> None:
    """Ends a test's windows."""
    for page in pages:
        assert page.evaluate("window.wasNeverReloaded"), "the page was loaded anew"
        page.close()


def test_a_sticker_appears_in_the_other_window(desk: Desk, desks: Desks) -> None:
    here, there = two_windows(desk, desks, SESSION + "/gallery")
    # What somebody is typing there stays typed, and the cursor stays where it is.
    there.locator("#text").fill("жарым сөз")
    here.locator("#text").fill("Мектептин чатыры тамчылайт")
    here.keyboard.press("Enter")
    arrived = there.locator("#unsorted .sticker", has_text="Мектептин чатыры тамчылайт")
    expect(arrived).to_have_count(1)
    expect(there.locator("#text")).to_have_value("жарым сөз")
    expect(there.locator("#text")).to_be_focused()
    # It moves there as it moves here, and an undone removal brings it back in both.
    mine = here.locator("#board .sticker", has_text="Мектептин чатыры тамчылайт")
    mine.locator(".sticker-text").press("ArrowRight")
    expect(there.locator("[data-column] .sticker", has_text="чатыры тамчылайт")).to_have_count(1)
    mine.locator(".sticker-text").press("Delete")
    expect(there.locator("#board .sticker", has_text="чатыры тамчылайт")).to_have_count(0)
    here.locator("#undo-offer").get_by_role("button").click()
    expect(there.locator("#board .sticker", has_text="чатыры тамчылайт")).to_have_count(1)
    close(here, there)


def test_minutes_and_people_appear_in_the_other_window(desk: Desk, desks: Desks) -> None:
    here, there = two_windows(desk, desks, SESSION + "/minutes")
    blank = there.locator(".minutes-section").nth(1).locator(".minutes-words").last
    blank.press_sequentially("Бул терезеде жазылып жаткан сөз")
    line = here.locator(".minutes-section").first.locator(".minutes-words").last
    line.press_sequentially("Биринчи терезеден келген сөз")
    for page in (here, there):
        wait_until_saved(page)
        for words in ("Биринчи терезеден келген сөз", "Бул терезеде жазылып жаткан сөз"):
            expect(page.locator(".minutes-record")).to_contain_text([re.compile(words)])
    values = there.locator(".minutes-section").first.locator(".minutes-words").evaluate_all(
        "all => all.map((one) => one.value)")
    assert "Биринчи терезеден келген сөз" in values
    close(here, there)


def test_the_home_page_counts_along(desk: Desk, desks: Desks) -> None:
    home, gallery = two_windows(desk, desks, "/")
    gallery.goto(SESSION + "/gallery")
    figure = home.locator(".figures div", has_text=text("home.figures.votes")).locator("dd")
    before = int(re.sub(r"\D", "", figure.inner_text()))
    name = gallery.locator("[data-column] h3").first.inner_text()
    gallery.locator("#problem").select_option(label=name)
    gallery.locator("#text").fill("бир добуш")
    gallery.keyboard.press("Enter")
    expect(figure).to_have_text(re.compile(rf"^{before + 1}$"))
    close(home)
    gallery.close()


def test_a_refused_form_stays_live(desk: Desk, desks: Desks) -> None:
    """It stands at the form's address, where nothing can be read; the page has one of its own."""
    desk.watch.expect("status of 422")
    here = desk.window("/ranking")
    boxes = here.locator("input[name=part]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    here.locator("#merge #title").fill("  ")
    with here.expect_navigation():
        here.locator("#merge").get_by_role("button").click()
    expect(here.locator("#error-summary")).to_be_visible()
    assert here.url.endswith("/ranking/merge")
    here.evaluate("window.wasNeverReloaded = true")
    here.locator("#merge #reason").fill("жарым сөз")
    asked: list[str] = []
    here.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    there = desks.open_beside(desk).window(SESSION + "/gallery")
    column = there.locator("[data-column]").first
    name = column.locator("h3").inner_text()
    # Other villages have problems of the same name: the row is that of this column.
    row = here.locator(f"#row-{column.get_attribute('data-column')}")
    before = int(row.locator(".ranking-votes").inner_text())
    there.locator("#problem").select_option(label=name)
    there.locator("#text").fill("бир добуш")
    there.keyboard.press("Enter")
    expect(row.locator(".ranking-votes")).to_have_text(str(before + 1))
    # What was typed and chosen stays, and nothing was asked of the form's address.
    expect(here.locator("#merge #reason")).to_have_value("жарым сөз")
    expect(here.locator("input[name=part]:checked")).to_have_count(2)
    assert asked and not [one for one in asked if "/merge" in one], asked
    close(here)
    there.close()


def test_minutes_outlive_the_program(start: Callable, desks: Desks) -> None:
    desk = demo_desk(start, desks)
    desk.watch.expect_power_cut()
    page = desk.window(SESSION + "/minutes")
    page.evaluate("window.wasNeverReloaded = true")
    words = page.locator(".minutes-section").nth(2).locator(".minutes-words").last
    words.press_sequentially("Бул сөз өчкөнгө чейин сакталды.")
    wait_until_saved(page)
    desk.program.kill()
    words.press("Enter")
    page.keyboard.type("Бул сөз жарык өчкөндө жазылды.")
    expect(page.locator("#save-state[data-state=kept]")).to_contain_text(
        text("event.saving.kept").split("(")[0].strip())
    expect(page.locator("#live-bar")).to_contain_text(text("layout.live.lost"))
    desk.program.start()
    # Everybody is logged out by a start; the page says so and keeps what was typed.
    expect(page.locator("#save-state[data-state=signedOut]")).to_be_visible(timeout=LONG_MS)
    with desk.context.expect_page() as opened:
        page.locator("#save-login a").click()
    login = opened.value
    login.wait_for_load_state()
    log_in_to_demo(login)
    login.close()
    page.bring_to_front()
    expect(page.locator("#save-state[data-state=saved]")).to_be_visible(timeout=LONG_MS)
    expect(page.locator("#live-bar")).to_be_hidden(timeout=LONG_MS)
    assert page.evaluate("window.wasNeverReloaded")
    page.reload()
    record = page.locator(".minutes-section").nth(2).locator(".minutes-record")
    expect(record).to_contain_text("Бул сөз өчкөнгө чейин сакталды.")
    expect(record.locator("[data-text]", has_text="жарык өчкөндө жазылды")).to_have_count(1)
    page.close()


def test_a_window_says_that_one_has_to_log_in_again(start: Callable, desks: Desks) -> None:
    desk = demo_desk(start, desks)
    desk.watch.expect_power_cut()
    page = desk.window("/ranking")
    desk.program.kill()
    expect(page.locator("#live-bar")).to_contain_text(text("layout.live.lost"))
    desk.program.start()
    expect(page.locator("#live-bar")).to_contain_text(text("layout.live.login"), timeout=LONG_MS)
    expect(page.locator("#live-bar").get_by_role("link")).to_be_visible()
    page.close()


def test_an_undo_of_a_form_is_offered_once(desk: Desk) -> None:
    page = desk.window("/records/problem")
    go(page, page.locator("th.cell-main a").first)
    title = page.locator("#field-title")
    before = title.input_value()
    title.fill(before + " (оңдолду)")
    go(page, button(page, "layout.form.save"))
    expect(flash(page)).to_contain_text(text("records.flash.saved"))
    go(page, button(flash(page), "layout.undo"))
    expect(page.locator("#field-title")).to_have_value(before)
    page.reload()
    expect(flash(page)).to_have_count(0)
    page.close()
