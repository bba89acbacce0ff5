"""Databases that tests hand on: one that a test has used is given to the next, where it finds nothing that was written.

PostgreSQL takes its time to make a database and a service's tables in it, and to drop a database it writes everything
down that it has in mind, for every other test as well. So tables that are as they were made are put aside, emptied, for
who opens the same. A database in which a test has made or changed anything else is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from tests.servers.postgres import own_database

ASIDE = "aside_"
_END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
_SCHEMAS = """SELECT nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')
    AND (nspname <> 'public' OR EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid)
        OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = pg_namespace.oid))"""
_SHAPE = """WITH mine AS (SELECT oid, xmin FROM pg_class WHERE relnamespace = CAST(:schema AS regnamespace)), parts AS (
    SELECT concat('class ', oid, ' ', xmin) AS part FROM mine
    UNION ALL SELECT concat('column ', attrelid, attname, ' ', a.xmin) FROM pg_attribute a JOIN mine ON attrelid = oid
    UNION ALL SELECT concat('index ', indexrelid, ' ', i.xmin) FROM pg_index i JOIN mine ON indexrelid = oid
    UNION ALL SELECT concat('trigger ', t.oid, ' ', t.xmin) FROM pg_trigger t JOIN mine ON tgrelid = mine.oid
    UNION ALL SELECT concat('limit ', c.oid, ' ', c.xmin) FROM pg_constraint c JOIN mine ON conrelid = mine.oid
    UNION ALL SELECT concat('default ', d.oid, ' ', d.xmin) FROM pg_attrdef d JOIN mine ON adrelid = mine.oid
    UNION ALL SELECT concat('rule ', r.oid, ' ', r.xmin) FROM pg_rewrite r JOIN mine ON ev_class = mine.oid
    UNION ALL SELECT concat('function ', oid, ' ', xmin) FROM pg_proc WHERE pronamespace = CAST(:schema AS regnamespace)
    UNION ALL SELECT concat('type ', oid, ' ', xmin) FROM pg_type WHERE typnamespace = CAST(:schema AS regnamespace))
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM parts"""
"""All that makes a schema what it is, each with the transaction that wrote it last."""


@dataclass
class Spare:
    """A database, and the tables that were made in it: by their service, what they were made of and their shape."""

    address: str
    database: AbstractContextManager[str]
    _made: dict[str, tuple[sa.MetaData, str]] = field(default_factory=dict)

    def make_tables(self, connection: sa.Connection, service: str, metadata: sa.MetaData) -> None:
        """Tables without a row in the schema of this service: those that were put aside, or new ones."""
        if ASIDE + service in _schemas(connection):
            if self._made[service][0] is metadata:
                connection.execute(sa.text(f"ALTER SCHEMA {ASIDE}{service} RENAME TO {service}"))
                return
            connection.execute(sa.text(f"DROP SCHEMA {ASIDE}{service} CASCADE"))
            del self._made[service]
        connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {service}"))
        metadata.create_all(connection)
        if service not in self._made:
            self._made[service] = (metadata, _shape(connection, service))

    def put_aside(self) -> bool:
        """Empty its tables for the next test; false where a test has made or changed something else."""
        engine = sa.create_engine(self.address, poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.execute(sa.text(_END_OTHERS))
            schemas = _schemas(connection)
            if {schema.removeprefix(ASIDE) for schema in schemas} != self._made.keys():
                return False
            return all(self._empty(connection, service) for service in schemas & self._made.keys())

    def _empty(self, connection: sa.Connection, service: str) -> bool:
        metadata, shape = self._made[service]
        if _shape(connection, service) != shape:
            return False
        tables = [f"DELETE FROM {service}.{table.name}" for table in reversed(metadata.sorted_tables)]
        connection.exec_driver_sql("; ".join(tables))
        connection.execute(sa.text(f"ALTER SCHEMA {service} RENAME TO {ASIDE}{service}"))
        return True


class Spares:
    """The databases of this process that tests hand on."""

    def __init__(self) -> None:
        self._free: list[Spare] = []
        self._lent: dict[str, Spare] = {}

    @contextmanager
    def lent(self, server: str) -> Iterator[str]:
        """The address of a database that is a test's own as long as it lasts."""
        spare = self._free.pop() if self._free else _made(server)
        self._lent[spare.address] = spare
        yield spare.address
        del self._lent[spare.address]
        if spare.put_aside():
            self._free.append(spare)
        else:
            spare.database.__exit__(None, None, None)

    def at(self, address: str) -> Spare | None:
        """The one that is lent at this address."""
        return self._lent.get(address)

    def close(self) -> None:
        """Drop them all."""
        while self._free:
            self._free.pop().database.__exit__(None, None, None)


SPARES = Spares()


def _made(server: str) -> Spare:
    database = own_database(server)
    return Spare(database.__enter__(), database)


def _schemas(connection: sa.Connection) -> set[str]:
    """All that hold something, or were made."""
    return set(connection.execute(sa.text(_SCHEMAS)).scalars())


def _shape(connection: sa.Connection, schema: str) -> str:
    return str(connection.execute(sa.text(_SHAPE), {"schema": schema}).scalar_one())
