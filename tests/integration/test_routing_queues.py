"""Places and waits that are told, callbacks that keep the place, and surges, on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hub120.routing.v1 import events_pb2

from chassis.database import Database
from chassis.errors import NotFound, PreconditionFailed
from services.routing.domain.queues import LOOK_AGAIN_S, PACE_WINDOW_S, TELL_AGAIN_S, Standing
from services.routing.domain.surges import SurgeState
from services.routing.domain.work import USUAL_COSTS, PriorityClass, WorkState
from services.routing.store import surges, work
from services.routing.tables import metadata
from services.routing.use_cases import callbacks, desk, explaining, matching, surging, waiting
from services.routing.use_cases.callbacks import Tries, Wish
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import OFFER_S, TERMS, broken_promises, offered, queue, ready, rows
from tests.integration.test_routing_plans import finish, item_of, take, welfare

PATIENCE_S = 30.0
TRIES = Tries(2, 900.0)
TELEPHONE = Wish(channel="phone_asterisk", point="identity-7", medium="voice")


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


def notices(database: Database) -> list[events_pb2.QueueNotice]:
    """What was told since this was asked before."""
    found = [
        events_pb2.QueueNotice.FromString(row["body"])
        for row in rows(database, "SELECT key, body FROM outbox ORDER BY seq")
        if row["key"].endswith("QueueNotice")
    ]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")
    return found


def tell(database: Database) -> list[tuple[str, int, float | None]]:
    """Tell those who wait: case, place and wait of each notice."""
    database.run(waiting.tell_waiting, PATIENCE_S)
    return [
        (one.case_id, one.position, one.expected_wait.ToSeconds() if one.HasField("expected_wait") else None)
        for one in notices(database)
    ]


def line(database: Database, clock: Clock, *cases: str) -> None:
    """They come one after the other."""
    for case_id in cases:
        queue(database, clock, case_id)
        clock.pass_by(1)


def stands(database: Database, case_id: str) -> Standing | None:
    return database.run(waiting.position, item_of(database, case_id).id)[1]


def ask(database: Database, case_id: str, wish: Wish = TELEPHONE) -> Any:
    return database.run(callbacks.request_callback, item_of(database, case_id).id, wish, USUAL_COSTS)


def test_the_place_counts_what_is_alike_and_the_wait_follows_the_pace(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    line(database, clock, *(f"ko-{number}" for number in range(8)))
    queue(database, clock, "vi-0", language="vi")
    for _ in range(3):
        item = take(database, "kim")
        clock.pass_by(100)
        finish(database, item, "kim")
    assert stands(database, "ko-4") == Standing(1, 100.0)
    assert stands(database, "ko-7") == Standing(4, 400.0)
    assert stands(database, "vi-0") == Standing(1, None)
    assert stands(database, "ko-0") is None
    found = database.run(waiting.lines)
    assert [(line.needs, line.waiting, line.pace.places, line.wait_s) for line in found] == [
        (("language:ko",), 4, 1, 500.0),
        (("language:vi",), 1, 0, None),
    ]


def test_a_slow_line_is_judged_by_how_long_its_work_takes(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=2)
    line(database, clock, "c0", "c1", "c2", "c3")
    for _ in range(2):
        take(database, "kim")
    assert stands(database, "c2") == Standing(1, None)
    clock.pass_by(PACE_WINDOW_S)
    for item in [database.run(work.open_work, f"c{number}") for number in range(2)]:
        finish(database, item, "kim")
    line(database, clock, "c4")
    assert stands(database, "c4") == Standing(1, PACE_WINDOW_S / 2)


def test_whoever_waits_is_told_after_a_while_and_again_when_much_nearer(database: Database, clock: Clock) -> None:
    queue(database, clock, "c0")
    assert tell(database) == []
    clock.pass_by(PATIENCE_S)
    line(database, clock, "c1", "c2", "c3")
    assert tell(database) == [("c0", 1, None)]
    assert tell(database) == []
    clock.pass_by(PATIENCE_S)
    assert tell(database) == [("c1", 2, None), ("c2", 3, None), ("c3", 4, None)]
    ready(database, "kim")
    take(database, "kim")
    clock.pass_by(TELL_AGAIN_S)
    assert [told[:2] for told in tell(database)] == [("c1", 1), ("c2", 2)]
    clock.pass_by(LOOK_AGAIN_S)
    assert tell(database) == []


def test_whoever_has_an_agent_is_told_nothing(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    queue(database, clock, "c0")
    clock.pass_by(PATIENCE_S)
    assert tell(database) == []


def test_a_callback_keeps_the_place_and_is_offered_as_one(database: Database, clock: Clock) -> None:
    queue(database, clock, "called", medium="voice")
    clock.pass_by(60)
    queue(database, clock, "later", medium="voice")
    before = item_of(database, "called")
    after = ask(database, "called")
    assert (after.rank, after.queued_at, after.state) == (before.rank, before.queued_at, WorkState.QUEUED)
    assert ask(database, "called").callback_at == after.callback_at
    assert [one.kind for one in notices(database)] == [events_pb2.NOTICE_KIND_CALLBACK_KEPT]
    database.run(desk.call_ended, "called")
    database.run(desk.call_ended, "later")
    assert item_of(database, "later").state == WorkState.ABANDONED
    clock.pass_by(PATIENCE_S)
    assert tell(database) == []
    ready(database, "kim", chats=4)
    assert offered(database, "kim") == ["called"]
    item = take(database, "kim")
    assert (item.callback_channel, item.callback_point, item.state) == (
        "phone_asterisk",
        "identity-7",
        WorkState.ASSIGNED,
    )
    with pytest.raises(PreconditionFailed, match="no callback is needed"):
        ask(database, "called")
    finish(database, item, "kim")
    assert broken_promises(database) == []


def test_a_conversation_that_becomes_a_call_takes_all_of_an_agent(database: Database, clock: Clock) -> None:
    queue(database, clock, "chat")
    assert ask(database, "chat").kind == "100 language:ko"
    ready(database, "lee")
    assert offered(database, "lee") == []
    ready(database, "kim", chats=4)
    assert offered(database, "kim") == ["chat"]


def test_a_callback_waits_for_the_time_the_citizen_wished(database: Database, clock: Clock) -> None:
    welfare(database, clock, "c1", language="vi")
    ready(database, "kim", chats=4)
    at = clock().timestamp() + 3600
    item = ask(database, "c1", Wish(not_before=at))
    assert item.held_until == at
    assert stands(database, "c1") is None
    assert database.run(waiting.lines) == []
    for step_s in (20, 40):
        clock.pass_by(step_s)
        assert database.run(matching.relax_waiting, OFFER_S) == 1
        assert database.run(matching.match_waiting, OFFER_S) == 0
    database.run(matching.correct, "c1", "passport", PriorityClass.SAFETY, TERMS)
    assert database.run(matching.match_waiting, OFFER_S) == 0
    assert offered(database, "kim") == []
    assert database.run(explaining.explain, item.id).decisions == []
    assert database.run(callbacks.release_held, OFFER_S) == 0
    clock.pass_by(3600)
    assert database.run(callbacks.release_held, OFFER_S) == 1
    assert database.run(callbacks.release_held, OFFER_S) == 0
    assert offered(database, "kim") == []
    ready(database, "vo", languages=("vi",), chats=4)
    assert offered(database, "vo") == ["c1"]


def test_nobody_answers_and_is_called_again_until_the_tries_are_over(database: Database, clock: Clock) -> None:
    queue(database, clock, "c1", medium="voice")
    first = ask(database, "c1")
    ready(database, "kim", chats=4)
    item = take(database, "kim")
    notices(database)
    for _ in range(2):
        done = database.run(callbacks.no_answer, item.id, "kim", TRIES, TERMS)
        assert done.state == WorkState.DONE
    again: Any = database.run(work.open_work, "c1")
    assert (again.rank, again.callback_tries, again.state) == (first.rank, 1, WorkState.QUEUED)
    assert (offered(database, "kim"), notices(database)) == ([], [])
    clock.pass_by(TRIES.retry_s)
    database.run(callbacks.release_held, OFFER_S)
    item = take(database, "kim")
    database.run(callbacks.no_answer, item.id, "kim", TRIES, TERMS)
    assert [one.kind for one in notices(database)] == [events_pb2.NOTICE_KIND_CALLBACK_OVER]
    assert database.run(work.open_work, "c1") is None
    assert broken_promises(database) == []


def test_whoever_calls_again_takes_the_place_and_is_not_called(database: Database, clock: Clock) -> None:
    queue(database, clock, "c1", medium="voice")
    before = ask(database, "c1", Wish(not_before=clock().timestamp() + 3600))
    database.run(desk.call_ended, "c1")
    clock.pass_by(1800)
    queue(database, clock, "c1", medium="text")
    assert item_of(database, "c1").callback_at is not None
    queue(database, clock, "c1", medium="voice")
    after = item_of(database, "c1")
    assert (after.id, after.rank, after.callback_at, after.held_until) == (before.id, before.rank, None, None)
    ready(database, "kim", chats=4)
    assert offered(database, "kim") == ["c1"]
    item = take(database, "kim")
    with pytest.raises(PreconditionFailed, match="came back"):
        database.run(callbacks.no_answer, item.id, "kim", TRIES, TERMS)
    assert item_of(database, "c1").state == WorkState.ASSIGNED


def test_a_callback_that_is_not_wanted_any_more(database: Database, clock: Clock) -> None:
    queue(database, clock, "waits", medium="voice")
    queue(database, clock, "hung up", medium="voice")
    for case_id in ("waits", "hung up"):
        ask(database, case_id)
    database.run(desk.call_ended, "hung up")
    for _ in range(2):
        states = {case: database.run(callbacks.cancel_callback, item_of(database, case).id).state
                  for case in ("waits", "hung up")}  # fmt: skip
    assert states == {"waits": WorkState.QUEUED, "hung up": WorkState.CANCELLED}
    assert item_of(database, "waits").callback_at is None
    with pytest.raises(NotFound):
        database.run(callbacks.cancel_callback, "none")


def test_an_answer_to_a_notice_asks_for_a_callback_only_while_the_citizen_waits(
    database: Database, clock: Clock
) -> None:
    queue(database, clock, "c1")
    item = item_of(database, "c1")
    ready(database, "kim")
    database.run(callbacks.callback_asked, item.id, "web", USUAL_COSTS)
    assert item_of(database, "c1").callback_at is None
    queue(database, clock, "c2")
    database.run(callbacks.callback_asked, item_of(database, "c2").id, "web", USUAL_COSTS)
    assert item_of(database, "c2").callback_channel == "web"


def test_a_surge_begins_with_the_wait_and_everybody_reads_its_banner_once(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    line(database, clock, *(f"c{number}" for number in range(8)))
    for _ in range(3):
        item = take(database, "kim")
        clock.pass_by(200)
        finish(database, item, "kim")
    states = []
    for _ in range(3):
        states.append(database.run(surging.watch, 600.0, 60.0).state)
        clock.pass_by(60)
    assert states == [SurgeState.RISING, SurgeState.ON, SurgeState.ON]
    database.run(waiting.tell_waiting, PATIENCE_S)
    told = notices(database)
    assert {one.kind for one in told} == {events_pb2.NOTICE_KIND_BANNER}
    assert [one.case_id for one in told] == ["c4", "c5", "c6", "c7"]
    assert all(one.offers_callback for one in told)
    ready(database, "lee", chats=2)
    clock.pass_by(TELL_AGAIN_S)
    database.run(waiting.tell_waiting, PATIENCE_S)
    assert {one.kind for one in notices(database)} == {events_pb2.NOTICE_KIND_POSITION}


def test_a_supervisor_declares_a_surge_and_ends_it(database: Database, clock: Clock) -> None:
    until = clock().timestamp() + 7200
    first = database.run(surging.declare, "sup", "침수", until, {"ko": "침수 신고가 많습니다"})
    changed = database.run(surging.declare, "sup", "침수", until + 60, {"ko": "비 신고가 많습니다"})
    assert (changed.id, changed.until) == (first.id, until + 60)
    found = database.run(surges.read)
    assert (found.reason, dict(found.texts), found.active) == ("침수", {"ko": "비 신고가 많습니다"}, True)
    assert database.run(surging.watch, 600.0, 60.0).active
    for _ in range(2):
        assert not database.run(surging.end).active
    database.run(surging.declare, "sup", "again", until, {})
    clock.pass_by(7200)
    assert not database.run(surging.watch, 0.0, 60.0).active
    told = [
        events_pb2.SurgeChanged.FromString(row["body"]).active
        for row in rows(database, "SELECT body FROM outbox ORDER BY seq")
    ]
    assert told == [True, True, False, True, False]
