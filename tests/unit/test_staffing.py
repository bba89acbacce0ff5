"""Staffing: published numbers, laws that must hold for any load, and a queue simulated by brute force."""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.domain.staffing import (
    Load,
    Target,
    agents_needed,
    give_up,
    manageable,
    on_the_rota,
    serve,
    surge,
    wait_probability,
)

USUAL = Target(share=0.8, within_s=20)
loads = st.builds(Load, st.floats(1, 5000), st.floats(10, 900))


@pytest.mark.parametrize(("per_hour", "agents"), [(2060, 110), (306, 19), (1530, 83)])
def test_the_published_sizes_of_120_centres(per_hour: float, agents: int) -> None:
    """AHT 180 s, 80 % in 20 s: Dasan's peak hour, Gyeonggi's, and Gyeonggi in a five-fold surge."""
    assert agents_needed(Load(per_hour, 180), USUAL) == agents


@pytest.mark.parametrize(
    ("agents", "erlangs", "waits"), [(1, 0.5, 0.5), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9), (0, 0.0, 1.0), (4, 9.0, 1.0)]
)
def test_erlang_c_by_hand(agents: int, erlangs: float, waits: float) -> None:
    assert wait_probability(agents, erlangs) == pytest.approx(waits)


def test_thousands_of_agents_lose_no_digits() -> None:
    assert wait_probability(10_000, 9_900) == pytest.approx(0.22, abs=0.01)  # Halfin and Whitt's limit
    assert wait_probability(5_000, 100) == 0.0


def test_without_work_nobody_is_needed_and_without_agents_nobody_is_answered() -> None:
    assert agents_needed(Load(0, 180), USUAL) == 0
    nobody = serve(Load(10, 180), 0, 20)
    assert (nobody.service_level, nobody.speed_of_answer_s, nobody.stable) == (0.0, math.inf, False)
    assert astuple(give_up(Load(10, 180), 0, 60)) == pytest.approx((1, 60))


@given(loads)
def test_one_agent_fewer_misses_the_target(load: Load) -> None:
    agents = agents_needed(load, USUAL)
    assert serve(load, agents, 20).service_level >= 0.8
    assert serve(load, agents - 1, 20).service_level < 0.8


@given(loads, st.integers(1, 200), st.floats(1, 3600))
def test_who_gives_up_shortens_the_queue(load: Load, agents: int, patience_s: float) -> None:
    found = give_up(load, agents, patience_s)
    assert 0 <= found.abandoned <= 1
    assert found.wait_s <= serve(load, agents, 20).speed_of_answer_s * (1 + 1e-6) + 1e-9
    assert found.abandoned >= 1 - agents / load.erlangs - 1e-6
    assert found.abandoned == pytest.approx(found.wait_s / patience_s, rel=1e-6)


def test_what_is_manageable_is_where_the_target_just_holds() -> None:
    most = manageable(180, 19, USUAL)
    assert agents_needed(Load(most * 0.9999, 180), USUAL) == 19
    assert agents_needed(Load(most * 1.0001, 180), USUAL) == 20


@pytest.mark.parametrize(("agents", "shrinkage", "rota"), [(70, 0.3, 100), (19, 0.3, 28), (19, 0, 19), (0, 0.3, 0)])
def test_breaks_training_and_absence_are_added_to_the_rota(agents: int, shrinkage: float, rota: int) -> None:
    assert on_the_rota(agents, shrinkage) == rota


def test_a_surge_fills_the_queue_by_what_cannot_be_handled() -> None:
    found = surge(Load(306, 180), 5, 19, USUAL, patience_s=120, lasts_s=1800)
    assert (found.load.per_hour, found.agents_needed, found.service.stable) == (1530, 83, False)
    assert found.growth_per_hour == pytest.approx(1530 - 19 * 20)
    assert found.waiting == pytest.approx(575)
    assert found.wait_s == pytest.approx(575 / 380 * 3600)
    assert found.callbacks_per_hour == pytest.approx(1530 - manageable(180, 19, USUAL))
    assert found.patience.abandoned == pytest.approx(1 - 380 / 1530, abs=1e-3)


def test_without_a_surge_little_waits() -> None:
    found = surge(Load(306, 180), 1, 19, USUAL, patience_s=120, lasts_s=3600)
    assert (found.growth_per_hour, found.callbacks_per_hour) == (0, 0)
    assert found.wait_s == pytest.approx(13.58, abs=0.01)
    assert found.waiting == pytest.approx(306 * 13.58 / 3600, abs=0.01)


def test_erlang_c_agrees_with_a_simulated_queue() -> None:
    load, agents = Load(306, 180), 17
    found = serve(load, agents, 20)
    waits = simulated(load, agents, 120_000, random.Random(120))
    assert sum(wait > 0 for wait, _ in waits) / len(waits) == pytest.approx(found.wait_probability, abs=0.04)
    assert sum(wait <= 20 for wait, _ in waits) / len(waits) == pytest.approx(found.service_level, abs=0.04)
    assert sum(wait for wait, _ in waits) / len(waits) == pytest.approx(found.speed_of_answer_s, rel=0.15)


def test_erlang_a_agrees_with_a_simulated_queue() -> None:
    load, agents = Load(400, 180), 18
    found = give_up(load, agents, 90)
    waits = simulated(load, agents, 60_000, random.Random(120), patience_s=90)
    assert sum(left for _, left in waits) / len(waits) == pytest.approx(found.abandoned, rel=0.05)
    assert sum(wait for wait, _ in waits) / len(waits) == pytest.approx(found.wait_s, rel=0.05)


def simulated(
    load: Load, agents: int, arrivals: int, chance: random.Random, patience_s: float = math.inf
) -> list[tuple[float, bool]]:
    """First come, first served: how long each waited, and whether they gave up."""
    now, free, told = 0.0, [0.0] * agents, []
    for _ in range(arrivals):
        now += chance.expovariate(load.per_hour / 3600)
        wait = max(0.0, free[0] - now)
        stays = patience_s if math.isinf(patience_s) else chance.expovariate(1 / patience_s)
        if wait <= stays:
            heapq.heapreplace(free, now + wait + chance.expovariate(1 / load.aht_s))
        told.append((min(wait, stays), wait > stays))
    return told
