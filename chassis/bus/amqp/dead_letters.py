"""Looking at what was given up, and putting it back: confirmed in the queue before it leaves the dead one.

RabbitMQ has no way to look without taking, and a quorum queue puts what is given back behind what was given back
before: only taking everything, and giving it back by closing the channel, leaves the order as it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from amqp.exceptions import NotFound

from chassis.bus.amqp.envelope import Outgoing, unwrap, unwrap_dead
from chassis.bus.amqp.link import Link
from chassis.bus.amqp.pool import Pool
from chassis.bus.amqp.publisher import PublishingLink, send
from chassis.bus.amqp.topology import Names
from chassis.bus.ports import Dead, Depth

_AT_ONCE = 500
_LOOK_THROUGH = 5000
_QUIET_S = 2.0
"""How long nothing must come until nothing will, and how long given back messages may take to be there again."""

_PUBLISH_TIMEOUT_S = 10.0


def look(link: Link, names: Names, queue: str, limit: int) -> list[Dead]:
    """Take all, show the first ``limit``, give them all back. Of more than ``_LOOK_THROUGH`` the order may change."""
    with _taking(link, names.dead(queue), _LOOK_THROUGH) as hand:
        taken: list[Any] = []
        while len(taken) < _LOOK_THROUGH and (more := hand.take(_LOOK_THROUGH - len(taken))):
            taken += more
    return [unwrap_dead(raw, queue) for raw in taken[:limit]]


def redrive(link: Link, publishers: Pool[PublishingLink], names: Names, queue: str, ids: Sequence[str]) -> int:
    """Go once through what is dead now, oldest first; what is not wanted is given back at the end."""
    wanted, moved = set(ids), 0
    with _taking(link, names.dead(queue), prefetch=0) as hand:
        while taken := hand.take(_AT_ONCE):
            chosen = [(raw.delivery_tag, unwrap(raw)[0]) for raw in taken]
            chosen = [(tag, message) for tag, message in chosen if not wanted or message.id in wanted]
            back = [Outgoing("", names.queue(queue), True, message) for _, message in chosen]
            if back:
                send(publishers, back, _PUBLISH_TIMEOUT_S)
            hand.ack([tag for tag, _ in chosen])
            moved += len(chosen)
    return moved


def depth(channel: Any, name: str) -> int:
    """How many messages are ready in a queue."""
    return int(channel.queue_declare(name, passive=True).message_count)


def depths(link: Link, names: Names, queues: Sequence[str]) -> Mapping[str, Depth]:
    """How much lies in each queue that there is; after a question about one that is missing the channel opens anew."""
    found = {}
    with link.using(), link.second_channel() as channel:
        for queue in queues:
            with suppress(NotFound):
                found[queue] = Depth(depth(channel, names.queue(queue)), depth(channel, names.dead(queue)))
    return found


class _Hand:
    """What was ready in a queue at the start, taken in its order."""

    def __init__(self, link: Link, channel: Any, name: str) -> None:
        self._link, self._channel = link, channel
        self._arrived: deque[Any] = deque()
        self._left = self.kept = depth(channel, name)
        channel.basic_consume(name, callback=self._arrived.append)

    def take(self, limit: int) -> list[Any]:
        """The next messages, at most ``limit``; none when all were taken."""
        deadline = time.monotonic() + _QUIET_S
        while self._left > 0 and not self._arrived and time.monotonic() < deadline:
            self._link.pump(deadline - time.monotonic())
        taken = [self._arrived.popleft() for _ in range(min(limit, self._left, len(self._arrived)))]
        self._left -= len(taken)
        return taken

    def ack(self, tags: Sequence[int]) -> None:
        """These do not go back."""
        for tag in tags:
            self._channel.basic_ack(tag)
        self.kept -= len(tags)


@contextmanager
def _taking(link: Link, name: str, prefetch: int) -> Iterator[_Hand]:
    """A hand whose messages are back in the queue at the end, where the next who looks finds them."""
    with link.using(), link.second_channel() as channel:
        channel.basic_qos(0, prefetch, False)
        hand = _Hand(link, channel, name)
        yield hand
    deadline = time.monotonic() + _QUIET_S
    with link.using() as channel:
        while depth(channel, name) < hand.kept and time.monotonic() < deadline:
            time.sleep(0.01)
