"""A running `ashar` on ports and data of its own."""

import http.client
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("ASHAR_BIN") or CHECKOUT / ".build" / "debug" / "ashar")

# The other listeners' distances from the desk's port (`--port-base`).
LISTENERS = (0, 43, 44, 80)
# Below the ports that the system gives to outgoing connections; tests that run beside each other
# keep to hundreds of their own.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
PORT_BASES = range(20_000, 32_000, 100)[WORKER::WORKERS]
START_SECONDS = 60
STOP_SECONDS = 15


class Program:
    """Serves a data folder; `kind` is `serve` or `demo`."""

    def __init__(
        self, folder: Path, kind: str = "serve", *options: str,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.options = options
        self.environment = environment or {}
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "ashar.log"
        self.port = _free_port_base()
        self.process: subprocess.Popen | None = None

    @property
    def authority(self) -> str:
        """What the program answers to on the desk."""
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The desk page without the last slash."""
        return f"http://{self.authority}"

    @property
    def peer_port(self) -> int:
        """Where other laptops come in."""
        return self.port + 44

    def start(self) -> "Program":
        """Starts it and waits for the first answer; again after `kill`, on the same data."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            BINARY, self.kind, "--data", self.data, "--port-base", str(self.port), *self.options]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={
                    **os.environ, "XDG_STATE_HOME": str(self.folder / "state"),
                    **self.environment})
        try:
            self._wait_for_first_answer()
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """Asks it to end, as a shutdown of the laptop does; it must end well."""
        if not self.process:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self.process = None
        assert code == 0, f"ashar ended with {code}: {self.said()}"

    def kill(self) -> None:
        """What a power cut does to it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def run(self, *arguments: str) -> str:
        """Runs another command on the same data and returns what it printed."""
        done = subprocess.run(
            [BINARY, *arguments, "--data", self.data], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"ashar {' '.join(arguments)}: {done.stderr}"
        return done.stdout.strip()

    def add_account(self, login: str, role: str, passphrase: str) -> str:
        """Adds an account from the command line and returns a bearer token of it."""
        file = self.folder / f"{login}.passphrase"
        file.write_text(passphrase + "\n", encoding="utf-8")
        self.run("account", "add", login, "--role", role, "--passphrase-file", str(file))
        return self.run("account", "token", login)

    def said(self) -> str:
        """All it wrote to the terminal so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _wait_for_first_answer(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process and self.process.poll() is None, f"did not start: {self.said()}"
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/login")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        raise TimeoutError(f"no answer within {START_SECONDS} s: {self.said()}")


def _free_port_base() -> int:
    for base in random.sample(PORT_BASES, len(PORT_BASES)):
        if all(_is_free(base + distance) for distance in LISTENERS):
            return base
    raise OSError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            return False
        return True
