"""The program's own texts, so that tests press what people read."""

import json
import re
from functools import cache

from program import CHECKOUT

FOLDER = CHECKOUT / "WebUI" / "Text"


@cache
def _file(language: str, name: str) -> dict:
    return json.loads((FOLDER / language / f"{name}.json").read_text(encoding="utf-8"))


def text(key: str, language: str = "ky", **values: str | int) -> str:
    """The text of a key such as `people.entry.add`, its placeholders filled."""
    name, *path = key.split(".")
    found = _file(language, name)
    for step in path:
        found = found[step]
    assert isinstance(found, str), f"{key} is no text"
    for placeholder, value in values.items():
        found = found.replace("{%s}" % placeholder, str(value))
    return found


def label(key: str) -> re.Pattern:
    """A field's label: its text, with or without the word for "required"."""
    required = text("layout.form.required")
    return re.compile(rf"^\s*{re.escape(text(key))}(\s*\({re.escape(required)}\))?\s*$")
