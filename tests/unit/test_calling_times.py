"""When people are called: holidays, windows, quiet hours, parts of the day, no more at once than agents can call."""

from __future__ import annotations

from datetime import date, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from chassis import calendars
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import DAY, ZONE, HolidayRule, Part, Span, Window

CENTRE = calling_times.hours("08:00-21:00")
HOLIDAYS = calendars.of_years(2026, 2026)
CHUSEOK = date(2026, 9, 25)
"""A Friday; the holidays are Thursday to Saturday."""


def at(day: date, hour: int, minute: int = 0) -> float:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).timestamp()


def called(rule: HolidayRule, *weekdays: int) -> list[int]:
    found = calling_times.days(weekdays, rule, date(2026, 9, 21), date(2026, 10, 2), HOLIDAYS)
    return [one.day for one in found]


def test_holidays_are_skipped_or_moved_to_the_next_working_day_or_called_all_the_same() -> None:
    assert called(HolidayRule.SKIP, 1, 4) == [21, 28, 1]
    assert called(HolidayRule.CALL, 1, 4) == [21, 24, 28, 1]
    assert called(HolidayRule.MOVE, 5) == [28, 2], "Friday's calls are made on Monday"
    assert called(HolidayRule.MOVE, 1, 4) == [21, 28, 1], "on Monday they are called anyway"
    later = calling_times.days({5}, HolidayRule.MOVE, date(2026, 9, 28), date(2026, 10, 1), HOLIDAYS)
    assert later == [date(2026, 9, 28)], "whoever looks on that Monday finds Friday's calls too"


def test_who_has_windows_is_called_in_them_and_never_in_quiet_hours() -> None:
    windows = [Window(1, 0, 600), Window(1, 1200, DAY), Window(2, 600, 660)]
    monday, tuesday, sunday = date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 27)
    assert calling_times.spans(monday, windows, CENTRE) == [Span(480, 600), Span(1200, 1260)]
    assert calling_times.spans(tuesday, windows, CENTRE) == [Span(600, 660)]
    assert calling_times.spans(sunday, windows, CENTRE) == []
    assert calling_times.spans(sunday, [], CENTRE) == [CENTRE]


@pytest.mark.parametrize(
    ("hour", "quiet", "opens"), [(7, True, (21, 8)), (8, False, (21, 8)), (20, False, (21, 20)), (21, True, (22, 8))]
)
def test_nobody_is_called_from_nine_in_the_evening_to_eight(hour: int, quiet: bool, opens: tuple[int, int]) -> None:
    moment = at(date(2026, 9, 21), hour)
    assert calling_times.is_quiet(moment, CENTRE) is quiet
    assert calling_times.next_open(moment, CENTRE) == at(date(2026, 9, opens[0]), opens[1])


def test_who_does_not_answer_is_called_at_another_time_of_the_day() -> None:
    monday = date(2026, 9, 21)
    first = calling_times.next_attempt(at(monday, 9), {Part.MORNING}, [], CENTRE)
    assert first is not None
    assert (first.at, first.until) == (at(monday, 12), at(monday, 17))
    both = calling_times.next_attempt(at(monday, 13), {Part.MORNING, Part.AFTERNOON}, [], CENTRE)
    assert both is not None
    assert both.at == at(monday, 17)
    mornings = [Window(day, 540, 660) for day in range(1, 8)]
    assert calling_times.next_attempt(at(monday, 10), {Part.MORNING}, mornings, CENTRE) is None
    again = calling_times.next_attempt(at(monday, 10), (), mornings, CENTRE)
    assert again is not None
    assert again.at == at(monday, 10, 30)


@pytest.mark.parametrize(("weekday", "found"), [(4, True), (5, False)])
def test_another_time_is_looked_for_within_three_days(weekday: int, found: bool) -> None:
    slot = calling_times.next_attempt(at(date(2026, 9, 21), 13), (), [Window(weekday, 540, 600)], CENTRE)
    assert (slot is not None) is found


def test_eighty_calls_do_not_all_come_at_nine_and_who_has_least_time_comes_first() -> None:
    people = {f"p{number:02}": [Span(540, 720)] for number in range(39)} | {"early": [Span(540, 546)]}
    placed = calling_times.spread(people, 20)
    assert placed["early"].start == 540
    starts = sorted(one.start for one in placed.values())
    assert max(sum(1 for one in starts if hour <= one < hour + 60) for hour in range(540, 720, 3)) <= 20
    assert calling_times.spread({"late": [Span(540, 720)]}, 20, taken=starts)["late"].start == 660


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.tuples(st.integers(480, 1200), st.integers(1, 60)).map(lambda one: [Span(one[0], one[0] + one[1])]),
        max_size=30,
    ),
    st.integers(1, 600),
)
def test_everybody_gets_a_time_in_their_own_span(people: dict[str, list[Span]], per_hour: int) -> None:
    placed = calling_times.spread(people, per_hour)
    assert set(placed) == set(people)
    assert all(people[one][0].start <= placed[one].start < people[one][0].end for one in people)
