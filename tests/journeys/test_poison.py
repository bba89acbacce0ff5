"""An event that no attempt can handle is set aside with its reason and put back when the cause is gone; its
neighbours go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2, events_pb2
from hub120.operations.v1 import dead_letter_service_pb2 as pb
from hub120.operations.v1 import dead_letter_service_pb2_grpc as grpc_pb

from chassis import messages
from chassis.bus import Message
from tests.hub import RunningHub
from tests.ledger import Ledger
from tests.waiting import eventually

FORBID = {
    "sqlite": """CREATE TRIGGER poison BEFORE INSERT ON work_item WHEN NEW.case_id LIKE 'poison-{run}'
        BEGIN SELECT RAISE(ABORT, 'poisoned'); END""",
    "postgresql": "ALTER TABLE work_item ADD CONSTRAINT poison CHECK (case_id NOT LIKE 'poison-{run}')",
}
ALLOW = {"sqlite": "DROP TRIGGER poison", "postgresql": "ALTER TABLE work_item DROP CONSTRAINT poison"}


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"HUB120_RETRY_SECONDS": "[0.1, 0.2, 0.3]"}


@pytest.fixture
def ledger(hub: RunningHub) -> Iterator[Ledger]:
    with closing(Ledger(hub)) as found:
        yield found


def contact(case_id: str) -> Message:
    now = datetime.now(UTC)
    body = events_pb2.ContactReceived(
        contact_id=uuid4().hex, case_id=case_id, medium=case_pb2.MEDIUM_TEXT, channel="web", receive_time=now
    )
    return messages.event(body, source="intake", subject=case_id, now=now, traceparent="")


def work_of(ledger: Ledger, prefix: str) -> list[str]:
    query = "SELECT case_id FROM work_item WHERE case_id LIKE :prefix ORDER BY case_id"
    return [row["case_id"] for row in ledger.rows("routing", query, prefix=f"{prefix}%")]


def redrive_by_hand(hub: RunningHub, dead_id: str) -> None:
    """At the command line."""
    assert dead_id[:8] in hub.command("events", "dead", "routing").stdout
    assert hub.command("events", "redrive", "routing").stdout == "1 put back\n"


def redrive_over_grpc(hub: RunningHub, dead_id: str) -> None:
    """In an administrator's front end."""
    stub = grpc_pb.DeadLetterServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    admin = hub.metadata("han", "admin")
    (letter,) = stub.ListDeadLetters(pb.ListDeadLettersRequest(), metadata=admin, timeout=30).letters
    assert (letter.id, letter.queue, letter.attempts) == (dead_id, "routing", 4)
    request = pb.RedriveDeadLettersRequest(queue=letter.queue, ids=[letter.id])
    assert stub.RedriveDeadLetters(request, metadata=admin, timeout=30).redriven_count == 1
    assert '"by": "han"' in hub.log("api")


@pytest.mark.parametrize("redrive", [redrive_by_hand, redrive_over_grpc])
def test_a_poisoned_event_ends_among_the_dead_and_comes_back_when_told(
    hub: RunningHub, ledger: Ledger, redrive: Callable[[RunningHub, str], None]
) -> None:
    driver = "postgresql" if "HUB120_DATABASE" in hub.environment else "sqlite"
    run = uuid4().hex[:8]
    ledger.change("routing", FORBID[driver].format(run=run))
    good = [f"good-{run}-{number:02}" for number in range(40)]
    poisoned = contact(f"poison-{run}")
    with ledger.bus() as bus:
        bus.publish([*map(contact, good[:20]), poisoned, *map(contact, good[20:])])
        eventually(lambda: work_of(ledger, f"good-{run}") == good, 20, "the neighbours being handled")
        (dead,) = eventually(lambda: bus.dead("routing"), 20, "the poisoned event being given up")
        assert (dead.id, dead.attempts) == (poisoned.id, 4)
        assert "IntegrityError" in dead.reason
        ledger.change("routing", ALLOW[driver])
        redrive(hub, poisoned.id)
        eventually(lambda: work_of(ledger, f"poison-{run}"), 20, "the event being handled after all")
        assert bus.dead("routing") == []


def test_what_nobody_can_read_is_dead_at_once(hub: RunningHub, ledger: Ledger) -> None:
    good = contact(f"good-{uuid4().hex}")
    bad = contact("unreadable")
    bad = Message(bad.id, bad.kind, bad.key, bad.headers, b"\xff\xff\xff")
    with ledger.bus() as bus:
        bus.publish([bad, good])
        eventually(lambda: work_of(ledger, good.headers["cloudEvents_subject"]), 10, "the readable one being handled")
        (dead,) = eventually(lambda: bus.dead("routing"), 10, "the unreadable one being set aside")
        assert (dead.id, dead.attempts) == (bad.id, 1)
        assert "is not a hub120.intake.v1.ContactReceived" in dead.reason
        assert hub.command("events", "redrive", "routing", "--id", bad.id).stdout == "1 put back\n"
        eventually(lambda: bus.dead("routing"), 10, "the unreadable one being set aside again")


def test_an_event_delivered_many_times_is_handled_once(hub: RunningHub, ledger: Ledger) -> None:
    """As after a lost acknowledgement, at the same moment in several batches."""
    events = [contact(f"again-{uuid4().hex}") for _ in range(20)]
    before = ledger.one("routing", "SELECT count(*) FROM inbox")
    with ledger.bus() as bus:
        threads = [threading.Thread(target=bus.publish, args=(events,)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ledger.wait_until_drained()
        eventually(lambda: len(work_of(ledger, "again")) == len(events), 10, "every event being handled")
    assert ledger.one("routing", "SELECT count(*) FROM inbox") == before + len(events)
