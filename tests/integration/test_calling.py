"""What exchanges tell of the legs of calls, use case by use case, on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hub120.intake.v1 import case_pb2, events_pb2
from hypothesis import given
from hypothesis import strategies as st

from chassis.database import Database, Tx
from services.intake import protos
from services.intake.domain.calls import CallEnd, CallNews, CallState, moves_leg
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.tables import metadata
from services.intake.use_cases import calling, casework, receiving
from services.intake.use_cases.casework import Reader
from tests.integration.databases import Clock, emptied, opened
from tests.integration.routing_floor import rows

EXCHANGE, LEG = "phone", "1795336828.0"
OURS, CONFERENCE, OTHER = (f"0199e0f2-7c00-7abc-8def-00000000000{number}" for number in (1, 2, 3))
READER = Reader("kim", "GetCase", "case work")
CALLER = Sender("phone", "+821055501234", verified=True)
RINGS, UP, HELD, ENDED = CallState.RINGING, CallState.UP, CallState.HELD, CallState.ENDED


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


def calls_in(database: Database, *, medium: str = "voice") -> Kept:
    new = NewContact(EXCHANGE, medium, LEG, CALLER)
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


def news(state: CallState, at: float, **more: Any) -> CallNews:
    return CallNews(LEG, state, at, **more)


def tell(database: Database, *told: CallNews) -> list[events_pb2.CallChanged]:
    """Record them one after another; the events for other services."""

    def record(tx: Tx, one: CallNews) -> list[events_pb2.CallChanged]:
        calling.record_call(tx, EXCHANGE, one)
        return [
            events_pb2.CallChanged.FromString(message.body)
            for message in tx.outgoing
            if message.key.endswith("CallChanged")
        ]

    return [message for one in told for message in database.run(record, one)]


def history(database: Database, case_id: str) -> list[case_pb2.Call]:
    _, told = database.run(casework.read_case, case_id, READER)
    entries = [protos.entry(one) for one in told]
    return [one.call for one in entries if one.WhichOneof("what") == "call"]


def leg(database: Database) -> Any:
    (found,) = rows(database, "SELECT * FROM call_leg")
    return found


def test_a_citizens_call_is_told_in_the_case_with_its_times(database: Database) -> None:
    case = calls_in(database)
    tell(database, news(RINGS, 10), news(UP, 14), news(HELD, 20), news(UP, 25), news(ENDED, 60, reason=CallEnd.DONE))
    told = history(database, case.case_id)
    assert [one.state for one in told] == [
        case_pb2.CALL_STATE_RINGING,
        case_pb2.CALL_STATE_UP,
        case_pb2.CALL_STATE_HELD,
        case_pb2.CALL_STATE_UP,
        case_pb2.CALL_STATE_ENDED,
    ]
    last = told[-1]
    assert (last.leg_id, last.contact_id, last.channel) == (LEG, case.contact_id, EXCHANGE)
    assert last.end_reason == case_pb2.CALL_END_REASON_DONE
    assert (last.start_time.seconds, last.answer_time.seconds, last.end_time.seconds) == (10, 14, 60)
    assert not told[0].HasField("end_time")
    assert told[0].end_reason == case_pb2.CALL_END_REASON_UNSPECIFIED


def test_events_twice_and_in_any_order_come_to_the_same_end(database: Database) -> None:
    told = [news(RINGS, 10), news(UP, 14), news(HELD, 20), news(ENDED, 60, reason=CallEnd.DONE)]
    for order in permutations(told):
        tell(database, *order, *order)
        found = leg(database)
        stood = (found["state"], found["started_at"], found["answered_at"], found["ended_at"], found["end_reason"])
        assert stood == ("ended", 10, 14, 60, "done"), order
        emptied(database, metadata)


def test_the_exchanges_own_number_counts_before_its_clock(database: Database) -> None:
    tell(database, news(HELD, 20, sequence=5), news(UP, 99, sequence=4))
    assert leg(database)["state"] == HELD
    tell(database, news(UP, 21, sequence=6))
    assert leg(database)["state"] == UP


def test_a_second_delivery_of_an_event_changes_nothing(database: Database) -> None:
    case = calls_in(database)
    assert len(tell(database, news(UP, 14, conference_id=CONFERENCE))) == 1
    assert tell(database, news(UP, 14, conference_id=CONFERENCE)) == []
    assert len(history(database, case.case_id)) == 1


@pytest.mark.parametrize("adopted_by", ["the contact itself", "the timer"])
def test_what_came_before_its_contact_is_kept_for_it(database: Database, adopted_by: str) -> None:
    tell(database, news(RINGS, 10), news(UP, 14))
    assert leg(database)["case_id"] is None
    # a text contact adopts nothing itself: as if it had been recorded at the very same time
    case = calls_in(database, medium="voice" if adopted_by == "the contact itself" else "text")
    assert database.run(calling.adopt_early_legs) == (0 if adopted_by == "the contact itself" else 1)
    assert [one.state for one in history(database, case.case_id)] == [case_pb2.CALL_STATE_UP]
    assert database.run(calling.adopt_early_legs) == 0
    tell(database, news(ENDED, 20, reason=CallEnd.DONE))
    assert len(history(database, case.case_id)) == 2


def test_what_is_no_citizens_call_is_given_to_nobody(database: Database, clock: Clock) -> None:
    tell(database, news(UP, 14))
    clock.pass_by(calling.EARLY_LEGS_KEPT_S + 1)
    calls_in(database, medium="text")
    assert database.run(calling.adopt_early_legs) == 0


def test_other_services_hear_of_legs_by_ids_that_name_nobody(database: Database) -> None:
    case = calls_in(database)
    (event,) = tell(database, news(UP, 14, conference_id=CONFERENCE))
    assert (event.case_id, event.contact_id, event.leg_id) == (case.case_id, case.contact_id, "")
    assert (event.conference_id, event.state) == (CONFERENCE, case_pb2.CALL_STATE_UP)
    (dialled,) = tell(database, replace(news(UP, 15), leg_id=OURS, conference_id="room of +821055501234"))
    assert (dialled.leg_id, dialled.case_id, dialled.conference_id) == (OURS, "", "")


def test_going_from_one_conference_to_another_is_heard_and_no_entry(database: Database) -> None:
    case = calls_in(database)
    told = tell(
        database,
        news(UP, 14, conference_id=CONFERENCE),
        news(UP, 15),
        news(UP, 16, conference_id=OTHER),
        news(UP, 15.5),
        news(ENDED, 17),
    )
    assert [one.conference_id for one in told] == [CONFERENCE, "", OTHER, OTHER]
    assert len(history(database, case.case_id)) == 2


TOLD = st.builds(
    CallNews, st.just(LEG), st.sampled_from(CallState), st.integers(0, 4).map(float), sequence=st.just(0)
) | st.builds(CallNews, st.just(LEG), st.sampled_from(CallState), st.just(0.0), sequence=st.integers(1, 4))


def stands(told: Sequence[CallNews]) -> CallState:
    """Where a leg stands after these, by the rule alone."""
    last = told[0]
    for one in told[1:]:
        if moves_leg(one, last.state, last.sequence, last.occurred_at):
            last = one
    return last.state


@given(st.data())
def test_any_order_of_any_events_comes_to_the_same_state(data: st.DataObject) -> None:
    numbered = data.draw(st.booleans())
    kind = TOLD.filter(lambda one: bool(one.sequence) is numbered)
    told = data.draw(st.lists(kind, min_size=1, max_size=6))
    shuffled = data.draw(st.permutations(told + told))
    assert stands(shuffled) is stands(told)
