"""How a page looks: whether it fits, can be read by all, and has all its words."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Widths of windows, and a height for each.
WIDTHS = {320: 640, 1366: 900, 1920: 1080}
AXE = {
    "resultTypes": ["violations"],
    # The stricter contrast says all that the other one does.
    "rules": {
        "color-contrast": {"enabled": False}, "color-contrast-enhanced": {"enabled": True},
        "target-size": {"enabled": True},
    },
}
# A text that is missing shows its key, one that is not filled its placeholder.
UNFINISHED = re.compile(r"\{\w+\}|\b[a-z]+\.[a-z]+[A-Z]?\w*\.\w+\b|\bnil\b|Optional\(")


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical, each with the place."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} ({(node['any'] or node['all'])[0]['message'][:160]})"
        if node["any"] or node["all"] else f"{one['id']}: {node['html'][:160]}"
        for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]]


def check_fits(page: Page) -> None:
    """The page does not have to be pushed sideways."""
    wider = page.evaluate("""() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return null;
      const isWide = (one) => one.getBoundingClientRect().right > room + 1;
      const isFree = (one) => one === document.body
        || getComputedStyle(one).overflowX === "visible" && isFree(one.parentElement);
      const wide = [...document.body.querySelectorAll("*")].filter(
        (one) => isWide(one) && isFree(one.parentElement));
      return wide.slice(0, 3).map((one) => `${one.tagName}.${one.className} ${one.id}`);
    }""")
    assert wider is None, f"{page.url} is wider than the window: {wider}"


def check_words(page: Page) -> None:
    """No text is missing."""
    shown = UNFINISHED.search(page.locator("body").inner_text())
    assert not shown, f"{page.url} shows {shown[0]}"
