"""What people's hands do: press the mouse, go through a page by keyboard, wait for the saving."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from conftest import Desk, Desks
from texts import label, text

# Presses of Tab after which somebody would give up.
PATIENCE = 90
# A hand does not let go at the very moment it arrives.
REST_MS = 60
# As long as a page takes to be drawn anew after something was saved.
STILL_RESTS = 7

IS_FOCUS_SEEN = """(element) => {
  const shows = (one) => {
    const style = getComputedStyle(one);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return hasOutline || style.boxShadow !== "none";
  };
  const around = [element, element.parentElement, element.nextElementSibling];
  return element.matches(":focus-visible") && around.some((one) => one && shows(one));
}"""


def menu(page: Page, key: str) -> Locator:
    """A link of the main menu."""
    nav = page.get_by_role("navigation", name=text("layout.menu"))
    return nav.get_by_role("link", name=text(f"layout.menuItems.{key}"), exact=True)


def field(page: Page, key: str) -> Locator:
    """A field of a form by the text of its label."""
    return page.get_by_label(label(key))


def button(page: Page | Locator, key: str) -> Locator:
    """A button by its text; a key's name may stand beside it."""
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(text(key))}( \w+)?$"))


def choose(page: Page, key: str, option: str) -> None:
    """Chooses from a list or from a row of choices, whichever the form has."""
    control = page.get_by_label(label(key)).or_(page.get_by_role("group", name=label(key))).first
    if control.evaluate("element => element.tagName") == "SELECT":
        control.select_option(label=option)
    else:
        control.get_by_text(option, exact=True).click()


def go(page: Page, link: Locator) -> None:
    """Presses a link or a button with the mouse and waits for the page it leads to."""
    with page.expect_navigation():
        link.click()


def session_tab(page: Page, key: str) -> Locator:
    """A part of a session: programme, people, minutes, gallery."""
    name = re.compile("^" + re.escape(text(f"event.tabs.{key}")))
    return page.locator("#session-tabs").get_by_role("link", name=name)


def flash(page: Page) -> Locator:
    """The sentence about what was just done, with its undo."""
    return page.locator(".flash")


def wait_until_saved(page: Page) -> None:
    """Until the page says that all that was typed is in the store."""
    expect(page.locator("#save-state[data-state=saved]")).to_be_visible()


def show_board(page: Page, board: str = "#board") -> None:
    """Scrolls to the board; not to the very edge, where a drag scrolls the page."""
    page.locator(board).evaluate("element => { element.scrollIntoView(); scrollBy(0, -200); }")


def drag(page: Page, source: Locator, *way: Locator) -> None:
    """Takes hold with the mouse, carries over the middle of each place and lets go on the last."""
    source.scroll_into_view_if_needed()
    page.mouse.move(*_resting(page, source))
    page.mouse.down()
    for place in way:
        x, y = _middle(place)
        for _ in range(3):
            page.mouse.move(x - 4, y, steps=8)
            page.wait_for_timeout(REST_MS)
        page.mouse.move(x, y)
    page.mouse.up()


def _resting(page: Page, element: Locator) -> tuple[float, float]:
    """The middle of an element, once what was just saved has been drawn and nothing moves."""
    last, still = _middle(element), 0
    for _ in range(PATIENCE):
        page.wait_for_timeout(REST_MS)
        here = _middle(element)
        still = still + 1 if here == last else 0
        last = here
        if still == STILL_RESTS:
            return here
    raise AssertionError(f"{element} never rests")


def _middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box, f"{element} is not on the page"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Presses Tab, or Shift+Tab, until the target has the focus, and sees that it shows."""
    expect(target).to_be_visible()
    for _ in range(PATIENCE):
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(IS_FOCUS_SEEN), f"the focus is not seen on {target}"
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not come to {target}")


def press(page: Page, target: Locator) -> None:
    """Goes to a link or a button by keyboard, presses Enter and waits for the page it leads to."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def strike(page: Page, letter: str) -> None:
    """Strikes a key of a Kyrgyz keyboard; `keyboard.press` knows the Latin ones only."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": letter, "text": letter})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
    devtools.detach()


def column(page: Page, name: str) -> Locator:
    """A column of the gallery by its name."""
    return page.locator("[data-column]", has=page.get_by_role("heading", name=name, exact=True))


def register(page: Page, name: str, sex: str, age: int) -> None:
    """A person in one line: a name, a press of the mouse, an age, Enter."""
    page.locator("#fullName").press_sequentially(name)
    page.locator("#sex").get_by_text(text(f"people.sex.{sex}")).first.click()
    page.locator("#age").fill(str(age))
    page.locator("#age").press("Enter")
    expect(page.locator("#people")).to_contain_text(name)
    expect(page.locator("#fullName")).to_be_focused()


def drag_stickers(page: Page, word: str, count: int, name: str) -> None:
    """Drags stickers that begin with a word into a column; its votes follow by themselves."""
    target = column(page, name)
    already = target.locator(".sticker").count()
    for number in range(already + 1, already + count + 1):
        sticker = page.locator("#unsorted .sticker", has_text=re.compile(f"^{word}")).first
        show_board(page)
        drag(page, sticker, target.locator("[data-stickers]"))
        expect(target.locator(".votes")).to_contain_text(str(number))
        expect(target.locator(".sticker")).to_have_count(number)
    wait_until_saved(page)


def log_in_to_demo(page: Page) -> None:
    """Enters the demo by the button of its login page."""
    go(page, page.get_by_role("button", name=text("login.demo.enter")))


def open_demo(start: Callable, desks: Desks, **options: object) -> Desk:
    """The demo in a browser where nothing moves by itself, logged in."""
    desk = desks.open(start("demo"), reduced_motion="reduce", **options)
    page = desk.window("/login")
    log_in_to_demo(page)
    page.close()
    return desk
