"""The office of a community, which holds imported records before others join."""

import shutil
from pathlib import Path

from laptop import Laptop


def make_office(
    program: Path, folder: Path, imported: Path, namespace: str | None = None
) -> Laptop:
    """The office of a new community, not running, with a copy of an imported data folder."""
    folder.mkdir()
    shutil.copytree(imported, folder / "office")
    office = Laptop(program, folder / "office", namespace)
    office.run("community", "create", "--label", "office")
    return office
