"""One caller's calls: a burst passes, more than the rate does not, and nobody else notices."""

from __future__ import annotations

import pytest

from chassis.auth import Caller
from chassis.errors import ResourceExhausted
from chassis.grpc_host.rates import BURST_S, Rates

KIM, LEE = Caller("kim", frozenset({"agent"})), Caller("lee", frozenset({"agent"}))


class Clock:
    now = 1024.0

    def __call__(self) -> float:
        return self.now


def passed(rates: Rates, caller: Caller, calls: int) -> int:
    count = 0
    for _ in range(calls):
        try:
            rates.take(caller)
        except ResourceExhausted:
            return count
        count += 1
    return count


def test_a_burst_passes_and_then_the_rate() -> None:
    clock = Clock()
    rates = Rates(8, clock)
    assert passed(rates, KIM, 100) == 8 * BURST_S + 1
    with pytest.raises(ResourceExhausted) as refused:
        rates.take(KIM)
    assert refused.value.retry_after_s == pytest.approx(0.125)
    clock.now += 1.0
    assert passed(rates, KIM, 100) == 8
    assert passed(rates, LEE, 100) == 8 * BURST_S + 1


def test_being_refused_costs_nothing() -> None:
    clock = Clock()
    rates = Rates(1, clock)
    passed(rates, KIM, 10)
    assert passed(rates, KIM, 1000) == 0
    clock.now += 1.0
    assert passed(rates, KIM, 10) == 1


def test_services_and_a_hub_without_a_limit_are_not_held_back() -> None:
    assert passed(Rates(1), Caller("intake", frozenset({"service"})), 1000) == 1000
    assert passed(Rates(0), KIM, 1000) == 1000


def test_callers_are_not_remembered_for_ever() -> None:
    rates = Rates(1)
    for number in range(5000):
        rates.take(Caller(f"agent-{number}", frozenset({"agent"})))
    assert len(rates._due) <= 4096
