"""Reports of one thing in a surge are one piece of work, and all who reported hear how it ended, on real SQLite and
PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hub120.routing.v1 import events_pb2

from chassis.database import Database
from chassis.errors import NotFound
from services.routing.domain.work import PriorityClass, WorkState
from services.routing.store import merging as merges
from services.routing.store import work
from services.routing.tables import metadata
from services.routing.use_cases import callbacks, desk, matching, merging, surging
from services.routing.use_cases.callbacks import Tries
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import TERMS, broken_promises, new_work, offered, ready, rows
from tests.integration.test_routing_plans import finish, item_of, take
from tests.integration.test_routing_queues import ask

WINDOW_S = 1800.0
HERE, THERE = b"here", b"there"


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


@pytest.fixture
def surge(database: Database, clock: Clock) -> None:
    until = clock().timestamp() + 86_400
    database.run(surging.declare, "sup", "flood", until, {"ko": "침수 신고가 많습니다"})


def come(database: Database, clock: Clock, case_id: str, place: bytes = HERE, **more: Any) -> bool:
    """A contact comes in as the worker takes it; True if it was taken in with other work."""
    new = new_work(case_id, clock, **{"topic": "flood", "opens_case": True, "traceparent": "00-a-b-01", **more})

    def take_in(tx: Any) -> bool:
        taken = merging.take_in(tx, new, place, WINDOW_S, TERMS)
        if not taken:
            matching.enqueue(tx, new, TERMS)
        return taken

    taken = database.run(take_in)
    clock.pass_by(1)
    return taken


def led(database: Database) -> list[str]:
    return [row.case_id for row in database.run(merges.merged, "", "", 100)]


def told(database: Database, name: str) -> list[Any]:
    kind: Any = getattr(events_pb2, name)
    return [
        kind.FromString(row["body"])
        for row in rows(database, "SELECT key, body FROM outbox ORDER BY seq")
        if row["key"].endswith(name)
    ]


@pytest.mark.usefixtures("surge")
def test_reports_on_one_topic_and_place_are_one_piece_of_work(database: Database, clock: Clock) -> None:
    assert [come(database, clock, f"c{number}") for number in range(3)] == [False, True, True]
    assert not come(database, clock, "elsewhere", THERE)
    assert not come(database, clock, "of something else", topic="rubbish")
    assert not come(database, clock, "of nothing known", topic="")
    assert led(database) == ["c1", "c2"]
    assert database.run(work.open_work, "c1") is None
    joined = told(database, "QueueNotice")
    assert [(one.case_id, one.kind, dict(one.texts)) for one in joined] == [
        (case_id, events_pb2.NOTICE_KIND_JOINED, {"ko": "침수 신고가 많습니다"}) for case_id in ("c1", "c2")
    ]
    assert {one.work_item_id for one in joined} == {item_of(database, "c0").id}


@pytest.mark.usefixtures("surge")
def test_nothing_urgent_and_no_call_is_merged(database: Database, clock: Clock) -> None:
    assert not come(database, clock, "urgent first", urgency=PriorityClass.LIFE_SAFETY)
    assert not come(database, clock, "normal")
    assert not come(database, clock, "urgent", urgency=PriorityClass.SAFETY)
    assert not come(database, clock, "call", medium="voice")
    assert led(database) == []


def test_nothing_is_merged_without_a_surge_or_long_after(database: Database, clock: Clock) -> None:
    assert [come(database, clock, case_id) for case_id in ("c0", "c1")] == [False, False]
    database.run(surging.declare, "sup", "flood", clock().timestamp() + 86_400, {})
    clock.pass_by(WINDOW_S)
    assert not come(database, clock, "c2")


@pytest.mark.usefixtures("surge")
def test_when_the_leading_case_is_closed_all_hear_so_once_and_are_closed(database: Database, clock: Clock) -> None:
    for case_id in ("c0", "c1", "c2"):
        come(database, clock, case_id)
    assert come(database, clock, "c1", opens_case=False, contact_sequence=7)
    ready(database, "kim")
    item = take(database, "kim")
    for _ in range(2):
        finish(database, item, "kim")
    outcomes = [one for one in told(database, "QueueNotice") if one.kind == events_pb2.NOTICE_KIND_OUTCOME]
    assert [one.case_id for one in outcomes] == ["c1", "c2"]
    done = [(one.case_id, one.close_case, one.contact_sequence) for one in told(database, "WorkDone")]
    assert done == [("c0", True, 0), ("c1", True, 7), ("c2", True, 0)]
    assert (led(database), offered(database, "kim")) == ([], [])
    assert broken_promises(database) == []


@pytest.mark.usefixtures("surge")
def test_work_that_is_done_without_closing_the_case_settles_nothing_yet(database: Database, clock: Clock) -> None:
    for case_id in ("c0", "c1", "c2"):
        come(database, clock, case_id)
    ready(database, "kim")
    item = take(database, "kim")
    database.run(desk.finish_work, item.id, "kim", close_case=False, terms=TERMS)
    assert led(database) == ["c1", "c2"]
    for case_id in ("c2", "c0", "c0"):
        database.run(merging.case_closed, case_id)
    states = {row["case_id"]: row["state"] for row in rows(database, "SELECT case_id, state FROM merged_work")}
    assert states == {"c1": "settled", "c2": "dropped"}


@pytest.mark.usefixtures("surge")
def test_who_is_taken_out_waits_in_the_original_place(database: Database, clock: Clock) -> None:
    for case_id in ("c0", "c1"):
        come(database, clock, case_id)
    came_at = clock().timestamp() - 1
    come(database, clock, "later", THERE)
    database.run(merging.unmerge, "c1", TERMS)
    item = item_of(database, "c1")
    assert (item.queued_at, item.rank, item.state) == (came_at, came_at, WorkState.QUEUED)
    ready(database, "kim")
    order = []
    for _ in range(3):
        taken = take(database, "kim")
        order.append(taken.case_id)
        finish(database, taken, "kim")
    assert order == ["c0", "c1", "later"]
    with pytest.raises(NotFound):
        database.run(merging.unmerge, "c1", TERMS)


@pytest.mark.usefixtures("surge")
def test_who_writes_that_it_is_urgent_is_taken_out_at_once(database: Database, clock: Clock) -> None:
    for case_id in ("c0", "c1"):
        come(database, clock, case_id)
    assert come(database, clock, "c1", opens_case=False, urgency=PriorityClass.LIFE_SAFETY)
    assert (led(database), item_of(database, "c1").contact_count) == ([], 2)
    ready(database, "kim")
    assert offered(database, "kim") == ["c1"]


@pytest.mark.usefixtures("surge")
def test_a_case_that_is_set_right_is_not_merged_any_more(database: Database, clock: Clock) -> None:
    for case_id in ("c0", "c1", "c2"):
        come(database, clock, case_id)
    for _ in range(2):
        database.run(merging.correct, "c1", "rubbish", PriorityClass.NORMAL, TERMS)
        database.run(merging.correct, "c2", "flood", PriorityClass.NORMAL, TERMS)
    assert led(database) == ["c2"]
    assert item_of(database, "c1").topic == "rubbish"


@pytest.mark.usefixtures("surge")
def test_a_leading_citizen_who_cannot_be_reached_leads_nobody(database: Database, clock: Clock) -> None:
    for case_id in ("c0", "c1"):
        come(database, clock, case_id)
    ask(database, "c0")
    ready(database, "kim", chats=4)
    item = take(database, "kim")
    database.run(callbacks.no_answer, item.id, "kim", Tries(1, 900.0), TERMS)
    assert (led(database), offered(database, "kim")) == ([], ["c1"])
    kinds = [one.kind for one in told(database, "QueueNotice")]
    assert events_pb2.NOTICE_KIND_OUTCOME not in kinds
