"""How a service's database is reached: one file (SQLite) or one schema (PostgreSQL), with limits on every wait.

SQLite lets one transaction write at a time, and its own wait for that turn sleeps in C, which under eventlet stops the
whole process, with it the greenlet that holds the turn. So the wait is done here: within a process by the pool, which
has one connection and gives it to one after the other, between processes with sleeps that yield. Who only reads has
connections of its own: they see what was committed last, and neither wait for that turn nor hold it up.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

TURN_S = 5.0
"""How long a transaction on SQLite waits for its turn in the process, and then among processes."""
READERS = 4
"""Reads at once of one process on SQLite."""
_LOOK_S = 0.001
_NO_WAIT = "busy_timeout=0"


def open_engine(address: str, service: str, pool_size: int) -> sa.Engine:
    """The engine for one service's file (SQLite) or schema (PostgreSQL)."""
    address = address.replace("{service}", service)
    if address.startswith("sqlite"):
        return _sqlite(address)
    options = (
        f"-csearch_path={service} -cstatement_timeout=15000 -clock_timeout=5000"
        " -cidle_in_transaction_session_timeout=60000"
    )
    return sa.create_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_reset_on_return=None,  # use cases end their transactions themselves
        pool_use_lifo=True,  # the connection used last has its statements prepared
        connect_args={
            "options": options,
            "connect_timeout": 3,
            "application_name": f"hub120-{service}",
            "prepare_threshold": None,  # psycopg would drop all prepared statements with each rollback
        },
    )


def open_readers(address: str, service: str) -> sa.Engine:
    """Connections to a service's file (SQLite) on which nothing can be written."""
    engine = sa.create_engine(
        address.replace("{service}", service),
        pool_size=READERS, max_overflow=0, pool_timeout=TURN_S, paramstyle="named",
    )  # fmt: skip

    @sa.event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=1000", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _sqlite(address: str) -> sa.Engine:
    engine = sa.create_engine(address, pool_size=1, max_overflow=0, pool_timeout=TURN_S, paramstyle="named")

    @sa.event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not open transactions of its own
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", _NO_WAIT):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        take_turn(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))

    return engine


def take_turn(begin: Callable[[], object]) -> None:
    """Begin a transaction on SQLite as soon as no other one is open; raises what ``begin`` does after ``TURN_S``."""
    deadline = time.monotonic() + TURN_S
    while True:
        try:
            begin()
            return
        except (sqlite3.OperationalError, exc.OperationalError) as error:
            if not _busy(error) or time.monotonic() > deadline:
                raise
        time.sleep(_LOOK_S)


def _busy(error: Exception) -> bool:
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return bool(code & 0xFF == sqlite3.SQLITE_BUSY)
