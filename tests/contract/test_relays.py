"""A relay publishes when every queue is there, its own and the others', on both drivers; and it says when it hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hub120.intake.v1 import events_pb2

from chassis.bus import Bus, BusUnavailable, Queue
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.outbox import Relay, outbox_table
from tests.contract.buses import CASES, drained
from tests.waiting import eventually


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A service's database with an outbox in which an event lies."""
    opened = Database(f"sqlite:///{tmp_path}/{{service}}.db", "intake", Keyring.generate())
    metadata = sa.MetaData()
    outbox_table(metadata)
    metadata.create_all(opened.engine)
    opened.run(lambda tx: tx.emit(events_pb2.ContactReceived(case_id="c"), subject="c"))
    yield opened
    opened.close()


def test_nothing_leaves_until_the_queues_of_others_are_there(bus: Bus, database: Database) -> None:
    relay = Relay(database, bus, [CASES], ["echo"])
    with pytest.raises(BusUnavailable, match="echo"):
        relay.once()
    assert drained(bus, CASES.name) == []
    bus.declare([Queue("echo")])
    assert relay.once() == 1
    assert len(drained(bus, CASES.name)) == 1


def test_a_relay_that_comes_round_no_more_is_told(bus: Bus, database: Database) -> None:
    relay, stopping = Relay(database, bus, [CASES]), threading.Event()
    thread = threading.Thread(target=relay.run, args=(stopping.is_set,))
    thread.start()
    eventually(lambda: len(drained(bus, CASES.name)) == 1, what="the event being published")
    assert not relay.stuck(60)
    stopping.set()
    thread.join(timeout=30)
    eventually(lambda: relay.stuck(0.05), what="nobody coming round being noticed")
