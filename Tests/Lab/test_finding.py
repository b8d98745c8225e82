"""Laptops find each other without an address being typed, and come to hold the same."""

import time

import pytest
from community import agree, bring_in, eventually, found, invite, pair
from conftest import SEED, Lab
from laptop import BEACON_PORT, Laptop

CONTROL_SECONDS = 8


@pytest.fixture(scope="module")
def three(lab: Lab) -> list[Laptop]:
    """Three laptops of one community, each with other villages, that know each other's keys."""
    laptops = [lab.laptop().start() for _ in range(3)]
    for number, laptop in enumerate(laptops):
        bring_in(laptop, SEED + number)
    office, second, third = laptops
    found(office)
    invite(office, second)
    pair(office, third)
    return laptops


def test_three_laptops_become_one_community(three: list[Laptop]) -> None:
    seconds = agree(*three)
    print(f"three laptops agree {seconds:.1f} s after the pairing")


def begin_anew(three: list[Laptop], *, has_avahi: bool, has_beacon: bool) -> None:
    """Starts all of them again with these ways of finding and no remembered addresses."""
    for laptop in three:
        laptop.stop()
        (laptop.data / "addresses.json").unlink(missing_ok=True)
        laptop.host.stop_avahi()
        laptop.host.allow()
        if has_avahi:
            laptop.host.start_avahi()
        if not has_beacon:
            laptop.host.block(BEACON_PORT)
    for laptop in three:
        laptop.start()


def test_without_any_way_they_do_not_find_each_other(three: list[Laptop]) -> None:
    """The negative control of the next test."""
    begin_anew(three, has_avahi=False, has_beacon=False)
    time.sleep(CONTROL_SECONDS)
    for one in three:
        assert not [peer for peer in one.peers()["peers"] if peer["here"] and not peer["self"]]


@pytest.mark.parametrize("way", ["avahi", "beacon"])
def test_each_way_of_finding_suffices(three: list[Laptop], way: str) -> None:
    begin_anew(three, has_avahi=way == "avahi", has_beacon=way == "beacon")
    seconds = agree(*three)
    print(f"with {way} alone they find each other within {seconds:.1f} s")
    for laptop in three:
        discovery = laptop.peers()["discovery"]
        assert discovery["avahi"] == ("running" if way == "avahi" else "stopped"), discovery


def test_avahi_that_starts_later_is_used(three: list[Laptop]) -> None:
    """The daemon is installed, or comes back, while the program runs."""
    for laptop in three:
        laptop.host.start_avahi()
    for laptop in three:
        eventually("Avahi is used again",
                   lambda: laptop.peers()["discovery"]["avahi"] == "running", 40)
    agree(*three)
