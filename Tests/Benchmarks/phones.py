"""A room of phones: each loads the page and sends five stickers within a minute, on one core."""

import asyncio
import json
import os
import random
import re
import secrets
import subprocess
import time
from pathlib import Path
from urllib.parse import quote_plus, urlencode

from browser import Browser
from desk import LOGIN, add_account
from server import Server
from table import percentile, print_table

PHONES, EACH, DISPLAYS = 150, 5, 3
EVENT = "room"
GALLERY = f"/events/{EVENT}/gallery"
# Nobody's fault: a phone that hears nothing sends the same again.
REPEATS = 0.2
DESK_PAUSE = 0.1
FILES = ("hall.css", "icon.svg", "ornament.svg", "hall-phone.js", "hall-link.js", "hall-means.js")
RECORDS = f"""\
{{"entity":"municipality","id":"m","name":"Көк-Ирим"}}
{{"entity":"village","id":"v","municipality":"m","name":"Арал"}}
{{"entity":"cycle","id":"c","municipality":"m","title":"2026","startsOn":"2026-01-01","stage":1}}
{{"entity":"event","id":"{EVENT}","cycle":"c","kind":"assembly","village":"v"}}
"""


def measure_phones(program: Path, folder: Path, seconds: float = 60.0) -> int:
    """Prints the times of the hall and of the desk; returns 1 when a sticker was lost or doubled."""
    store, passphrase = folder / "room", secrets.token_urlsafe(24)
    material = folder / "room.jsonl"
    material.write_text(RECORDS, encoding="utf-8")
    subprocess.run(
        [program, "import", material, "--data", store], check=True, stdout=subprocess.DEVNULL)
    add_account(program, store, folder / "room-passphrase", passphrase)
    with Server(program, store, log=folder / "room.log") as server:
        core = _on_one_core(server.process.pid)
        server.browser.log_in(LOGIN, passphrase)
        server.browser.post(
            f"/events/{EVENT}/round",
            {"question": "Кандай көйгөй бар?", "kind": "stickers", "expected": str(PHONES)})
        page = server.browser.text(GALLERY)
        code = re.search(r"<b>([1-9]\d{4})</b>", page)
        number = re.search(r'name="round" value="([^"]+)"', page)
        assert code and number, "no round was opened"
        room = Room(server, code[1], seconds)
        asyncio.run(room.play())
        server.browser.post(f"/events/{EVENT}/round/close", {"round": number[1]})
        fault = _compare(server.browser, room.sent)
    room.print(core)
    print(fault or f"All {len(room.sent)} stickers are there, each once.")
    return 1 if fault or room.failures else 0


class Room:
    """Phones, displays and the desk at the same time."""

    def __init__(self, server: Server, code: str, seconds: float) -> None:
        self.server, self.code, self.seconds = server, code, seconds
        self.port = server.port + 80
        self.sent: set[str] = set()
        self.pages: list[float] = []
        self.ballots: list[float] = []
        self.desk: list[float] = []
        self.failures: list[str] = []
        self.seen = 0
        self.is_over = asyncio.Event()

    async def play(self) -> None:
        """All of it; ends when the last phone has sent."""
        aside = [asyncio.create_task(self._display(index)) for index in range(DISPLAYS)]
        aside.append(asyncio.create_task(self._desk()))
        chance = random.Random(7)
        await asyncio.gather(*(
            self._phone(index, chance.uniform(0, self.seconds * 0.3),
                        chance.uniform(self.seconds * 0.35, self.seconds * 0.95),
                        chance.random() < REPEATS)
            for index in range(PHONES)))
        self.is_over.set()
        await asyncio.gather(*aside)

    async def _phone(self, index: int, arrives: float, sends: float, repeats: bool) -> None:
        start = time.perf_counter()
        await asyncio.sleep(arrives)
        line = Line(self.port, f"127.1.{index // 200}.{1 + index % 200}")
        try:
            await line.open()
            await self._ask(line, self.pages, "GET", f"/j/{self.code}")
            for name in FILES:
                await self._ask(line, self.pages, "GET", f"/static/{name}")
            await self._ask(line, self.pages, "POST", "/join", [("code", self.code)])
            page = await self._ask(line, self.pages, "GET", "/seat")
            hears = asyncio.create_task(self._hear(line.source))
            tag = re.search(r'name="seat" value="(\w+)"', page)
            assert tag, page[:300]
            await asyncio.sleep(max(0.0, start + sends - time.perf_counter()))
            words = [f"Көйгөй {index}-{number}: жазында жол жабылат" for number in range(EACH)]
            form = [("seat", tag[1]), *(("sticker", text) for text in words)]
            for _ in range(1 + repeats):
                await self._ask(line, self.ballots, "POST", "/seat", form)
            await self._ask(line, self.pages, "GET", "/seat")
            self.sent.update(words)
            hears.cancel()
        except (OSError, AssertionError, asyncio.IncompleteReadError) as error:
            self.failures.append(f"phone {index}: {error!r}")
        finally:
            line.close()

    async def _ask(
        self, line: "Line", times: list[float], method: str, path: str,
        fields: list[tuple[str, str]] | None = None,
    ) -> str:
        begun = time.perf_counter()
        status, text = await line.ask(method, path, fields)
        times.append((time.perf_counter() - begun) * 1000)
        if status not in (200, 303, 304):
            self.failures.append(f"{method} {path} answered {status}")
        return text

    async def _hear(self, source: str) -> None:
        line = Line(self.port, source)
        await line.open()
        try:
            await line.listen("/events/phone")
        finally:
            line.close()

    async def _display(self, index: int) -> None:
        """Asks for the page whenever it hears of something new."""
        stream, line = (Line(self.port, f"127.2.0.{index + 1}") for _ in range(2))
        await stream.open()
        await line.open()
        hears = asyncio.create_task(stream.listen("/events/screen", self._shown(line)))
        await self.is_over.wait()
        hears.cancel()
        stream.close()
        line.close()

    def _shown(self, line: "Line"):
        async def show() -> None:
            await self._ask(line, self.pages, "GET", "/room")
            self.seen += 1
        return show

    async def _desk(self) -> None:
        """The facilitator's page, again and again."""
        browser = self.server.browser
        while not self.is_over.is_set():
            answer = await asyncio.to_thread(browser.get, GALLERY)
            if answer.status != 200:
                self.failures.append(f"the desk answered {answer.status}")
            self.desk.append(answer.seconds * 1000)
            await asyncio.sleep(DESK_PAUSE)

    def print(self, core: str) -> None:
        """The figures and what went wrong."""
        print(f"\n{PHONES} phones send {EACH} stickers each within {self.seconds:.0f} s, "
              f"{DISPLAYS} displays, {core}; milliseconds from outside\n")
        rows = []
        for name, times, budget in (
            ("hall: pages", self.pages, 200), ("hall: ballots", self.ballots, 200),
            ("desk: gallery", self.desk, 100),
        ):
            times.sort()
            rows.append([
                name, str(len(times)), f"{percentile(times, 50):.1f}",
                f"{percentile(times, 99):.1f}", f"{times[-1]:.1f}", str(budget)])
        print_table(["", "requests", "p50", "p99", "longest", "p99 budget"], rows)
        print(f"\nDisplays were drawn anew {self.seen} times.")
        for failure in self.failures[:10]:
            print(failure)


class Line:
    """One HTTP/1.1 connection that is kept, from an address of its own, with its cookie."""

    def __init__(self, port: int, source: str) -> None:
        self.port, self.source = port, source
        self.cookie = ""

    async def open(self) -> None:
        """Connects."""
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.port, local_addr=(self.source, 0))

    def close(self) -> None:
        """Hangs up, if it was ever connected."""
        if hasattr(self, "writer"):
            self.writer.close()

    async def ask(
        self, method: str, path: str, fields: list[tuple[str, str]] | None = None,
    ) -> tuple[int, str]:
        """One request and its answer."""
        body = urlencode(fields or [], quote_via=quote_plus).encode()
        head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookie:
            head.append(f"Cookie: {self.cookie}")
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded",
                     f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        status, headers = await self._head()
        for name, value in headers:
            if name == "set-cookie" and value.startswith("ashar-seat="):
                self.cookie = value.split(";")[0]
        length = next((int(value) for name, value in headers if name == "content-length"), 0)
        return status, (await self.reader.readexactly(length)).decode()

    async def listen(self, path: str, changed=None) -> None:
        """Reads a stream of events until it is told to stop."""
        self.writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        await self._head()
        while line := await self.reader.readline():
            if changed and line.startswith(b"data: "):
                await changed()

    async def _head(self) -> tuple[int, list[tuple[str, str]]]:
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = [line.split(": ", 1) for line in lines[1:] if ": " in line]
        return int(lines[0].split()[1]), [(name.lower(), value) for name, value in headers]


def _on_one_core(pid: int) -> str:
    """Keeps the server on the first core and this load on the others, where there are several."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return "the load on the same core"
    for task in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(task.name), {cores[0]})
    os.sched_setaffinity(0, set(cores[1:]))
    return "the program on one core"


def _compare(browser: Browser, sent: set[str]) -> str | None:
    """What was sent and what is in the gallery."""
    found: list[str] = []
    cursor = ""
    while True:
        page = json.loads(browser.text(
            f"/api/v1/records/sticker?event={EVENT}&limit=500{cursor}"))
        found += [record["text"] for record in page["records"]]
        if not page.get("next"):
            break
        cursor = f"&cursor={page['next']}"
    lost, foreign = sent - set(found), set(found) - sent
    doubled = len(found) - len(set(found))
    if lost or foreign or doubled:
        return f"Lost {len(lost)}, doubled {doubled}, not sent by a phone {len(foreign)}."
    return None
