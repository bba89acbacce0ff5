"""Rules of referrals: moves, reports in any order, consents, words in every language, and working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis import calendars
from services.referral.domain import letters, questions, wording
from services.referral.domain.consents import SENSITIVE, Given, How, Item, Purpose, counts, faults, names_citizen
from services.referral.domain.dispatches import (
    DISPATCH_MOVES,
    GIVE_UP_S,
    RECALL_S,
    WAITS_S,
    DispatchState,
    Errand,
    next_try,
)
from services.referral.domain.ladders import ZONE, Rung, Timers, first_due, ladder, next_due, timers, working
from services.referral.domain.referrals import (
    AT_AGENCY,
    OVER,
    REFERRAL_MOVES,
    REPORTABLE,
    REROUTABLE,
    Outcome,
    ReferralState,
    allows,
    answered,
    furthest,
)

S = ReferralState
NOW = 1_000.0
AGREED = Given(Purpose.APPLICATION, frozenset({Item.NAME}), NOW + 60, How.SPOKEN, refusal_told=True)
STAGES = (S.SENT, S.ACKNOWLEDGED, S.ACCEPTED, S.IN_PROGRESS, S.COMPLETED)


@pytest.mark.parametrize("moves", [REFERRAL_MOVES, DISPATCH_MOVES])
def test_every_state_has_its_row_of_moves_and_leads_to_an_end(moves: dict[S, frozenset[S]]) -> None:
    kind = type(next(iter(moves)))
    assert set(moves) == set(kind)
    ends = {state for state, to in moves.items() if not to} | (OVER if kind is S else {DispatchState.SENT})
    while found := {state for state, to in moves.items() if to & ends} - ends:
        ends |= found
    assert ends == set(kind)


def test_nothing_leads_to_an_agency_that_nobody_agreed_to() -> None:
    assert REFERRAL_MOVES[S.PROPOSED] == {S.CONSENTED, S.WITHDRAWN}
    assert {state for state, to in REFERRAL_MOVES.items() if S.CONSENTED in to} == {S.PROPOSED, S.ESCALATED}
    assert {S.DECLINED, S.NOT_HELPED, S.ESCALATED} == REROUTABLE


@given(st.lists(st.sampled_from(sorted(REPORTABLE)), max_size=12))
def test_reports_in_any_order_never_lead_back(said: list[S]) -> None:
    state, reached = S.CONSENTED, None
    for one in said:
        if not allows(state, reached, one):
            continue
        before, reached = reached, furthest(reached, one)
        assert before is None or one is S.DECLINED or STAGES.index(one) >= STAGES.index(before)
        assert one in REFERRAL_MOVES[state] or one is state is S.IN_PROGRESS
        state = one


def test_a_silent_agency_that_says_the_same_again_is_heard_and_one_that_is_behind_is_not() -> None:
    assert allows(S.ESCALATED, S.ACCEPTED, S.ACCEPTED)
    assert not allows(S.ESCALATED, S.ACCEPTED, S.ACKNOWLEDGED)
    assert allows(S.IN_PROGRESS, S.IN_PROGRESS, S.IN_PROGRESS)
    assert not allows(S.ACCEPTED, S.ACCEPTED, S.ACCEPTED)
    assert not any(allows(state, S.SENT, said) for state in OVER for said in S)


def test_an_answer_of_the_citizen_ends_it() -> None:
    assert [answered(one) for one in Outcome if one] == [S.CONFIRMED, S.CONFIRMED, S.NOT_HELPED, S.NOT_HELPED]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"items": frozenset()}, "items"),
        ({"refusal_told": False}, "refusal_told"),
        ({"until": NOW}, "expire_time"),
        ({"until": NOW + 400 * 86_400}, "expire_time"),
        ({"items": frozenset({Item.HEALTH})}, "sensitive_agreed"),
        ({"how": How.SIGNED}, "evidence_id"),
    ],
)
def test_a_consent_that_the_law_does_not_let_count_says_what_is_missing(
    changed: dict[str, object], field: str
) -> None:  # fmt: skip
    assert faults(AGREED, NOW) == []
    assert [name for name, _ in faults(replace(AGREED, **changed), NOW)] == [field]  # type: ignore[arg-type]


def test_a_consent_counts_until_its_time_and_not_longer() -> None:
    assert counts("", NOW + 1, NOW)
    assert not counts("", NOW, NOW)
    assert not counts("revoked", NOW + 1, NOW)
    assert names_citizen({Item.NAME, Item.TELEPHONE})
    assert not names_citizen({Item.NAME})


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_consent_is_asked_in_every_language_part_by_part(language: str) -> None:
    for purpose in Purpose:
        found = wording.wordings("수원시", purpose, set(Item), NOW, language)
        assert [one.language for one in found] == list(dict.fromkeys(("ko", language)))
        said = found[-1]
        parts = (said.recipient, said.purpose, said.items, said.period, said.refusal, said.sensitive, said.question)
        assert all(parts)
        assert not any("{" in part for part in parts)
        assert "수원시" in said.recipient
        assert "1970-01-01" in said.period
        assert all(wording.item_name(item, language) in said.sensitive for item in SENSITIVE)
    plain = wording.wordings("수원시", Purpose.HOUSING, {Item.NAME}, NOW, "fr")
    assert [(one.language, one.sensitive) for one in plain] == [("ko", ""), ("en", "")]


def test_the_question_and_its_answers_are_written_in_every_language() -> None:
    assert set(questions.TEXTS) == set(wording.LANGUAGES)
    for words in questions.CHOICES.values():
        assert set(words) == set(wording.LANGUAGES)
        assert all(len(word) <= 40 for word in words.values())
    assert questions.outcome("partly") is Outcome.PARTLY
    assert questions.outcome("") is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_letters_to_agencies_hold_the_number_and_a_link_and_no_more(language: str) -> None:
    for errand in (*sorted(letters.NEEDS_LINK), Errand.DELETION):
        found = letters.letter(errand, language, centre="120", number="26-AAAAA-BBBBB", url="https://x/y")
        assert "26-AAAAA-BBBBB" in found.subject
        assert len(found.subject) <= 100
        assert ("https://x/y" in found.text) is (errand in letters.NEEDS_LINK)


def test_a_dispatch_waits_longer_and_longer_and_is_given_up() -> None:
    assert [next_try(Errand.REFERRAL, tries, 0.0, 0.0) for tries in (1, 2, 9)] == [5.0, 30.0, WAITS_S[-1]]
    assert next_try(Errand.REFERRAL, 9, 0.0, GIVE_UP_S - 1) is None
    assert next_try(Errand.RECALL, 1, 0.0, RECALL_S) is None


def at(*moment: int) -> float:
    return datetime(*moment, tzinfo=ZONE).timestamp()  # type: ignore[arg-type,misc]


def test_working_hours_leave_out_weekends_and_holidays() -> None:
    holidays = calendars.of_years(2026, 2027)
    assert working(at(2026, 5, 4, 18), 24, holidays) == at(2026, 5, 6, 18), "over Children's Day"
    assert working(at(2026, 5, 8, 18), 24, holidays) == at(2026, 5, 11, 18), "over the weekend"
    assert working(at(2026, 9, 23, 12), 24, holidays) == at(2026, 9, 28, 12), "over Chuseok"
    assert working(at(2026, 12, 31, 12), 24, holidays) == at(2027, 1, 4, 12), "over the new year"
    assert working(at(2026, 5, 9, 12), 0, {date(2026, 5, 11)}) == at(2026, 5, 12), "begins on a working day"


def test_each_state_that_waits_has_a_time_and_a_ladder() -> None:
    usual, holidays = Timers(), frozenset[date]()
    for state in S:
        waits = first_due(state, NOW, usual, holidays) is not None
        assert waits is (state in AT_AGENCY or state is S.COMPLETED)
        assert bool(ladder(state)) is (waits or state is S.CONSENTED)
    assert ladder(S.SENT) == (Rung.REMIND, Rung.SECOND_CONTACT, Rung.SUPERVISOR)
    monday = at(2026, 6, 8, 9)
    assert first_due(S.SENT, monday, timers({"acknowledge": 2}), holidays) == monday + 7200
    assert first_due(S.IN_PROGRESS, monday, usual, holidays, monday + 90 * 86_400) == monday + 90 * 86_400
    assert next_due(S.SENT, monday, timers({"rung": 1}), holidays) == monday + 3600
