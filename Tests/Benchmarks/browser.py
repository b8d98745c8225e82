"""What asks for desk pages, and times them."""

import http.client
import json
import time
from typing import NamedTuple
from urllib.parse import urlencode

REQUEST_SECONDS = 60


class Answer(NamedTuple):
    """What came back, and how long it took from the first byte asked to the last one read."""

    status: int
    size: int
    seconds: float


class Browser:
    """One connection to a desk that stays open, and the session of whoever logged in."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.headers: dict[str, str] = {}
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=REQUEST_SECONDS)

    def close(self) -> None:
        self.connection.close()

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

    def text(self, path: str) -> str:
        """What a page says."""
        self.connection.request("GET", path, headers=self.headers)
        return self.connection.getresponse().read().decode()

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
