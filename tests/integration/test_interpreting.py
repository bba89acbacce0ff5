"""Sessions with interpreters, use case by use case, on real SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from hub120.intake.v1 import events_pb2 as intake
from hub120.routing.v1 import events_pb2 as routing
from hub120_sdk import SessionNoted

from chassis.database import Database
from chassis.errors import HubError, NotFound, PermissionDenied
from chassis.telemetry import sending
from services.translation import heeding
from services.translation.domain.sessions import (
    JOIN_S,
    LAST_WORDS_S,
    Said,
    SessionState,
)
from services.translation.store import sessions as store
from services.translation.tables import metadata
from services.translation.use_cases import sessions
from tests.integration.databases import Clock, led, shared
from tests.integration.interpreting_desk import (
    AGENT,
    CASE,
    CHIEF,
    MACHINE,
    OTHER,
    A,
    Desk,
    update,
)
from tests.measuring import measuring

ANSWER_S = 30.0
WORK, OTHER_WORK = "0199e0f2-7c00-7abc-8def-0000000000aa", "0199e0f2-7c00-7abc-8def-0000000000ab"


both, clock, database = shared("translation", metadata)


desk = led(Desk)


def refused(code: str) -> pytest.RaisesExc[HubError]:
    return pytest.raises(HubError, check=lambda error: error.reason == code)


def test_a_written_session_that_goes_well_is_told_step_by_step(desk: Desk) -> None:
    desk.start()
    desk.reached()
    desk.says(Said.ACCEPTED, interpreter="bbb-17")
    desk.says(Said.JOINED)
    assert desk.stands() is SessionState.CONNECTED
    desk.words()
    desk.words()
    desk.end()
    assert desk.asked() == ["a"]
    assert desk.moves() == ["offered", "connected", "relaying", "ended"]
    (attempt,) = desk.found.attempts
    assert (attempt.outcome, attempt.interpreter) == ("accepted", "bbb-17")
    assert None not in (attempt.requested_at, attempt.accepted_at, attempt.joined_at, attempt.ended_at)


@pytest.mark.parametrize("first", ["the answer", "asked", "accepted"])
def test_how_soon_a_partner_had_the_request_is_measured_once_whatever_is_heard_first(desk: Desk, first: str) -> None:
    def measured() -> list[tuple[int, float]]:
        found = [one for one in sending.summed() if one.name == "hub120.interpreter.request_duration"]
        return [(point.count, point.sum) for one in found for point in one.data.data_points]  # type: ignore[union-attr]

    with measuring():
        desk.start()
        desk.pass_by(1.5)
        if first == "the answer":
            desk.reached()
        else:
            desk.says(Said[first.upper()])
        assert measured() == [(1, 1.5)]
        desk.pass_by(1.0)
        desk.reached()
        desk.says(Said.ACCEPTED)
        assert measured() == [(1, 1.5)]


def test_only_what_happens_in_interpreted_cases_is_gone_through(desk: Desk, database: Database) -> None:
    plain, brought_in = OTHER_WORK, WORK
    desk.start()
    events = [
        intake.ContactReceived(case_id=plain),
        routing.WorkDone(case_id=CASE),
        routing.WorkDone(case_id=brought_in),
        routing.WorkAssigned(case_id=brought_in, interpreted_language="ar"),
        routing.WorkAssigned(case_id=plain),
        intake.CaseCorrected(case_id=plain),
        routing.InterpreterLegChanged(session_id=plain),
    ]
    assert database.run(heeding.heeded, events) == [False, True, True, True, False, True, True]
    desk.end()
    assert database.run(heeding.heeded, [routing.WorkDone(case_id=CASE)]) == [False], "it is over"
    assert database.run(heeding.heeded, []) == []


def test_a_repeated_request_finds_the_session_and_a_second_one_is_refused(desk: Desk) -> None:
    first = desk.start().row.id
    assert desk.start().row.id == first
    with refused("SESSION_GOES_ON"):
        desk.start(request_id="r-2")
    desk.end()
    assert desk.start(request_id="r-2").row.id != first
    assert desk.asked() == ["a", "a"]


def test_who_declines_or_does_not_answer_makes_way_for_the_next_and_behind_the_last_is_the_callback(
    desk: Desk,
) -> None:
    desk.start()
    desk.says(Said.DECLINED, reason="busy")
    assert desk.asked() == ["a", "b"]
    desk.pass_by(19)
    assert desk.stands() is SessionState.OFFERED
    desk.pass_by(1)
    assert desk.stands() is SessionState.CALLBACK
    assert desk.outcomes() == ["declined", "no_answer"]
    assert desk.moves() == ["offered", "unanswered", "offered", "unanswered", "exhausted", "callback"]
    assert desk.released() == [("b", 2)], "who has declined need not be told"
    assert desk.found.row.ended_at is not None
    assert desk.found.attempts[0].reason == "busy"


def test_where_nobody_covers_a_language_the_callback_is_the_answer_at_once(desk: Desk) -> None:
    desk.abilities = {"a": ("ar",), "b": ("ar",)}
    assert desk.start().row.state == SessionState.CALLBACK
    assert desk.asked() == []


def test_who_accepts_and_does_not_come_makes_way(desk: Desk) -> None:
    desk.start()
    desk.says(Said.ACCEPTED)
    desk.pass_by(JOIN_S)
    assert desk.asked() == ["a", "b"]
    assert desk.outcomes() == ["no_answer", ""]
    assert desk.found.attempts[0].reason == "not_joined"
    assert desk.released() == [("a", 1)]


def test_who_leaves_is_replaced_and_the_conversation_goes_on(desk: Desk) -> None:
    desk.start()
    desk.says(Said.JOINED)
    desk.words()
    desk.says(Said.LEFT)
    assert desk.stands() is SessionState.OFFERED
    desk.says(Said.JOINED, "b")
    desk.words()
    assert desk.stands() is SessionState.RELAYING
    assert desk.outcomes() == ["dropped", "accepted"]
    assert desk.found.row.connected_at == desk.found.attempts[0].accepted_at


def test_a_partner_that_cannot_be_reached_makes_way_at_once(desk: Desk) -> None:
    desk.start()
    desk.not_reached()
    desk.not_reached(1)
    assert desk.asked() == ["a", "b"]
    assert desk.outcomes() == ["failed", ""]


def test_what_a_partner_says_at_once_counts_like_a_callback(desk: Desk) -> None:
    desk.start()
    desk.reached(Said.DECLINED, reason="closed")
    desk.reached(Said.ACCEPTED)
    assert desk.outcomes() == ["declined", "accepted"]
    assert desk.stands() is SessionState.CONNECTED


def test_a_callback_that_is_faster_than_the_answer_to_the_request_counts(desk: Desk) -> None:
    desk.start()
    desk.says(Said.JOINED, update_id=update())
    desk.reached(Said.ASKED)
    assert desk.stands() is SessionState.CONNECTED
    assert desk.outcomes() == ["accepted"]


def test_a_request_that_arrives_when_nobody_waits_any_more_is_taken_back(desk: Desk) -> None:
    desk.start()
    desk.pass_by(ANSWER_S)
    desk.reached(Said.ACCEPTED, number=1)
    assert desk.released() == [("a", 1), ("a", 1)]
    assert desk.outcomes() == ["no_answer", ""]


def test_a_machine_is_connected_without_being_asked_and_marked(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, A, MACHINE)
    desk.start()
    desk.says(Said.DECLINED)
    assert desk.stands() is SessionState.CONNECTED
    assert desk.told[-1].machine
    desk.pass_by(3600)
    assert desk.stands() is SessionState.CONNECTED
    desk.words()
    assert desk.stands() is SessionState.RELAYING
    desk.end()
    desk.pass_by(LAST_WORDS_S)
    assert desk.released() == [], "a machine need not be told"


def test_whoever_does_not_understand_the_interpreter_asks_for_another_once(desk: Desk) -> None:
    desk.start()
    desk.says(Said.JOINED)
    desk.replace(1, reason="사투리를 알아듣지 못함")
    desk.replace(1)
    assert desk.asked() == ["a", "b"]
    assert desk.released() == [("a", 1)]
    assert desk.found.attempts[0].reason == "replaced"
    assert desk.trail() == [("kim", "replaced", 1)]
    desk.says(Said.DECLINED, "b")
    with refused("SESSION_OVER"):
        desk.replace(2)


def test_a_written_conversation_keeps_its_interpreter_for_the_last_words(desk: Desk) -> None:
    desk.start()
    desk.says(Said.JOINED)
    desk.words()
    desk.end()
    desk.end()
    desk.pass_by(LAST_WORDS_S - 1)
    assert desk.released() == []
    desk.pass_by(1)
    desk.pass_by(1)
    assert desk.released() == [("a", 1)]


def test_who_is_called_off_before_anybody_came_is_told_at_once(desk: Desk) -> None:
    desk.start()
    desk.end()
    assert desk.stands() is SessionState.CANCELLED
    assert desk.outcomes() == ["withdrawn"]
    assert desk.released() == [("a", 1)]


def test_a_session_ends_with_its_case(desk: Desk) -> None:
    desk.start()
    desk.says(Said.JOINED)
    desk.run(sessions.end_with_case, CASE)
    desk.run(sessions.end_with_case, CASE)
    assert desk.stands() is SessionState.ENDED
    assert desk.moves().count("ended") == 1


def test_a_session_ends_with_its_work_and_goes_with_it_to_another_agent(desk: Desk) -> None:
    desk.start(work_item_id=WORK)
    desk.run(sessions.end_with_work, CASE, OTHER_WORK)
    desk.run(sessions.take_over, CASE, OTHER_WORK, "lee")
    assert desk.found.row.agent_id == "kim"
    desk.run(sessions.take_over, CASE, WORK, "lee")
    desk.run(sessions.take_over, CASE, WORK, "lee")
    assert desk.found.row.agent_id == "lee"
    with pytest.raises(PermissionDenied):
        desk.end(AGENT)
    desk.run(sessions.end_with_work, CASE, WORK)
    desk.run(sessions.end_with_work, CASE, WORK)
    assert desk.stands() is SessionState.CANCELLED


def test_agents_lead_their_own_sessions_and_supervisors_all(desk: Desk) -> None:
    session_id = desk.start().row.id
    with pytest.raises(PermissionDenied):
        desk.end(OTHER)
    with pytest.raises(PermissionDenied):
        desk.replace(1, OTHER)
    with pytest.raises(PermissionDenied):
        desk.start(actor=OTHER)
    with pytest.raises(PermissionDenied):
        desk.run(sessions.read, session_id, OTHER)
    assert desk.run(sessions.list_sessions, "", OTHER, None, 10, active=False) == []
    assert len(desk.run(sessions.list_sessions, CASE, OTHER, None, 10, active=False)) == 1
    assert len(desk.run(sessions.list_sessions, "", CHIEF, None, 10, active=True)) == 1
    desk.end(CHIEF)
    assert desk.run(sessions.list_sessions, "", AGENT, None, 10, active=True) == []
    with pytest.raises(NotFound):
        desk.run(sessions.end, CASE, AGENT)


def test_what_comes_late_twice_or_about_others_changes_nothing_and_is_on_the_trail(desk: Desk) -> None:
    desk.start()
    once = update()
    assert desk.says(Said.ACCEPTED, update_id=once) == SessionNoted(known=True)
    assert desk.says(Said.LEFT, update_id=once) == SessionNoted(known=True, duplicate=True)
    assert desk.says(Said.LEFT, "b") == SessionNoted(known=False)
    assert desk.says(Said.LEFT, number=7) == SessionNoted(known=False)
    assert desk.says(Said.LEFT, number=2**70) == SessionNoted(known=False)
    assert desk.says(Said.LEFT, session_id="no id \x00") == SessionNoted(known=False)
    desk.end()
    assert desk.says(Said.JOINED) == SessionNoted(known=True, over=True)
    assert desk.says(Said.JOINED) == SessionNoted(known=True, over=True)
    assert desk.says(Said.ENDED) == SessionNoted(known=True), "who was let go says so"
    assert desk.stands() is SessionState.ENDED
    assert desk.outcomes() == ["accepted"]
    assert sorted(desk.trail()) == [("a", "duplicate", 1), ("a", "late", 2)]
    assert sorted(desk.trail("")) == [("a", "unknown_session", 3), ("b", "unknown_session", 1)]


def test_a_partners_name_for_somebody_is_kept_unless_it_may_be_a_persons(desk: Desk) -> None:
    desk.start()
    desk.says(Said.ASKED, interpreter="홍길동")
    assert desk.found.attempts[0].interpreter == ""
    desk.says(Said.ASKED, interpreter="010-1234-5678".replace("-", ""))
    assert desk.found.attempts[0].interpreter == ""
    desk.says(Said.DECLINED, interpreter="bbb-17", reason="홍길동은 오늘 쉽니다")
    assert (desk.found.attempts[0].interpreter, desk.found.attempts[0].reason) == ("bbb-17", "other")


def test_each_change_has_a_number_of_its_own(desk: Desk) -> None:
    seen = [desk.start().row.sequence]
    desk.says(Said.ACCEPTED)
    seen.append(desk.found.row.sequence)
    desk.says(Said.JOINED)
    seen.append(desk.found.row.sequence)
    desk.end()
    seen.append(desk.found.row.sequence)
    assert seen == sorted(set(seen))
    assert desk.database.read(store.sequences, [desk.session_id]) == {desk.session_id: seen[-1]}
