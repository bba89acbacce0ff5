"""Services' own databases for tests of use cases: real tables on SQLite or PostgreSQL, and a clock that obeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.bus.ports import Message
from chassis.crypto import Keyring
from chassis.database import Database, Tx
from tests.servers.spares import SPARES


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)


@contextmanager
def opened(
    address: str, service: str, metadata: sa.MetaData, clock: Callable[[], datetime], keys: Keyring | None = None
) -> Iterator[Database]:
    """A service's database with empty tables, in a schema of the service's name where there are schemas."""
    database = Database(address, service, keys or Keyring.generate(), clock=clock)
    try:
        with database.engine.begin() as connection:
            if spare := SPARES.at(address):
                spare.make_tables(connection, service, metadata)
            else:
                _make_tables(connection, service, metadata)
        yield database
    finally:
        database.close()


def _make_tables(connection: sa.Connection, service: str, metadata: sa.MetaData) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {service}"))
    metadata.create_all(connection)


def shared(service: str, metadata: sa.MetaData) -> tuple[Any, Any, Any]:
    """The fixtures ``both``, ``clock`` and ``database`` of a module: one database of each kind for all its tests, empty
    before each of them, and its time, which begins anew with each. As in
    ``both, clock, database = shared("routing", metadata)``."""

    @pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
    def both(request: pytest.FixtureRequest) -> Iterator[tuple[Database, Clock]]:
        clock = Clock()
        with ExitStack() as stack:
            folder = request.getfixturevalue("tmp_path_factory").mktemp(service)
            address = f"sqlite:///{folder}/{{service}}.db"
            if request.param == "postgresql":
                spares = request.getfixturevalue("spares")
                address = stack.enter_context(spares.lent(request.getfixturevalue("postgres_server")))
            yield stack.enter_context(opened(address, service, metadata, clock)), clock

    @pytest.fixture
    def clock(both: tuple[Database, Clock]) -> Clock:
        both[1].now = Clock().now
        return both[1]

    @pytest.fixture
    def database(both: tuple[Database, Clock], clock: Clock) -> Database:
        emptied(both[0], metadata)
        return both[0]

    return both, clock, database


def led(lead: Callable[[Database, Clock], Any]) -> Any:
    """The fixture of a module's ``desk`` or ``floor``: what leads the service in its database. As in
    ``desk = led(Desk)``."""

    @pytest.fixture
    def leading(database: Database, clock: Clock) -> Any:
        return lead(database, clock)

    return leading


class Told:
    """A service that a test leads; ``told`` is what left for others, oldest first."""

    def __init__(self, database: Database, clock: Clock, events: Any) -> None:
        self.database, self.clock = database, clock
        self.told: list[Any] = []
        self._events = events

    def run(self, use_case: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Run a use case and keep what it told others."""
        found, sent = sent_by(self.database, use_case, *arguments, **more)
        self.told += [self._read(message) for message in sent]
        return found

    def events(self, kind: type[Any]) -> list[Any]:
        """What left of a kind."""
        return [one for one in self.told if isinstance(one, kind)]

    def _read(self, message: Message) -> Any:
        """``events`` is the module of the service's events."""
        return getattr(self._events, message.headers["cloudEvents_type"].rpartition(".")[2]).FromString(message.body)


def sent_by(
    database: Database, use_case: Callable[..., Any], *arguments: Any, **more: Any
) -> tuple[Any, Sequence[Message]]:
    """Run a use case: its answer, and what it sent."""
    sent: list[Sequence[Message]] = []

    def done(tx: Tx) -> Any:
        found = use_case(tx, *arguments, **more)
        sent.append(tx.outgoing)
        return found

    return database.run(done), sent[-1]


def emptied(database: Database, metadata: sa.MetaData) -> None:
    """Every table without a row."""
    with database.engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
