"""Listens to a window: what goes wrong behind the page fails the test."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Runs before the page's own scripts; the browser's message does not always name the rule.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


class Watch:
    """Collects the errors of every page of a context."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.problems: list[str] = []
        self._expected: list[re.Pattern] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", self._listen)

    def expect(self, pattern: str) -> None:
        """Lets errors pass that the test itself causes, such as the answer to a wrong entry."""
        self._expected.append(re.compile(pattern))

    def expect_power_cut(self) -> None:
        """A program that ends: each request finds nobody, and after a start nobody is logged in."""
        for pattern in ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE",
                        "ERR_INCOMPLETE_CHUNKED", "status of 401"):
            self.expect(pattern)

    def check(self) -> None:
        """Fails where something went wrong since the last check."""
        found, self.problems = self.problems, []
        assert not found, "\n".join(found)

    def _listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._add(f"script error on {page.url}: {error}"))
        page.on("request", self._request)
        page.on("crash", lambda: self._add(f"the page crashed: {page.url}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self._add(f"console error: {message.text} ({place})")

    def _request(self, request: Request) -> None:
        own = (self.address + "/", "blob:", "data:", "about:")
        if not request.url.startswith(own):
            self._add(f"a request left the laptop: {request.url}")

    def _add(self, problem: str) -> None:
        if not any(pattern.search(problem) for pattern in self._expected):
            self.problems.append(problem)
