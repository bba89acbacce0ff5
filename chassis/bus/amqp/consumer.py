"""Reading one queue of RabbitMQ on a connection of its own, which is replaced inside ``receive`` when it is lost.

A tag carries the number of the connection it came from: settling a delivery of a lost connection does nothing, because
the broker delivers that message again. When the broker cancels the consumer (its queue was deleted, or moved to another
node) py-amqp raises, which loses the connection too.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from chassis.bus.amqp import frames
from chassis.bus.amqp.envelope import unwrap
from chassis.bus.amqp.link import Link, LinkLost
from chassis.bus.amqp.moves import Moves
from chassis.bus.amqp.topology import Names
from chassis.bus.amqp.transport import IO_TIMEOUT_S
from chassis.bus.ports import BusUnavailable, Delivery, PublishFailed

_GENERATION = 1 << 40
"""More deliveries than one connection ever carries."""

_LOOK_S = 1.0
"""How soon a waiting ``receive`` notices that it was closed."""

log = logging.getLogger(__name__)


class AmqpConsumer:
    """See ``chassis.bus.ports.Consumer``."""

    def __init__(
        self,
        open_link: Callable[[], Link],
        moves: Moves,
        names: Names,
        *,
        queue: str,
        prefetch: int,
    ) -> None:
        """``open_link`` opens a connection and sees to it that the queue exists."""
        self._open_link, self._moves, self._names = open_link, moves, names
        self._queue, self._prefetch = queue, prefetch
        self._link: Link | None = None
        self._generation = 0
        self._arrived: deque[Any] = deque()
        self._held: dict[int, None] = {}
        self._settling = threading.Lock()
        self._reading = threading.Lock()
        self._closed = False
        with self._reading:
            self._connect()

    def receive(self, limit: int, timeout_s: float) -> list[Delivery]:
        """Take what the socket brought; reconnect when it broke."""
        deadline = time.monotonic() + timeout_s
        time.sleep(0)  # a reader that always finds something must still let other greenlets run
        with self._reading:
            while True:
                link = self._connected_by(deadline)
                left_s = deadline - time.monotonic()
                with contextlib.suppress(LinkLost):
                    link.pump_now()
                    if not self._arrived and left_s > 0:
                        link.pump(min(left_s, _LOOK_S))
                    link.beat()
                if not link.lost and (self._arrived or left_s <= 0):
                    return self._take(limit)

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Acknowledge with one frame all that no unsettled delivery stands before."""
        with self._settling, contextlib.suppress(LinkLost):
            tags = self._release(deliveries)
            if not tags or self._link is None:
                return
            first_held = next(iter(self._held), _GENERATION)
            together = max((tag for tag in tags if tag < first_held), default=0)
            acks = [frames.ack(self._link.channel_id, tag, multiple=False) for tag in tags if tag > first_held]
            if together:
                acks.append(frames.ack(self._link.channel_id, together, multiple=True))
            self._link.send(b"".join(acks), IO_TIMEOUT_S)

    def retry(self, delivery: Delivery, reason: str, after_s: float = 0.0) -> None:
        """Move a copy to the retry queue of the delay."""
        self._move(delivery, lambda: self._moves.to_retry(self._queue, delivery, reason, after_s))

    def postpone(self, delivery: Delivery, reason: str, after_s: float = 0.0) -> None:
        """Move a copy to the retry queue of the delay, as the same attempt."""
        self._move(delivery, lambda: self._moves.to_wait(self._queue, delivery, reason, after_s))

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Move a copy to the dead queue."""
        self._move(delivery, lambda: self._moves.to_dead(self._queue, delivery, reason))

    def beat(self) -> None:
        """Keep the connection alive while its owner is busy elsewhere."""
        if self._reading.acquire(blocking=False):
            try:
                if self._link is not None:
                    with contextlib.suppress(LinkLost):
                        self._link.pump_now()
                        self._link.beat()
            finally:
                self._reading.release()

    def close(self) -> None:
        """Leave; the broker gives back what is in hand. A ``receive`` that waits elsewhere is ended."""
        self._closed = True
        at_rest = self._reading.acquire(timeout=2 * _LOOK_S)
        try:
            with self._settling:
                if self._link is not None:
                    self._link.close() if at_rest else self._link.drop()
        finally:
            if at_rest:
                self._reading.release()

    def _move(self, delivery: Delivery, publish_copy: Callable[[], None]) -> None:
        """Confirmed there before it is acknowledged here; when that fails, back to the head of the queue."""
        with self._settling:
            if delivery.tag % _GENERATION not in self._held or delivery.tag // _GENERATION != self._generation:
                return
        try:
            publish_copy()
        except (PublishFailed, BusUnavailable) as error:
            log.warning("message %s of %s is given back instead of moved: %s", delivery.message.id, self._queue, error)
            self._give_back(delivery)
        else:
            self.ack([delivery])

    def _give_back(self, delivery: Delivery) -> None:
        with self._settling, contextlib.suppress(LinkLost):
            for tag in self._release([delivery]):
                if self._link is not None:
                    self._link.send(frames.requeue(self._link.channel_id, tag), IO_TIMEOUT_S)

    def _release(self, deliveries: Sequence[Delivery]) -> list[int]:
        """The tags of this connection among ``deliveries`` that are still in hand, taken out of it."""
        tags = [
            delivery.tag % _GENERATION for delivery in deliveries if delivery.tag // _GENERATION == self._generation
        ]
        return [tag for tag in tags if self._held.pop(tag, self) is None]

    def _take(self, limit: int) -> list[Delivery]:
        deliveries: list[Delivery] = []
        with self._settling:
            while self._arrived and len(deliveries) < limit:
                raw = self._arrived.popleft()
                message, attempt = unwrap(raw)
                self._held[raw.delivery_tag] = None
                deliveries.append(Delivery(message, attempt, self._generation * _GENERATION + raw.delivery_tag))
        return deliveries

    def _connected_by(self, deadline: float) -> Link:
        """The link, opened anew if need be, tried until ``deadline``."""
        pause_s = 0.05
        while True:
            if self._closed:
                raise BusUnavailable(f"the consumer of {self._queue} is closed")
            if self._link is not None and not self._link.lost:
                return self._link
            try:
                return self._connect()
            except BusUnavailable:
                if time.monotonic() + pause_s >= deadline:
                    raise
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, 1.0)

    def _connect(self) -> Link:
        with self._settling:
            if self._link is not None:
                self._link.drop()
            self._link = None
            self._arrived.clear()
            self._held.clear()
            self._generation += 1
        try:
            link = self._open_link()
            with link.using() as channel:
                channel.basic_qos(0, self._prefetch, False)
            link.consume(self._names.queue(self._queue), self._arrived.append)
        except LinkLost as error:
            raise BusUnavailable(f"queue {self._queue!r} cannot be read: {error}") from error
        with self._settling:
            if self._closed:  # while it was being opened
                link.drop()
                raise BusUnavailable(f"the consumer of {self._queue} is closed")
            self._link = link
        return link
