"""The floor's measures: definitions by hand, areas under steps, trends, and the half hours a forecast looks at."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.routing.domain.floor import (
    Arrivals,
    Handled,
    Outcomes,
    Slices,
    Steps,
    expected_wait_s,
    forecast,
    occupancy,
    same_half_hours,
    spent,
    trends,
)

SEOUL = ZoneInfo("Asia/Seoul")


def test_both_service_levels_count_as_the_field_defines_them() -> None:
    found = Handled(offered=14, answered=10, answered_in_time=8, abandoned=3, abandoned_in_time=1, abandoned_short=1)
    assert found.service_level == 8 / 10
    assert found.service_level_2 == (8 + 1) / (10 + 3)
    assert found.abandonment == 3 / 13
    assert found.waiting == 0


def test_nothing_has_no_level_no_average_and_no_resolution() -> None:
    nothing, no_case = Handled(), Outcomes()
    assert (nothing.service_level, nothing.service_level_2, nothing.abandonment) == (None, None, None)
    assert (nothing.average_wait_s, nothing.average_handle_s) == (None, None)
    assert (no_case.first_contact_resolution, no_case.satisfaction, no_case.average_score) == (None, None, None)


def test_the_goal_of_96_3_percent_is_a_share_of_those_who_said_4_or_5() -> None:
    found = Outcomes(scores=1000, satisfied=963, score_sum=4500)
    assert (found.satisfaction, found.average_score) == (0.963, 4.5)


def test_areas_under_steps_are_those_of_the_spans() -> None:
    chance = random.Random(4)
    slices = Slices(100.0, 10.0, 6)
    spans = [sorted(chance.uniform(100, 160) for _ in range(2)) for _ in range(50)]
    edges = [(span[0], 0.25) for span in spans] + [(span[1], -0.25) for span in spans]
    steps = [step(at, weight, slices) for at, weight in edges]
    areas = [sum(0.25 * overlap(span, 100 + 10 * place, 110 + 10 * place) for span in spans) for place in range(6)]
    assert spent(steps, slices) == pytest.approx(areas)


def step(at: float, weight: float, slices: Slices) -> Steps:
    place = int((at - slices.origin) // slices.length_s)
    return Steps(place, weight, weight * (slices.origin + (place + 1) * slices.length_s - at))


def overlap(span: list[float], since: float, until: float) -> float:
    return max(0.0, min(span[1], until) - max(span[0], since))


def test_agents_who_finish_during_a_pause_are_not_more_than_fully_occupied() -> None:
    assert (occupancy(50, 100), occupancy(120, 100), occupancy(50, 0)) == (0.5, 1.0, None)


@pytest.mark.parametrize(
    ("ahead", "free", "agents", "wait_s"),
    [(0, 1, 3.0, 0.0), (0, 0, 3.0, 60.0), (2, 0, 3.0, 180.0), (2, 1, 3.0, 120.0), (5, 0, 0.0, None)],
)
def test_who_comes_waits_until_those_ahead_are_handled(
    ahead: int, free: int, agents: float, wait_s: float | None
) -> None:
    assert expected_wait_s(ahead, free, agents, 180.0) == wait_s


def test_what_rises_most_comes_first_and_little_counts_do_not_trend() -> None:
    now = {"gas": 20, "snow": 30, "waste": 104, "passport": 4, "new": 6}
    found = trends(now, {"gas": 14, "snow": 175, "waste": 700}, days=7, minimum=5)
    assert [(one.topic, one.trending) for one in found] == [
        *(("gas", True), ("new", True), ("snow", False), ("waste", False))
    ]
    assert found[0].score == pytest.approx((20 - 2) / 3**0.5)


def half_hour(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=SEOUL).timestamp() // 1800)


def test_a_half_hour_looks_at_the_same_one_of_the_weeks_that_are_over() -> None:
    now = half_hour(2026, 5, 4, 9)  # a Monday
    assert same_half_hours(half_hour(2026, 5, 4, 8, 30), now, 2) == [
        *(half_hour(2026, 4, 27, 8, 30), half_hour(2026, 4, 20, 8, 30))
    ]
    assert same_half_hours(half_hour(2026, 5, 11, 8, 30), now, 1) == [half_hour(2026, 5, 4, 8, 30)]
    assert same_half_hours(half_hour(2026, 5, 11, 9), now, 1) == [half_hour(2026, 4, 27, 9)]


def test_a_forecast_is_the_average_of_those_weeks() -> None:
    now, wanted = half_hour(2026, 5, 4, 9), half_hour(2026, 5, 5, 0)  # over midnight in Seoul
    history = {
        half_hour(2026, 4, 28, 0): Arrivals(arrived=10, done=8, handle_s=8 * 200.0),
        half_hour(2026, 4, 21, 0): Arrivals(arrived=20, done=8, handle_s=8 * 100.0),
        half_hour(2026, 4, 27, 0): Arrivals(arrived=99, done=4, handle_s=4 * 60.0),
    }
    (load, quiet) = forecast(history, wanted, wanted + 2, now, 2, 180.0)
    assert (load.per_hour, load.aht_s) == (30.0, 150.0)
    assert (quiet.per_hour, quiet.aht_s) == pytest.approx((0.0, 132.0))
    assert forecast({}, wanted, wanted + 1, now, 2, 180.0)[0].aht_s == 180.0
