"""A running `ashar serve` with somebody logged in."""

import http.client
import json
import socket
import subprocess
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

# The other listeners' distances from the desk's port.
LISTENERS = (0, 43, 44, 80)
START_SECONDS = 120
REQUEST_SECONDS = 60


class Answer(NamedTuple):
    """What came back, and how long it took from the first byte asked to the last one read."""

    status: int
    size: int
    seconds: float


class Server:
    """Serves a store on free ports of the loopback interface while its block runs."""

    def __init__(self, program: Path, store: Path, log: Path) -> None:
        self.program, self.store, self.log = program, store, log
        self.port = _free_port_base()
        self.first_page_seconds = 0.0
        self.headers: dict[str, str] = {}

    def __enter__(self) -> "Server":
        command = [self.program, "serve", "--data", self.store, "--port-base", str(self.port)]
        start = time.perf_counter()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            self._wait_for_first_page(start)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self._stop()

    def log_in(self, login: str, passphrase: str) -> None:
        """Logs in as the form of the login page does; later requests carry the session."""
        form = urlencode({"login": login, "passphrase": passphrase})
        self.connection.request("POST", "/login", form, {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        })
        response = self.connection.getresponse()
        response.read()
        cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        if response.status != 303 or not cookie.startswith("ashar-desk="):
            raise SystemExit(f"The login was answered with {response.status} and no session.")
        self.headers = {"Cookie": cookie}

    def get(self, path: str) -> Answer:
        """Asks for a page over the connection that stays open."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Sends a form, or JSON to the API, as a page of the program does."""
        is_api = path.startswith("/api/")
        kind = "application/json" if is_api else "application/x-www-form-urlencoded"
        body = json.dumps(fields) if is_api else urlencode(fields)
        return self._ask("POST", path, body, {
            "Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        start = time.perf_counter()
        self.connection.request(method, path, body, headers={**self.headers, **headers})
        response = self.connection.getresponse()
        size = len(response.read())
        return Answer(response.status, size, time.perf_counter() - start)

    def peak_memory(self) -> float:
        """The greatest resident memory of the process so far, in MiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        raise SystemExit("The system does not say how much memory the server takes.")

    def _wait_for_first_page(self, start: float) -> None:
        while time.perf_counter() - start < START_SECONDS:
            if self.process.poll() is not None:
                break
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=REQUEST_SECONDS)
            try:
                if self.get("/login").status == 200:
                    self.first_page_seconds = time.perf_counter() - start
                    return
            except OSError:
                pass
            self.connection.close()
            time.sleep(0.002)
        raise SystemExit(f"The server did not start:\n{self.log.read_text(errors='replace')}")

    def _stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _free_port_base() -> int:
    """A base whose four ports are free now."""
    while True:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            base = found.getsockname()[1]
        try:
            for distance in LISTENERS:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", base + distance))
            return base
        except (OSError, OverflowError):
            continue
