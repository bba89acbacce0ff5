"""One service's database: SQLite or PostgreSQL behind SQLAlchemy Core, one transaction for each use case.

A use case is a function ``fn(tx, …)``. ``Database.run`` gives it a transaction, stores the messages it emitted in
the outbox within the same transaction, commits, and wakes the relay. Whatever ``run`` returned is stored.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from google.protobuf.message import Message as Proto
from sqlalchemy import exc

from chassis import messages, telemetry
from chassis.bus.ports import Message
from chassis.clock import Clock, system_clock
from chassis.crypto import Keyring, mask_resident_numbers
from chassis.engines import open_engine, open_readers
from chassis.sqlite import SqliteSession
from chassis.statements import NONE, Row, Rows, Session, Sql, Then, Values

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 4
_PASSING_STATES = {"40001", "40P01", "55P03", "23505", "0A000"}
"""PostgreSQL: serialization failure, deadlock, lock not available, a row that somebody else inserted meanwhile, which
the next attempt finds, and a prepared statement whose table was altered, which the next attempt prepares anew (Appendix
A of its manual)."""
_PASSING_WORDS = ("database is locked", "UNIQUE constraint failed")
"""The same in SQLite's words."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LOOK, _LOOSELY = Sql("SELECT 1"), Sql("SET LOCAL synchronous_commit = off")
_PLANNED_ONCE = Sql("SET LOCAL plan_cache_mode = force_generic_plan")
_ADD_TO_OUTBOX = Sql(
    "INSERT INTO outbox (id, kind, key, headers, body, created_at)"
    " VALUES (:id, :kind, :key, :headers, :body, :created_at)"
)
_ADD_MANY_TO_OUTBOX = Sql(
    "INSERT INTO outbox (id, kind, key, headers, body, created_at)"
    " SELECT id, kind, key, headers, decode(body, 'hex'), :created_at"
    " FROM ROWS FROM (json_to_recordset(CAST(:rows AS json))"
    " AS (id text, kind text, key text, headers text, body text))"
    " WITH ORDINALITY AS added (id, kind, key, headers, body, place) ORDER BY place"
)
_FEW = 3
"""Messages that PostgreSQL stores one by one; more are stored by one statement."""


class Tx:
    """An open transaction and the messages that leave when it commits."""

    def __init__(self, session: Session, dialect: str, service: str, now: datetime, keys: Keyring) -> None:
        self._session = session
        self.dialect = dialect
        """``sqlite`` or ``postgresql``."""
        self.service = service
        self.now = now
        self.keys = keys
        self.outgoing: list[Message] = []
        self.signals: list[Message] = []
        self._after_commit: dict[str, Callable[[], None]] = {}
        self._planned_once = False

    def execute(self, statement: Sql | sa.Executable, values: Values = NONE) -> Rows:
        """Run one statement and read what it returns."""
        return self._session.execute(statement, values)

    def later(self, statement: Sql, values: Values = NONE, then: Then | None = None) -> None:
        """Run one statement with the next one, or with the commit: it spares PostgreSQL's round trip. ``then`` is told
        its rows; what goes wrong with it is raised there."""
        self._session.later(statement, values, then)

    def may_be_lost(self) -> None:
        """The commit need not outlive a crash of the database's machine: whoever finds it undone does it again."""
        if self.dialect == "postgresql":
            self.later(_LOOSELY)

    def plans_once(self) -> None:
        """From here on plan each statement once for all values and not for each of them: for one that is dearer to plan
        than to run, where PostgreSQL would think otherwise."""
        if self.dialect == "postgresql" and not self._planned_once:
            self._planned_once = True
            self.later(_PLANNED_ONCE)

    def opened(self, table: str, row: Row, column: str) -> str:
        """The text of a sealed column, empty where there is none."""
        blob = getattr(row, column)
        if blob is None:
            return ""
        return self.keys.open_text(bytes(blob), table=table, column=column, row=row.id)

    def sealed(self, table: str, row: str, column: str, text: str) -> bytes | None:
        """Free text as a sealed column keeps it, resident numbers masked; None for an empty one.

        What is no free text (an address, a reference) is sealed with ``keys`` as it is: a changed digit would lead
        somewhere else.
        """
        masked, _ = mask_resident_numbers(text)
        return self.keys.seal(masked, table=table, column=column, row=row) if text else None

    def emit(self, body: Proto, *, subject: str, traceparent: str = "") -> None:
        """Tell everyone: stored with the change, published after the commit, at least once."""
        trace = traceparent or telemetry.traceparent()
        self.outgoing.append(
            messages.event(body, source=self.service, subject=subject, now=self.now, traceparent=trace)
        )

    def ask(self, queue: str, body: Proto, *, subject: str, traceparent: str = "") -> None:
        """Ask one queue to do something: stored with the change, published after the commit, at least once."""
        trace = traceparent or telemetry.traceparent()
        self.outgoing.append(
            messages.task(queue, body, source=self.service, subject=subject, now=self.now, traceparent=trace)
        )

    def signal(self, body: Proto, *, subject: str) -> None:
        """Wake those who watch: published after the commit, not stored. Watchers look for themselves now and then,
        so that a lost signal costs them seconds and nothing else."""
        self.signals.append(messages.event(body, source=self.service, subject=subject, now=self.now, traceparent=""))

    def once_committed(self, name: str, action: Callable[[], None]) -> None:
        """Do something after the commit, once for each name; lost if the process dies between the two."""
        self._after_commit[name] = action

    def actions(self) -> list[Callable[[], None]]:
        """What was asked to be done after the commit."""
        return list(self._after_commit.values())


class Database:
    """Connections of one process to one service's tables; safe to use from several threads or greenlets."""

    def __init__(
        self, address: str, service: str, keys: Keyring, *, clock: Clock = system_clock, pool_size: int = 16,
        reads_only: bool = False,
    ) -> None:  # fmt: skip
        self.service = service
        self.keys = keys
        self.clock = clock
        self.begins = "BEGIN" if reads_only else "BEGIN IMMEDIATE"
        self.engine = open_readers(address, service) if reads_only else open_engine(address, service, pool_size)
        apart = self.engine.dialect.name == "sqlite" and not reads_only
        self._readers = Database(address, service, keys, clock=clock, reads_only=True) if apart else self
        self._driver_error: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        self.committed = threading.Event()
        """Set by every commit that left something to publish; the relay waits for it."""
        self._signals: list[Message] = []
        self._stored = False

    def run(self, use_case: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case in one transaction; what it returns is stored.

        Passing conflicts (deadlock, serialization, a connection that had died while idle) are tried again, at most
        four times. Raises what the use case raises, or SQLAlchemy's ``OperationalError`` when the database is down;
        after an error in the commit itself the change may be stored or not.
        """
        for attempt in range(1, ATTEMPTS + 1):
            attempted = _Attempt(self._connection(), self)
            try:
                attempted.begin()
                result = use_case(attempted.tx, *args, **kwargs)
                attempted.commit()
            except self._driver_error as error:
                told = attempted.broken(error)
                if attempted.in_doubt or attempt == ATTEMPTS or not _passing(told):
                    raise told from error
                time.sleep(0.01 * attempt)
                continue
            except BaseException:
                attempted.roll_back()
                raise
            self._after(attempted.tx)
            return result
        raise AssertionError("unreachable")

    def read(self, use_case: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case that changes nothing. On SQLite it waits for no writer and no writer for it, and a statement
        that would change something is refused; on PostgreSQL this is ``run``."""
        return self._readers.run(use_case, *args, **kwargs)

    def _connection(self) -> sa.PoolProxiedConnection:
        """A connection from the pool. A new one that cannot be made is told as SQLAlchemy tells it."""
        try:
            return self.engine.raw_connection()
        except self._driver_error as error:
            raise told_as(self.engine.dialect, error, dead=False) from error

    def _after(self, tx: Tx) -> None:
        self._signals.extend(tx.signals)
        self._stored = self._stored or bool(tx.outgoing)
        if tx.outgoing or tx.signals:
            self.committed.set()
        for action in tx.actions():
            action()

    def take_signals(self) -> list[Message]:
        """Signals of committed transactions, once."""
        taken, self._signals = self._signals, []
        return taken

    def take_news(self) -> bool:
        """Whether a commit has left messages in the outbox since this was asked before."""
        news, self._stored = self._stored, False
        return news

    def alive(self) -> bool:
        """True if the database answers."""
        with contextlib.suppress(exc.SQLAlchemyError):
            self.run(lambda tx: tx.execute(_LOOK))
            return True
        return False

    def close(self) -> None:
        """Give all connections back."""
        self._readers.engine.dispose()
        self.engine.dispose()


class _Attempt:
    """One attempt at a use case: a connection from the pool, a transaction on it, and the way out."""

    tx: Tx
    _session: Session

    def __init__(self, pooled: sa.PoolProxiedConnection, database: Database) -> None:
        self._pooled, self._database = pooled, database
        self._engine = database.engine

    def begin(self) -> None:
        """Open the transaction."""
        database, dialect = self._database, self._engine.dialect
        self._session = session_on(self._pooled, dialect, database.begins)
        self.tx = Tx(self._session, dialect.name, database.service, database.clock(), database.keys)

    def commit(self) -> None:
        """Store the outgoing messages beside the change, and commit."""
        self._session.settle()
        _store(self.tx)
        self._session.commit()
        self._pooled.close()

    @property
    def in_doubt(self) -> bool:
        """True if nobody knows whether the change is stored."""
        return hasattr(self, "_session") and self._session.in_doubt

    def roll_back(self) -> None:
        """Undo, and give the connection back."""
        if hasattr(self, "_session") and not self._session.undo():
            self._pooled.invalidate()
        self._pooled.close()

    def broken(self, error: Exception) -> exc.DBAPIError:
        """The driver's error as SQLAlchemy tells it, without values; a dead connection takes its pool with it."""
        dialect = self._engine.dialect
        dead = dialect.is_disconnect(error, self._pooled.dbapi_connection, None)  # type: ignore[arg-type]
        if dead:
            self._pooled.invalidate(error)
            self._engine.dispose()
        else:
            self.roll_back()
        return told_as(dialect, error, dead=dead)


def session_on(pooled: sa.PoolProxiedConnection, dialect: sa.Dialect, begins: str) -> Session:
    """A transaction on a connection of the pool; ``begins`` is SQLite's way to open it."""
    connection: Any = pooled.driver_connection
    if dialect.name == "sqlite":
        return SqliteSession(connection, dialect, begins)
    from chassis.postgres import Memory, PostgresSession  # noqa: PLC0415 - not needed on SQLite

    memory = pooled.info.get(Memory) or pooled.info.setdefault(Memory, Memory(connection))
    return PostgresSession(connection, dialect, memory)


def told_as(dialect: sa.Dialect, error: Exception, *, dead: bool) -> exc.DBAPIError:
    """A driver's error as SQLAlchemy's, without the values of the statement."""
    told = exc.DBAPIError.instance(
        None, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=dead,
        dialect=dialect,
    )  # fmt: skip
    return cast("exc.DBAPIError", told)


def outbox_row(message: Message, now: datetime) -> Mapping[str, object]:
    """A message as it lies in the outbox."""
    return {
        "id": message.id,
        "kind": message.kind.value,
        "key": message.key,
        "headers": _JSON.encode(message.headers),
        "body": message.body,
        "created_at": now.timestamp(),
    }


def _store(tx: Tx) -> None:
    if len(tx.outgoing) > _FEW and tx.dialect == "postgresql":
        rows = [
            {"id": one.id, "kind": one.kind, "key": one.key, "headers": one.headers, "body": one.body.hex()}
            for one in tx.outgoing
        ]
        tx.later(_ADD_MANY_TO_OUTBOX, {"rows": _JSON.encode(rows), "created_at": tx.now.timestamp()})
        return
    for message in tx.outgoing:
        tx.later(_ADD_TO_OUTBOX, outbox_row(message, tx.now))


def _passing(error: exc.DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    return state in _PASSING_STATES or any(words in str(error.orig) for words in _PASSING_WORDS)
