"""Rules of interpreter sessions: what a word or a telephone means for an attempt, and whom the fair hunt asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.translation.domain.announcing import announcement
from services.translation.domain.coverage import ZONE, Calendar, Hours, ProviderKind
from services.translation.domain.sessions import (
    JOIN_S,
    OVER,
    RING_GRACE_S,
    RING_S,
    SESSION_MOVES,
    Attempt,
    AttemptOutcome,
    Line,
    Said,
    SessionState,
    Step,
    closing,
    due_at,
    judge,
    judge_line,
)
from services.translation.domain.volunteers import Volunteer, day_began, in_turn

NOW = 1_000.0
ASKED = Attempt(ProviderKind.PARTNER, "text", NOW, 30.0)
TAKEN = replace(ASKED, accepted_at=NOW)
THERE = replace(TAKEN, joined_at=NOW)
GONE = replace(THERE, over=True)
RINGING = replace(TAKEN, medium="voice", line=Line.WANTED)


def test_every_state_has_its_row_of_moves_and_those_that_are_over_lead_nowhere() -> None:
    assert set(SESSION_MOVES) == set(SessionState)
    assert not any(state in moves for state, moves in SESSION_MOVES.items())
    assert {state for state, moves in SESSION_MOVES.items() if not moves} == OVER


def test_every_state_leads_to_an_end() -> None:
    ends = set(OVER)
    while found := {state for state, moves in SESSION_MOVES.items() if moves & ends} - ends:
        ends |= found
    assert ends == set(SessionState)


@pytest.mark.parametrize(
    ("attempt", "said", "step"),
    [
        (ASKED, Said.ASKED, Step.REACHED),
        (ASKED, Said.ACCEPTED, Step.TAKE),
        (ASKED, Said.JOINED, Step.JOIN),
        (ASKED, Said.DECLINED, Step.GIVE_UP),
        (TAKEN, Said.ACCEPTED, Step.NOTHING),
        (TAKEN, Said.JOINED, Step.JOIN),
        (TAKEN, Said.DECLINED, Step.GIVE_UP),
        (THERE, Said.JOINED, Step.NOTHING),
        (THERE, Said.LEFT, Step.GIVE_UP),
        (THERE, Said.ENDED, Step.GIVE_UP),
        (GONE, Said.ACCEPTED, Step.LATE),
        (GONE, Said.LEFT, Step.LATE),
        (GONE, Said.ENDED, Step.NOTHING),
        (RINGING, Said.JOINED, Step.NOTHING),
    ],
)
def test_what_a_partner_says_leads_to_one_step(attempt: Attempt, said: Said, step: Step) -> None:
    assert judge(attempt, said).step is step


def test_who_leaves_after_having_taken_it_dropped_and_who_never_took_it_declined() -> None:
    assert judge(THERE, Said.LEFT).outcome is AttemptOutcome.DROPPED
    assert judge(ASKED, Said.LEFT).outcome is AttemptOutcome.DECLINED


@pytest.mark.parametrize(
    ("attempt", "line", "reason", "step", "outcome"),
    [
        (RINGING, Line.UP, "", Step.JOIN, AttemptOutcome.GOING_ON),
        (RINGING, Line.ENDED, "busy", Step.GIVE_UP, AttemptOutcome.DECLINED),
        (RINGING, Line.ENDED, "no_answer", Step.GIVE_UP, AttemptOutcome.NO_ANSWER),
        (RINGING, Line.ENDED, "no_line", Step.GIVE_UP, AttemptOutcome.FAILED),
        (replace(RINGING, line=Line.UP), Line.ENDED, "done", Step.GIVE_UP, AttemptOutcome.DROPPED),
        (replace(RINGING, line=Line.UP), Line.UP, "", Step.NOTHING, AttemptOutcome.GOING_ON),
        (replace(RINGING, over=True), Line.UP, "", Step.NOTHING, AttemptOutcome.GOING_ON),
        (TAKEN, Line.UP, "", Step.NOTHING, AttemptOutcome.GOING_ON),
    ],
)
def test_what_a_telephone_does_leads_to_one_step(
    attempt: Attempt, line: Line, reason: str, step: Step, outcome: AttemptOutcome
) -> None:
    verdict = judge_line(attempt, line, reason)
    assert (verdict.step, verdict.outcome) == (step, outcome)


def test_each_wait_has_its_end() -> None:
    assert due_at(ASKED, NOW) == NOW + 30.0
    assert due_at(TAKEN, NOW) == NOW + JOIN_S
    assert due_at(RINGING, NOW) == NOW + RING_S + RING_GRACE_S
    volunteer = Attempt(ProviderKind.VOLUNTEERS, "voice", NOW, 20.0, line=Line.WANTED)
    assert due_at(volunteer, NOW) == NOW + 20.0 + RING_GRACE_S
    assert due_at(THERE, NOW) is None
    assert due_at(GONE, NOW) is None


@given(st.lists(st.sampled_from(Said), max_size=12))
def test_words_in_any_order_and_number_join_at_most_once_and_give_up_at_most_once(words: list[Said]) -> None:
    attempt, joins, gave_up = ASKED, 0, 0
    for said in words:
        verdict = judge(attempt, said)
        if verdict.step is Step.TAKE:
            assert attempt.accepted_at is None
            attempt = replace(attempt, accepted_at=NOW)
        elif verdict.step is Step.JOIN:
            joins += 1
            attempt = replace(attempt, accepted_at=NOW, joined_at=NOW)
        elif verdict.step is Step.GIVE_UP:
            gave_up += 1
            attempt = replace(attempt, over=True)
    assert joins <= 1
    assert gave_up <= 1


def test_a_session_without_an_interpreter_is_called_off_and_with_one_it_ends() -> None:
    assert closing(connected=True) is SessionState.ENDED
    assert closing(connected=False) is SessionState.CANCELLED


def test_an_interpreter_hears_who_calls_and_the_language() -> None:
    assert announcement("120 경기도 콜센터", "ar") == "120 경기도 콜센터, 아랍어 통역 요청입니다."


NIGHT = Hours(frozenset(), 22 * 60, 6 * 60)
THREE = datetime(2026, 5, 4, 3, tzinfo=ZONE).timestamp()


def order(*volunteers: Volunteer, asked: tuple[str, ...] = (), at: float = THREE) -> list[str]:
    return [one.id for one in in_turn(volunteers, asked, at, Calendar())]


def test_who_interpreted_least_today_is_asked_first_then_who_was_not_asked_for_longest() -> None:
    one = Volunteer("one", (NIGHT,), minutes_today=10)
    two = Volunteer("two", (NIGHT,), asked_at=THREE - 60)
    three = Volunteer("three", (NIGHT,), asked_at=THREE - 600)
    four = Volunteer("four", (NIGHT,))
    assert order(one, two, three, four) == ["four", "three", "two", "one"]


def test_nobody_is_asked_outside_their_hours_resting_busy_tired_or_twice() -> None:
    free = Volunteer("free", (NIGHT,))
    others = [
        replace(free, id="never", hours=()),
        replace(free, id="by day", hours=(Hours(frozenset(), 540, 1080),)),
        replace(free, id="resting", resting=True),
        replace(free, id="busy", busy=True),
        replace(free, id="three sessions", sessions_today=3),
        replace(free, id="an hour", minutes_today=60),
        replace(free, id="asked"),
    ]
    assert order(free, *others, asked=("asked",)) == ["free"]


def test_a_day_begins_at_midnight_of_the_centre() -> None:
    assert day_began(THREE, Calendar()) == datetime(2026, 5, 4, tzinfo=ZONE).timestamp()
