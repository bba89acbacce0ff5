"""Moving a failed message: a copy is confirmed in the retry or dead queue before the original is acknowledged."""

from __future__ import annotations

from chassis.bus.amqp import topology
from chassis.bus.amqp.envelope import Outgoing
from chassis.bus.amqp.link import Link
from chassis.bus.amqp.pool import Pool
from chassis.bus.amqp.publisher import PublishingLink, send
from chassis.bus.ports import Delivery, PublishFailed
from chassis.bus.retries import delay_s, pause_s

_TIMEOUT_S = 10.0


class Moves:
    """Publishes the copies for all consumers of a process, and makes retry queues when they are first needed."""

    def __init__(self, names: topology.Names, publishers: Pool[PublishingLink], askers: Pool[Link]) -> None:
        self._names, self._publishers, self._askers = names, publishers, askers
        self._declared: set[str] = set()

    def to_retry(self, queue: str, delivery: Delivery, reason: str, after_s: float) -> None:
        """To the queue of its delay, or among the dead after the last. Raises as publishing does."""
        wait_s = delay_s(self._names.delays_s, delivery.attempt, after_s)
        if wait_s is None:
            self.to_dead(queue, delivery, reason)
        else:
            self._wait(queue, delivery, wait_s, delivery.attempt + 1, reason)

    def to_wait(self, queue: str, delivery: Delivery, reason: str, after_s: float) -> None:
        """To a queue of delay, as the same attempt. Raises as publishing does."""
        self._wait(queue, delivery, pause_s(self._names.delays_s, after_s), delivery.attempt, reason)

    def _wait(self, queue: str, delivery: Delivery, wait_s: float, attempt: int, reason: str) -> None:
        name = self._names.retry(queue, wait_s)
        if name not in self._declared:
            with self._askers.asking(_TIMEOUT_S) as link, link.using() as channel:
                topology.declare_retry(channel, self._names, queue, wait_s)
            self._declared.add(name)
        try:
            self._send(name, delivery, attempt, reason)
        except PublishFailed:
            self._declared.discard(name)  # somebody may have deleted it
            raise

    def to_dead(self, queue: str, delivery: Delivery, reason: str) -> None:
        """Among the dead. Raises as publishing does."""
        self._send(self._names.dead(queue), delivery, delivery.attempt, reason)

    def _send(self, name: str, delivery: Delivery, attempt: int, reason: str) -> None:
        copy = Outgoing("", name, True, delivery.message, attempt, reason)
        send(self._publishers, [copy], _TIMEOUT_S)
