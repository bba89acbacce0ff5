"""Fixtures for tests that need real servers; a test that asks for one gets the ``servers`` marker by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Protocol, TypeVar

import pytest

from tests import servers
from tests.servers import namespaces, postgres

SERVER_FIXTURES = {"postgres_server", "amqp_server", "private_postgres", "private_rabbitmq"}


class Removable(Protocol):
    """A server of a test's own."""

    def remove(self) -> None:
        """End it and remove its files."""


Server = TypeVar("Server", bound=Removable)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a server, directly or through another fixture."""
    for item in items:
        if SERVER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("servers")


def require_marker(request: pytest.FixtureRequest) -> None:
    """Fail a test that asked for a server while it ran, which collection cannot see."""
    if request.node.get_closest_marker("servers") is None:
        pytest.fail('mark this test, or its parameter, with "servers": it asks for a server by getfixturevalue')


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Address of the session's PostgreSQL: for making databases, not for use."""
    address = servers.postgres_server()
    if is_first_worker():
        postgres.remove_left_over(address)
    return address


@pytest.fixture(scope="session")
def amqp_server() -> str:
    """Address of the session's RabbitMQ, without a namespace."""
    address = servers.amqp_server()
    if is_first_worker():
        namespaces.remove_left_over(address)
    return address


def is_first_worker() -> bool:
    """Whether this process does what one of a session's processes must do."""
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"


@pytest.fixture
def postgres_address(request: pytest.FixtureRequest, postgres_server: str) -> Iterator[str]:
    """SQLAlchemy's address of an empty PostgreSQL database of the test's own."""
    require_marker(request)
    with servers.own_database(postgres_server) as address:
        yield address


@pytest.fixture(scope="session")
def namespace_prefix(amqp_server: str) -> Iterator[str]:
    """How the names of this process's queues and exchanges start; what starts so is deleted at the end."""
    prefix = namespaces.session_prefix()
    yield prefix
    servers.remove_namespaces(amqp_server, prefix)


@pytest.fixture(scope="session")
def finished_namespaces(amqp_server: str) -> namespaces.Finished:
    """Where tests leave names they are done with."""
    return namespaces.Finished(amqp_server)


@pytest.fixture
def amqp_address(
    request: pytest.FixtureRequest, amqp_server: str, namespace_prefix: str, finished_namespaces: namespaces.Finished
) -> Iterator[str]:
    """The bus address of RabbitMQ with names of the test's own."""
    require_marker(request)
    address = servers.own_namespace(amqp_server, namespace_prefix)
    yield address
    finished_namespaces.add(address)


@pytest.fixture(scope="module")
def private_postgres() -> Iterator[Callable[[], servers.PrivatePostgres]]:
    """Starts PostgreSQL servers that a module's tests may stop, kill and restart."""
    with ExitStack() as ends:
        yield lambda: ended(ends, servers.PrivatePostgres)


@pytest.fixture(scope="module")
def private_rabbitmq() -> Iterator[Callable[[], servers.PrivateRabbitmq]]:
    """Starts RabbitMQ servers that a module's tests may stop, kill and restart."""
    with ExitStack() as ends:
        yield lambda: ended(ends, servers.PrivateRabbitmq)


def ended(ends: ExitStack, start: Callable[[], Server]) -> Server:
    """Start a server and have it removed at the end."""
    server = start()
    ends.callback(server.remove)
    return server
