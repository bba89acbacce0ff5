"""The contract of the bus, kept by both drivers. What fails is in ``test_bus_failures``, other processes are in
``test_bus_processes``, broken servers in ``test_bus_rabbitmq``."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.bus import Bus, BusUnavailable, Kind, Message, PublishFailed, Queue, connect
from tests.contract.buses import (
    CASES,
    EVENT,
    WORK,
    drained,
    event,
    listening,
    numbered,
    opened,
    reading,
    take,
    take_one,
    task,
)
from tests.waiting import eventually


def test_a_task_reaches_the_queue_it_names(bus: Bus) -> None:
    sent = task(WORK.name, b"send this")
    bus.publish([sent])
    with reading(bus, WORK.name) as consumer:
        delivery = take_one(consumer)
        assert (delivery.message, delivery.attempt) == (sent, 1)
    assert drained(bus, CASES.name) == []


def test_an_event_reaches_every_queue_bound_to_it_and_no_other(bus: Bus) -> None:
    bus.declare([Queue("all", frozenset({"hub120.#"})), Queue("word", frozenset({"hub120.*.v1.ContactReceived"}))])
    sent, other = event(), event("hub120.routing.v1.ContactAssigned")
    bus.publish([sent, other])
    assert drained(bus, CASES.name) == [sent]
    assert drained(bus, "word") == [sent]
    assert drained(bus, "all") == [sent, other]
    assert drained(bus, WORK.name) == []


@pytest.mark.parametrize(
    "sent",
    [
        event(body=b""),
        event(body=bytes(range(256)) * 2000),
        event(cloudEvents_subject="접수 120", traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01"),
        Message("id with spaces", Kind.EVENT, EVENT, {"empty": "", "long": "x" * 5000}, b"\x00\xce"),
    ],
    ids=["empty", "larger than a frame", "unicode headers", "odd"],
)
def test_a_message_arrives_as_it_was_sent(bus: Bus, sent: Message) -> None:
    bus.publish([sent])
    assert drained(bus, CASES.name) == [sent]


def test_declaring_again_keeps_messages_and_adds_bindings(bus: Bus) -> None:
    first, second = event(), event("hub120.intake.v1.ContactClosed")
    bus.publish([first])
    bus.declare([CASES, Queue(CASES.name, frozenset({second.key}))])
    bus.publish([second])
    assert drained(bus, CASES.name) == [first, second]


def test_a_queue_that_others_declare_is_waited_for(bus: Bus) -> None:
    bus.expect([CASES.name, WORK.name])
    with pytest.raises(BusUnavailable, match="word"):
        bus.expect([CASES.name, "word"])
    bus.declare([Queue("word")])
    bus.expect([CASES.name, "word"])


def test_messages_of_one_publisher_arrive_in_order(bus: Bus) -> None:
    sent = numbered(1200)
    for start in range(0, 1200, 70):
        bus.publish(sent[start : start + 70])
    assert drained(bus, CASES.name) == sent


def test_ten_thousand_messages_arrive_once_each(bus: Bus) -> None:
    sent = [event(body=b"x" * 500) for _ in range(10_000)]
    received: list[str] = []
    with ThreadPoolExecutor(6) as threads:
        consuming = [threads.submit(drain_into, received, len(sent), bus) for _ in range(2)]
        publishing = [threads.submit(publish_in_batches, bus, sent[part::4]) for part in range(4)]
        for future in (*publishing, *consuming):
            future.result()
    assert len(received) == 10_000
    assert set(received) == {message.id for message in sent}
    assert bus.ready(CASES.name) == 0


def publish_in_batches(bus: Bus, messages: list[Message]) -> None:
    for start in range(0, len(messages), 250):
        bus.publish(messages[start : start + 250])


def drain_into(ids: list[str], enough: int, bus: Bus) -> None:
    """Take and acknowledge, beside others who do, until there are enough or nothing comes for long."""
    with reading(bus, CASES.name) as consumer:
        quiet_since = time.monotonic()
        while len(ids) < enough and time.monotonic() - quiet_since < 5:
            if deliveries := consumer.receive(200, 0.1):
                ids += [delivery.message.id for delivery in deliveries]
                consumer.ack(deliveries)
                quiet_since = time.monotonic()


def test_publishing_nothing_is_nothing(bus: Bus) -> None:
    bus.publish([])


def test_an_event_nobody_is_bound_to_is_accepted(bus: Bus) -> None:
    bus.publish([event("hub120.nobody.v1.Cares")])


def test_an_event_is_accepted_before_anybody_declared_anything(bus_address: str) -> None:
    with opened(bus_address) as empty:
        empty.publish([event()])


def test_a_task_for_a_queue_that_does_not_exist_is_refused(bus: Bus) -> None:
    with pytest.raises(PublishFailed, match="nowhere"):
        bus.publish([task(WORK.name), task("nowhere")])
    bus.publish([task(WORK.name)])


def test_receive_hands_out_what_has_arrived_without_waiting_for_more(bus: Bus) -> None:
    with reading(bus, CASES.name) as consumer:
        bus.publish(numbered(3))
        started = time.monotonic()
        assert take(consumer, 1)
        assert len(take(consumer, 2)) == 2
        assert time.monotonic() - started < 5


def test_receive_takes_no_more_than_its_limit(bus: Bus) -> None:
    bus.publish(numbered(10))
    with reading(bus, CASES.name) as consumer:
        assert [delivery.message.body for delivery in take(consumer, 4)] == [b"0", b"1", b"2", b"3"]
        assert len(consumer.receive(4, 5.0)) <= 4


def test_receive_wakes_up_when_a_message_comes(bus: Bus) -> None:
    with reading(bus, CASES.name) as consumer, ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(consumer.receive, 1, 20.0)
        bus.publish([event()])
        assert len(waiting.result(timeout=10)) == 1


def test_receive_comes_back_empty_after_its_timeout(bus: Bus) -> None:
    with reading(bus, CASES.name) as consumer:
        started = time.monotonic()
        assert consumer.receive(10, 0.3) == []
        assert 0.25 < time.monotonic() - started < 3


def test_no_more_than_prefetch_are_in_hand(bus: Bus) -> None:
    bus.publish(numbered(8))
    with reading(bus, CASES.name, prefetch=5) as consumer:
        held = take(consumer, 5)
        assert consumer.receive(5, 0.3) == []
        consumer.ack(held[1:3])
        assert len(take(consumer, 2)) == 2


def test_settling_from_another_thread_lets_a_waiting_receive_go_on(bus: Bus) -> None:
    bus.publish(numbered(2))
    with reading(bus, CASES.name, prefetch=1) as consumer, ThreadPoolExecutor(1) as thread:
        held = take(consumer, 1)
        waiting = thread.submit(consumer.receive, 1, 20.0)
        consumer.ack(held)
        assert [delivery.message.body for delivery in waiting.result(timeout=10)] == [b"1"]


def test_what_is_acknowledged_never_comes_again_and_the_rest_does(bus: Bus) -> None:
    sent = numbered(9)
    bus.publish(sent)
    with reading(bus, CASES.name) as consumer:
        held = take(consumer, 9)
        consumer.ack([held[0], held[1], held[4]])
        consumer.ack([held[6]])
    assert drained(bus, CASES.name) == [sent[number] for number in (2, 3, 5, 7, 8)]


def test_settling_twice_or_too_late_does_nothing(bus: Bus) -> None:
    bus.publish(numbered(2))
    with reading(bus, CASES.name) as consumer:
        first, second = take(consumer, 2)
        consumer.ack([first])
        consumer.ack([first])
        consumer.retry(first, "late")
        consumer.postpone(first, "late")
        consumer.bury(first, "late")
    consumer.ack([second])
    consumer.bury(second, "late")
    assert [message.body for message in drained(bus, CASES.name)] == [b"1"]
    assert bus.dead(CASES.name) == []


def test_ready_counts_what_waits_and_not_what_is_in_hand(bus: Bus) -> None:
    bus.publish(numbered(5))
    eventually(lambda: bus.ready(CASES.name) == 5)
    with reading(bus, CASES.name, prefetch=2) as consumer:
        take(consumer, 2)
        eventually(lambda: bus.ready(CASES.name) == 3)


def test_a_queue_nobody_declared_is_reported_by_name(bus: Bus) -> None:
    for ask in (bus.ready, bus.dead, bus.redrive, lambda queue: bus.consumer(queue, 1)):
        with pytest.raises(BusUnavailable, match="nobodys"):
            ask("nobodys")
    bus.publish([event()])


def test_a_subscription_hears_matching_events_in_order_and_nothing_else(bus: Bus) -> None:
    with listening(bus, "hub120.intake.v1.*", "hub120.intake.#") as heard:
        sent = numbered(50)
        bus.publish([*sent[:25], event("hub120.routing.v1.ContactAssigned"), task(WORK.name), *sent[25:]])
        eventually(lambda: len(heard) >= 50)
        assert heard == sent


def test_every_subscription_hears_everything(bus: Bus) -> None:
    with listening(bus, EVENT) as one, listening(bus, EVENT) as other:
        bus.publish([sent := event()])
        eventually(lambda: one and other)
        assert (one, other) == ([sent], [sent])


def test_a_listener_that_fails_hears_the_next_event(bus: Bus) -> None:
    def fail(message: Message) -> None:
        raise LookupError(message.id)

    with listening(bus, EVENT, deliver=fail) as heard:
        bus.publish(numbered(3))
        eventually(lambda: len(heard) == 3)


def test_publishing_from_many_threads_loses_nothing(bus: Bus) -> None:
    sent = numbered(400)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda message: bus.publish([message]), sent))
    received = drained(bus, CASES.name)
    assert sorted(message.id for message in received) == sorted(message.id for message in sent)


def test_closing_a_consumer_ends_a_receive_that_waits(bus: Bus) -> None:
    consumer = bus.consumer(CASES.name, 10)
    outcome: list[object] = []

    def wait() -> None:
        try:
            outcome.append(consumer.receive(1, 60.0))
        except BusUnavailable as error:
            outcome.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    consumer.close()
    waiting.join(timeout=10)
    assert not waiting.is_alive()
    assert len(outcome) == 1


def test_a_closed_bus_says_so(bus_address: str) -> None:
    with opened(bus_address, CASES) as bus:
        pass
    with pytest.raises(BusUnavailable, match="closed"):
        bus.publish([event()])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("kafka://somewhere", "'kafka'.*local:///.*amqp://"),
        ("local://", "local:///path"),
        ("amqp://h/?color=red", "color.*namespace"),
        ("amqps://h/?cafile=/nowhere.pem", "cafile"),
    ],
)
def test_a_wrong_address_is_refused_with_the_right_one(wrong: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        connect(wrong)
