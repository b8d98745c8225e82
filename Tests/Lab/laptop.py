"""The program on a host of the lab: its command line, its API, its end."""

import datetime
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from lan import Host
from wrong_clock import WrongClock

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("ASHAR_BIN") or CHECKOUT / ".build/debug/ashar").absolute()
PEER_PORT, BEACON_PORT = 7844, 7845
START_SECONDS, STOP_SECONDS, COMMAND_SECONDS, ANSWER_SECONDS = 60, 20, 60, 30


class Laptop:
    """A data folder and, while it serves, a process. `data` may be given, for a disk of its own."""

    def __init__(self, host: Host, label: str, data: Path | None = None) -> None:
        self.host = host
        self.label = label
        self.data = data or host.folder / "data"
        self.log = host.folder / "ashar.log"
        self.process: subprocess.Popen | None = None

    def start(self, *, clock: str | None = None) -> "Laptop":
        """Serves; `clock` is what the laptop's clock says then, as "2000-01-01 12:00:00"."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.host.inside(PROGRAM, "serve", "--data", self.data),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment(clock))
        end = time.monotonic() + START_SECONDS
        while True:
            assert self.process.poll() is None, f"{self.label} did not start: {self.said()}"
            try:
                self.get("/api/v1/status")
                return self
            except OSError:
                assert time.monotonic() < end, f"{self.label} does not answer: {self.said()}"
                time.sleep(0.05)

    def stop(self) -> None:
        """Asks it to end, as a shutdown does; it must end well."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            code = self.process.wait(STOP_SECONDS)
            self.process = None
            assert code == 0, f"{self.label} ended with {code}: {self.said()}"

    def kill(self) -> None:
        """What a power cut does to it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def command(self, *arguments: str | Path) -> str:
        """Runs a command of the program to its end and returns what it printed."""
        done = subprocess.run(
            self.host.inside(PROGRAM, *arguments, "--data", self.data), capture_output=True,
            text=True, timeout=COMMAND_SECONDS, env=self._environment(None))
        assert done.returncode == 0, f"{self.label}: {arguments}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def _environment(self, clock: str | None) -> dict[str, str]:
        # What is remembered outside the data folder is each laptop's own.
        given = {
            **os.environ, "LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8",
            "XDG_STATE_HOME": str(self.host.folder / "state")}
        if clock:
            wall = datetime.datetime.fromisoformat(clock)
            given |= WrongClock(self.host.folder / "clock", wall).environment
        return given

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Asks over the socket of the command line; an OSError where nobody answers."""
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        status, text = self.send(method, path, data, "application/json")
        return status, json.loads(text) if text else None

    def send(
        self, method: str, path: str, data: bytes | None = None, kind: str = "",
    ) -> tuple[int, bytes]:
        """The same with bytes of any kind."""
        connection = _Unix(self.data / "ashar.sock")
        try:
            connection.request(method, path, data, {"Content-Type": kind} if kind else {})
            response = connection.getresponse()
            return response.status, response.read()
        except http.client.HTTPException as error:
            raise ConnectionError(type(error).__name__) from error
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        """A JSON answer that is no refusal."""
        status, answer = self.ask("GET", path)
        assert status == 200, f"{self.label}: {path}: {status} {answer}"
        return answer

    def make(self, entity: str, **fields: Any) -> str:
        """Makes a record and returns its id."""
        status, answer = self.ask("POST", f"/api/v1/records/{entity}", fields)
        assert status == 201, f"{self.label}: {status} {answer}"
        return answer["id"]

    def change(self, entity: str, record: str, **fields: Any) -> None:
        """Changes fields of a record."""
        status, answer = self.ask("PATCH", f"/api/v1/records/{entity}/{record}", fields)
        assert status == 200, f"{self.label}: {status} {answer}"

    def field(self, entity: str, record: str, name: str) -> Any:
        """What a field shows here; None also where the record is not here."""
        status, answer = self.ask("GET", f"/api/v1/records/{entity}/{record}")
        return answer.get(name) if status == 200 else None

    def digest(self) -> str:
        """The digest of all current values."""
        return self.get("/api/v1/status")["digest"]

    def peers(self) -> dict[str, Any]:
        """What `ashar peers --json` prints."""
        return self.get("/api/v1/peers")

    def peer(self, other: "Laptop") -> dict[str, Any]:
        """How this laptop sees another one, by its label; empty where it does not know it."""
        found = [peer for peer in self.peers()["peers"] if peer["label"] == other.label]
        return found[0] if found else {}

    def device(self) -> str:
        """This laptop's name, 32 hexadecimal digits."""
        return self.get("/api/v1/status")["device"]

    def open_files(self) -> int:
        """How many files and connections its process has open."""
        assert self.process
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def said(self) -> str:
        """All it wrote to the terminal so far."""
        return self.log.read_text(errors="replace")


class _Unix(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_SECONDS)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))
