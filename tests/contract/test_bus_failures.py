"""What both drivers do with a message that failed: try again, put off, give up, and put back."""

from __future__ import annotations

import time

from chassis.bus import Bus, Depth, Kind
from tests.contract.buses import (
    CASES,
    EVENT,
    SHORT_DELAYS_S,
    WORK,
    drained,
    event,
    numbered,
    reading,
    take,
    take_one,
    task,
)
from tests.waiting import eventually


def test_a_retried_message_comes_again_after_its_delays_and_then_is_dead(bus: Bus) -> None:
    sent = event(traceparent="00-1")
    bus.publish([sent])
    with reading(bus, CASES.name) as consumer:
        for attempt, delay_s in enumerate(SHORT_DELAYS_S, start=1):
            delivery = take_one(consumer)
            assert (delivery.message, delivery.attempt) == (sent, attempt)
            consumer.retry(delivery, "the database said no")
            assert consumer.receive(1, delay_s / 2) == []
        last = take_one(consumer)
        assert last.attempt == len(SHORT_DELAYS_S) + 1
        consumer.retry(last, "the database said no again")
        (dead,) = eventually(lambda: bus.dead(CASES.name))
    assert (dead.id, dead.key, dead.queue, dead.attempts) == (sent.id, sent.key, CASES.name, last.attempt)
    assert (dead.reason, dead.headers) == ("the database said no again", sent.headers)
    assert drained(bus, CASES.name) == []


def test_a_retry_waits_as_long_as_it_was_asked_to(bus: Bus) -> None:
    bus.publish([event()])
    with reading(bus, CASES.name) as consumer:
        started = time.monotonic()
        consumer.retry(take_one(consumer), "throttled", after_s=SHORT_DELAYS_S[0] + 0.01)
        assert take_one(consumer).attempt == 2
        assert time.monotonic() - started >= SHORT_DELAYS_S[1] - 0.01


def test_a_postponed_message_comes_again_as_the_same_attempt_however_often(bus: Bus) -> None:
    sent = task(WORK.name)
    bus.publish([sent])
    with reading(bus, WORK.name) as consumer:
        consumer.retry(take_one(consumer), "the provider was away")
        for _ in range(len(SHORT_DELAYS_S) + 1):
            delivery = take_one(consumer)
            assert (delivery.message, delivery.attempt) == (sent, 2)
            consumer.postpone(delivery, "the hub's own rate")
            assert consumer.receive(1, SHORT_DELAYS_S[0] / 2) == []
        consumer.retry(take_one(consumer), "the provider was away")
        last = take_one(consumer)
        assert last.attempt == len(SHORT_DELAYS_S) + 1
        consumer.postpone(last, "the hub's own rate")
        assert take_one(consumer).attempt == last.attempt
        assert bus.dead(WORK.name) == []


def test_a_postponed_message_waits_as_long_as_it_was_asked_to(bus: Bus) -> None:
    bus.publish([event()])
    with reading(bus, CASES.name) as consumer:
        started = time.monotonic()
        consumer.postpone(take_one(consumer), "left alone", after_s=SHORT_DELAYS_S[0] + 0.01)
        assert take_one(consumer).attempt == 1
        assert time.monotonic() - started >= SHORT_DELAYS_S[1] - 0.01


def test_waiting_messages_do_not_hold_up_others(bus: Bus) -> None:
    first, second = task(WORK.name), task(WORK.name)
    bus.publish([first, second])
    with reading(bus, WORK.name) as consumer:
        consumer.retry(take_one(consumer), "busy")
        assert take_one(consumer).message == second
        again = take_one(consumer)
        assert (again.message, again.attempt) == (first, 2)


def test_a_buried_message_is_dead_at_once(bus: Bus) -> None:
    bus.publish([task(WORK.name)])
    with reading(bus, WORK.name) as consumer:
        delivery = take_one(consumer)
        consumer.bury(delivery, "unreadable")
        (dead,) = eventually(lambda: bus.dead(WORK.name))
    assert (dead.id, dead.attempts, dead.reason) == (delivery.message.id, 1, "unreadable")


def bury_all(bus: Bus, count: int) -> list[str]:
    """Publish and bury so many; their ids."""
    sent = numbered(count)
    bus.publish(sent)
    with reading(bus, CASES.name) as consumer:
        for delivery in take(consumer, count):
            consumer.bury(delivery, f"no. {delivery.message.body.decode()}")
        eventually(lambda: len(bus.dead(CASES.name)) == count)
    return [message.id for message in sent]


def test_looking_at_the_dead_leaves_them_there_oldest_first(bus: Bus) -> None:
    ids = bury_all(bus, 5)
    for _ in range(3):
        assert [dead.id for dead in bus.dead(CASES.name, limit=3)] == ids[:3]
    assert [dead.reason for dead in bus.dead(CASES.name)] == [f"no. {number}" for number in range(5)]


def test_depths_count_what_waits_and_what_is_dead_and_leave_out_queues_that_are_not_there(bus: Bus) -> None:
    bury_all(bus, 3)
    bus.publish(numbered(2))
    asked = ["nobody's", CASES.name, "nobody's either", WORK.name]
    eventually(lambda: bus.depths(asked) == {CASES.name: Depth(2, 3), WORK.name: Depth(0, 0)}, what="every count")
    assert bus.depths([]) == {}
    assert bus.ready(CASES.name) == 2


def test_redriven_messages_start_anew(bus: Bus) -> None:
    ids = bury_all(bus, 3)
    assert bus.redrive(CASES.name) == 3
    assert bus.dead(CASES.name) == []
    with reading(bus, CASES.name) as consumer:
        again = take(consumer, 3)
        assert [delivery.message.id for delivery in again] == ids
        assert {delivery.attempt for delivery in again} == {1}
        assert {(delivery.message.kind, delivery.message.key) for delivery in again} == {(Kind.EVENT, EVENT)}


def test_redriving_some_leaves_the_others_dead(bus: Bus) -> None:
    ids = bury_all(bus, 4)
    assert bus.redrive(CASES.name, [ids[1], ids[3], "unknown"]) == 2
    assert [dead.id for dead in bus.dead(CASES.name)] == [ids[0], ids[2]]
    assert [message.id for message in drained(bus, CASES.name)] == [ids[1], ids[3]]
