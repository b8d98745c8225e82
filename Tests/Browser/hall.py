"""The hall's side in tests: phones and the projector's window, on the hall's own listener."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from conftest import ANSWER_MS, Desk, Desks
from looks import check_fits, check_words, faults
from program import Program
from texts import text
from watch import Watch
from wire import FORM, Answer, Wire

# A small old phone.
PHONE = {"width": 320, "height": 568}


def hall_address(program: Program) -> str:
    """Where the hall listens."""
    return f"http://127.0.0.1:{program.port + 80}"


def open_hall(desks: Desks, program: Program, **options: object) -> Desk:
    """A browser that knows the hall alone."""
    settings = {
        "base_url": hall_address(program), "locale": "ky-KG", "timezone_id": "Asia/Bishkek",
        "viewport": PHONE,
    }
    context = desks.browser.new_context(**{**settings, **options})
    context.set_default_timeout(ANSWER_MS)
    desks.all.append(Desk(context, program, Watch(context, hall_address(program))))
    return desks.all[-1]


def enter(page: Page, code: str) -> None:
    """Types the digits from the wall."""
    page.locator("#code").fill(code)
    page.get_by_role("button", name=text("hall.door.enter")).click()
    expect(page.locator("#seat-form")).to_be_visible()


def send(page: Page, *stickers: str) -> None:
    """Writes stickers and sends them; the phone says that they were received."""
    for number, words in enumerate(stickers, 1):
        page.locator(f"#sticker-{number}").fill(words)
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name=text("hall.received.title"))).to_be_visible()


def pass_on(page: Page) -> None:
    """Gives the phone to the next person."""
    page.get_by_role("button", name=text("hall.received.next")).click()
    expect(page.locator("#seat-form")).to_be_visible()


def check_phone(page: Page) -> None:
    """The page can be read and pressed on a small phone by everybody."""
    check_fits(page)
    check_words(page)
    found = faults(page)
    assert not found, "\n".join(found)
    low = page.evaluate("""() => [...document.querySelectorAll("button, a, input:not([type=hidden])")]
      .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 28)
      .map((one) => one.outerHTML)""")
    assert not low, low


def code_of(page: Page) -> str:
    """The digits on the facilitator's page."""
    code = page.locator(".phones-code b").inner_text()
    assert re.fullmatch(r"[1-9]\d{4}", code), code
    return code


class HallWire:
    """Plain HTTP to the hall: what any phone could send. Keeps its cookie."""

    def __init__(self, program: Program) -> None:
        self.wire = Wire(_Hall(program))
        self.cookie: str | None = None

    def get(self, path: str) -> Answer:
        """A page."""
        return self.wire.ask("GET", path, headers=self._headers())

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
        """A form; the answer's cookie is kept."""
        given = {"Content-Type": FORM, **self._headers(), **headers}
        answer = self.wire.ask("POST", path, urlencode(fields), given)
        for header in answer.headers.get_all("Set-Cookie") or []:
            if header.startswith("ashar-seat="):
                self.cookie = header.split(";")[0]
        return answer

    def join(self, code: str) -> Answer:
        """Takes a seat."""
        return self.post("/join", [("code", code)])

    def tag(self) -> str:
        """The sign of this seat on its page."""
        found = re.search(r'name="seat" value="(\w+)"', self.get("/seat?change=1").text)
        assert found
        return found[1]

    def give(self, *stickers: str, seat: str | None = None) -> Answer:
        """Sends stickers."""
        fields = [("seat", seat or self.tag()), *(("sticker", words) for words in stickers)]
        return self.post("/seat", fields)

    def _headers(self) -> dict[str, str | None]:
        return {"Cookie": self.cookie} if self.cookie else {}


class _Hall:
    """The hall as a program for `Wire`."""

    def __init__(self, program: Program) -> None:
        self.port = program.port + 80
        self.authority = f"127.0.0.1:{self.port}"
        self.address = hall_address(program)
