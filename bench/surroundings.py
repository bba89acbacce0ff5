"""PostgreSQL and RabbitMQ for measuring: the servers the tests use, with a database and names of our own on them.

The names are those of a test session, so that the next one removes what a killed measurement left.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import amqp
import kombu

from chassis.crypto import Keyring
from tests import servers
from tests.servers.namespaces import session_prefix

PREFIX = "hub120-bench-"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one measurement has to itself; all of it is gone afterwards."""

    folder: Path
    database: str
    """SQLAlchemy's address of an empty PostgreSQL database."""
    broker: str
    """RabbitMQ's address, without a namespace."""
    namespace: str

    @property
    def bus(self) -> str:
        """The bus address, with the namespace."""
        return f"{self.broker}?namespace={self.namespace}"

    def keyring(self) -> Keyring:
        """Keys, made on first use."""
        path = self.folder / "keyring.json"
        if not path.exists():
            Keyring.create(path)
        return Keyring.load(path)


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    """A folder, a database and a namespace of our own."""
    broker, prefix = servers.amqp_server(), session_prefix()
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX) as folder,
        servers.own_database(servers.postgres_server()) as database,
    ):
        try:
            yield Surroundings(Path(folder), database, broker, prefix)
        finally:
            servers.remove_namespaces(broker, prefix, f"evt-{prefix}")  # nameko names its queues so


class Broker:
    """A plain connection to look after queues."""

    def __init__(self, address: str) -> None:
        self._connection = kombu.Connection(address)
        self.channel: amqp.Channel = self._connection.channel()

    def depth(self, queue: str) -> int:
        """How many messages wait."""
        return int(self.channel.queue_declare(queue, passive=True).message_count)

    def quorum(self, queue: str) -> None:
        """Declare a quorum queue."""
        arguments = {"x-queue-type": "quorum"}
        self.channel.queue_declare(queue, durable=True, auto_delete=False, arguments=arguments)

    def close(self) -> None:
        """Leave."""
        self._connection.close()
