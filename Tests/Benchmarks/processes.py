"""Processes of the program that run while something is measured."""

import os
import socket
import subprocess
from pathlib import Path
from typing import Sequence

# The other listeners' distances from the desk's port.
LISTENERS = (0, 43, 44, 45, 80)
END_SECONDS = 30


def start(command: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
    """Starts a process that writes what it says into a file."""
    with open(log, "wb") as output:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process, with force where it does not end by itself."""
    process.terminate()
    try:
        process.wait(timeout=END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def peak_memory(process: subprocess.Popen[bytes]) -> float:
    """The greatest resident memory of a running process so far, in MiB."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("The system does not say how much memory the program takes.")


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """What a running process has computed so far, in the program and in the kernel for it."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port_base() -> int:
    """A base whose ports are free now."""
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
