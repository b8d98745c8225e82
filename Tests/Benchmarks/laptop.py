"""A laptop of a community: a data folder, and the program that serves it."""

import json
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import processes

START_SECONDS = 120
# A session over a bad line takes minutes.
COMMAND_SECONDS = 1800
PEERS = 44


class Laptop:
    """The program on one data folder, in a network namespace where one is named.

    Laptops find each other only by addresses that are typed: what is measured begins when it is
    told to.
    """

    def __init__(self, program: Path, data: Path, namespace: str | None = None) -> None:
        self.program, self.data = program, data
        self.inside: list[str] = ["ip", "netns", "exec", namespace] if namespace else []
        self.process: subprocess.Popen[bytes] | None = None
        self.desk_port = 0

    @property
    def peer_port(self) -> int:
        """Where other laptops are answered."""
        return self.desk_port + PEERS

    def __enter__(self) -> "Laptop":
        # New ports each time: a laptop that remembers the address of another would begin by
        # itself what is to be measured.
        self.desk_port = processes.free_port_base()
        log = self.data.with_suffix(".log")
        self.process = processes.start(
            [*self.inside, self.program, "serve", "--data", self.data, "--port-base",
             str(self.desk_port), "--no-discovery"], log)
        deadline = time.monotonic() + START_SECONDS
        while b"http://" not in log.read_bytes():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise SystemExit(
                    f"{self.data.name} did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends the program."""
        if self.process is not None:
            processes.stop(self.process)
            self.process = None

    @property
    def running(self) -> subprocess.Popen[bytes]:
        """The process, which must run."""
        if self.process is None:
            raise SystemExit(f"{self.data.name} does not run.")
        return self.process

    def run(self, *arguments: str | Path) -> str:
        """Runs a command on the laptop; what it says, where it did not refuse."""
        done = self.try_run(*arguments)
        if done.returncode != 0:
            raise SystemExit(
                f"ashar {arguments[0]} on {self.data.name} ended with {done.returncode}:\n"
                f"{done.stdout}{done.stderr}")
        return done.stdout

    def try_run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Runs a command that may be refused."""
        return subprocess.run(
            [*self.inside, self.program, *arguments, "--data", self.data],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=COMMAND_SECONDS)

    def digest(self) -> str:
        """The digest of all values."""
        return json.loads(self.run("status", "--json"))["digest"]


def introduce(office: Laptop, joiner: Laptop) -> None:
    """Has a laptop join by an invitation. Both rest afterwards: the joiner remembers where the
    office answered, which is elsewhere at its next start, so that nothing is exchanged before it
    is asked for."""
    invitation = joiner.data.with_suffix(".invitation")
    with office:
        office.run("devices", "invite", invitation)
        joiner.run("pair", "--invitation", invitation, "--label", joiner.data.name)


class Meeting(NamedTuple):
    """What it took until two laptops held the same."""

    seconds: float
    sessions: int


def meet(laptop: Laptop, other: Laptop, address: str, most_sessions: int = 8) -> Meeting:
    """Has a laptop exchange with another at an address until both hold the same. The time is that
    of the sessions, without what it takes here to compare the digests."""
    seconds = 0.0
    for session in range(1, most_sessions + 1):
        start = time.perf_counter()
        laptop.run("sync", address)
        seconds += time.perf_counter() - start
        if laptop.digest() == other.digest():
            return Meeting(seconds, session)
    raise SystemExit(f"After {most_sessions} sessions the laptops do not hold the same.")
