"""Every page of the demo at three widths: it fits, says nothing wrong, and can be read by all."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Desk, Desks
from hands import log_in_to_demo, menu
from looks import WIDTHS, check_fits, check_words, faults
from texts import text

SESSION = "/events/demo-s4"
PAGES = {
    "login": "/login", "home": "/", "villages": "/villages", "calendar": "/calendar",
    "ranking": "/ranking", "records": "/records", "accounts": "/accounts", "status": "/status",
    "search": "/search", "session": SESSION, "people": SESSION + "/people",
    "minutes": SESSION + "/minutes", "gallery": SESSION + "/gallery", "run": SESSION + "/run",
    "map": SESSION + "/map", "venn": SESSION + "/venn", "tokoch": SESSION + "/tokoch",
    "photos": SESSION + "/photos", "causes": SESSION + "/causes",
    "tally": "/events/x-s1/tally", "tally-typing": "/events/x-s1/tally?as=first",
    "readiness": "/cycles/demo-2026/readiness",
    "participant-list": "/documents/D6/demo-s4", "list": "/records/person",
    "form": "/records/event/demo-s4", "new": "/records/activity/new",
    "history": "/records/event/demo-s4/history",
}
MENU = ["home", "villages", "calendar", "ranking", "records", "accounts", "status"]
LANGUAGES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    """The demo, and a browser that is not logged in yet."""
    return desks.open(start("demo"), reduced_motion="reduce")


@pytest.fixture(scope="module")
def page(desk: Desk, desks: Desks) -> Page:
    """A window that is logged in."""
    page = desk.window("/login")
    log_in_to_demo(page)
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_is_accessible(
    name: str, width: int, desk: Desk, desks: Desks, page: Page, screenshots: Path,
) -> None:
    if name == "login":
        page = desks.open(desk.program).window("/login")
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    answer = page.goto(PAGES[name])
    assert answer and answer.status == 200
    page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
    check_fits(page)
    check_words(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert not faults(page), "\n".join(faults(page))


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_search_finds_fits_and_is_accessible(
    width: int, page: Page, screenshots: Path,
) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    for start, name in [("/records", "search-found"), ("/records/person", "search-list")]:
        page.goto(start)
        words = page.locator("main .search-form input[type=search]")
        words.fill("ас")
        with page.expect_navigation():
            words.press("Enter")
        # What people search for is a name as often as not: it stands in no address.
        assert page.url.endswith("/search"), page.url
        expect(page.locator("main .search-form #q")).not_to_have_value("")
        page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
        check_fits(page)
        check_words(page)
        assert not faults(page), "\n".join(faults(page))
    # A language is changed to on a page that can be read again.
    page.get_by_role("button", name=LANGUAGES["ky"]).click()
    expect(page).to_have_url(re.compile("/records/person$"))


@pytest.mark.parametrize("path", ["/records/{}", "/records/{}/new"])
def test_lists_and_forms_of_every_entity(path: str, desk: Desk, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": WIDTHS[320]})
    answer = desk.context.request.get("/api/v1/openapi.json").json()
    found = {re.fullmatch(r"/api/v1/records/(\w+)", one) for one in answer["paths"]}
    entities = sorted(one[1] for one in found if one and one[1] != "account")
    assert len(entities) > 40, entities
    wrong = []
    for entity in entities:
        answer = page.goto(path.format(entity))
        assert answer and answer.status == 200, f"{entity}: {answer.status}"
        check_fits(page)
        check_words(page)
        if path.endswith("new"):
            wrong += [f"{entity}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)


def test_errors_say_what_to_do(desk: Desk, page: Page, screenshots: Path) -> None:
    desk.watch.expect("status of 404")
    titles = {
        "/nowhere": text("errors.notFound.title"),
        "/records/person/nobody": text("errors.noRecord.title", kind=text("entities.person.one")),
        "/events/nothing": text("errors.noRecord.title", kind=text("entities.event.one")),
        "/records/unknown": text("errors.noKind.title"),
    }
    for path, title in titles.items():
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(path)
            assert answer and answer.status == 404
            check_fits(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_role("link", name=text("errors.home"))).to_be_visible()
        # Who is logged in goes on from here by the menu or the search.
        expect(menu(page, "records")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_be_visible()
    page.screenshot(path=screenshots / "error.png")
    assert not faults(page)


def test_the_participant_list_leaves_room_to_sign(page: Page) -> None:
    page.goto("/documents/D6/demo-s1")
    page.emulate_media(media="print")
    # What A4 leaves between the paper's own margins.
    page.set_viewport_size({"width": 665, "height": 980})
    widths = page.locator(".paper-table th").evaluate_all(
        "cells => cells.map((cell) => cell.getBoundingClientRect().width * 25.4 / 96)")
    assert widths[2] <= 16.5 and widths[5] >= 35, widths
    assert sum(widths) <= 177, widths
    cut = page.locator(".paper-table th").evaluate_all(
        "cells => cells.some((cell) => cell.scrollWidth > cell.clientWidth)")
    assert not cut
    head = page.locator(".paper-table thead").evaluate(
        "head => [getComputedStyle(head).display, getComputedStyle(head).breakInside]")
    assert head == ["table-header-group", "avoid"]
    # A box that scrolls is not cut into pages, and its head stands on the first one alone.
    assert page.locator(".paper").evaluate("paper => getComputedStyle(paper).overflowX") == "visible"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("item", MENU)
def test_three_languages_at_a_click(item: str, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto("/")
    menu(page, item).click()
    expect(page.locator("nav [aria-current=page]").first).to_have_text(
        text(f"layout.menuItems.{item}"))
    address = page.url
    for language in ("ru", "en", "ky"):
        page.get_by_role("button", name=LANGUAGES[language]).click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page).to_have_url(address)
        expect(page.locator("nav [aria-current=page]").first).to_have_text(
            text(f"layout.menuItems.{item}", language))
        expect(page.locator(".site-footer")).to_have_text(text("layout.footer", language))
        check_words(page)


def test_the_demo_shows_its_login(desk: Desk, desks: Desks) -> None:
    page = desks.open(desk.program).window("/login")
    expect(page.get_by_role("heading", name=text("login.demo.heading"))).to_be_visible()
    login, passphrase = page.locator(".facts code").all_inner_texts()
    desk.log_in(page, login, passphrase)
    expect(page.locator(".demo-strip")).to_be_visible()


def test_a_real_store_shows_no_login(start: Callable, desks: Desks) -> None:
    program = start()
    program.add_account("aigul", "admin", "үч көк бөрү тоодо")
    desk = desks.open(program)
    page = desk.window("/")
    expect(page).to_have_url(re.compile("/login"))
    expect(page.locator("code").filter(visible=True)).to_have_count(0)
    expect(page.locator(".demo-strip")).to_have_count(0)
    desk.log_in(page, "aigul", "үч көк бөрү тоодо")
    expect(page.locator(".site-user")).to_contain_text("aigul")
