"""The bus on RabbitMQ: quorum queues, publisher confirms, everything persistent. See ``topology`` for the queues."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Mapping, Sequence

from chassis.bus.amqp import dead_letters, subscriber, topology
from chassis.bus.amqp.address import HEARTBEAT_S, Address
from chassis.bus.amqp.consumer import AmqpConsumer
from chassis.bus.amqp.envelope import Outgoing
from chassis.bus.amqp.link import Link
from chassis.bus.amqp.moves import Moves
from chassis.bus.amqp.pool import Pool
from chassis.bus.amqp.publisher import PublishingLink, send
from chassis.bus.amqp.transport import IO_TIMEOUT_S
from chassis.bus.ports import RETRY_DELAYS_S, BusUnavailable, Dead, Depth, Kind, Message, Queue

_ASKING_TIMEOUT_S = 30.0
_PUBLISHING_CONNECTIONS, _ASKING_CONNECTIONS = 4, 2


class AmqpBus:
    """See ``chassis.bus.ports.Bus``."""

    system = "rabbitmq"

    def __init__(
        self,
        address: str,
        *,
        connection_name: str = "hub120",
        retry_delays_s: Sequence[float] = RETRY_DELAYS_S,
    ) -> None:
        self._address = Address.parse(address)
        self._connection_name = connection_name
        self._names = topology.Names(self._address.namespace, tuple(retry_delays_s))
        self._publishers = Pool(self._link_to_publish, _PUBLISHING_CONNECTIONS)
        self._askers = Pool(self._link, _ASKING_CONNECTIONS)
        self._moves = Moves(self._names, self._publishers, self._askers)
        self._declared: dict[str, Queue] = {}
        self._consumers: weakref.WeakSet[AmqpConsumer] = weakref.WeakSet()
        self._closing = threading.Event()
        self._starting = threading.Lock()
        self._heart: threading.Thread | None = None

    def declare(self, queues: Sequence[Queue]) -> None:
        """Declare them, and remember them for consumers that find their queue gone."""
        with self._askers.asking(_ASKING_TIMEOUT_S) as link, link.using() as channel:
            topology.declare(channel, self._names, queues)
        self._declared.update({queue.name: queue for queue in queues})

    def expect(self, queues: Sequence[str]) -> None:
        """Ask for each without declaring it, which needs no permission on it."""
        for queue in queues:
            self.ready(queue)

    def publish(self, messages: Sequence[Message], timeout_s: float = 10.0) -> None:
        """Publish a batch and wait for its confirms."""
        if messages:
            send(self._publishers, [self._outgoing(message) for message in messages], timeout_s)

    def consumer(self, queue: str, prefetch: int) -> AmqpConsumer:
        """Start consuming on a connection of its own."""
        consumer = AmqpConsumer(lambda: self._link_to(queue), self._moves, self._names, queue=queue, prefetch=prefetch)
        self._consumers.add(consumer)
        return consumer

    def subscribe(
        self, patterns: Sequence[str], deliver: Callable[[Message], None], stopped: Callable[[], bool]
    ) -> None:
        """Listen on a queue of its own."""
        subscriber.listen(
            self._link, self._names.events, patterns, deliver, lambda: stopped() or self._closing.is_set()
        )

    def ready(self, queue: str) -> int:
        """Ask for the depth of the queue."""
        with self._askers.asking(_ASKING_TIMEOUT_S) as link, link.using() as channel:
            return dead_letters.depth(channel, self._names.queue(queue))

    def depths(self, queues: Sequence[str]) -> Mapping[str, Depth]:
        """Ask for the depth of each and of its dead queue."""
        with self._askers.asking(_ASKING_TIMEOUT_S) as link:
            return dead_letters.depths(link, self._names, queues)

    def dead(self, queue: str, limit: int = 100) -> list[Dead]:
        """Look into the dead queue."""
        with self._askers.asking(_ASKING_TIMEOUT_S) as link:
            return dead_letters.look(link, self._names, queue, limit)

    def redrive(self, queue: str, ids: Sequence[str] = ()) -> int:
        """Move from the dead queue back."""
        with self._askers.asking(_ASKING_TIMEOUT_S) as link:
            return dead_letters.redrive(link, self._publishers, self._names, queue, ids)

    def close(self) -> None:
        """Stop the heart and close what is idle; what is lent closes with its process."""
        self._closing.set()
        for pool in (self._publishers, self._askers):
            pool.close_idle(idle_s=0)
        if self._heart is not None:
            self._heart.join(timeout=5)

    def _outgoing(self, message: Message) -> Outgoing:
        if message.kind is Kind.TASK:
            return Outgoing(self._names.tasks, self._names.queue(message.key), True, message)
        return Outgoing(self._names.events, message.key, False, message)

    def _link(self, timeout_s: float = IO_TIMEOUT_S) -> Link:
        self._start_heart()
        return Link(self._address, self._connection_name, timeout_s)

    def _link_to_publish(self, timeout_s: float) -> PublishingLink:
        self._start_heart()
        link = PublishingLink(self._address, self._connection_name, timeout_s)
        with link.using() as channel:
            topology.declare_exchanges(channel, self._names)
        return link

    def _link_to(self, queue: str) -> Link:
        """A link after making sure of a queue we declared: it may have been deleted while we were away."""
        link = self._link()
        if queue in self._declared:
            with link.using() as channel:
                topology.declare(channel, self._names, [self._declared[queue]])
        return link

    def _start_heart(self) -> None:
        """With the first connection. Raises ``BusUnavailable`` when there are to be no more."""
        if self._closing.is_set():
            raise BusUnavailable("this bus is closed")
        with self._starting:
            if self._heart is None:
                self._heart = threading.Thread(target=self._beat, name="bus heartbeats", daemon=True)
                self._heart.start()

    def _beat(self) -> None:
        """Keep alive the connections whose owners are busy, and close those nobody uses."""
        while not self._closing.wait(HEARTBEAT_S / 4):
            for consumer in list(self._consumers):
                consumer.beat()
            self._publishers.close_idle()
            self._askers.close_idle()
