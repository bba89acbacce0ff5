"""What routing does, use case by use case, on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.database import Database
from chassis.errors import HubError, PreconditionFailed
from chassis.statements import Sql
from services.routing.domain.agents import Presence
from services.routing.domain.offers import DECLINED_REST_S, MISSED_BEFORE_PAUSE
from services.routing.domain.work import PriorityClass, WorkState
from services.routing.store import offers
from services.routing.tables import metadata
from services.routing.use_cases import desk, matching
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import (
    OFFER_S,
    PEOPLE,
    TERMS,
    broken_promises,
    kept_on,
    offered,
    presence_of,
    queue,
    ready,
    rows,
    take,
    told_on,
)

ADDS_WORK = "WITH before AS%"


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


def test_an_offer_that_is_not_answered_goes_to_another_agent(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    queue(database, clock, "c1")
    assert offered(database, "kim") == ["c1"]
    clock.pass_by(1)
    ready(database, "lee")
    clock.pass_by(OFFER_S)
    assert database.run(matching.time_out_offers, OFFER_S) == 1
    assert (offered(database, "kim"), offered(database, "lee")) == ([], ["c1"])
    assert database.run(matching.time_out_offers, OFFER_S) == 0


def test_an_agent_who_misses_offers_in_a_row_counts_as_away_and_keeps_none(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=MISSED_BEFORE_PAUSE + 2)
    for number in range(MISSED_BEFORE_PAUSE):
        queue(database, clock, f"c{number}")
    clock.pass_by(OFFER_S - 1)
    queue(database, clock, "later")
    assert len(offered(database, "kim")) == MISSED_BEFORE_PAUSE + 1
    clock.pass_by(1)
    database.run(matching.time_out_offers, OFFER_S)
    assert presence_of(database, "kim") == Presence.PAUSED
    assert offered(database, "kim") == []
    assert broken_promises(database) == []


def test_an_answer_in_between_forgives_missed_offers(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    for turn in range(MISSED_BEFORE_PAUSE + 1):
        queue(database, clock, f"missed-{turn}", urgency=PriorityClass.SAFETY)
        clock.pass_by(OFFER_S)
        database.run(matching.time_out_offers, OFFER_S)
        database.run(matching.cancel_work, f"missed-{turn}")
        if turn == 0:
            queue(database, clock, "taken")
            (offer,) = database.run(offers.pending_of, "kim")
            item = database.run(desk.accept_offer, offer.id, "kim")
            database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    assert presence_of(database, "kim") == Presence.PAUSED


def test_who_leaves_gives_offers_back_and_keeps_work(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=2)
    queue(database, clock, "taken")
    (offer,) = database.run(offers.pending_of, "kim")
    database.run(desk.accept_offer, offer.id, "kim")
    queue(database, clock, "offered")
    clock.pass_by(1)
    ready(database, "lee")
    database.run(desk.set_presence, "kim", Presence.OFFLINE, OFFER_S)
    assert (offered(database, "kim"), offered(database, "lee")) == ([], ["offered"])
    assert [item.case_id for item in database.run(offers.desk_work, "kim")] == ["taken"]


def test_what_is_declined_is_offered_again_to_the_only_agent_after_a_rest(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    database.run(desk.decline_offer, offer.id, "kim", "휴식", OFFER_S)
    assert offered(database, "kim") == []
    database.run(matching.match_waiting, OFFER_S)
    assert offered(database, "kim") == []
    clock.pass_by(DECLINED_REST_S + 1)
    database.run(matching.match_waiting, OFFER_S)
    assert offered(database, "kim") == ["c1"]


def test_behind_all_that_an_agent_refused_the_next_is_found(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    for number in range(10):
        queue(database, clock, f"case-{number}")
        clock.pass_by(1)
    for number in range(9):
        assert offered(database, "kim") == [f"case-{number}"]
        (offer,) = database.run(offers.pending_of, "kim")
        database.run(desk.decline_offer, offer.id, "kim", "", OFFER_S)
    assert offered(database, "kim") == ["case-9"]


@pytest.mark.parametrize("medium", ["text", "voice"])
def test_streams_are_told_the_numbers_that_are_kept(database: Database, clock: Clock, medium: str) -> None:
    """What is put off is told with a number that nobody has read yet."""
    chats = 2 if medium == "text" else 4
    for number in range(5):
        queue(database, clock, f"case-{number}", medium=medium)
        clock.pass_by(1)
    ready(database, "kim", chats=chats)
    assert told_on(database, "kim") == kept_on(database, "kim", 0) != []
    before = kept_on(database, "kim", 0)[-1][0]
    for _ in range(2):
        item = take(database, "kim")
        database.run(desk.finish_work, item.id, "kim", close_case=True, seen=1, terms=TERMS)
        queue(database, clock, f"more-{item.case_id}", medium=medium)
    found = told_on(database, "kim")
    assert found == kept_on(database, "kim", before)
    assert {kind for _, kind, _ in found} == {"offer", "work"}


def test_new_work_is_planned_once(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=40)
    for number in range(3):
        queue(database, clock, f"case-{number}")
        queue(database, clock, f"case-{number}", opens_case=True)
    planned = f"SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '{ADDS_WORK}'"
    if database.engine.dialect.name == "postgresql":
        found = database.run(lambda tx: tx.execute(Sql(planned)).all())
        assert [tuple(row) for row in found] == [(3, 0), (3, 0)]


def test_work_nobody_can_take_hides_none_that_somebody_can(database: Database, clock: Clock) -> None:
    for number in range(matching.SWEEP + 5):
        queue(database, clock, f"th-{number}", language="th", urgency=PriorityClass.SAFETY)
    ready(database, "kim")
    queue(database, clock, "ko-1")
    (offer,) = database.run(offers.pending_of, "kim")
    database.run(desk.decline_offer, offer.id, "kim", "", OFFER_S)
    clock.pass_by(DECLINED_REST_S + 1)
    database.run(matching.match_waiting, OFFER_S)
    assert offered(database, "kim") == ["ko-1"]


def test_the_agent_longest_idle_comes_first_and_urgent_work_before_older(database: Database, clock: Clock) -> None:
    for name in PEOPLE:
        ready(database, name)
        clock.pass_by(1)
    queue(database, clock, "first")
    assert offered(database, PEOPLE[0]) == ["first"]
    for name in PEOPLE[1:]:
        database.run(desk.set_presence, name, Presence.OFFLINE, OFFER_S)
    queue(database, clock, "older")
    clock.pass_by(1)
    queue(database, clock, "urgent", urgency=PriorityClass.SAFETY)
    database.run(desk.set_presence, PEOPLE[1], Presence.READY, OFFER_S)
    assert offered(database, PEOPLE[1]) == ["urgent"]


def test_an_offer_is_taken_once_by_its_agent_in_time(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    with pytest.raises(HubError):
        database.run(desk.accept_offer, offer.id, "lee")
    first = database.run(desk.accept_offer, offer.id, "kim")
    again = database.run(desk.accept_offer, offer.id, "kim")
    assert (first.id, again.id, again.state) == (first.id, first.id, WorkState.ASSIGNED)
    with pytest.raises(PreconditionFailed):
        database.run(desk.decline_offer, offer.id, "kim", "", OFFER_S)


def test_an_offer_cannot_be_accepted_after_its_time_even_if_nobody_ended_it_yet(
    database: Database, clock: Clock
) -> None:
    ready(database, "kim")
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    clock.pass_by(OFFER_S)
    with pytest.raises(PreconditionFailed, match="timed_out"):
        database.run(desk.accept_offer, offer.id, "kim")


def test_closing_a_case_ends_work_that_nobody_took_and_leaves_what_somebody_did(
    database: Database, clock: Clock
) -> None:
    ready(database, "kim", chats=2)
    queue(database, clock, "offered")
    clock.pass_by(1)
    queue(database, clock, "taken")
    second = database.run(offers.pending_of, "kim")[1]
    database.run(desk.accept_offer, second.id, "kim")
    for case_id in ("offered", "taken", "offered", "unknown"):
        database.run(matching.cancel_work, case_id)
    states = {row["case_id"]: row["state"] for row in rows(database, "SELECT case_id, state FROM work_item")}
    assert states == {"offered": "cancelled", "taken": "assigned"}
    assert broken_promises(database) == []


def test_a_case_has_one_open_work_item_and_may_have_another_when_that_is_done(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=2)
    for _ in range(2):
        queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    item = database.run(desk.accept_offer, offer.id, "kim")
    database.run(desk.finish_work, item.id, "kim", close_case=False, terms=TERMS)
    queue(database, clock, "c1")
    assert len(rows(database, "SELECT id FROM work_item")) == 2
