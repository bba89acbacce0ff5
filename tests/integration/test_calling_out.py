"""A service wants a citizen called: an agent is found as for a callback, once, whatever goes on in the case."""

from __future__ import annotations

from typing import Any

from chassis.database import Database
from services.routing import protos
from services.routing.domain.work import USUAL_COSTS
from services.routing.store import work
from services.routing.tables import metadata
from services.routing.use_cases import callbacks, calling_out, desk, matching, waiting
from services.routing.use_cases.callbacks import Wish
from services.routing.use_cases.matching import Enqueued
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import OFFER_S, TERMS, broken_promises, offered, queue, ready, take

both, clock, database = shared("routing", metadata)


def call(database: Database, case_id: str = "c-1", purpose: str = "referral_outcome") -> list[Enqueued]:
    became: list[Enqueued] = []
    database.run(calling_out.call_citizen, case_id, purpose, TERMS, became.append)
    return became


def open_work(database: Database, case_id: str = "c-1") -> Any:
    return database.run(work.open_work, case_id)


def test_who_knew_the_case_calls_the_citizen_in_their_language(database: Database, clock: Clock) -> None:
    ready(database, "kim", languages=("vi",), chats=4)
    queue(database, clock, "c-1", language="vi", citizen_id="who", topic="welfare")
    item = take(database, "kim")
    database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    ready(database, "lee", languages=("vi",), chats=4)
    clock.pass_by(60)
    call(database)
    assert (offered(database, "kim"), offered(database, "lee")) == (["c-1"], [])
    taken = take(database, "kim")
    told = protos.work_item(taken)
    assert (told.purpose, told.language, told.topic, told.cost) == ("referral_outcome", "vi", "welfare", 100)
    assert told.HasField("callback")
    database.run(desk.finish_work, taken.id, "kim", close_case=False, terms=TERMS)
    assert open_work(database) is None
    assert broken_promises(database) == []


def test_a_call_that_waits_is_told_nothing_outlives_its_closed_case_and_is_not_made_twice(
    database: Database, clock: Clock
) -> None:
    (became,) = call(database)
    assert became.waits
    clock.pass_by(600)
    assert database.run(waiting.tell_waiting, 1.0) == 0
    database.run(matching.cancel_work, "c-1")
    (again,) = call(database, purpose="other")
    assert (again.work_item_id, again.waits, again.news) == (became.work_item_id, False, False)
    assert open_work(database).purpose == "other"
    ready(database, "kim", chats=4)
    assert offered(database, "kim") == ["c-1"]
    assert broken_promises(database) == []


def test_work_under_way_is_told_the_purpose_and_nobody_is_called(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    queue(database, clock, "c-1")
    item = take(database, "kim")
    (became,) = call(database)
    assert (became.work_item_id, became.news) == (item.id, True)
    found = open_work(database)
    assert (found.purpose, found.callback_at, found.contact_count) == ("referral_outcome", None, 1)
    database.run(desk.finish_work, item.id, "kim", close_case=False, terms=TERMS)


def test_a_citizen_who_calls_takes_the_place_of_their_call(database: Database, clock: Clock) -> None:
    call(database)
    queue(database, clock, "c-1", medium="voice")
    found = open_work(database)
    assert (found.callback_at, found.purpose, found.cost) == (None, "referral_outcome", USUAL_COSTS["voice"])
    assert database.run(matching.match_waiting, OFFER_S) == 0


def test_a_callback_that_is_agreed_stays_as_it_is(database: Database, clock: Clock) -> None:
    queue(database, clock, "c-1")
    agreed = Wish(medium="voice", not_before=clock().timestamp() + 3600)
    before = database.run(callbacks.request_callback, open_work(database).id, agreed, USUAL_COSTS)
    call(database)
    after = open_work(database)
    assert (after.callback_at, after.held_until, after.kind) == (before.callback_at, before.held_until, before.kind)
    assert (after.id, after.purpose) == (before.id, "referral_outcome")
