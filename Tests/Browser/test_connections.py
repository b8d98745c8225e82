"""Connections that are slow, are left, or stay open: what becomes of them, and of the program."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from program import Program
from test_safety import digest
from texts import text
from wire import FORM, Wire, raw

LOGIN, PASSPHRASE = "aigul", "жети тоо ашып келген"
# A request has to be complete by then, however often another byte of it comes.
SLOW_SECONDS = 45
# An import that brings its share and more goes on for longer than any other request may.
IMPORT_SECONDS = 50
IMPORT_BYTES_A_SECOND = 8192


@pytest.fixture(scope="module")
def program(start: Callable) -> Program:
    program = start("demo")
    program.add_account(LOGIN, "admin", PASSPHRASE)
    return program


@pytest.fixture(scope="module")
def nobody(program: Program) -> Wire:
    """Somebody who is not logged in."""
    return Wire(program)


@pytest.fixture(scope="module")
def admin(program: Program) -> Wire:
    """Somebody who may do everything."""
    return Wire(program).log_in(LOGIN, PASSPHRASE)


class Drip(threading.Thread):
    """A connection that sends a little every second: what it was told, and when it was cut."""

    def __init__(
        self, program: Program, beginning: bytes, each: bytes = b"a", seconds: float = SLOW_SECONDS,
    ) -> None:
        super().__init__(daemon=True)
        self.program, self.beginning, self.each, self.seconds = program, beginning, each, seconds
        self.said = b""
        self.cut: float | None = None
        self.start()

    def run(self) -> None:
        """Goes on until it is cut or its time is over."""
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.program.port)) as connection:
            connection.settimeout(1)
            try:
                connection.sendall(self.beginning)
                while time.monotonic() - begun < self.seconds:
                    if self._hears_the_end(connection):
                        break
                    connection.sendall(self.each)
                else:
                    return
            except OSError:
                pass
            self.cut = time.monotonic() - begun

    def _hears_the_end(self, connection: socket.socket) -> bool:
        """Listens for a second."""
        until = time.monotonic() + 1
        while time.monotonic() < until:
            try:
                part = connection.recv(65536)
            except TimeoutError:
                return False
            if part == b"":
                return True
            self.said += part
        return False


@pytest.fixture(scope="module", autouse=True)
def drips(program: Program, admin: Wire) -> Iterator[dict[str, Drip]]:
    """Slow connections, all of them from the first test on."""
    host = f"Host: {program.authority}\r\nOrigin: {program.address}\r\n".encode()
    cookie = f"Cookie: {admin.headers['Cookie']}\r\n".encode()
    long, pieces = b"Content-Length: 9999\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"
    json = b"Content-Type: application/json\r\n"
    upload = b"POST /api/v1/import HTTP/1.1\r\n" + host
    share = _chunk(b"no record\n" * (IMPORT_BYTES_A_SECOND // 10))
    drips = {
        "line": Drip(program, b"GET /"),
        "header": Drip(program, b"GET / HTTP/1.1\r\n" + host + b"X-Slow: "),
        "body": Drip(
            program, b"POST /login HTTP/1.1\r\n" + host + f"Content-Type: {FORM}\r\n".encode()
            + long + b"login="),
        "chunks": Drip(
            program, b"POST /api/v1/records/village HTTP/1.1\r\n" + host + cookie + json + pieces,
            _chunk(b" ")),
        "answered": Drip(program, b"GET / HTTP/1.1\r\n" + host + long),
        "events": Drip(program, b"GET /api/v1/events HTTP/1.1\r\n" + host + cookie + long),
        "slow import": Drip(program, upload + cookie + pieces, _chunk(b"\n")),
        "foreign import": Drip(program, upload + pieces, share),
        "import": Drip(program, upload + cookie + pieces, share, IMPORT_SECONDS),
    }
    yield drips
    for drip in drips.values():
        drip.join(IMPORT_SECONDS + 10)


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


@dataclass
class Listener:
    """An open stream of events."""

    connection: socket.socket
    said: bytes = b""

    @classmethod
    def open(cls, who: Wire) -> "Listener":
        """Connects and waits for the first words."""
        program = who.program
        lines = {"Host": program.authority, **who.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        listener = cls(socket.create_connection(("127.0.0.1", program.port), timeout=10))
        listener.connection.sendall(f"GET /api/v1/events HTTP/1.1\r\n{head}\r\n".encode())
        listener.hear(b"event: hello")
        return listener

    def hear(self, words: bytes) -> None:
        """Listens until something is said; nothing for ten seconds is an error."""
        while words not in self.said:
            part = self.connection.recv(4096)
            assert part, self.said
            self.said += part


def test_a_stream_of_events_ends_with_its_session(program: Program, admin: Wire) -> None:
    program.add_account("leaving", "viewer", PASSPHRASE)
    leaving, staying = (Wire(program).log_in("leaving", PASSPHRASE) for _ in range(2))
    first, second = Listener.open(leaving), Listener.open(staying)
    assert leaving.form("/logout", {}).status == 303
    first.hear(b"\r\n0\r\n\r\n")
    assert leaving.get("/api/v1/events").status == 401
    admin.make("village", municipality="kok-irim", name="Угулган")
    second.hear(b"event: change")
    assert b"event: change" not in first.said and b"\r\n0\r\n\r\n" not in second.said
    program.run("account", "disable", "leaving")
    second.hear(b"\r\n0\r\n\r\n")
    assert staying.get("/api/v1/events").status == 401
    for listener in (first, second):
        listener.connection.close()


def test_who_leaves_in_the_middle_is_no_fault(program: Program, admin: Wire) -> None:
    head = (f"Host: {program.authority}\r\nOrigin: {program.address}\r\n"
            f"Cookie: {admin.headers['Cookie']}\r\n")
    before = digest(admin)
    said = len(program.said())
    for path, kind, begun in [("/login", FORM, "login="), ("/api/v1/import", "text/plain", "{"),
                              ("/api/v1/records/village", "application/json", '{"name":')]:
        request = (f"POST {path} HTTP/1.1\r\n{head}Content-Type: {kind}\r\n"
                   f"Content-Length: 500\r\n\r\n{begun}").encode()
        # One hangs up, one is cut off, one says that nothing more comes and waits for the answer.
        with socket.create_connection(("127.0.0.1", program.port)) as connection:
            connection.sendall(request)
            time.sleep(0.3)
        with socket.create_connection(("127.0.0.1", program.port)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(request)
            time.sleep(0.3)
        with socket.create_connection(("127.0.0.1", program.port), timeout=10) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(4096).startswith(b"HTTP/1.1 400 "), path
        broken = request.replace(b"Content-Length: 500", b"Transfer-Encoding: chunked")
        assert raw(program, broken + b"\r\nno size\r\n", 10).startswith(b"HTTP/1.1 400 "), path
    time.sleep(0.5)
    assert digest(admin) == before
    assert " error " not in program.said()[said:], program.said()[said:]


def test_slow_requests_are_cut(drips: dict[str, Drip], nobody: Wire, admin: Wire) -> None:
    slow = {name: drip for name, drip in drips.items() if name != "import"}
    for drip in slow.values():
        drip.join(SLOW_SECONDS + 10)
    assert nobody.get("/login").status == 200
    late = [name for name, drip in slow.items() if drip.cut is None]
    assert not late, f"still open after {SLOW_SECONDS} s: {late}"
    early = {name: drip.cut for name, drip in slow.items() if drip.cut and drip.cut < 20}
    assert not early, f"nobody is that slow: {early}"
    # Who still waits for an answer is told; who has one already is not told another thing.
    statuses = {
        "line": b"408", "header": b"408", "body": b"408", "chunks": b"408", "slow import": b"408",
        "answered": b"303", "events": b"200", "foreign import": b"401"}
    assert statuses.keys() == slow.keys()
    for name, status in statuses.items():
        said = slow[name].said
        assert said.startswith(b"HTTP/1.1 " + status), f"{name}: {said[:80]!r}"
        assert said.count(b"HTTP/1.1 ") == 1, f"{name}: {said!r}"
        assert (b"connection: close" in said.lower()) == (status == b"408"), name
    assert text("errors.tooSlow.title").encode() in slow["body"].said
    for name in ("chunks", "slow import"):
        assert b"urn:ashar:problem:tooSlow" in slow[name].said, name
    assert admin.get("/").status == 200


def test_an_import_that_goes_on_may_go_on(drips: dict[str, Drip], program: Program) -> None:
    """Longer than any other request; when it is left, nothing of it stays."""
    drip = drips["import"]
    drip.join(IMPORT_SECONDS + 10)
    assert drip.cut is None and drip.said == b"", f"cut after {drip.cut} s: {drip.said[:200]!r}"
    end = time.monotonic() + 10
    while any(program.data.glob("incoming-*")) and time.monotonic() < end:
        time.sleep(0.1)
    assert not list(program.data.glob("incoming-*"))
