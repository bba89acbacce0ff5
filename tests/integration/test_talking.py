"""Talks, use case by use case, on real SQLite and PostgreSQL: who takes a call is put through to the citizen."""

from __future__ import annotations

from typing import Any

import pytest
from hub120.intake.v1 import legs_pb2

from chassis.database import Database
from services.routing.domain.agents import TELEPHONE, Presence
from services.routing.domain.conference import AGAIN_S, ConferenceState, LegState, Purpose, Role
from services.routing.domain.explaining import Ineligibility
from services.routing.domain.ladders import NO_LINES
from services.routing.domain.talks import AGENT_CALLS
from services.routing.domain.work import USUAL_COSTS, WorkState
from services.routing.store import agents, offers
from services.routing.tables import metadata
from services.routing.use_cases import callbacks, desk, desk_reading, explaining, hearing
from services.routing.use_cases.callbacks import Wish
from tests.integration.call_centre import CONNECTING, NOT_ANSWERED_S, Centre
from tests.integration.conference_floor import CALL, CASE, EXCHANGE
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import (
    OFFER_S,
    TERMS,
    broken_promises,
    kept_on,
    load_of,
    offered,
    presence_of,
    queue,
    ready,
    rows,
    told_on,
)

AGENT_ROLE, CITIZEN = Role.AGENT, Role.CITIZEN
DIAL, JOIN, HANG_UP = legs_pb2.LEG_COMMAND_DIAL, legs_pb2.LEG_COMMAND_JOIN, legs_pb2.LEG_COMMAND_HANG_UP


both, clock, database = shared("routing", metadata)


@pytest.fixture
def centre(database: Database, clock: Clock) -> Centre:
    """Kim is ready, and a citizen is on the line and offered to them."""
    centre = Centre(database, clock, CONNECTING)
    ready(database, "kim", chats=4)
    queue(database, clock, CASE, medium="voice")
    centre.calls_in()
    return centre


def test_who_takes_a_call_is_called_and_then_the_citizen_is_put_through(centre: Centre) -> None:
    item = centre.take()
    assert (centre.found.row.purpose, centre.found.row.work_item_id) == (Purpose.TALK, item.id)
    assert [(one.command, one.dial_to.account) for one in centre.asked] == [(DIAL, "kim")]
    agent = centre.last(AGENT_ROLE).id
    centre.done(agent)
    centre.hear(agent, LegState.RINGING)
    assert (centre.stands(), len(centre.asked)) == (ConferenceState.REQUESTED, 1), "music until somebody is there"
    centre.up(AGENT_ROLE)
    assert (centre.asked[-1].command, centre.asked[-1].leg_id) == (JOIN, CALL)
    assert centre.stands() is ConferenceState.BRIDGED
    assert centre.item().conference_id == centre.conference_id
    assert centre.record()[0] == ("started", "talk")
    assert centre.moves() == ["bridged"]


def test_a_repeated_acceptance_finds_the_talk_that_the_first_began(centre: Centre) -> None:
    offer, *_ = centre.database.run(offers.pending_of, "kim")
    found = [centre.run(desk.accept_offer, offer.id, "kim", OFFER_S, CONNECTING).conference_id for _ in range(2)]
    assert found[0] == found[1]
    assert centre.dialled() == ["kim"]


def test_where_the_exchange_connects_agents_nothing_is_begun(centre: Centre) -> None:
    centre.lines = NO_LINES
    assert centre.take().conference_id is None
    centre.hear(CALL, LegState.HELD, case_id=CASE)
    assert (centre.asked, centre.find()) == ([], None)


def test_work_without_a_call_begins_no_talk(database: Database, clock: Clock) -> None:
    centre = Centre(database, clock, CONNECTING)
    ready(database, "kim", chats=4)
    queue(database, clock, CASE, medium="voice")
    assert centre.take().conference_id is None
    assert centre.asked == []


def test_a_call_that_is_heard_of_after_its_work_was_taken_is_put_through(database: Database, clock: Clock) -> None:
    centre = Centre(database, clock, CONNECTING)
    ready(database, "kim", chats=4)
    queue(database, clock, CASE, medium="voice")
    centre.take()
    for _ in range(2):
        centre.calls_in()
    centre.find()
    assert centre.dialled() == ["kim"]
    assert centre.item().conference_id == centre.conference_id
    changes = database.run(desk_reading.read_changes, "kim", 0)
    assert changes is not None
    assert [one.work_item.conference_id for one in changes if one.work_item is not None][-1] == centre.conference_id
    assert broken_promises(database) == []


def test_a_call_and_an_acceptance_that_came_at_once_find_each_other(centre: Centre, database: Database) -> None:
    with database.engine.begin() as connection:  # as one that could not see the other
        connection.exec_driver_sql("UPDATE citizen_call SET state = 'ended'")
    assert centre.take().conference_id is None
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE citizen_call SET state = 'up'")
    for _ in range(2):
        centre.run(hearing.find_call, CASE, CONNECTING)
    assert centre.dialled() == ["kim"]


def test_a_citizen_who_calls_again_while_the_agent_has_the_work_is_put_through_again(centre: Centre) -> None:
    centre.take()
    centre.up(AGENT_ROLE)
    centre.hear(CALL, LegState.ENDED, reason="failed", case_id=CASE)
    assert centre.stands() is ConferenceState.ENDED
    assert centre.hung_up() == [centre.last(AGENT_ROLE).id]
    centre.hear(centre.last(AGENT_ROLE).id, LegState.ENDED, reason="done")
    first, again = centre.conference_id, "0199e0f2-7c00-7abc-8def-0000000000cb"
    centre.pass_by(1)
    centre.calls_in(again)
    assert centre.find().id != first
    centre.up(AGENT_ROLE)
    assert (centre.asked[-1].command, centre.asked[-1].leg_id) == (JOIN, again)


def test_an_agent_who_hangs_up_ends_it_and_late_news_begin_no_other(centre: Centre) -> None:
    centre.take()
    centre.up(AGENT_ROLE)
    centre.hear(centre.last(AGENT_ROLE).id, LegState.ENDED, reason="done")
    assert (centre.stands(), centre.hung_up()) == (ConferenceState.ENDED, [CALL])
    for state in (LegState.HELD, LegState.UP):
        centre.clock.pass_by(1)
        centre.hear(CALL, state, case_id=CASE)
        centre.run(hearing.find_call, CASE, CONNECTING)
    assert centre.dialled() == ["kim"]


def test_news_that_come_twice_or_in_wrong_order_change_nothing(centre: Centre) -> None:
    centre.take()
    agent = centre.last(AGENT_ROLE).id
    centre.hear(agent, LegState.UP)
    before = centre.record()
    for state in (LegState.UP, LegState.RINGING, LegState.DIALLING):
        centre.hear(agent, state)
    centre.done(agent)
    centre.calls_in()
    assert (centre.record(), [one.command for one in centre.asked]) == (before, [DIAL, JOIN])
    centre.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    centre.hear(CALL, LegState.UP, case_id=CASE)
    assert centre.stands() is ConferenceState.ENDED


def test_work_of_an_agent_who_does_not_answer_keeps_its_place_and_the_citizen_waits_on(
    centre: Centre, database: Database, clock: Clock
) -> None:
    queued = centre.item()
    centre.take()
    clock.pass_by(1)
    ready(database, "lee", chats=4)
    centre.not_answered()
    assert (centre.stands(), centre.dialled()) == (ConferenceState.FAILED, ["kim", "kim"])
    assert CALL not in centre.hung_up()
    assert centre.item().state == WorkState.ASSIGNED, "whoever changes a desk takes the agent first"
    centre.gives_back()
    item = centre.item()
    assert (item.state, item.agent_id, item.rank) == (WorkState.OFFERED, "lee", queued.rank)
    found: Any = database.run(agents.agent, "kim")
    assert (found.presence, found.presence_reason, found.load) == (Presence.PAUSED, TELEPHONE, 0)
    assert broken_promises(database) == []
    centre.take("lee")
    centre.up(AGENT_ROLE)
    assert (centre.asked[-1].command, centre.asked[-1].leg_id) == (JOIN, CALL)
    assert centre.stands() is ConferenceState.BRIDGED
    assert broken_promises(database) == []


def test_the_explanation_says_that_the_telephone_was_not_answered(
    centre: Centre, database: Database, clock: Clock
) -> None:
    item = centre.take()
    centre.not_answered()
    centre.gives_back()
    clock.pass_by(60)
    first, now = database.run(explaining.explain, item.id).decisions
    assert first.offer is not None
    assert (first.offer.agent_id, first.offer.unreached, now.offer) == ("kim", 1, None)
    assert now.sorted.ineligible == {(Ineligibility.PAUSED, ""): ["kim"]}


def test_a_busy_telephone_is_called_once_more(centre: Centre) -> None:
    centre.take()
    first = centre.last(AGENT_ROLE).id
    centre.done(first)
    centre.hear(first, LegState.ENDED, reason="busy")
    assert centre.stands() is ConferenceState.REQUESTED
    centre.pass_by(AGAIN_S)
    centre.up(AGENT_ROLE)
    assert (centre.stands(), len(centre.dialled())) == (ConferenceState.BRIDGED, 2)


def test_an_exchange_that_never_begins_to_call_costs_no_agent_their_work(centre: Centre) -> None:
    centre.take()
    for _ in range(AGENT_CALLS):
        centre.pass_by(NOT_ANSWERED_S)
        centre.pass_by(AGAIN_S)
    centre.gives_back()
    assert centre.stands() is ConferenceState.FAILED
    assert (centre.item().state, presence_of(centre.database, "kim")) == (WorkState.ASSIGNED, Presence.READY)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("failed", WorkState.ASSIGNED), ("expired", WorkState.ASSIGNED), ("refused", WorkState.QUEUED)],
)
def test_what_is_the_exchanges_fault_is_not_the_agents(centre: Centre, outcome: str, state: WorkState) -> None:
    centre.take()
    for _ in range(AGENT_CALLS):
        centre.done(centre.last(AGENT_ROLE).id, outcome)
        centre.pass_by(AGAIN_S)
    centre.gives_back()
    assert (centre.stands(), centre.item().state) == (ConferenceState.FAILED, state)


def test_a_citizen_who_hangs_up_while_the_agent_is_called_gives_no_work_back(centre: Centre) -> None:
    centre.take()
    centre.not_answered()
    centre.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    centre.run(desk.call_ended, CASE)
    centre.gives_back()
    assert (centre.item().state, centre.item().agent_id) == (WorkState.WRAPPING, "kim")
    assert presence_of(centre.database, "kim") == Presence.READY


@pytest.mark.parametrize("how", ["finished", "wrapped up"])
def test_work_that_the_agent_is_done_with_ends_its_talk(centre: Centre, how: str) -> None:
    item = centre.take()
    centre.up(AGENT_ROLE)
    if how == "finished":
        centre.run(desk.finish_work, item.id, "kim", close_case=True, seen=1, terms=TERMS)
    else:
        centre.run(desk.start_wrap_up, item.id, "kim")
    assert centre.stands() is ConferenceState.ENDED
    assert set(centre.hung_up()) == {CALL, centre.last(AGENT_ROLE).id}
    assert centre.record()[-1] == ("moved", "")


def test_who_ends_a_talk_is_told_of_the_next_by_the_number_that_is_kept(
    centre: Centre, database: Database, clock: Clock
) -> None:
    item = centre.take()
    centre.up(AGENT_ROLE)
    queue(database, clock, "next")
    before = kept_on(database, "kim", 0)[-1][0]
    database.take_signals()
    centre.run(desk.finish_work, item.id, "kim", close_case=True, seen=1, terms=TERMS)
    assert told_on(database, "kim") == kept_on(database, "kim", before)
    assert offered(database, "kim") == ["next"]


def test_a_citizen_whose_call_nobody_answered_waits_on_when_the_work_is_finished(
    centre: Centre, database: Database, clock: Clock
) -> None:
    item = centre.take()
    queue(database, clock, CASE, medium="voice", contact_sequence=2)
    centre.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    assert centre.hung_up() == [centre.last(AGENT_ROLE).id]
    assert offered(database, "kim") == [CASE]


def calls_back(centre: Centre, **wish: Any) -> Any:
    item = centre.item()
    centre.run(callbacks.request_callback, item.id, Wish(medium="voice", **wish), USUAL_COSTS)
    ready(centre.database, "kim", chats=4)
    return centre.take()


def test_a_citizen_who_is_called_back_is_called_once_the_agent_is_there(database: Database, clock: Clock) -> None:
    centre = Centre(database, clock, CONNECTING)
    centre.calls_in("0199e0f2-7c00-7abc-8def-0000000000cc", "0199e0f2-7c00-7abc-8def-000000000001")
    queue(database, clock, CASE, medium="voice")
    calls_back(centre, channel=EXCHANGE)
    assert centre.dialled() == ["kim"]
    centre.up(AGENT_ROLE)
    assert centre.dialled() == ["kim", CASE]
    centre.up(CITIZEN)
    assert centre.stands() is ConferenceState.BRIDGED


def test_a_callback_of_an_agent_who_does_not_answer_goes_back_as_a_callback(database: Database, clock: Clock) -> None:
    centre = Centre(database, clock, CONNECTING)
    centre.calls_in("0199e0f2-7c00-7abc-8def-0000000000cc", "0199e0f2-7c00-7abc-8def-000000000001")
    queue(database, clock, CASE, medium="voice")
    calls_back(centre)
    centre.not_answered()
    centre.gives_back()
    assert (centre.item().state, centre.item().callback_at is not None) == (WorkState.QUEUED, True)
    assert load_of(database, "kim") == 0
    assert broken_promises(database) == []


@pytest.mark.parametrize("wish", [{}, {"channel": EXCHANGE, "point": "identity-7"}])
def test_where_no_exchange_tells_of_calls_or_another_number_was_given_the_agent_calls(
    database: Database, clock: Clock, wish: dict[str, str]
) -> None:
    centre = Centre(database, clock, CONNECTING)
    if wish:
        centre.calls_in("0199e0f2-7c00-7abc-8def-0000000000cc", "0199e0f2-7c00-7abc-8def-000000000001")
    queue(database, clock, CASE, medium="voice")
    assert calls_back(centre, **wish).conference_id is None
    assert (centre.asked, rows(database, "SELECT id FROM conference")) == ([], [])
