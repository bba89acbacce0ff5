"""Swaps: their moves, what they do to the rota, who may not, and what is unwise."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.routing.domain.duty import Duty, expand
from services.routing.domain.rota import Override, OverrideKind, Part, Rota
from services.routing.domain.swaps import OPEN, SWAP_MOVES, Concern, ConcernKind, Swap, SwapState, around, concerns
from tests.rotas import START, any_rota, at, three_shifts

DAY_S = 86_400


def test_every_state_of_a_swap_has_its_row_of_moves_and_all_but_the_open_ones_are_ends() -> None:
    assert set(SWAP_MOVES) == set(SwapState)
    assert {state for state, moves in SWAP_MOVES.items() if moves} == OPEN
    assert [state for state, moves in SWAP_MOVES.items() if SwapState.APPROVED in moves] == [SwapState.ACCEPTED]


def part(team_id: str, start: str, end: str) -> Part:
    return Part(team_id, at(start), at(end))


KIMS_DAY = part("day", "2026-03-10 09:00", "2026-03-10 18:00")
LEES_EVENING = part("evening", "2026-03-10 18:00", "2026-03-10 23:00")
PARKS_NIGHT = part("night", "2026-03-10 23:00", "2026-03-11 09:00")


def who(duties: list[Duty]) -> list[tuple[str, str]]:
    return [(duty.team_id, duty.agent_id) for duty in duties]


def tuesday(rota: Rota) -> list[Duty]:
    return expand(rota, at("2026-03-10 09:00"), at("2026-03-11 09:00"))


def test_two_agents_change_places_and_one_gives_a_duty_away() -> None:
    both = Swap("kim", "lee", KIMS_DAY, LEES_EVENING).override("o", "s")
    assert who(tuesday(three_shifts(both))) == [("day", "choi"), ("day", "lee"), ("evening", "kim"), ("night", "park")]
    gift = Swap("lee", "kim", LEES_EVENING).override("o", "s")
    assert who(tuesday(three_shifts(gift))) == [("day", "choi"), ("day", "kim"), ("evening", "kim"), ("night", "park")]


def test_duties_at_the_same_time_can_be_exchanged() -> None:
    late = Override("x", OverrideKind.ON, "jung", at("2026-03-10 13:00"), at("2026-03-10 22:00"), "evening")
    jungs = part("evening", "2026-03-10 13:00", "2026-03-10 22:00")
    swap = Swap("kim", "jung", KIMS_DAY, jungs)
    before = tuesday(three_shifts(late))
    assert swap.is_on(before)
    assert not swap.double_booked(before)
    after = tuesday(three_shifts(late, swap.override("o", "s")))
    assert ("day", "jung") in who(after)
    assert ("evening", "kim") in who(after)


@pytest.mark.parametrize(
    ("swap", "on", "double"),
    [
        (Swap("kim", "lee", KIMS_DAY), True, False),
        (Swap("kim", "choi", KIMS_DAY), True, True),
        (Swap("kim", "choi", KIMS_DAY, KIMS_DAY), True, False),
        (Swap("lee", "kim", LEES_EVENING, PARKS_NIGHT), False, False),
        (Swap("kim", "lee", part("day", "2026-03-10 09:00", "2026-03-10 17:00")), False, False),
    ],
)
def test_a_swap_needs_both_duties_as_they_are_and_nobody_in_two_places(swap: Swap, on: bool, double: bool) -> None:
    duties = tuesday(three_shifts())
    assert (swap.is_on(duties), swap.double_booked(duties)) == (on, double)


def told(override: Override) -> list[Concern]:
    span = around(override.start, override.end)
    return concerns(expand(three_shifts(), *span), expand(three_shifts(override), *span))


def test_less_than_eleven_hours_of_rest_is_told_once_for_each() -> None:
    gift = Swap("lee", "kim", LEES_EVENING).override("o", "s")
    short = [(one.agent_id, one.start, one.end) for one in told(gift) if one.kind is ConcernKind.SHORT_REST]
    assert short == [
        ("kim", at("2026-03-10 18:00"), at("2026-03-10 18:00")),
        ("kim", at("2026-03-10 23:00"), at("2026-03-11 09:00")),
    ]


def test_a_break_in_one_duty_is_no_short_rest() -> None:
    away = Override("o", OverrideKind.OFF, "kim", at("2026-03-10 12:00"), at("2026-03-10 13:00"))
    assert told(away) == []


def test_a_week_of_more_than_52_hours_is_told_only_to_whom_it_grew_for() -> None:
    """Kim and Choi are on for 63 hours a week by plan, Lee for 35."""
    extra = Override("o", OverrideKind.ON, "kim", at("2026-03-09 18:00"), at("2026-03-09 19:00"), "evening")
    weeks = [one for one in told(extra) if one.kind is ConcernKind.LONG_WEEK]
    assert [(one.agent_id, one.start, one.end - one.start) for one in weeks] == [
        ("kim", at("2026-03-09 00:00"), 7 * DAY_S)
    ]
    little = Override("o", OverrideKind.ON, "lee", at("2026-03-09 09:00"), at("2026-03-09 18:00"), "day")
    assert not [one for one in told(little) if one.kind is ConcernKind.LONG_WEEK]


def duty(start: str, end: str) -> Duty:
    return Duty(at(start), at(end), "day", "kim", "", origin=start)


def test_exactly_eleven_hours_are_rest_enough_and_exactly_52_hours_no_long_week() -> None:
    monday, tuesday = duty("2026-03-09 09:00", "2026-03-09 22:00"), duty("2026-03-10 09:00", "2026-03-11 00:00")
    thursday = duty("2026-03-12 00:00", "2026-03-13 00:00")
    assert concerns([], [monday, tuesday, thursday]) == []
    minute = duty("2026-03-15 12:00", "2026-03-15 12:01")
    assert [one.kind for one in concerns([], [monday, tuesday, thursday, minute])] == [ConcernKind.LONG_WEEK]
    sooner = tuesday._replace(start=tuesday.start - 60)
    assert ConcernKind.SHORT_REST in {one.kind for one in concerns([], [monday, sooner])}


def count(duties: list[Duty], team_id: str, moment: float) -> int:
    return sum(duty.team_id == team_id and duty.start <= moment < duty.end for duty in duties)


@settings(max_examples=100, deadline=None)
@given(any_rota, st.data())
def test_a_swap_that_is_possible_leaves_every_team_as_many_as_before(rota: Rota, data: st.DataObject) -> None:
    span = (START - 2 * DAY_S, START + 5 * DAY_S)
    before = expand(rota, *span)
    assume(before)
    give, take = data.draw(st.sampled_from(before)), data.draw(st.none() | st.sampled_from(before))
    to_agent = take.agent_id if take else data.draw(st.sampled_from(["kim", "new"]))
    assume(to_agent != give.agent_id)
    back = Part(take.team_id, take.start, take.end) if take else None
    swap = Swap(give.agent_id, to_agent, Part(give.team_id, give.start, give.end), back)
    around_both = (swap.begins, swap.ends)
    assume(swap.is_on(expand(rota, *around_both)) and not swap.double_booked(expand(rota, *around_both)))
    after = expand(rota.having(swap.override("swap", "s")), *span)
    edges = {edge for duty in (*before, *after) for edge in (duty.start, duty.end)}
    for team_id in rota.desks:
        for moment in edges:
            assert count(before, team_id, moment) == count(after, team_id, moment)
