"""The real program and this peer, of which neither knows more of the other than PROTOCOL.md."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection import Connection
from invitations import Invitation
from laptop import Laptop
from program import Program
from session import Refusing, meet
from statements import Role

HOST = "127.0.0.1"
PEERS = 44
RECORDS = [
    {"entity": "municipality", "id": "m1", "name": "Көк-Ирим"},
    {"entity": "village", "id": "v1", "municipality": "m1", "name": "Арал", "households": 312},
    {"entity": "village", "id": "v2", "municipality": "m1", "name": "Бирдик", "isCenter": True},
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Program]:
    """The program as an office, with a few records."""
    program = Program(tmp_path / "office").start()
    program.run("community", "create")
    lines = tmp_path / "records.jsonl"
    lines.write_text(
        "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS) + "\n",
        encoding="utf-8")
    program.run("import", str(lines))
    yield program
    program.stop()


def digest(program: Program) -> str:
    """What the program says of its values."""
    return json.loads(program.run("status", "--json"))["digest"]


def test_pairing_by_invitation_then_a_pull_and_a_push(office: Program, tmp_path: Path) -> None:
    file = tmp_path / "invitation"
    office.run("devices", "invite", str(file), "--role", "clerk")
    paper = Invitation.read(file.read_bytes())
    laptop = Laptop("Китепкана")
    connection = Connection(HOST, office.port + PEERS, laptop.ring, wanted=paper.keys.tls)
    connection.join(laptop, paper)
    pulled = meet(laptop, connection)
    assert pulled.is_same and pulled.pulled > len(RECORDS)
    assert laptop.role(laptop.device) == Role.CLERK
    assert laptop.records()["village", "v1"]["households"] == 312
    assert laptop.digest().hex() == digest(office)

    laptop.edit("village", "v1", households=313, note="Суу жок")
    laptop.edit("village", "v3", municipality="m1", name="Чолпон")
    pushed = meet(laptop, connection)
    assert pushed.is_same and pushed.pushed == 2
    assert laptop.digest().hex() == digest(office)
    exported = office.run("export", "--entity", "village", "--format", "jsonl")
    villages = {village["id"]: village for village in map(json.loads, exported.splitlines())}
    assert villages["v1"]["households"] == 313 and villages["v3"]["name"] == "Чолпон"
    connection.close()


def test_a_ticket_from_before_a_removal_opens_nothing(office: Program, tmp_path: Path) -> None:
    file = tmp_path / "invitation"
    office.run("devices", "invite", str(file), "--role", "clerk")
    paper = Invitation.read(file.read_bytes())
    laptop = Laptop("Китепкана")
    place = (HOST, office.port + PEERS, laptop.ring, paper.keys.tls)
    first = Connection(*place)
    first.join(laptop, paper)
    assert meet(laptop, first).is_same
    office.run("devices", "remove", laptop.device.hex())
    # A connection that goes on is told so or cut, and so is one that a ticket opened.
    with pytest.raises((Refusing, ConnectionError)):
        first.ask("hello", laptop.hello().bytes())
    for _ in range(3):
        late = Connection(*place, earlier=first)
        assert late.is_resumed
        with pytest.raises((Refusing, ConnectionError)):
            late.ask("hello", laptop.hello().bytes())
