"""Names and arguments of everything we declare, the same on RabbitMQ 3.10 and 4: change one and declaring fails.

Every queue is a quorum queue. ``<queue>`` dead-letters into ``<queue>.dead`` what came back unsettled too often;
``<queue>.retry.<seconds>s`` holds messages for that long and dead-letters them back. Both at least once, which wants
``reject-publish``; there is no length limit, an operator sets one by policy.

Retry queues are declared when first needed: most never are, and quorum queues are not free. RabbitMQ 3 sets aside two
file handles for each and one more a node, and at its limit (``ulimit -n``) it answers nobody and logs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.bus.ports import Queue
from chassis.bus.retries import DELIVERY_LIMIT

_NO_DELIVERY_LIMIT = 2**31 - 1
"""Looking at dead messages takes and returns them, and RabbitMQ 4 drops what was returned 20 times unless told."""


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called in one namespace."""

    namespace: str
    delays_s: Sequence[float]

    @property
    def events(self) -> str:
        """The topic exchange all events go to."""
        return f"{self.namespace}hub120.events"

    @property
    def tasks(self) -> str:
        """The direct exchange all tasks go to."""
        return f"{self.namespace}hub120.tasks"

    def queue(self, queue: str) -> str:
        """The queue itself."""
        return self.namespace + queue

    def dead(self, queue: str) -> str:
        """Where its messages end that were given up."""
        return f"{self.queue(queue)}.dead"

    def retry(self, queue: str, delay_s: float) -> str:
        """Where its messages wait ``delay_s`` for their next attempt."""
        return f"{self.queue(queue)}.retry.{delay_s:g}s"


def declare(channel: Any, names: Names, queues: Sequence[Queue]) -> None:
    """Declare the exchanges, and ``queues`` with their dead queues."""
    declare_exchanges(channel, names)
    for queue in queues:
        _declare_queue(channel, names, queue)


def declare_retry(channel: Any, names: Names, queue: str, delay_s: float) -> None:
    """Declare one retry queue, when the first message is to wait there."""
    arguments = {"x-message-ttl": round(delay_s * 1000), **_dead_letters_to(names.queue(queue))}
    _quorum(channel, names.retry(queue, delay_s), {"x-delivery-limit": _NO_DELIVERY_LIMIT, **arguments})


def declare_exchanges(channel: Any, names: Names) -> None:
    """Declare what is published to: a publisher may come before every worker."""
    channel.exchange_declare(names.events, "topic", durable=True, auto_delete=False)
    channel.exchange_declare(names.tasks, "direct", durable=True, auto_delete=False)


def _declare_queue(channel: Any, names: Names, queue: Queue) -> None:
    name, dead = names.queue(queue.name), names.dead(queue.name)
    _quorum(channel, dead, {"x-delivery-limit": _NO_DELIVERY_LIMIT})
    _quorum(channel, name, {"x-delivery-limit": DELIVERY_LIMIT, **_dead_letters_to(dead)})
    channel.queue_bind(name, names.tasks, routing_key=name)
    for pattern in sorted(queue.bindings):
        channel.queue_bind(name, names.events, routing_key=pattern)


def _dead_letters_to(name: str) -> dict[str, Any]:
    return {
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": name,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


def _quorum(channel: Any, name: str, arguments: dict[str, Any]) -> None:
    channel.queue_declare(
        name, durable=True, exclusive=False, auto_delete=False, arguments={"x-queue-type": "quorum", **arguments}
    )
