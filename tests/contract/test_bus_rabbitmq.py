"""RabbitMQ that restarts, is killed, forgets queues, runs short of memory or falls silent, and RabbitMQ over TLS."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import amqp
import pytest

from chassis.bus import Bus, BusUnavailable, Kind, Message, PublishFailed
from tests.certificates import self_signed, speaking_tls
from tests.contract.buses import (
    CASES,
    EVENT,
    child,
    drained,
    event,
    listening,
    numbered,
    opened,
    reading,
    take,
    take_one,
)
from tests.servers import PrivateRabbitmq
from tests.waiting import eventually
from tests.wires import Wire, relayed

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def server(private_rabbitmq: Callable[[], PrivateRabbitmq]) -> PrivateRabbitmq:
    """A RabbitMQ for this module to maltreat."""
    return private_rabbitmq()


@pytest.fixture
def bus(server: PrivateRabbitmq) -> Iterator[Bus]:
    """A bus on it, with a queue of the test's own."""
    with opened(namespaced(server), CASES) as bus:
        yield bus


def namespaced(server: PrivateRabbitmq) -> str:
    return f"{server.address}?namespace={uuid4().hex[:6]}."


def port_of(server: PrivateRabbitmq) -> int:
    return int(server.address.rpartition(":")[2].partition("/")[0])


class Traffic:
    """Publishes and consumes all the while, and counts."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self.confirmed: set[str] = set()
        self.uncertain: set[str] = set()
        self.received: list[str] = []
        self.unexpected: list[BaseException] = []
        self._publishing = threading.Event()
        self._consuming = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(role,)) for role in (self._publish, self._consume)]

    def _run(self, role: Callable[[], None]) -> None:
        try:
            role()
        except BaseException as error:
            self.unexpected.append(error)
            raise

    def _publish(self) -> None:
        while not self._publishing.is_set():
            batch = numbered(20)
            ids = {message.id for message in batch}
            try:
                self._bus.publish(batch, timeout_s=5.0)
            except (PublishFailed, BusUnavailable):
                self.uncertain |= ids
                self._publishing.wait(0.05)
            else:
                self.confirmed |= ids

    def _consume(self) -> None:
        with reading(self._bus, CASES.name) as consumer:
            while not self._consuming.is_set():
                try:
                    deliveries = consumer.receive(100, 0.5)
                except BusUnavailable:
                    continue
                self.received += [delivery.message.id for delivery in deliveries]
                consumer.ack(deliveries)

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        self.grows()
        return self

    def __exit__(self, *error: object) -> None:
        self._publishing.set()
        self._threads[0].join(timeout=30)
        self._consuming.set()
        self._threads[1].join(timeout=30)

    def grows(self) -> None:
        """Wait until both ends have moved on."""
        confirmed, received = len(self.confirmed) + 200, len(self.received) + 200
        eventually(lambda: len(self.confirmed) >= confirmed and len(self.received) >= received, 60, "traffic")

    def ends(self) -> None:
        """Stop publishing and wait until everything confirmed has come."""
        self._publishing.set()
        self._threads[0].join(timeout=30)
        eventually(lambda: self.confirmed <= set(self.received), 60, "everything confirmed being received")


def test_nothing_confirmed_is_lost_over_restarts_and_kills(bus: Bus, server: PrivateRabbitmq) -> None:
    with Traffic(bus) as traffic:
        for strike in (server.stop, server.kill, server.kill):
            strike()
            server.start()
            traffic.grows()
        traffic.ends()
    assert traffic.unexpected == []
    assert set(traffic.received) <= traffic.confirmed | traffic.uncertain
    assert len(traffic.received) - len(set(traffic.received)) < 3 * 600, "far more duplicates than were in flight"


def test_the_first_publish_after_a_restart_goes_through(bus: Bus, server: PrivateRabbitmq) -> None:
    bus.publish(numbered(3))
    server.restart()
    bus.publish(numbered(3))
    assert len(drained(bus, CASES.name)) == 6


def test_while_the_broker_is_down_everything_says_so_soon_and_then_goes_on(bus: Bus, server: PrivateRabbitmq) -> None:
    with reading(bus, CASES.name) as consumer:
        server.stop()
        started = time.monotonic()
        for ask in (lambda: bus.publish([event()]), lambda: bus.ready(CASES.name), lambda: consumer.receive(1, 0.5)):
            with pytest.raises((BusUnavailable, PublishFailed)):
                ask()
        assert time.monotonic() - started < 10
        server.start()
        bus.publish([sent := event()])
        assert take_one(consumer).message == sent


def test_a_delivery_from_before_a_restart_is_delivered_again_and_settling_it_late_does_nothing(
    bus: Bus, server: PrivateRabbitmq
) -> None:
    bus.publish(sent := numbered(4))
    with reading(bus, CASES.name) as consumer:
        before = take(consumer, 4)
        server.restart()
        again = take(consumer, 4)
        assert {delivery.message.id for delivery in again} == {message.id for message in sent}
        consumer.ack(before)
        consumer.retry(before[0], "late")
    assert len(drained(bus, CASES.name)) == 4


def test_a_subscription_survives_a_restart(bus: Bus, server: PrivateRabbitmq) -> None:
    with listening(bus, EVENT) as heard:
        bus.publish([event()])
        eventually(lambda: len(heard) == 1)
        server.restart()

        def hears() -> bool:
            bus.publish([event()])
            return len(heard) > 1

        eventually(hears, 20)


def test_retrying_while_the_broker_is_down_loses_nothing(bus: Bus, server: PrivateRabbitmq) -> None:
    bus.publish([sent := event()])
    with reading(bus, CASES.name) as consumer:
        delivery = take_one(consumer)
        server.stop()
        consumer.retry(delivery, "the database is away")
        server.start()
        again = take_one(consumer)
        assert (again.message, again.attempt) == (sent, 1)


def test_a_queue_deleted_under_its_consumer_is_made_again(bus: Bus, server: PrivateRabbitmq) -> None:
    with reading(bus, CASES.name) as consumer:
        names = [line for line in server.control("-q", "list_queues", "name").split() if line.endswith(".cases")]
        for name in names:
            server.control("-q", "delete_queue", name)
        sent = event()

        def comes() -> bool:
            bus.publish([sent])
            return any(delivery.message == sent for delivery in consumer.receive(10, 0.5))

        eventually(comes, 20)


def test_when_memory_is_short_publishing_fails_in_time_and_does_not_pile_up(bus: Bus, server: PrivateRabbitmq) -> None:
    bus.publish([event()])
    server.control("set_vm_memory_high_watermark", "0")
    try:
        attempts = 0
        for _ in range(6):
            started = time.monotonic()
            with pytest.raises((PublishFailed, BusUnavailable)):
                bus.publish([event()], timeout_s=0.5)
            assert time.monotonic() - started < 3
            attempts += 1
        assert bus.ready(CASES.name) >= 1
    finally:
        server.control("set_vm_memory_high_watermark", "0.4")
    eventually(lambda: published(bus), 20)
    stored = len(drained(bus, CASES.name))
    assert stored <= 3, f"{attempts} attempts while blocked left {stored} messages"


def published(bus: Bus) -> bool:
    try:
        bus.publish([event()], timeout_s=1.0)
    except (PublishFailed, BusUnavailable):
        return False
    return True


def over(wire: Wire) -> str:
    return f"amqp://127.0.0.1:{wire.port}/?namespace={uuid4().hex[:6]}."


def test_a_broker_that_falls_silent_is_noticed_within_the_deadline(server: PrivateRabbitmq) -> None:
    with relayed(port_of(server)) as wire, opened(over(wire), CASES) as bus:
        bus.publish([event()])
        wire.cut.set()
        for _ in range(2):  # on a connection that was warm, and on a fresh one
            started = time.monotonic()
            with pytest.raises((PublishFailed, BusUnavailable)):
                bus.publish([event()], timeout_s=1.0)
            assert time.monotonic() - started < 4
        wire.cut.clear()
        bus.publish([event()])


def test_a_consumer_whose_broker_falls_silent_finds_another_connection(
    server: PrivateRabbitmq, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.bus.amqp.link.HEARTBEAT_S", 0.5)
    with relayed(port_of(server)) as wire, opened(over(wire), CASES) as bus, reading(bus, CASES.name) as consumer:
        wire.cut.set()
        with pytest.raises(BusUnavailable):
            consumer.receive(1, 3.0)
        wire.cut.clear()
        bus.publish([sent := event()])
        assert take_one(consumer).message == sent


def test_a_worker_in_greenlets_speaks_tls_with_a_broker_whose_certificate_it_checks(
    server: PrivateRabbitmq, tmp_path: Path
) -> None:
    files = self_signed(tmp_path)
    with relayed(port_of(server), speaking_tls(files)) as wire:
        address = f"amqps://127.0.0.1:{wire.port}/?namespace={uuid4().hex[:6]}."
        with opened(address) as distrustful, pytest.raises(BusUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
            distrustful.publish([event()])
        with child("green", f"{address}&cafile={files[0]}", 200) as worker:
            answer = worker.says()
    assert (answer["taken"], answer["heard"], answer["left"]) == (200, 200, 0)


def test_a_message_from_a_foreign_publisher_is_understood_or_does_no_harm(server: PrivateRabbitmq) -> None:
    address = namespaced(server)
    with opened(address, CASES) as bus, reading(bus, CASES.name) as consumer:
        exchange = address.rpartition("=")[2] + "hub120.events"
        with amqp.Connection(f"127.0.0.1:{port_of(server)}", confirm_publish=True) as connection:
            channel = connection.channel()
            headers = {"cloudEvents_id": "17", "n": 5, "list": [1], "hub120-attempt": "many", "x-odd": "y"}
            channel.basic_publish(amqp.Message("text", application_headers=headers), exchange, EVENT)
            channel.basic_publish(amqp.Message(b""), exchange, EVENT)
        named, bare = take(consumer, 2)
    assert (named.message.id, named.message.kind, named.message.key, named.attempt) == ("17", Kind.EVENT, EVENT, 1)
    assert (named.message.headers, named.message.body) == ({"cloudEvents_id": "17", "n": "5"}, b"text")
    assert bare.message.id


def test_what_amqp_cannot_carry_is_refused_by_name_and_the_next_goes_through(bus: Bus) -> None:
    for wrong in (event(big="x" * 200_000), Message("i" * 300, Kind.EVENT, EVENT, {}, b"")):
        with pytest.raises(PublishFailed, match=wrong.id[:30]):
            bus.publish([wrong])
    bus.publish([event()])
    assert len(drained(bus, CASES.name)) == 1
