"""The bus between processes: one publishes, another consumes, and some are killed in the middle of it."""

from __future__ import annotations

import time
from contextlib import ExitStack

import pytest

from chassis.bus import Queue
from chassis.bus.retries import UNSETTLED
from tests.contract.buses import CASES, EVENT, child, drained, event, listening, numbered, opened, reading, take
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # processes begin
ECHO = Queue("echo", frozenset({EVENT}))


def test_what_another_process_publishes_is_consumed_and_heard_here(bus_address: str) -> None:
    with opened(bus_address, CASES) as bus, listening(bus, EVENT) as heard, child("publish", bus_address, 500) as other:
        sent = other.says()
        assert [message.id for message in drained(bus, CASES.name)] == sent
        eventually(lambda: len(heard) >= 500)
        assert [message.id for message in heard] == sent


def test_what_is_published_here_reaches_another_process_at_once(bus_address: str) -> None:
    with opened(bus_address, ECHO) as bus, child("echo", bus_address, 20) as other:
        assert other.says() == "ready"
        sent_at = []
        for _ in range(20):
            sent_at.append(time.time())
            bus.publish([event()])
        answer = other.says()
        delays_s = sorted(came - sent for came, sent in zip(answer["taken"], sent_at, strict=True))
        assert delays_s[10] < 0.1, "half of the messages took longer than a tenth of a second"
        assert len(answer["heard"]) == 20


def test_two_processes_share_a_queue_without_taking_a_message_twice(bus_address: str) -> None:
    with opened(bus_address, CASES) as bus, ExitStack() as children:
        others = [children.enter_context(child("share", bus_address, CASES.name)) for _ in range(2)]
        assert [other.says() for other in others] == ["ready", "ready"]
        sent = numbered(2000)
        bus.publish(sent)
        for other in others:
            other.go()
        taken = [other.says() for other in others]
        assert all(taken), "one process got everything"
        assert sorted(taken[0] + taken[1]) == sorted(message.id for message in sent)


def test_processes_that_open_a_new_bus_at_once_all_get_through(bus_address: str) -> None:
    with ExitStack() as children:
        others = [children.enter_context(child("open_at_once", bus_address, CASES.name)) for _ in range(4)]
        assert [other.says() for other in others] == ["ready"] * 4
        for other in others:
            other.go()
        assert [other.says() for other in others] == ["done"] * 4
    with opened(bus_address) as bus:
        assert 1 <= len(drained(bus, CASES.name)) <= 4


def test_messages_in_the_hands_of_a_living_process_stay_there(bus_address: str) -> None:
    with opened(bus_address, CASES) as bus, child("hold", bus_address, CASES.name, 3) as other:
        bus.publish(numbered(3))
        other.says()
        with reading(bus, CASES.name) as consumer:
            assert consumer.receive(10, 1.5) == []


def test_messages_in_the_hands_of_a_killed_process_are_delivered_again(bus_address: str) -> None:
    with opened(bus_address, CASES) as bus:
        bus.publish(numbered(5))
        with child("hold", bus_address, CASES.name, 5) as other:
            held = other.says()
            with reading(bus, CASES.name) as waiting:
                other.kill()
                again = take(waiting, 5)
                waiting.ack(again)
        assert [delivery.message.id for delivery in again] == held
        assert {delivery.attempt for delivery in again} == {1}


def test_a_message_that_kills_its_consumers_ends_among_the_dead(
    bus_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.bus.amqp.topology.DELIVERY_LIMIT", 2)
    monkeypatch.setattr("chassis.bus.local.consumer.DELIVERY_LIMIT", 2)
    with opened(bus_address, CASES) as bus:
        sent = event()
        bus.publish([sent])
        for _ in range(3):
            with child("hold", bus_address, CASES.name, 1) as other:
                assert other.says() == [sent.id]
        with reading(bus, CASES.name) as consumer:
            (dead,) = eventually(lambda: not consumer.receive(1, 0.1) and bus.dead(CASES.name)) or []
        assert (dead.id, dead.key, dead.reason) == (sent.id, EVENT, UNSETTLED)
        assert bus.redrive(CASES.name) == 1
        assert [message.id for message in drained(bus, CASES.name)] == [sent.id]


def test_a_worker_in_greenlets_publishes_consumes_and_listens_while_others_run(bus_address: str) -> None:
    with child("green", bus_address, 400) as worker:
        answer = worker.says()
        assert (answer["taken"], answer["heard"], answer["left"]) == (400, 400, 0)
        assert answer["ticks_in_an_idle_second"] > 30, "waiting held up every greenlet"
        assert answer["longest_gap_s"] < 3, "something held up every greenlet"
