"""A service wants somebody called and waits to hear how that ended: behind all who come themselves, by those who know
the person, once, and told whatever becomes of it. On real SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import events_pb2

from chassis.database import Database
from services.routing import protos
from services.routing.domain.conference import LegState, Role
from services.routing.domain.work import PriorityClass, WorkState
from services.routing.store import work
from services.routing.tables import metadata
from services.routing.use_cases import callbacks, calling_out, desk, matching
from services.routing.use_cases.callbacks import Tries
from services.routing.use_cases.calling_out import Wanted
from tests.integration.call_centre import CONNECTING, Centre
from tests.integration.conference_floor import CASE
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import TERMS, broken_promises, offered, queue, ready, rows, take

both, clock, database = shared("routing", metadata)
TRIES = Tries(3, 900.0)
OTHER = "0199e0f2-7c00-7abc-8def-000000000001"


def wanted(request_id: str = "call-1", case_id: str = CASE, *preferred: str) -> Wanted:
    return Wanted(request_id, case_id, "citizen-1", "check_in", "ko", preferred)


def want(database: Database, request_id: str = "call-1", case_id: str = CASE, *preferred: str) -> None:
    database.run(calling_out.call_out, wanted(request_id, case_id, *preferred), TERMS, lambda _: None)


def became(database: Database, case_id: str, request_id: str) -> Any:
    """The work that a call became."""
    return database.run(work.of_request, case_id, request_id)


def open_work(database: Database, case_id: str = CASE) -> Any:
    """What is open in a case."""
    return database.run(work.open_work, case_id)


def ended(database: Database) -> list[tuple[str, str, int, int]]:
    """How calls ended, in order."""
    found = rows(database, "SELECT key, body FROM outbox ORDER BY seq")
    told = [events_pb2.CallOutEnded.FromString(row["body"]) for row in found if row["key"].endswith("CallOutEnded")]
    names = {one.number: one.name for one in events_pb2.CallOutResult.DESCRIPTOR.values}
    return [
        (one.request_id, names[one.result].removeprefix("CALL_OUT_RESULT_"), one.talk_seconds, one.work_seconds)
        for one in told
    ]


def test_whoever_shall_call_is_asked_first_and_who_comes_themselves_goes_before(
    database: Database, clock: Clock
) -> None:
    want(database, "call-1", CASE, "gone", "lee")
    for name in ("kim", "lee"):
        ready(database, name, chats=4)
    want(database, "call-2", OTHER, "gone", "lee")
    assert offered(database, "lee") in ([OTHER], [CASE])
    queue(database, clock, "c-9", medium="voice")
    item = became(database, OTHER, "call-2")
    assert (item.priority_class, item.preferred_agent_id) == (PriorityClass.BULK, "lee")
    assert item.rank > open_work(database, "c-9").rank, "who calls in is taken first"
    want(database, "call-2", OTHER, "kim")
    assert len(rows(database, f"SELECT id FROM work_item WHERE case_id = '{OTHER}'")) == 1
    assert broken_promises(database) == []


def test_a_call_about_life_safety_goes_before_what_waits_and_any_other_is_bulk(database: Database) -> None:
    assert protos.priority_class(case_pb2.PRIORITY_CLASS_UNSPECIFIED, PriorityClass.BULK) is PriorityClass.BULK
    urgent = replace(wanted(), purpose="notice", priority_class=protos.priority_class(case_pb2.PRIORITY_CLASS_SAFETY))
    database.run(calling_out.call_out, urgent, TERMS, lambda _: None)
    want(database, "call-2", OTHER)
    assert became(database, CASE, "call-1").priority_class == PriorityClass.SAFETY
    assert became(database, OTHER, "call-2").priority_class == PriorityClass.BULK


@pytest.fixture
def centre(database: Database, clock: Clock) -> Centre:
    """Kim is to call somebody; the exchange has told of another call."""
    centre = Centre(database, clock, CONNECTING)
    centre.calls_in("0199e0f2-7c00-7abc-8def-0000000000cc", OTHER)
    ready(database, "kim", chats=4)
    centre.run(calling_out.call_out, wanted(), TERMS, lambda _: None)
    return centre


def test_the_exchange_says_whether_anybody_answered_and_how_long_they_talked(centre: Centre) -> None:
    item = centre.take()
    centre.up(Role.AGENT)
    assert centre.dialled() == ["kim", CASE]
    centre.clock.pass_by(10)
    centre.up(Role.CITIZEN)
    centre.clock.pass_by(100)
    centre.hear(centre.last(Role.CITIZEN).id, LegState.ENDED, reason="done")
    centre.clock.pass_by(30)
    for _ in range(2):
        centre.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    assert ended(centre.database) == [("call-1", "ANSWERED", 100, 140)]


def test_whoever_does_not_pick_up_has_not_answered(centre: Centre) -> None:
    item = centre.take()
    centre.up(Role.AGENT)
    centre.hear(centre.last(Role.CITIZEN).id, LegState.ENDED, reason="no_answer")
    centre.run(desk.finish_work, item.id, "kim", close_case=False, terms=TERMS)
    assert ended(centre.database) == [("call-1", "NO_ANSWER", 0, 0)]


def test_an_agent_who_says_that_nobody_answered_is_not_sent_again_by_routing(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=4)
    want(database)
    item = take(database, "kim")
    clock.pass_by(45)
    for _ in range(2):
        database.run(callbacks.no_answer, item.id, "kim", TRIES, TERMS)
    assert ended(database) == [("call-1", "NO_ANSWER", 0, 45)]
    assert open_work(database) is None
    want(database, "call-2")
    again = take(database, "kim")
    database.run(desk.finish_work, again.id, "kim", close_case=False, terms=TERMS)
    assert ended(database)[1][:2] == ("call-2", "UNKNOWN"), "nobody said anything"


def test_a_call_that_is_wanted_no_more_is_not_made_unless_an_agent_has_it(database: Database, clock: Clock) -> None:
    want(database)
    for _ in range(2):
        database.run(calling_out.call_unwanted, "call-1", CASE)
    assert ended(database) == [("call-1", "NOT_TAKEN", 0, 0)]
    assert became(database, CASE, "call-1").state == WorkState.CANCELLED
    ready(database, "kim", chats=4)
    want(database, "call-2")
    item = take(database, "kim")
    database.run(calling_out.call_unwanted, "call-2", CASE)
    assert open_work(database).id == item.id
    database.run(calling_out.call_unwanted, "call-3", OTHER)
    assert ended(database)[1:] == [("call-3", "NOT_TAKEN", 0, 0)], "of which routing has never heard"


def test_what_a_citizen_came_with_themselves_outlives_the_call(database: Database, clock: Clock) -> None:
    queue(database, clock, CASE)
    want(database)
    database.run(calling_out.call_unwanted, "call-1", CASE)
    found = open_work(database)
    assert (found.state, found.purpose, found.request_id) == ("queued", "", "")
    assert ended(database) == [("call-1", "NOT_TAKEN", 0, 0)]
    assert database.run(matching.match_waiting, 30.0) == 0
