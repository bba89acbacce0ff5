"""The bus: ``connect`` picks the driver by the address, everything else is the contract in ``ports``.

The drivers are imported only when their scheme is asked for, so a laptop never loads RabbitMQ's client.
"""

from __future__ import annotations

from collections.abc import Sequence

from chassis.bus.ports import (
    RETRY_DELAYS_S,
    Bus,
    BusUnavailable,
    Consumer,
    Dead,
    Delivery,
    Depth,
    Kind,
    Message,
    PublishFailed,
    Queue,
)

__all__ = [
    "RETRY_DELAYS_S",
    "Bus",
    "BusUnavailable",
    "Consumer",
    "Dead",
    "Delivery",
    "Depth",
    "Kind",
    "Message",
    "PublishFailed",
    "Queue",
    "connect",
]


def connect(address: str, *, connection_name: str = "hub120", retry_delays_s: Sequence[float] = RETRY_DELAYS_S) -> Bus:
    """Open the bus at ``address``; ``connection_name`` is what the broker's own console shows.

    ``local:///var/bus.db`` is a file below the working directory and ``local:////srv/bus.db`` an absolute one, as in
    the database's address. ``amqp://user:password@host:5672/vhost`` and ``amqps://`` are RabbitMQ; after a ``?``,
    ``namespace`` goes before every exchange and queue name, so that several installations share one broker, and
    ``cafile``, ``certfile`` and ``keyfile`` are paths for TLS. Nothing is opened before the first call that needs it.
    All processes of an installation must agree on ``retry_delays_s``.
    """
    scheme = address.partition("://")[0]
    if scheme == "local":
        from chassis.bus.local import LocalBus  # noqa: PLC0415 - one driver is loaded, the one asked for

        return LocalBus.at(address, retry_delays_s=retry_delays_s)
    if scheme in {"amqp", "amqps"}:
        from chassis.bus.amqp import AmqpBus  # noqa: PLC0415 - one driver is loaded, the one asked for

        return AmqpBus(address, connection_name=connection_name, retry_delays_s=retry_delays_s)
    raise ValueError(
        f"the bus address starts with {scheme!r}: use local:///path/to/bus.db or amqp://user:password@host/vhost"
    )
