"""Interpreters in calls, as routing has them: translation wants one, routing calls them and tells. Both databases."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2, legs_pb2

from chassis.database import Database
from services.routing.domain.conference import GRACE_S, ConferenceState, LegState, Purpose, Role
from services.routing.tables import metadata
from services.routing.use_cases import calling_interpreters, conferencing
from services.routing.use_cases.conducting import WantedInterpreter
from tests.integration.call_centre import CONNECTING, Centre
from tests.integration.conference_floor import AGENT, CALL, CASE, POLICE
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import queue, ready

INTERPRETER, AGENT_ROLE = Role.INTERPRETER, Role.AGENT
DIAL, HANG_UP = legs_pb2.LEG_COMMAND_DIAL, legs_pb2.LEG_COMMAND_HANG_UP
RING_S, PATIENCE_S = 25, 60.0
LINE = legs_pb2.DialTo(account="bbb-9")
WORDS = legs_pb2.Announcement(text="120 콜센터입니다. 몽골어 통역을 요청합니다.", language="ko")


both, clock, database = shared("routing", metadata)


@pytest.fixture
def centre(database: Database, clock: Clock) -> Centre:
    """Kim talks with a citizen."""
    centre = Centre(database, clock, CONNECTING)
    ready(database, "kim", chats=4)
    queue(database, clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    centre.up(AGENT_ROLE)
    centre.asked.clear()
    return centre


def want(centre: Centre, attempt: int = 1, *, case_id: str = CASE, session_id: str = "s-1") -> None:
    wanted = WantedInterpreter(
        session_id, attempt, case_id, LINE, RING_S, centre.clock().timestamp() + PATIENCE_S, WORDS
    )
    centre.run(calling_interpreters.want, wanted, centre.lines)


def unwant(centre: Centre, attempt: int = 1) -> None:
    centre.run(calling_interpreters.unwant, "s-1", attempt, centre.lines)


def told(centre: Centre) -> list[tuple[int, str, str]]:
    """What translation heard: the attempt, where the telephone stands, and why it ended."""
    return [
        (one.attempt_number, case_pb2.CallState.Name(one.state).removeprefix("CALL_STATE_").lower(), one.reason)
        for one in centre.interpreters
    ]


def test_who_is_wanted_is_called_onto_the_bridge_and_translation_hears_how_far_they_are(centre: Centre) -> None:
    want(centre)
    (asked,) = centre.asked
    assert (asked.command, asked.dial_to, asked.announcement, asked.ring_seconds) == (DIAL, LINE, WORDS, RING_S)
    assert (asked.conference_id, asked.muted) == (centre.conference_id, False)
    leg = centre.last(INTERPRETER).id
    centre.done(leg)
    for state in (LegState.RINGING, LegState.UP):
        centre.hear(leg, state)
    assert told(centre) == [(1, "dialling", ""), (1, "ringing", ""), (1, "up", "")]
    assert {one.conference_id for one in centre.interpreters} == {centre.conference_id}
    assert centre.stands() is ConferenceState.BRIDGED


def test_the_same_wish_twice_calls_once(centre: Centre) -> None:
    want(centre)
    want(centre)
    assert [one.command for one in centre.asked] == [DIAL]
    want(centre, attempt=2)
    assert [one.command for one in centre.asked] == [DIAL, DIAL]


@pytest.mark.parametrize("reason", ["busy", "refused", "failed"])
def test_who_does_not_come_is_told_so_that_the_next_is_asked_and_the_talk_goes_on(centre: Centre, reason: str) -> None:
    want(centre)
    leg = centre.last(INTERPRETER).id
    centre.done(leg)
    centre.hear(leg, LegState.ENDED, reason=reason)
    assert told(centre)[-1] == (1, "ended", reason)
    assert centre.stands() is ConferenceState.BRIDGED
    assert centre.hung_up() == []


def test_who_lets_it_ring_is_given_up(centre: Centre) -> None:
    want(centre)
    leg = centre.last(INTERPRETER).id
    centre.done(leg)
    centre.pass_by(RING_S + GRACE_S)
    assert told(centre)[-1] == (1, "ended", "no_answer")
    assert centre.hung_up() == [leg]


def test_a_citizen_who_hangs_up_ends_it_for_the_interpreter_too(centre: Centre) -> None:
    want(centre)
    centre.up(INTERPRETER)
    leg = centre.last(INTERPRETER).id
    centre.hear(CALL, LegState.ENDED, case_id=CASE)
    assert centre.stands() is ConferenceState.ENDED
    assert leg in centre.hung_up()
    centre.hear(leg, LegState.ENDED, reason="done")
    assert told(centre)[-1] == (1, "ended", "no_call")


def test_an_interpreter_who_leaves_a_talk_leaves_the_others_there(centre: Centre) -> None:
    want(centre)
    centre.up(INTERPRETER)
    centre.hear(centre.last(INTERPRETER).id, LegState.ENDED, reason="done")
    assert told(centre)[-1] == (1, "ended", "done")
    assert centre.stands() is ConferenceState.BRIDGED


def test_who_is_not_wanted_any_more_is_hung_up(centre: Centre) -> None:
    want(centre)
    leg = centre.last(INTERPRETER).id
    centre.done(leg)
    centre.hear(leg, LegState.UP)
    unwant(centre)
    assert centre.hung_up() == [leg]
    centre.hear(leg, LegState.ENDED, reason="done")
    unwant(centre)
    assert centre.hung_up() == [leg]


def test_who_is_not_wanted_before_the_exchange_began_is_never_called(centre: Centre) -> None:
    want(centre)
    unwant(centre)
    assert told(centre) == [(1, "ended", "cancelled")]
    assert centre.last(INTERPRETER).state == LegState.ENDED
    unwant(centre, attempt=7)


def test_where_there_is_no_call_or_it_is_too_late_nobody_is_called(centre: Centre) -> None:
    want(centre, case_id=str(uuid4()))
    assert (told(centre), centre.asked) == ([(1, "ended", "no_call")], [])
    wanted = WantedInterpreter("s-1", 2, CASE, LINE, RING_S, centre.clock().timestamp(), WORDS)
    centre.run(calling_interpreters.want, wanted, centre.lines)
    assert (told(centre)[-1], centre.asked) == ((2, "ended", "expired"), [])


def test_a_talk_that_becomes_a_safety_conference_keeps_its_interpreter(centre: Centre) -> None:
    want(centre)
    centre.up(INTERPRETER)
    before: Any = centre.last(INTERPRETER)
    new = conferencing.NewConference(request_id="r-1", case_id=CASE, target=POLICE)
    centre.run(conferencing.start, new, AGENT, centre.lines)
    assert centre.found.row.purpose == Purpose.SAFETY
    assert (centre.last(INTERPRETER).id, centre.last(INTERPRETER).state) == (before.id, LegState.UP)
    assert centre.hung_up() == []


def test_an_interpreter_alone_does_not_hold_the_agent_on_a_bridge(centre: Centre) -> None:
    want(centre)
    centre.up(INTERPRETER)
    centre.hear(centre.last(AGENT_ROLE).id, LegState.ENDED, reason="done")
    assert centre.stands() is ConferenceState.ENDED
    assert {CALL, centre.last(INTERPRETER).id} <= set(centre.hung_up())
