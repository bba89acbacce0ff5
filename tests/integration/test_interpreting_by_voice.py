"""Interpreters on the telephone, volunteers in their turns, and what sessions promise whatever happens; on both
databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.database import Database
from services.translation.domain.coverage import Hours
from services.translation.domain.sessions import (
    JOIN_S,
    LAST_WORDS_S,
    OVER,
    RING_GRACE_S,
    RING_S,
    Line,
    Said,
    SessionState,
)
from services.translation.store import volunteers
from services.translation.tables import metadata
from services.translation.use_cases import hearing, helping, sessions
from services.translation.use_cases.sessions import Found, NewSession
from tests.integration.databases import Clock, emptied, led, shared
from tests.integration.interpreting_desk import (
    AGENT,
    CASE,
    MACHINE,
    TELEPHONE,
    TERMS,
    VOLUNTEERS,
    A,
    B,
    Desk,
    number,
    update,
)

ANSWER_S = 30.0


both, clock, database = shared("translation", metadata)


desk = led(Desk)


def sealed(desk: Desk) -> str:
    """The number that the last wanted telephone is called by."""
    told = desk.lines()[-1].dial_to
    return desk.database.keys.open_text(told.sealed_number, table="dial_to", column="sealed_number", row="")


def test_an_interpreter_who_named_a_telephone_is_put_on_the_line(desk: Desk) -> None:
    desk.start("voice")
    desk.says(Said.ACCEPTED, call=number())
    (wanted,) = desk.lines()
    assert (wanted.case_id, wanted.attempt_number, wanted.ring_seconds) == (CASE, 1, RING_S)
    assert wanted.announcement.text == "120 경기도 콜센터, 몽골어 통역 요청입니다."
    assert sealed(desk) == TELEPHONE
    assert TELEPHONE.encode() not in wanted.SerializeToString()
    desk.says(Said.JOINED)
    assert desk.stands() is SessionState.CONNECTED, "the exchange says when they are there"
    desk.line(Line.UP)
    desk.line(Line.UP)
    assert desk.stands() is SessionState.RELAYING
    desk.end()
    assert desk.hung_up() == [1]
    assert desk.released() == [("a", 1)], "nobody speaks any more: at once"


def test_a_telephone_that_is_named_later_is_called_then(desk: Desk) -> None:
    desk.start("voice")
    desk.says(Said.ACCEPTED, update_id=update())
    assert desk.lines() == []
    desk.says(Said.ACCEPTED, update_id=update(), call=number())
    assert len(desk.lines()) == 1
    desk.pass_by(JOIN_S)
    assert desk.stands() is SessionState.CONNECTED
    desk.pass_by(RING_S + RING_GRACE_S - JOIN_S)
    assert desk.outcomes() == ["no_answer", ""]
    assert desk.hung_up() == [1]


@pytest.mark.parametrize(
    ("before", "reason", "outcome"),
    [
        ((), "busy", "declined"),
        ((), "no_answer", "no_answer"),
        ((), "no_line", "failed"),
        ((Line.UP,), "done", "dropped"),
    ],
)
def test_when_the_telephone_ends_the_next_interpreter_is_asked(
    desk: Desk, before: tuple[Line, ...], reason: str, outcome: str
) -> None:
    desk.start("voice")
    desk.says(Said.ACCEPTED, call=number())
    for line in before:
        desk.line(line)
    desk.line(Line.ENDED, reason)
    assert desk.outcomes() == [outcome, ""]
    assert desk.stands() is SessionState.OFFERED
    assert desk.hung_up() == [], "it has ended by itself"
    assert desk.released() == [("a", 1)]


def test_when_the_whole_call_is_over_so_is_the_session(desk: Desk) -> None:
    desk.start("voice")
    desk.says(Said.ACCEPTED, call=number())
    desk.line(Line.UP)
    desk.line(Line.ENDED, "no_call")
    desk.line(Line.ENDED, "no_call")
    assert desk.stands() is SessionState.ENDED
    assert desk.asked() == ["a"]


def test_an_emergency_service_is_nobodys_interpreter(desk: Desk) -> None:
    desk.start("voice")
    desk.says(Said.ACCEPTED, call=number("112"))
    assert desk.lines() == []
    assert desk.outcomes() == ["failed", ""]


def test_news_of_an_older_attempt_change_nothing(desk: Desk) -> None:
    desk.start("voice")
    desk.says(Said.ACCEPTED, call=number())
    desk.replace(1)
    desk.line(Line.UP, number=1)
    desk.line(Line.ENDED, "no_call", number=1)
    assert desk.stands() is SessionState.OFFERED
    assert desk.outcomes() == ["accepted", ""]


def test_volunteers_are_hunted_fairly_one_after_another(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, VOLUNTEERS, A)
    for name in ("han", "oh", "seo"):
        desk.volunteer(name)
    desk.volunteer("asleep", hours=(Hours(frozenset(), 1, 2),))
    desk.start("voice")
    assert sealed(desk) == TELEPHONE
    desk.pass_by(15 + RING_GRACE_S)
    desk.line(Line.ENDED, "busy")
    desk.line(Line.ENDED, "no_answer")
    assert [one.interpreter for one in desk.found.attempts] == ["han", "oh", "seo", ""]
    assert desk.asked() == ["a"], "when no volunteer is left"
    assert desk.hung_up() == [1]
    assert [one.ring_seconds for one in desk.lines()] == [15] * 3
    desk.end()
    desk.start("voice", request_id="r-2")
    desk.line(Line.UP)
    desk.pass_by(50 * 60)
    desk.line(Line.ENDED, "done")
    assert desk.found.attempts[0].interpreter == "han"
    han, oh = (one.volunteer for one in desk.run(helping.list_volunteers, "mn", "", 10)[1:3])
    assert (han.id, han.sessions_today, han.minutes_today) == ("han", 1, 50)
    assert oh.busy, "another was called when the first one hung up"


def test_a_volunteer_interprets_for_one_session_at_a_time(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, VOLUNTEERS)
    desk.volunteer("han")
    desk.start("voice")
    first = desk.session_id
    desk.line(Line.UP)
    assert desk.stands() is SessionState.RELAYING
    assert desk.start("voice", case_id=desk.session_id).row.state == SessionState.CALLBACK
    desk.session_id = first
    desk.end()
    assert desk.hung_up() == [1]
    row = desk.run(volunteers.volunteer, "han")
    assert row.session_id == ""
    assert TELEPHONE.encode() not in bytes(row.telephone)


def test_a_volunteer_is_not_asked_in_writing(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, VOLUNTEERS)
    desk.volunteer("han")
    assert desk.start("text").row.state == SessionState.CALLBACK


_happenings = st.one_of(
    st.tuples(st.just("says"), st.sampled_from(Said), st.sampled_from("ab"), st.integers(1, 4)),
    st.tuples(st.just("reached"), st.sampled_from(Said), st.integers(1, 4)),
    st.tuples(st.just("line"), st.sampled_from(Line), st.sampled_from(["", "busy", "no_call"]), st.integers(1, 4)),
    st.tuples(st.just("not_reached"), st.integers(1, 4)),
    st.tuples(st.just("pass_by"), st.sampled_from([0.0, 5.0, 31.0])),
    st.tuples(st.just("words")),
    st.tuples(st.just("end")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["text", "voice"]), st.booleans(), st.lists(_happenings, max_size=14))
def test_whatever_happens_in_whatever_order_a_session_keeps_its_promises(
    database: Database, clock: Clock, medium: str, with_call: bool, happenings: list[tuple[Any, ...]]
) -> None:
    emptied(database, metadata)
    desk = Desk(database, clock, A, VOLUNTEERS, B, MACHINE)
    desk.volunteer("han")
    desk.start(medium)
    for what, *how in happenings:
        more = {"call": number()} if with_call and what in {"says", "reached"} else {}
        if what == "reached":
            desk.reached(how[0], how[1], **more)
        else:
            getattr(desk, what)(*how, **more)
        _holds(desk)
    desk.pass_by(300)
    for _ in range(6):
        desk.pass_by(300)
    _holds(desk)
    state = desk.stands()
    assert state in OVER | {SessionState.CONNECTED, SessionState.RELAYING}, "nobody is waited for without end"
    desk.end()
    assert desk.stands() in OVER
    desk.pass_by(LAST_WORDS_S)
    _nobody_is_left_behind(desk)


def _holds(desk: Desk) -> None:
    going_on = [one.number for one in desk.found.attempts if one.ended_at is None]
    row = desk.found.row
    if row.ended_at is not None:
        assert (going_on, row.due_at) == ([], None)
    else:
        assert going_on == [row.attempts]
    asked = desk.asked()
    assert len(asked) == len(set(asked)), "nobody is asked twice"
    assert asked == sorted(asked), "in order"


def _nobody_is_left_behind(desk: Desk) -> None:
    """Whoever took it and was not the first to say goodbye was let go; no telephone rings on."""
    released = {attempt for _, attempt in desk.released()}
    for one in desk.found.attempts:
        if one.kind == "partner" and one.outcome in {"no_answer", "withdrawn", "failed"} and one.line == "":
            assert one.number in released
    wanted, unwanted = {one.attempt_number for one in desk.lines()}, set(desk.hung_up())
    assert unwanted <= wanted
    assert all(one.line in {"", "ended"} for one in desk.found.attempts)
    assert desk.run(volunteers.volunteer, "han").session_id == ""


def test_sessions_that_begin_together_never_call_one_volunteer_twice(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, VOLUNTEERS)
    for name in ("han", "oh", "seo"):
        desk.volunteer(name)

    def start(count: int) -> Found:
        new = NewSession(f"0199e0f2-7c00-7abc-8def-0000000000{count:02}", "mn", "voice", "r")
        found: Found = database.run(sessions.start, new, AGENT, TERMS, {})
        return found

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(start, range(8)))
    called = [one.attempts[0].interpreter for one in found if one.attempts]
    assert sorted(called) == ["han", "oh", "seo"]
    assert sum(one.row.state == SessionState.CALLBACK for one in found) == 5


def test_an_attempt_that_two_workers_find_late_is_given_up_once(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock)
    desk.start()
    clock.pass_by(ANSWER_S)
    with ThreadPoolExecutor(4) as pool:
        tended = list(pool.map(lambda _: database.run(hearing.tend, TERMS.centre), range(4)))
    assert sum(tended) == 1
    assert desk.outcomes() == ["no_answer", ""]
