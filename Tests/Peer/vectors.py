"""The golden bytes of Sync/Vectors, read as people wrote them."""

import json
import struct
from pathlib import Path
from typing import Any

from changes import Change, Content, Field
from names import Head, Heads, Keys, Log, Version, sha256
from runs import Frame, Piece, Run
from statements import Admit, Found, Remove, Role, Statement

FOLDER = Path(__file__).resolve().parents[2] / "Sync" / "Vectors" / "1"


def vectors(name: str) -> list[dict[str, Any]]:
    """The vectors of one file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["vectors"]


def log_of(told: dict) -> Log:
    """A log, from what names it."""
    return Log(bytes.fromhex(told["device"]), int(told["epoch"]))


def version_of(told: dict) -> Version:
    """A version."""
    return Version(int(told["stamp"]), log_of(told))


def keys_of(told: dict) -> Keys:
    """A laptop's keys."""
    return Keys(*(bytes.fromhex(told[name]) for name in ("log", "tls", "bundle")))


def heads_of(told: dict) -> Heads:
    """A list of heads."""
    return {
        log_of(head): Head(int(head["sequence"]), bytes.fromhex(head["hash"]))
        for head in told["heads"]}


def content_of(told: dict) -> Content:
    """A content."""
    kind, value = told["kind"], told.get("value", "")
    return {
        "null": lambda: None, "flag": lambda: value == "true", "integer": lambda: int(value),
        "number": lambda: struct.unpack(">d", bytes.fromhex(value))[0], "text": lambda: value,
    }[kind]()


def field_of(told: dict) -> Field:
    """A field of a change."""
    return Field(
        told["name"], content_of(told["content"]),
        int(told["stamp"]) if "stamp" in told else None,
        version_of(told["base"]) if "base" in told else None,
        tuple(version_of(version) for version in told.get("settles", [])))


def change_of(told: dict) -> Change:
    """A change."""
    fields = tuple(field_of(field) for field in told["fields"])
    return Change(told["entity"], told["record"], int(told["stamp"]), fields)


def statement_of(told: dict) -> Statement:
    """A statement."""
    stamp = int(told["stamp"])
    if told["kind"] == "found":
        return Found(stamp, bytes.fromhex(told["nonce"]), keys_of(told["keys"]), told["label"])
    if told["kind"] == "admit":
        role = Role[told["role"].upper()]
        return Admit(stamp, int(told["term"]), role, keys_of(told["keys"]), told["label"])
    accepted = {int(place["epoch"]): int(place["sequence"]) for place in told["accepted"]}
    return Remove(stamp, bytes.fromhex(told["device"]), int(told["term"]), accepted)


def piece_of(told: dict) -> Piece:
    """An entry of a run."""
    payload = bytes.fromhex(told["payload"]) if "payload" in told else None
    erased = bytes.fromhex(told["erased"]) if payload is None else sha256(payload)
    seal = bytes.fromhex(told["seal"]) if "seal" in told else None
    return Piece(
        payload, erased, int(told["commit"]), int(told["milliseconds"]), told["trusted"],
        told["actor"], seal)


def run_of(told: dict) -> Run:
    """A run."""
    previous = Head(int(told["previous"]["sequence"]), bytes.fromhex(told["previous"]["hash"]))
    pieces = tuple(piece_of(entry) for entry in told["entries"])
    return Run(log_of(told), bytes.fromhex(told["key"]), previous, pieces)


def frame_of(told: dict) -> Frame:
    """A frame."""
    return Frame(tuple(run_of(run) for run in told["runs"]), told["hasMore"])
