"""The same over mutual TLS on a real port, with an invitation instead of typed numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from answering import Listener, community
from connection import Connection, WrongKey
from invitations import Invitation
from keys import KeyRing
from laptop import Laptop
from messages import STRANGER, Refusal
from session import Refusing, meet
from statements import Role

HOST = "127.0.0.1"
EXPIRES = 1_795_000_000_000


@pytest.fixture
def joiner() -> Laptop:
    """A laptop without a community."""
    return Laptop("Китепкана")


@pytest.fixture
def office(tmp_path: Path, joiner: Laptop) -> Iterator[Listener]:
    """An office that listens, with something to tell."""
    (founder,) = community("office")
    for number in range(5):
        founder.edit("village", f"v{number}", name=f"Айыл {number}", households=number)
    listener = Listener(founder, tmp_path, [joiner.ring])
    yield listener
    listener.close()


def invitation(office: Listener) -> Invitation:
    """An invitation that the office takes once."""
    laptop = office.laptop
    office.invitation = Invitation(
        laptop.community, laptop.ring.public, bytes(range(16)), Role.CLERK, EXPIRES,
        (f"{HOST}:{office.port}",))
    return Invitation.read(office.invitation.bytes())


def test_an_invitation_then_a_pull_and_a_push(office: Listener, joiner: Laptop) -> None:
    paper = invitation(office)
    host, port = paper.addresses[0].rsplit(":", 1)
    connection = Connection(host, int(port), joiner.ring, wanted=paper.keys.tls)
    connection.join(joiner, paper)
    first = meet(joiner, connection)
    assert first.is_same and first.pulled == 7 and first.pushed == 0
    assert joiner.role(joiner.device) == Role.CLERK
    joiner.edit("village", "v1", households=77)
    second = meet(joiner, connection)
    assert second.is_same and second.pushed == 1
    assert office.laptop.records()["village", "v1"]["households"] == 77
    assert joiner.digest() == office.laptop.digest()
    with pytest.raises(Refusing) as refusing:
        connection.join(joiner, paper)
    assert refusing.value.refusal == Refusal(STRANGER)
    connection.close()


def test_another_server_is_not_spoken_with(office: Listener, joiner: Laptop) -> None:
    with pytest.raises(WrongKey):
        Connection(HOST, office.port, joiner.ring, wanted=KeyRing.make().public.tls)


def test_a_laptop_without_an_invitation_is_a_stranger(office: Listener, joiner: Laptop) -> None:
    joiner.join(office.laptop.community, office.laptop.ring.public)
    connection = Connection(HOST, office.port, joiner.ring, wanted=office.laptop.ring.public.tls)
    with pytest.raises(Refusing) as refusing:
        meet(joiner, connection)
    assert refusing.value.refusal == Refusal(STRANGER)
    connection.close()
