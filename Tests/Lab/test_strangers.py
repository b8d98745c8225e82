"""Who else is on the network: laptops of another community, a removed one, and an army of fakes."""

import subprocess
import sys
from pathlib import Path

import pytest
from community import agree, bring_in, eventually, found, invite
from conftest import SEED, Lab
from laptop import Laptop

FAKES = 10_000
# A visit to each fake that is known at once, and what a laptop has open anyway.
MOST_FILES = 200


@pytest.fixture(scope="module")
def two(lab: Lab) -> list[Laptop]:
    """Two laptops of one community that hold the same."""
    laptops = [lab.laptop().start() for _ in range(2)]
    bring_in(laptops[0], SEED)
    found(laptops[0])
    invite(laptops[0], laptops[1])
    agree(*laptops)
    return laptops


def test_another_community_is_left_alone(lab: Lab, two: list[Laptop]) -> None:
    stranger = lab.laptop().start()
    bring_in(stranger, SEED + 1)
    found(stranger)
    digest = stranger.digest()
    two[0].make("municipality", name="Башка айыл аймагы")
    agree(*two)
    # Also where somebody types its address.
    address = {"address": stranger.host.address}
    status, answer = two[0].ask("POST", "/api/v1/sync", address)
    assert status >= 400, answer
    assert stranger.digest() == digest
    assert len(stranger.peers()["peers"]) == 1
    assert len(two[0].peers()["peers"]) == 2
    stranger.stop()


def test_a_removed_laptop_that_comes_back_is_told(lab: Lab, two: list[Laptop]) -> None:
    lost = lab.laptop().start()
    invite(two[0], lost)
    agree(*two, lost)
    lost.host.cut()
    two[0].command("devices", "remove", lost.device())
    lost.make("municipality", name="Жоголгон ноутбукта жазылды")
    office_digest = two[0].digest()
    lost.host.join()
    eventually("the removed laptop says that it was removed", lambda: [
        peer for peer in lost.peers()["peers"] if peer["reason"] == "selfRemoved"])
    reasons = {peer["reasonText"] for peer in lost.peers()["peers"] if not peer["self"]}
    print("the removed laptop reads:", *filter(None, reasons))
    assert two[0].peer(lost)["removed"] is True
    agree(*two)
    assert two[0].digest() == office_digest, "what a removed laptop wrote has come in"
    assert "removed" in two[0].command("peers")
    # Taken back, it brings what it wrote, and gets what it missed.
    two[0].command("devices", "readmit", lost.device())
    agree(*two, lost)
    assert two[0].digest() != office_digest
    lost.stop()


@pytest.mark.parametrize("whose", ["another community's", "our own"])
def test_ten_thousand_fake_services(lab: Lab, two: list[Laptop], whose: str) -> None:
    """Laptops that begin anew in the middle of it find each other, by DNS-SD or by the beacon."""
    tag = two[0].peers()["community"] if whose == "our own" else ""
    for laptop in two:
        laptop.stop()
        (laptop.data / "addresses.json").unlink(missing_ok=True)
    attacker = lab.lan.host(has_avahi=False)
    command = attacker.inside(
        sys.executable, Path(__file__).with_name("fakes.py"), attacker.address, str(FAKES), tag)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as fakes:
        try:
            assert fakes.stdout and fakes.stdout.readline() == b"announced\n"
            for laptop in two:
                laptop.start()
            two[1].make("municipality", name=f"Калптардын арасында, {whose}")
            seconds = agree(*two)
            known = two[1].host.services_known("fake-")
            print(f"{FAKES} fake services, {whose}, of which Avahi holds {known}: "
                  f"agreed after {seconds:.1f} s")
            assert known > FAKES // 50
            for laptop in two:
                assert laptop.open_files() < MOST_FILES
            assert len(two[0].peers()["peers"]) < 10
        finally:
            fakes.kill()
