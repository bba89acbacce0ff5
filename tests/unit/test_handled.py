"""What is known of messages that wait: how old the oldest may be, without taking it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chassis.bus.ports import Delivery, Kind, Message
from chassis.handled import Ages

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def made(seconds_before_noon: float) -> Delivery:
    moment = (NOON - timedelta(seconds=seconds_before_noon)).isoformat()
    return Delivery(Message("m", Kind.EVENT, "k", {"cloudEvents_time": moment}, b""), 1, 1)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_what_waits_was_made_after_the_last_one_that_was_taken() -> None:
    ages = Ages()
    ages.reads("intake", after(-100))
    ages.took("intake", [made(90), made(40)], NOON)
    assert ages.waiting("intake", 3, NOON) == 40.0
    assert ages.waiting("intake", 3, after(5)) == 45.0


def test_what_waits_came_after_the_queue_was_seen_empty() -> None:
    ages = Ages()
    ages.reads("intake", after(-100))
    ages.took("intake", [made(40)], NOON)
    assert ages.waiting("intake", 0, after(10)) == 0.0
    assert ages.waiting("intake", 1, after(30)) == 20.0


def test_an_old_message_that_comes_again_makes_what_waits_no_older() -> None:
    ages = Ages()
    ages.reads("intake", NOON)
    ages.took("intake", [made(600)], after(10))
    assert ages.waiting("intake", 1, after(10)) == 10.0


def test_who_does_not_read_a_queue_does_not_know() -> None:
    assert Ages().waiting("intake", 1, NOON) is None
