"""A full disk, and clocks of other centuries."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from community import agree, bring_in, eventually, found, invite
from conftest import SEED, Lab
from lan import system
from laptop import Laptop

DISK = "32m"
LONG_WAY_SECONDS = 120


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of a few megabytes. It is there before the hosts are, which see it therefore."""
    folder = tmp_path_factory.mktemp("disk")
    system("mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder))
    yield folder
    system("umount", "--lazy", str(folder))


@pytest.fixture(scope="module")
def office(small_disk: Path, lab: Lab) -> Laptop:
    """An office with a village."""
    laptop = lab.laptop().start()
    bring_in(laptop, SEED)
    found(laptop)
    return laptop


def test_a_full_disk_says_so_and_goes_on_when_there_is_room(
    lab: Lab, office: Laptop, small_disk: Path,
) -> None:
    receiver = lab.laptop(data=small_disk / "data").start()
    invite(office, receiver)
    agree(office, receiver)
    ballast = small_disk / "photos-of-a-wedding"
    with open(ballast, "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(65536))
    bring_in(office, SEED + 1, count=3000)
    eventually("the receiver says that its disk is full",
               lambda: receiver.peer(office).get("reason") == "diskFull")
    eventually("the office says so too",
               lambda: office.peer(receiver).get("reason") == "diskFull")
    print("the receiver reads:", receiver.peer(office)["reasonText"])
    system("mount", "-o", "remount,size=200m", str(small_disk))
    for laptop in (receiver, office):
        assert laptop.process and laptop.process.poll() is None
    seconds = agree(office, receiver, seconds=LONG_WAY_SECONDS)
    print(f"with room again they agree after {seconds:.1f} s")
    assert "damaged" not in receiver.command("verify").lower()
    os.unlink(ballast)


@pytest.mark.parametrize("year", [2000, 2038])
def test_an_edit_made_after_seeing_wins_whatever_the_clock_says(
    lab: Lab, office: Laptop, year: int,
) -> None:
    laptop = lab.laptop().start(clock=f"{year}-02-03 10:00:00")
    invite(office, laptop)
    agree(office, laptop)
    clock = laptop.get("/api/v1/status")["clock"]
    assert clock["trusted"] is False, clock
    record = office.make("municipality", name="Биринчи")
    for number, (writer, reader) in enumerate([(laptop, office), (office, laptop)] * 2):
        before = "Биринчи" if number == 0 else f"Көргөндөн кийин {number - 1}"
        eventually("the value is seen",
                   lambda: writer.field("municipality", record, "name") == before)
        writer.change("municipality", record, name=f"Көргөндөн кийин {number}")
        eventually("the later edit wins", lambda: reader.field(
            "municipality", record, "name") == f"Көргөндөн кийин {number}")
    agree(office, laptop)
    assert not office.get("/api/v1/conflicts")["conflicts"]
    assert office.get("/api/v1/status")["clock"]["trusted"] is True
    laptop.stop()
