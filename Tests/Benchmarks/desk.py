"""Desk pages timed from outside, one after the other over one connection, as a browser asks."""

import secrets
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from browser import Browser
from material import Material
from server import Server
from table import percentile, print_table

LOGIN = "bench"
REQUESTS = 300


def measure_desk(program: Path, folder: Path, store: Path, material: Material) -> int:
    """Prints start, memory and the time of each page; returns 1 when a page did not come."""
    passphrase = secrets.token_urlsafe(24)
    add_account(program, store, folder / "passphrase", passphrase)
    with Server(program, store, log=folder / "serve.log") as server:
        server.browser.log_in(LOGIN, passphrase)
        failures: list[str] = []
        rows = []
        for name, paths in pages(material.ids).items():
            if not paths:
                continue
            print(f"page: {name}", file=sys.stderr)
            rows.append([name, *_figures(server.browser, paths, failures)])
        memory = server.peak_memory()

    print(f"Desk on that store, {REQUESTS} requests a page, milliseconds from outside\n")
    print_table(["page", "p50", "p99", "longest", "KiB"], rows)
    print(f"\nStart to first page: {server.first_page_seconds:.3f} s")
    print(f"Greatest memory while serving: {memory:.0f} MiB")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


class Search(NamedTuple):
    """Words that are looked for: they come in a form, because a name stands in no address."""

    path: str
    fields: dict[str, str]


def pages(ids: dict[str, list[str]]) -> dict[str, list[str | Search]]:
    """The addresses and searches that are asked for in turn, by the name of their page."""
    events, people = ids["event"], ids["person"]
    # The last cycle is cut short where the wanted number of records was reached.
    cycles = ids["cycle"][:-1] or ids["cycle"]
    return {
        "home": ["/"],
        "home of a cycle": [f"/cycles/{cycle}" for cycle in cycles],
        "villages": ["/villages"],
        "calendar": ["/calendar"],
        "session": [f"/events/{event}" for event in events],
        "session: people": [f"/events/{event}/people" for event in events],
        "session: minutes": [f"/events/{event}/minutes" for event in events],
        "session: gallery": [f"/events/{event}/gallery" for event in events],
        "ranking of a village": [
            f"/ranking?cycle={cycle}&village={village}"
            for village in ids["village"] for cycle in cycles],
        "ranking of the municipality": [f"/ranking?cycle={cycle}" for cycle in cycles],
        "records": ["/records"],
        "list of people": ["/records/person"],
        "list of problems": ["/records/problem"],
        "list of stickers": ["/records/sticker"],
        "people of a name": [
            Search("/search", {"entity": "person", "q": name}) for name in ("асан", "ГҮЛ", "өмүр")],
        "form of a person": [f"/records/person/{person}" for person in people],
        "search": [
            Search("/search", {"q": word}) for word in ("жарык", "Таза суу", "чүлп", "өзөн")],
        "suggested people": [
            Search("/api/v1/search", {"entity": "person", "q": name})
            for name in ("Ас", "Чолп", "Үсөн")],
    }


def add_account(program: Path, store: Path, file: Path, passphrase: str) -> None:
    """Gives a store somebody who may log in; the passphrase goes through a file."""
    file.touch(mode=0o600)
    file.write_text(passphrase + "\n")
    subprocess.run(
        [program, "account", "add", LOGIN, "--role", "admin", "--passphrase-file", file,
         "--data", store], check=True, stdout=subprocess.DEVNULL)


def _figures(browser: Browser, paths: list[str | Search], failures: list[str]) -> list[str]:
    """The times of one page, or dashes and a failure from the first answer that is not 200."""
    times: list[float] = []
    size = 0
    for index in range(REQUESTS):
        # A step that shares no factor with the usual numbers of addresses spreads them.
        path = paths[index * 37 % len(paths)]
        answer = browser.post(*path) if isinstance(path, Search) else browser.get(path)
        if answer.status != 200:
            failures.append(f"{path} answered {answer.status}")
            return ["-"] * 4
        times.append(answer.seconds * 1000)
        size = max(size, answer.size)
    times.sort()
    return [
        f"{percentile(times, 50):.1f}", f"{percentile(times, 99):.1f}", f"{times[-1]:.1f}",
        f"{size / 1024:.0f}",
    ]
