"""Rules of legal referrals: periods by Korean law, how near a deadline is, names in one form, hours, series, words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis import calendars
from chassis.errors import InvalidArgument, NotFound
from services.referral.domain import appointment_words as words
from services.referral.domain.appointments import (
    APPOINTMENT_MOVES,
    MOST_SLOTS,
    AppointmentState,
    Medium,
    quiet,
    reminder,
    waking,
)
from services.referral.domain.conflicts import Match, match, one_form
from services.referral.domain.deadline_rules import RULES
from services.referral.domain.deadlines import (
    DEADLINE_MOVES,
    FIELD_WORDS,
    KIND_WORDS,
    DeadlineKind,
    DeadlineState,
    LawField,
    Warned,
    before,
    end_of,
    last_day,
    nearest,
    warnings,
    watched,
)
from services.referral.domain.dispatches import Errand, next_try
from services.referral.domain.ladders import ZONE
from services.referral.domain.wording import LANGUAGES
from services.referral.use_cases.counselling import propose_deadline
from services.referral.use_cases.series import starts

HOLIDAYS = calendars.of_years(2023, 2037)
DAY_S = 86_400.0


def at(text: str) -> float:
    """A moment by the clock of Korea."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        ("civil_appeal", "2026-11-02", "2026-11-16"),
        ("civil_appeal", "2026-09-10", "2026-09-28"),  # 추석 and the weekend after it
        ("payment_order_objection", "2026-11-20", "2026-12-04"),
        ("criminal_appeal", "2026-12-25", "2027-01-04"),  # New Year's Day, a Friday
        ("administrative_appeal", "2026-11-02", "2027-02-01"),  # 90 days lead to a Sunday
        ("wages", "2023-12-25", "2026-12-28"),  # Christmas, a Friday
        ("tort_latest", "2026-11-02", "2036-11-03"),  # a Sunday
        ("unfair_dismissal", "2026-11-30", "2027-03-02"),  # the last of February, a Sunday; then 삼일절
    ],
)
def test_a_last_day_is_computed_by_the_law_that_is_named(rule: str, start: str, last: str) -> None:
    now = at("2026-11-01T09:00")
    found, day, told = propose_deadline(rule, date.fromisoformat(start), now)
    assert day == date.fromisoformat(last)
    assert found.law[0].split()[1].startswith("제")
    assert told[0] is Warned.NOT_LEGAL_ADVICE


@pytest.mark.parametrize(
    ("event", "months", "last"),
    [
        ("2025-01-30", 1, "2025-02-28"),
        ("2025-01-27", 1, "2025-02-27"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-28", 12, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-02-28", 12, "2024-02-29"),
        ("2025-12-31", 12, "2026-12-31"),
    ],
)
def test_months_and_years_go_by_the_calendar(event: str, months: int, last: str) -> None:
    expected = date.fromisoformat(last)
    while expected.weekday() >= 5:
        expected += timedelta(days=1)
    assert last_day(date.fromisoformat(event), (), months=months)[0] == expected


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.sampled_from(sorted(RULES)))
def test_a_last_day_is_a_working_day_and_never_too_early(start: date, code: str) -> None:
    rule = RULES[code]
    day, moved = last_day(start, HOLIDAYS, days=rule.days, months=rule.months)
    assert day.weekday() < 5
    assert day not in HOLIDAYS
    plain, _ = last_day(start, (), days=rule.days, months=rule.months)
    assert day >= plain >= start + timedelta(days=max(rule.days, 28 * rule.months))
    assert moved or day == plain


def test_every_rule_field_and_kind_has_words_in_both_languages() -> None:
    assert set(FIELD_WORDS) == set(LawField) - {LawField.NONE}
    assert set(KIND_WORDS) == set(DeadlineKind)
    assert all(bool(rule.days) != bool(rule.months) for rule in RULES.values())
    assert all(len({*rule.law, *rule.period}) == 4 for rule in RULES.values())
    with pytest.raises(NotFound):
        propose_deadline("nothing", date(2026, 1, 1), 0.0)


def test_a_deadline_is_near_a_week_before_and_over_when_its_day_is() -> None:
    day = date(2026, 11, 16)
    assert warnings(day, at("2026-11-08T23:59")) == []
    assert warnings(day, at("2026-11-09T00:00")) == [Warned.DEADLINE_NEAR]
    assert warnings(day, at("2026-11-16T23:59")) == [Warned.DEADLINE_NEAR]
    assert warnings(day, at("2026-11-17T00:00")) == [Warned.DEADLINE_PASSED]
    assert nearest([date(2026, 11, 20), day], at("2026-11-17T00:00")) == date(2026, 11, 20)


def test_the_clock_looks_at_each_of_the_days_before_and_when_it_is_over() -> None:
    day, days = date(2026, 11, 16), (7, 3, 1)
    seen, now = [], at("2026-11-01T12:00")
    while True:
        watch = watched(day, now, days)
        seen.append((watch.days, watch.next_at))
        if watch.next_at is None:
            break
        now = watch.next_at
    mornings = [at(f"2026-11-{one:02}T09:00") for one in (9, 13, 15)]
    assert seen == [
        (None, mornings[0]), (7, mornings[1]), (3, mornings[2]), (1, end_of(day)), (1, None),
    ]  # fmt: skip


@given(st.floats(1, 1e6), st.floats(1, 1e7), st.integers(1, 3))
def test_whatever_is_usual_the_last_rung_comes_before_the_deadline(left: float, usual: float, rungs: int) -> None:
    now, deadline = 0.0, left
    for place in range(rungs):
        now = before(now + usual, now, rungs - place, deadline)
    assert now < deadline
    assert before(usual, 0.0, rungs, None) == before(usual, 0.0, rungs, -1.0) == usual


@pytest.mark.parametrize("moves", [DEADLINE_MOVES, APPOINTMENT_MOVES])
def test_every_state_has_its_row_of_moves(moves: dict[DeadlineState, frozenset[DeadlineState]]) -> None:
    assert set(moves) == set(type(next(iter(moves))))
    assert all(to <= set(moves) for to in moves.values())
    assert AppointmentState.CANCELLED in APPOINTMENT_MOVES[AppointmentState.BOOKED]


def test_names_are_compared_in_one_form() -> None:
    same = {one_form(name) for name in ("㈜ 한빛건설", "(주)한빛건설", "주식회사 한빛 건설", "한빛건설")}
    assert len(same) == 1
    assert one_form("Kim, Young-Hee") == one_form("kim young hee")
    assert one_form("김영희") != one_form("김영호")
    assert (match(name=True, telephone=True), match(name=True, telephone=False)) == (Match.BOTH, Match.NAME)
    assert (match(name=False, telephone=True), match(name=False, telephone=False)) == (Match.TELEPHONE, None)


def test_nobody_is_reminded_by_night() -> None:
    now = at("2026-11-01T12:00")
    assert reminder(at("2026-11-10T14:30"), now) == at("2026-11-09T14:30")
    assert reminder(at("2026-11-10T07:30"), now) == at("2026-11-09T08:00")
    assert reminder(at("2026-11-10T22:30"), now) == at("2026-11-09T20:00")
    assert reminder(at("2026-11-02T11:00"), now) is None
    assert [quiet(at(f"2026-11-01T{hour}")) for hour in ("07:59", "08:00", "20:59", "21:00")] == [1, 0, 0, 1]
    assert waking(at("2026-11-01T23:10")) == waking(at("2026-11-02T03:00")) == at("2026-11-02T08:00")
    tried = next_try(Errand.REMIND_CITIZEN, 1, at("2026-11-01T20:50"), at("2026-11-01T20:59:58"))
    assert tried == at("2026-11-02T08:00")


def test_a_series_is_in_korean_hours_and_leaves_out_holidays() -> None:
    now, first = at("2026-09-01T09:00"), at("2026-09-17T14:00")
    weekly = starts(first, "FREQ=WEEKLY;BYDAY=TH;COUNT=3", now, on_holidays=False)
    assert weekly == [first, at("2026-10-01T14:00")]  # the 24th is 추석
    assert len(starts(first, "FREQ=WEEKLY;BYDAY=TH;COUNT=3", now, on_holidays=True)) == 3
    until = starts(first, "FREQ=DAILY;UNTIL=20260919", now, on_holidays=True)
    assert until == [first, first + DAY_S, first + 2 * DAY_S]
    monthly = starts(first, "FREQ=MONTHLY;BYDAY=3TH;COUNT=2", now, on_holidays=True)
    assert monthly == [first, at("2026-10-15T14:00")]
    assert starts(first, "", now, on_holidays=False) == [first]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=5",
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=5;UNTIL=20261231",
        "FREQ=DAILY;COUNT=5;COUNT=6",
        f"FREQ=DAILY;COUNT={MOST_SLOTS + 1}",
        "FREQ=DAILY;UNTIL=20270831",
        "FREQ=DAILY;UNTIL=20269999",
        "FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12;COUNT=3",
        "FREQ=WEEKLY;BYDAY=1TH;COUNT=2",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2",
        "FREQ=DAILY;COUNT=2\nDTSTART:20200101T000000",
        "hello",
        ";",
    ],
)
def test_a_series_that_has_no_end_or_no_sense_is_refused(rule: str) -> None:
    with pytest.raises(InvalidArgument):
        starts(at("2026-09-17T14:00"), rule, at("2026-09-01T09:00"), on_holidays=True)


@pytest.mark.parametrize(("news", "medium"), list(product(words.News, Medium)))
def test_the_citizen_is_told_in_every_language(news: words.News, medium: Medium) -> None:
    told = words.to_citizen(news, "대한법률구조공단", at("2026-11-16T14:00"), medium, "수원시 영통구 1층")
    assert set(told) == set(LANGUAGES)
    assert all("2026-11-16 14:00" in text and "대한법률구조공단" in text and "{" not in text for text in told.values())
    assert ("수원시" in told["ko"]) is (medium is Medium.VISIT and news is not words.News.CANCELLED)


def test_the_agency_is_told_by_number_alone() -> None:
    for news in set(words.News) - {words.News.REMINDER}:
        for language, sign in (("ko", "연계 요청"), ("en", "eferral")):
            subject, text = words.to_agency(news, language, centre="120", number="26-1", at=at("2026-11-16T14:00"))
            assert sign in subject
            assert "26-1" in text
            assert "2026-11-16 14:00" in text
