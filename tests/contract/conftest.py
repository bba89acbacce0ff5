"""Fixtures of the suites that run on every driver."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.bus import Bus
from tests.contract.buses import CASES, WORK, delete_queues, opened


@pytest.fixture(params=["local", pytest.param("amqp", marks=pytest.mark.servers)])
def bus_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty bus of each driver."""
    if request.param == "local":
        yield f"local:///{tmp_path}/bus.db"
        return
    address = request.getfixturevalue("amqp_address")
    yield address
    delete_queues(address)


@pytest.fixture
def bus(bus_address: str) -> Iterator[Bus]:
    """A bus with one event queue and one task queue."""
    with opened(bus_address, CASES, WORK) as bus:
        yield bus
