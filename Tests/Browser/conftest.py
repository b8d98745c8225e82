"""Fixtures: the program, the browser, and windows that fail the test when a page has errors."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from program import Program
from watch import Watch

# Chromium without its own windows and menus: the same pages, and a third less work.
CHROMIUM = "/usr/bin/chromium-headless-shell"
# A camera that shows a test picture, and nobody who has to allow it.
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# Long, for a slow machine: nothing that works waits for it.
ANSWER_MS = 30_000
HANGING_SECONDS = 300
# The longest first.
LONG_FILES = (
    "test_laptop_pages", "test_clock", "test_village_x", "test_pages", "test_conflicts",
    "test_pairing", "test_connections", "test_session", "test_tally", "test_deletions",
    "test_live", "test_laptops")

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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CAMERA)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Program]]:
    """Starts programs, each on data of its own; they end with the module."""
    programs: list[Program] = []

    def run(kind: str = "serve", *options: str, **settings: object) -> Program:
        program = Program(tmp_path_factory.mktemp("ashar"), kind, *options, **settings)
        programs.append(program)
        return program.start()

    yield run
    for program in programs:
        program.stop()
        assert "request failed" not in program.said(), program.said()


class Desks:
    """The browsers of a module's tests."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.all: list[Desk] = []

    def open(self, program: Program, **options: object) -> Desk:
        """Opens a browser in Kyrgyz with cookies of its own."""
        settings = {
            "base_url": program.address, "locale": "ky-KG", "timezone_id": "Asia/Bishkek",
            "viewport": {"width": 1366, "height": 900},
        }
        context = self.browser.new_context(**{**settings, **options})
        context.set_default_timeout(ANSWER_MS)
        self.all.append(Desk(context, program, Watch(context, program.address)))
        return self.all[-1]

    def open_beside(self, desk: Desk) -> Desk:
        """Opens another window with the same login; a mouse works in the front tab alone."""
        return self.open(desk.program, storage_state=desk.context.storage_state())


@pytest.fixture(scope="module")
def desks(browser: Browser) -> Iterator[Desks]:
    """Opens browsers; they close with the module."""
    desks = Desks(browser)
    yield desks
    for desk in desks.all:
        desk.context.close()


@pytest.fixture(autouse=True)
def no_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: nothing went wrong in any window, and none waits for ever."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(HANGING_SECONDS)
    yield
    signal.alarm(0)
    if "desks" in request.fixturenames:
        for desk in request.getfixturevalue("desks").all:
            desk.watch.check()


def _give_up(*_: object) -> None:
    raise TimeoutError(f"nothing happened for {HANGING_SECONDS} s")


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files are begun first: nobody waits for the last one with idle hands."""
    order = {name: number for number, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


def pytest_configure(config: pytest.Config) -> None:
    """Names the marks."""
    config.addinivalue_line("markers", "steps: each test goes on where the one before ended")
