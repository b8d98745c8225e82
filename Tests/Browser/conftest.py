"""Fixtures: the program, the browser, and windows that fail the test when a page has errors."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from program import Program
from watch import Watch

CHROMIUM = "/usr/bin/chromium"
ANSWER_MS = 10_000

expect.set_options(timeout=ANSWER_MS)


class Desk:
    """One browser of one person: its windows share the login."""

    def __init__(self, context: BrowserContext, program: Program, watch: Watch) -> None:
        self.context = context
        self.program = program
        self.watch = watch

    def window(self, path: str = "/") -> Page:
        """Opens another window."""
        page = self.context.new_page()
        page.goto(path)
        return page

    def log_in(self, page: Page, login: str, passphrase: str) -> None:
        """Logs in by the form; `page` shows it."""
        page.locator("#field-login").fill(login)
        page.locator("#field-passphrase").fill(passphrase)
        page.locator("#field-passphrase").press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Program]]:
    """Starts programs, each on data of its own; they end with the module."""
    programs: list[Program] = []

    def run(kind: str = "serve") -> Program:
        program = Program(tmp_path_factory.mktemp("ashar"), kind)
        programs.append(program)
        return program.start()

    yield run
    for program in programs:
        program.stop()
        assert "request failed" not in program.said(), program.said()


@pytest.fixture(scope="module")
def open_desk(browser: Browser) -> Iterator[Callable[..., Desk]]:
    """Opens browsers in Kyrgyz, each with its own cookies."""
    desks: list[Desk] = []

    def run(program: Program, **options: object) -> Desk:
        settings = {
            "base_url": program.address, "locale": "ky-KG", "timezone_id": "Asia/Bishkek",
            "viewport": {"width": 1366, "height": 900},
        }
        context = browser.new_context(**{**settings, **options})
        context.set_default_timeout(ANSWER_MS)
        desks.append(Desk(context, program, Watch(context, program.address)))
        return desks[-1]

    yield run
    for desk in desks:
        desk.context.close()


@pytest.fixture(autouse=True)
def no_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: nothing went wrong in the windows of the module's desks."""
    yield
    for name in ("desk", "other_desk"):
        if name in request.fixturenames:
            request.getfixturevalue(name).watch.check()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of the pages go; git ignores it."""
    folder = Path(__file__).parent / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> None:
    """Remembers the first failure of tests that build on each other (mark `steps`)."""
    if call.excinfo and call.when != "teardown" and item.get_closest_marker("steps"):
        item.parent.failed_step = item.name


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leaves out what would build on a step that failed."""
    failed = getattr(item.parent, "failed_step", None)
    if failed and item.get_closest_marker("steps"):
        pytest.skip(f"builds on {failed}, which failed")


def pytest_configure(config: pytest.Config) -> None:
    """Names the marks."""
    config.addinivalue_line("markers", "steps: each test goes on where the one before ended")
