"""PostgreSQL and RabbitMQ for tests: named in the environment, already answering, started privately, or installed.

``postgres_server`` and ``amqp_server`` find or start the one server of a kind that a whole test session uses;
``PrivatePostgres`` and ``PrivateRabbitmq`` are for tests that stop, kill and restart a server. Nothing here ever skips
a test: what cannot be had raises ``NotToBeHad`` with a sentence saying what to install.
"""

from tests.servers.machine import NotToBeHad
from tests.servers.namespaces import own_bus, own_namespace, remove_namespaces
from tests.servers.postgres import PrivatePostgres, own_database
from tests.servers.rabbitmq import PrivateRabbitmq
from tests.servers.shared import amqp_server, postgres_server

__all__ = [
    "NotToBeHad",
    "PrivatePostgres",
    "PrivateRabbitmq",
    "amqp_server",
    "own_bus",
    "own_database",
    "own_namespace",
    "postgres_server",
    "remove_namespaces",
]
