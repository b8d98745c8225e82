"""Plain HTTP without a browser: what anybody on the network could send."""

import http.client
import json
import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from program import Program

SECONDS = 20
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Wire:
    """Sends requests to a program; `headers` go with each, None takes one away."""

    program: Program
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes | str | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> Answer:
        """One request on a connection of its own."""
        given = {"Host": self.program.authority, **self.headers, **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=SECONDS)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            data = body.encode() if isinstance(body, str) else body
            if data is not None and "Content-Length" not in given:
                connection.putheader("Content-Length", str(len(data)))
            elif data is None and method in ("POST", "PATCH"):
                connection.putheader("Content-Length", "0")
            connection.endheaders()
            try:
                if data:
                    connection.send(data)
            except (BrokenPipeError, ConnectionResetError):
                pass  # The program has answered already and does not want the rest.
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str | None) -> Answer:
        """A page or an answer of the API; underscores in header names are dashes."""
        return self.ask("GET", path, headers=_names(headers))

    def form(self, path: str, fields: dict[str, str], **headers: str | None) -> Answer:
        """A form as a page of the program sends it."""
        given = {"Content-Type": FORM, "Origin": self.program.address, **_names(headers)}
        return self.ask("POST", path, urlencode(fields), given)

    def find(self, words: str, entity: str | None = None) -> Answer:
        """What the search page finds, or the list of one entity."""
        return self.form("/search", {"q": words, **({"entity": entity} if entity else {})})

    def send(self, method: str, path: str, data: Any, **headers: str | None) -> Answer:
        """JSON as a script of the program sends it."""
        given = {"Content-Type": "application/json", "Origin": self.program.address,
                 **_names(headers)}
        body = data if isinstance(data, (bytes, str)) else json.dumps(data, ensure_ascii=False)
        return self.ask(method, path, body, given)

    def make(self, entity: str, **fields: Any) -> str:
        """Makes a record and returns its id."""
        answer = self.send("POST", f"/api/v1/records/{entity}", fields)
        assert answer.status == 201, answer.text
        return answer.json["id"]

    def log_in(self, login: str, passphrase: str) -> "Wire":
        """The same with the session's cookie."""
        answer = self.form("/login", {"login": login, "passphrase": passphrase})
        assert answer.status == 303, answer.text
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return Wire(self.program, {**self.headers, "Cookie": cookie})

    def bearer(self, token: str) -> "Wire":
        """The same with a token of the command line."""
        return Wire(self.program, {**self.headers, "Authorization": f"Bearer {token}"})


def raw(program: Program, sent: bytes, seconds: float = SECONDS) -> bytes:
    """Sends bytes as they are and returns all that comes until the connection ends."""
    with socket.create_connection(("127.0.0.1", program.port), timeout=seconds) as connection:
        connection.sendall(sent)
        received = b""
        try:
            while part := connection.recv(65536):
                received += part
        except (TimeoutError, ConnectionResetError):
            pass
        return received


def _names(headers: dict[str, str | None]) -> dict[str, str | None]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
