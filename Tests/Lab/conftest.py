"""Fixtures: a seed, and for each module a switch with hosts and the laptops on them."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from lan import Lan
from laptop import Laptop

SEED = int(os.environ.get("LAB_SEED", "1"))
CABLE_SECONDS = float(os.environ.get("LAB_SECONDS", "45"))
IS_LONG = os.environ.get("LAB_LONG") == "1"


class Lab:
    """The laptops of a module, each on a host of its own."""

    def __init__(self, folder: Path) -> None:
        self.lan = Lan(folder)
        self.laptops: list[Laptop] = []

    def laptop(self, *, has_avahi: bool = True, data: Path | None = None) -> Laptop:
        """A host with a laptop that does not serve yet."""
        host = self.lan.host(has_avahi)
        self.laptops.append(Laptop(host, f"ноутбук-{host.name}", data))
        return self.laptops[-1]

    def close(self) -> None:
        """Ends everything, and looks whether the programs end well."""
        try:
            for laptop in self.laptops:
                laptop.stop()
        finally:
            for laptop in self.laptops:
                laptop.kill()
            self.lan.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Hosts and laptops as the module wants them."""
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.close()


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """What happens at random; the same seed lets the same happen in the same order."""
    return random.Random(f"{SEED} {request.node.name}")


def pytest_report_header() -> str:
    """Says how to replay the run."""
    return f"lab: LAB_SEED={SEED}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips everything, with the reason, where there are no namespaces."""
    state = os.environ.get("LAB_STATE", "to be run by Tests/Lab/run")
    if state != "entered":
        for item in items:
            item.add_marker(pytest.mark.skip(reason=state))
