"""A slow and lossy line between two network namespaces, each a host of its own."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

NAMES = ("ashar-bench-1", "ashar-bench-2")
ADDRESSES = ("10.78.0.1", "10.78.0.2")
DEVICE = "line0"


def run(*command: str) -> str:
    """Runs a command of the system; ends the measurement where it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def why_not() -> str | None:
    """Why there can be no such line here; nil where there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    for tool in ("ip", "tc", "nft"):
        if shutil.which(tool) is None:
            return f"there is no {tool}"
    try:
        with Line(rate_kbit=256, loss_percent=2):
            return None
    except SystemExit as refusal:
        return str(refusal)


class Line:
    """The two hosts and the cable between them, while its block runs.

    Each host sends at most `rate_kbit`, and loses that many of a hundred packets it receives.
    """

    def __init__(self, rate_kbit: int, loss_percent: int) -> None:
        self.rate_kbit, self.loss_percent = rate_kbit, loss_percent

    def __enter__(self) -> "Line":
        try:
            for name in NAMES:
                run("ip", "netns", "add", name)
            run("ip", "link", "add", DEVICE, "netns", NAMES[0], "type", "veth",
                "peer", "name", DEVICE, "netns", NAMES[1])
            for name, address in zip(NAMES, ADDRESSES):
                self._make_host(name, address)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for name in NAMES:
            if Path("/run/netns", name).exists():
                run("ip", "netns", "del", name)

    def _make_host(self, name: str, address: str) -> None:
        run("ip", "-n", name, "addr", "add", f"{address}/24", "dev", DEVICE)
        run("ip", "-n", name, "link", "set", "lo", "up")
        run("ip", "-n", name, "link", "set", DEVICE, "up")
        # Half a second of packets may wait, as in the modem of a cheap line.
        run("tc", "-n", name, "qdisc", "add", "dev", DEVICE, "root", "tbf", "rate",
            f"{self.rate_kbit}kbit", "burst", "3000", "latency", "500ms")
        run("ip", "netns", "exec", name, "nft",
            "add table inet loss; "
            "add chain inet loss in { type filter hook input priority 0; }; "
            f"add rule inet loss in iifname {DEVICE} "
            f"numgen random mod 100 < {self.loss_percent} drop")

    def cut(self) -> None:
        """Takes the cable out."""
        run("ip", "-n", NAMES[0], "link", "set", DEVICE, "down")

    def join(self) -> None:
        """Puts the cable back."""
        run("ip", "-n", NAMES[0], "link", "set", DEVICE, "up")

    def sent(self) -> tuple[int, int]:
        """The bytes each host has put on the line, with all heads of packets."""
        def bytes_of(name: str) -> int:
            (link,) = json.loads(run("ip", "-n", name, "-s", "-j", "link", "show", DEVICE))
            return link["stats64"]["tx"]["bytes"]
        return bytes_of(NAMES[0]), bytes_of(NAMES[1])

    def wait_for(self, count: int, process: subprocess.Popen[str], seconds: float = 600) -> None:
        """Waits until the first host has sent so many bytes, or a process has ended."""
        deadline = time.monotonic() + seconds
        while self.sent()[0] < count and process.poll() is None:
            if time.monotonic() > deadline:
                raise SystemExit("Nothing comes over the line.")
            time.sleep(0.05)
