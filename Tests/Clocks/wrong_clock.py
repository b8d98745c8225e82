"""Laptops whose clocks are wrong, and which sleep for a while."""

import datetime
import shutil
import struct
import subprocess
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("wrong_clock.c")
FORMAT = "=qq"


class WrongClock:
    """The clocks of one program; they can be set while it runs."""

    def __init__(self, folder: Path, wall: datetime.datetime | None = None) -> None:
        """`wall` is what the clock says when the program starts; nothing for the right time."""
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("g++")
        if not compiler:
            pytest.skip("clocks cannot be set wrong here: apt-get install g++")
        folder.mkdir(parents=True, exist_ok=True)
        self._library = folder / "wrong_clock.so"
        self._offsets = folder / "offsets"
        subprocess.run(
            [compiler, "-x", "c", "-shared", "-fPIC", "-O1", "-o", self._library, SOURCE, "-ldl"],
            check=True, timeout=60)
        self._wall = round(wall.timestamp() - time.time()) if wall else 0
        self._uptime = 0
        self._offsets.write_bytes(struct.pack(FORMAT, self._wall, self._uptime))

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program believe in these clocks."""
        return {"LD_PRELOAD": str(self._library), "WRONG_CLOCK": str(self._offsets)}

    def sleep(self, seconds: int) -> None:
        """The laptop was closed for so long; nothing ran meanwhile."""
        self._wall += seconds
        self._uptime += seconds
        with open(self._offsets, "r+b") as file:
            file.write(struct.pack(FORMAT, self._wall, self._uptime))
