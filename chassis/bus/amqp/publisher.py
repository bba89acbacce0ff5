"""Publishing with confirms, once for a batch: a batch is confirmed or it failed, there is no third answer.

When the broker has blocked publishers (memory or disk alarm) the connection is kept and nothing more is sent on it
until it is unblocked: throwing it away and sending the batch again and again on new ones would have them all published
on the day the alarm clears.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from chassis.bus.amqp.address import Address
from chassis.bus.amqp.envelope import Outgoing
from chassis.bus.amqp.link import Link, LinkLost
from chassis.bus.amqp.pool import Pool
from chassis.bus.ports import BusUnavailable, PublishFailed

_BATCH = 500


class PublishingLink(Link):
    """A link whose channel confirms."""

    def __init__(self, address: Address, connection_name: str, timeout_s: float) -> None:
        """Connect as ``Link`` does; may also raise ``LinkLost``."""
        super().__init__(address, connection_name, timeout_s)
        self._sent = 0
        self._waiting: set[int] = set()
        self._refused: list[str] = []
        with self.using() as channel:
            channel.confirm_select()
            channel.events["basic_ack"].add(self._settled)
            channel.events["basic_nack"].add(self._on_nack)
            channel.events["basic_return"].add(self._on_return)

    def publish(self, batch: Sequence[Outgoing], deadline: float) -> None:
        """Publish and wait for every confirm."""
        while self.blocked:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise BusUnavailable("RabbitMQ takes no messages now: it is short of memory or disk")
            self.pump(left_s)
        self._waiting.clear()
        self._refused.clear()
        for start in range(0, len(batch), _BATCH):
            self._write(batch[start : start + _BATCH], deadline)
            self._await_confirms(deadline)
        if self._refused:
            raise PublishFailed(f"RabbitMQ refused {len(self._refused)} messages, the first: {self._refused[0]}")

    def _write(self, batch: Sequence[Outgoing], deadline: float) -> None:
        try:
            frames = b"".join(frame for outgoing in batch for frame in outgoing.frames(self.channel_id, self.frame_max))
        except ValueError as error:
            raise PublishFailed(f"a message cannot be sent: {error}") from error
        self._waiting.update(range(self._sent + 1, self._sent + 1 + len(batch)))
        self._sent += len(batch)
        self.send(frames, max(deadline - time.monotonic(), 0.001))

    def _await_confirms(self, deadline: float) -> None:
        while self._waiting:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                if not self.blocked:
                    self.drop()
                raise PublishFailed(f"{len(self._waiting)} messages were not confirmed in time")
            self.pump(left_s)

    def _settled(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._waiting = {waiting for waiting in self._waiting if waiting > tag}
        else:
            self._waiting.discard(tag)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._refused.append("the queue is full or has no majority")
        self._settled(tag, multiple)

    def _on_return(self, error: Exception, exchange: str, routing_key: str, content: Any) -> None:
        self._refused.append(
            f"{content.properties.get('message_id')} names queue {routing_key!r}, which does not exist"
        )


def send(publishers: Pool[PublishingLink], batch: Sequence[Outgoing], timeout_s: float) -> None:
    """Publish a batch on a connection of the pool; returns when every message of it is confirmed."""
    deadline = time.monotonic() + timeout_s
    with publishers.lent(deadline) as link:
        try:
            link.publish(batch, deadline)
        except LinkLost as error:
            raise PublishFailed(f"the connection was lost before all messages were confirmed: {error}") from error
