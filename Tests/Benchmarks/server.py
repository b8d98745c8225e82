"""A running `ashar serve` that is asked for its desk pages."""

import time
from pathlib import Path

import processes
from browser import Browser

START_SECONDS = 120


class Server:
    """Serves a store on free ports of the loopback interface while its block runs."""

    def __init__(self, program: Path, store: Path, log: Path) -> None:
        self.program, self.store, self.log = program, store, log
        self.port = processes.free_port_base()
        self.first_page_seconds = 0.0

    def __enter__(self) -> "Server":
        command = [self.program, "serve", "--data", self.store, "--port-base", str(self.port),
                   "--no-discovery"]
        start = time.perf_counter()
        self.process = processes.start(command, self.log)
        try:
            self._wait_for_first_page(start)
        except BaseException:
            processes.stop(self.process)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        processes.stop(self.process)

    def peak_memory(self) -> float:
        """The greatest resident memory of the process so far, in MiB."""
        return processes.peak_memory(self.process)

    def _wait_for_first_page(self, start: float) -> None:
        while time.perf_counter() - start < START_SECONDS:
            if self.process.poll() is not None:
                break
            self.browser = Browser(self.port)
            try:
                if self.browser.get("/login").status == 200:
                    self.first_page_seconds = time.perf_counter() - start
                    return
            except OSError:
                pass
            self.browser.close()
            time.sleep(0.002)
        raise SystemExit(f"The server did not start:\n{self.log.read_text(errors='replace')}")
