"""Who is on duty when: midnights, edges, Korean holidays, rotation and overrides; when a desk is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis import calendars
from services.routing.domain.duty import coming, expand, gaps, on_at
from services.routing.domain.rota import (
    Calendar,
    Desk,
    Group,
    Membership,
    OnHolidays,
    Override,
    OverrideKind,
    Rota,
    Shift,
    Team,
    closed_skills,
    desk_open,
    next_opening,
)
from tests.rotas import LONG_AGO, PUBLIC, SIGN_DESK, any_rota, at, hours, three_shifts


def on(rota: Rota, moment: float) -> list[str]:
    """Who is on duty at a moment."""
    return [f"{duty.agent_id}/{duty.team_id}" for duty in on_at(expand(rota, moment, moment + 1), moment)]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-10 08:59:59.999", ["park/night"]),
        ("2026-03-10 09:00", ["choi/day", "kim/day"]),
        ("2026-03-10 17:59:59.999", ["choi/day", "kim/day"]),
        ("2026-03-10 18:00", ["lee/evening"]),
        ("2026-03-10 22:59:59.999", ["lee/evening"]),
        ("2026-03-10 23:00", ["park/night"]),
        ("2026-03-11 00:00", ["park/night"]),
        ("2026-12-31 23:59:59.999", ["park/night"]),
        ("2027-01-01 00:00", ["park/night"]),
    ],
)
def test_a_shift_holds_its_start_and_not_its_end_also_across_midnight(moment: str, expected: list[str]) -> None:
    assert on(three_shifts(), at(moment)) == expected


def test_who_comes_next_is_the_team_s_next_start_and_not_who_is_on_already() -> None:
    moment = at("2026-03-10 23:00")
    night = [duty for duty in expand(three_shifts(), moment, moment + 86_401) if duty.team_id == "night"]
    (following,) = coming(night, moment)
    assert (following.start, following.agent_id) == (at("2026-03-11 23:00"), "park")
    assert coming(night, following.start) == []


HOLIDAYS = {
    2025: "01-01 01-27 01-28 01-29 01-30 03-01 03-03 05-05 05-06 06-03 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09"
    " 12-25",
    2026: "01-01 02-16 02-17 02-18 03-01 03-02 05-05 05-24 05-25 06-03 06-06 08-15 08-17 09-24 09-25 09-26 10-03 10-05"
    " 10-09 12-25",
    2027: "01-01 02-06 02-07 02-08 02-09 03-01 05-05 05-13 06-06 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11"
    " 12-25",
}
"""As the offices publish them, with Seollal, Chuseok, Buddha's birthday and substitute days."""
NEW_IN_2026 = {"05-01", "07-17", "05-03", "07-19", "12-27"}
"""Labour Day and Constitution Day, made public holidays in 2026, with their substitutes, and that of Christmas."""


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_calendar_has_every_public_holiday_of_korea(year: int) -> None:
    found = {f"{day:%m-%d}" for day in calendars.of_year(year)}
    assert found - NEW_IN_2026 == set(HOLIDAYS[year].split())


def test_holidays_are_named_in_korean_and_english() -> None:
    assert calendars.of_year(2026)[date(2026, 2, 17)] == ("설날", "Korean New Year")
    assert calendars.of_year(2026)[date(2026, 5, 25)].ko == "부처님오신날 대체 휴일"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-10 08:59:59", "2026-03-10 09:00"),
        ("2026-03-10 09:00", "2026-03-10 09:00"),
        ("2026-03-10 17:59:59", "2026-03-10 17:59:59"),
        ("2026-03-10 18:00", "2026-03-11 09:00"),
        ("2026-03-13 18:00", "2026-03-16 09:00"),
        ("2026-02-13 18:00", "2026-02-19 09:00"),  # Seollal: Monday to Wednesday
        ("2026-05-22 18:00", "2026-05-26 09:00"),  # Buddha's birthday on a Sunday, substitute on Monday
        ("2026-09-23 18:00", "2026-09-28 09:00"),  # Chuseok: Thursday to Saturday
        ("2025-10-02 18:00", "2025-10-10 09:00"),  # the long holidays of 2025
        ("2027-02-05 18:00", "2027-02-10 09:00"),  # Seollal with a substitute on Tuesday
        ("2026-12-31 18:00", "2027-01-04 09:00"),
    ],
)
def test_the_sign_language_desk_is_open_on_weekdays_from_9_to_18_and_on_no_holiday(moment: str, opens: str) -> None:
    assert next_opening(SIGN_DESK, at(moment)) == at(opens)
    assert desk_open(SIGN_DESK, at(moment)) == (moment == opens)
    assert closed_skills([SIGN_DESK], at(moment)) == ({} if moment == opens else {"sign-language": at(opens)})


def test_the_centres_word_goes_before_the_public_calendar_and_the_teams_before_the_centres() -> None:
    seollal, founding = date(2026, 2, 17), date(2026, 3, 10)
    desk = replace(SIGN_DESK, calendar=Calendar(PUBLIC, {("", seollal): False, ("", founding): True}))
    assert desk_open(desk, at("2026-02-17 10:00"))
    assert not desk_open(desk, at("2026-03-10 10:00"))
    own = Calendar(PUBLIC, {("", founding): True, ("sign", founding): False})
    assert desk_open(replace(SIGN_DESK, calendar=own), at("2026-03-10 10:00"))


def test_a_shift_for_holidays_alone_runs_on_them_whatever_their_weekday() -> None:
    duty = Shift("holiday", "sign", "휴일", 600, 840, frozenset(), OnHolidays.ONLY)
    desk = replace(SIGN_DESK, shifts=(duty,))
    assert desk_open(desk, at("2026-05-24 10:00"))
    assert desk_open(desk, at("2026-05-25 13:59"))
    assert not desk_open(desk, at("2026-05-26 10:00"))


def test_a_desk_without_shifts_is_always_open_and_one_that_never_runs_never() -> None:
    assert desk_open(replace(SIGN_DESK, shifts=()), at("2026-02-17 03:00"))
    never = replace(SIGN_DESK, shifts=(Shift("x", "sign", "없음", 540, 1080, frozenset()),))
    assert next_opening(never, at("2026-03-10 10:00")) is None
    assert closed_skills([never], at("2026-03-10 10:00")) == {"sign-language": None}


def test_a_skill_is_served_as_long_as_one_of_its_desks_is_open() -> None:
    video = Desk(
        Team("video", "영상", skills=("sign-language",)), (Shift("v", "video", "영상", 0, 1440),), Calendar({}, {})
    )
    assert closed_skills([SIGN_DESK, video], at("2026-02-17 03:00")) == {}


def test_a_night_shift_is_of_the_day_it_starts() -> None:
    """The eve of Seollal is a holiday: no night shift starts on it, but the one before ends in it."""
    night = Shift("night", "night", "심야", 1380, 540, on_holidays=OnHolidays.OFF)
    desk = Desk(Team("night", "심야"), (night,), Calendar(PUBLIC, {}))
    assert desk_open(desk, at("2026-02-16 08:59"))
    assert not desk_open(desk, at("2026-02-16 23:00"))
    assert not desk_open(desk, at("2026-02-19 08:59"))
    assert desk_open(desk, at("2026-02-19 23:00"))


def test_a_shift_that_ends_when_it_starts_lasts_until_the_next_day() -> None:
    whole = Shift("x", "x", "종일", 540, 540, frozenset({"TU"}))
    desk = Desk(Team("x", "종일"), (whole,), Calendar({}, {}))
    assert [desk_open(desk, at(moment)) for moment in ("2026-03-10 08:59", "2026-03-10 09:00")] == [False, True]
    assert [desk_open(desk, at(moment)) for moment in ("2026-03-11 08:59", "2026-03-11 09:00")] == [True, False]


def test_groups_of_one_cycle_relieve_each_other_also_in_shifts_of_other_teams() -> None:
    plain = three_shifts()
    cycle = ("day", "evening", "night", "off")
    groups = tuple(Group(f"g{number}", "day", cycle, date(2026, 3, 1 + number)) for number in range(4))
    people = ("a", "b", "c", "d")
    members = tuple(Membership(one, "day", LONG_AGO, group_id=f"g{number}") for number, one in enumerate(people))
    rota = replace(plain, groups=groups, memberships=members)
    assert on(rota, at("2026-03-04 10:00")) == ["d/day"]
    assert on(rota, at("2026-03-04 20:00")) == ["c/evening"]
    assert on(rota, at("2026-03-05 01:00")) == ["b/night"]
    assert on(rota, at("2026-02-28 10:00")) == ["d/day"]
    assert on(rota, at("2026-03-05 10:00")) == ["a/day"]


def test_a_membership_and_a_shift_hold_their_first_day_and_not_their_last() -> None:
    plain = three_shifts()
    member = Membership("kim", "day", date(2026, 3, 10), date(2026, 3, 11))
    rota = replace(plain, memberships=(member,))
    found = [on(rota, at(f"2026-03-{day} 12:00")) for day in ("09", "10", "11")]
    assert found == [[], ["kim/day"], []]
    shifts = tuple(replace(one, from_day=date(2026, 3, 10), until_day=date(2026, 3, 11)) for one in plain.shifts)
    limited = replace(plain, shifts=shifts)
    assert [on(limited, at(moment)) for moment in ("2026-03-10 08:00", "2026-03-11 08:00")] == [[], ["park/night"]]


def override(
    kind: OverrideKind, agent_id: str, start: str, end: str, team_id: str = "", instead_of: str = ""
) -> Override:
    return Override(f"{kind} {agent_id} {start}", kind, agent_id, at(start), at(end), team_id, instead_of)


def test_leave_takes_out_just_its_hours_and_an_extra_duty_adds_just_its_own() -> None:
    rota = three_shifts(
        override(OverrideKind.OFF, "kim", "2026-03-10 12:00", "2026-03-10 13:00"),
        override(OverrideKind.ON, "kim", "2026-03-10 20:00", "2026-03-10 21:00", "evening"),
    )
    day = [duty for duty in expand(rota, at("2026-03-10 00:00"), at("2026-03-11 00:00")) if duty.agent_id == "kim"]
    assert [(duty.start, duty.end, duty.team_id) for duty in day] == [
        (at("2026-03-10 09:00"), at("2026-03-10 12:00"), "day"),
        (at("2026-03-10 13:00"), at("2026-03-10 18:00"), "day"),
        (at("2026-03-10 20:00"), at("2026-03-10 21:00"), "evening"),
    ]


def test_who_stands_in_for_another_does_all_they_had_to_do_and_leaves_their_own() -> None:
    rota = three_shifts(override(OverrideKind.INSTEAD, "kim", "2026-03-10 00:00", "2026-03-12 00:00", "", "lee"))
    assert on(rota, at("2026-03-10 20:00")) == ["kim/evening"]
    assert on(rota, at("2026-03-11 20:00")) == ["kim/evening"]
    assert on(rota, at("2026-03-12 20:00")) == ["lee/evening"]
    assert on(rota, at("2026-03-10 10:00")) == ["choi/day", "kim/day"]


def test_an_override_for_one_team_leaves_what_an_agent_does_for_others_alone() -> None:
    extra = override(OverrideKind.ON, "kim", "2026-03-10 18:00", "2026-03-10 20:00", "evening")
    not_there = override(OverrideKind.OFF, "kim", "2026-03-10 00:00", "2026-03-11 00:00", "evening")
    rota = three_shifts(extra, not_there)
    assert on(rota, at("2026-03-10 10:00")) == ["choi/day", "kim/day"]
    assert on(rota, at("2026-03-10 19:00")) == ["lee/evening"]
    instead = override(OverrideKind.INSTEAD, "park", "2026-03-10 00:00", "2026-03-10 22:00", "day", "kim")
    rota = three_shifts(extra, instead)
    assert on(rota, at("2026-03-10 10:00")) == ["choi/day", "park/day"]
    assert on(rota, at("2026-03-10 19:00")) == ["kim/evening", "lee/evening"]


def test_of_two_overrides_that_contradict_each_other_the_later_counts() -> None:
    ill = override(OverrideKind.OFF, "kim", "2026-03-10 00:00", "2026-03-11 00:00")
    after_all = override(OverrideKind.ON, "kim", "2026-03-10 09:00", "2026-03-10 18:00", "day")
    assert on(three_shifts(ill, after_all), at("2026-03-10 10:00")) == ["choi/day", "kim/day"]
    assert on(three_shifts(after_all, ill), at("2026-03-10 10:00")) == ["choi/day"]


def test_a_gap_is_where_fewer_are_on_than_the_shift_asks_for() -> None:
    rota = three_shifts(
        override(OverrideKind.OFF, "kim", "2026-03-10 12:00", "2026-03-10 13:00"),
        override(OverrideKind.OFF, "park", "2026-03-10 00:00", "2026-03-11 02:00"),
    )
    found = gaps(rota, at("2026-03-10 09:00"), at("2026-03-11 09:00"))
    assert [(gap.start, gap.end, gap.team_id, gap.on_duty, gap.minimum) for gap in found] == [
        (at("2026-03-10 12:00"), at("2026-03-10 13:00"), "day", 1, 2),
        (at("2026-03-10 23:00"), at("2026-03-11 02:00"), "night", 0, 1),
    ]


def test_a_night_is_as_long_as_the_zones_clocks_make_it() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = Shift("n", "n", "밤", 22 * 60, 6 * 60)
    desk = Desk(Team("n", "밤", zone="Europe/Berlin"), (night,), Calendar({}, {}))
    lengths = {day: end - start for day in (27, 28) for start, end, _ in desk.spans(date(2026, 3, day))}
    assert lengths == {27: 8 * 3600, 28: 7 * 3600}
    assert desk_open(desk, at("2026-03-29 05:59", berlin))
    assert not desk_open(desk, at("2026-03-29 06:00", berlin))


spans = st.lists(hours, min_size=3, max_size=3, unique=True).map(sorted)


@settings(max_examples=100, deadline=None)
@given(any_rota, spans)
def test_no_agent_is_ever_on_duty_twice_at_once(rota: Rota, span: list[float]) -> None:
    duties = sorted(expand(rota, span[0], span[2] + 1), key=lambda duty: (duty.agent_id, duty.start))
    assert all(duty.start < duty.end for duty in duties)
    for one, following in pairwise(duties):
        assert one.agent_id != following.agent_id or one.end <= following.start


@settings(max_examples=100, deadline=None)
@given(any_rota, spans)
def test_two_spans_have_together_what_one_over_both_has(rota: Rota, span: list[float]) -> None:
    begin, middle, end = span
    assert {*expand(rota, begin, middle), *expand(rota, middle, end)} == set(expand(rota, begin, end))


@settings(max_examples=100, deadline=None)
@given(any_rota, hours)
def test_gaps_are_what_counting_at_any_moment_finds(rota: Rota, moment: float) -> None:
    found = {gap.team_id: gap for gap in gaps(rota, moment - 7_200, moment + 7_200) if gap.start <= moment < gap.end}
    duties = on_at(expand(rota, moment, moment + 1), moment)
    for team_id, desk in rota.desks.items():
        asked = [
            shift.minimum or desk.team.minimum
            for day in (date.fromtimestamp(moment + 86_400 * ahead) for ahead in (-2, -1, 0, 1))
            for start, end, shift in desk.spans(day)
            if start <= moment < end
        ]
        here = sum(duty.team_id == team_id for duty in duties)
        assert (team_id in found) == (here < max(asked, default=0))
        assert team_id not in found or found[team_id].on_duty == here


@given(st.integers(0, 3 * 365 * 48))
def test_the_next_opening_is_open_and_nothing_before_it_is(half_hours: int) -> None:
    moment = at("2025-01-01 00:00") + half_hours * 1800
    opens = next_opening(SIGN_DESK, moment)
    assert opens is not None
    assert desk_open(SIGN_DESK, opens)
    assert not any(desk_open(SIGN_DESK, before) for before in (moment, opens - 1) if moment <= before < opens)
