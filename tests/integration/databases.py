"""Services' own databases for tests of use cases: real tables on SQLite or PostgreSQL, and a clock that obeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis.crypto import Keyring
from chassis.database import Database
from tests import servers


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
def opened(address: str, service: str, metadata: sa.MetaData, clock: Callable[[], datetime]) -> Iterator[Database]:
    """A service's database with empty tables, in a schema of the service's name where there are schemas."""
    database = Database(address, service, Keyring.generate(), clock=clock)
    try:
        with database.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {service}"))
            metadata.create_all(connection)
        yield database
    finally:
        database.close()


@contextmanager
def of_a_kind(
    request: pytest.FixtureRequest, service: str, metadata: sa.MetaData
) -> Iterator[tuple[Database, Clock]]:  # fmt: skip
    """A database of the kind that a fixture's parameter names, for all tests of a module, and its time."""
    clock = Clock()
    with ExitStack() as stack:
        folder = request.getfixturevalue("tmp_path_factory").mktemp(service)
        address = f"sqlite:///{folder}/{{service}}.db"
        if request.param == "postgresql":
            address = stack.enter_context(servers.own_database(request.getfixturevalue("postgres_server")))
        yield stack.enter_context(opened(address, service, metadata, clock)), clock


def emptied(database: Database, metadata: sa.MetaData) -> None:
    """Every table without a row."""
    with database.engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
