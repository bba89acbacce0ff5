"""A listener's line into the hub: what it hears is stored in the transaction that moves the lease's cursor.

One that lost the lease without knowing (a long pause of the machine) stores nothing: ``keep`` asks for the lease in its
own transaction. Who gets the lease, and when a listener is begun and ended, is ``chassis.listening``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import eventlet
from eventlet.event import Event
from hub120_sdk import ConnectorError, Received, Record, Retry
from opentelemetry.trace import SpanKind
from sqlalchemy import exc

from chassis import leases, logs, telemetry
from chassis.connectors import checks
from chassis.connectors.running import Running
from chassis.database import Database, Tx
from chassis.errors import Conflict, Unavailable, database_is_away

Store = Callable[[Database, str, Sequence[Record]], Callable[[Tx], list[Received]]]
"""Prepares what was heard, outside of any transaction; what it returns stores it in one."""

_log = logs.get_logger("listening")


class LeaseLost(Retry):
    """Another process listens now."""


class Lease:
    """This process's claim to one listener's connection."""

    def __init__(self, database: Database, name: str, holder: str) -> None:
        self.name = name
        self.database = database
        self._holder = holder

    def take(self) -> str | None:
        """Take or prolong it: how far the provider was read, None if another has it or nobody can know."""
        taken: str | None = self._patiently(leases.take, leases.LEASE_S)
        return taken

    def give_up(self) -> None:
        """Another may have it at once."""
        self._patiently(leases.give_up)

    def run(self, store: Callable[[Tx], list[Received]], cursor: str | None) -> list[Received]:
        """Store something in the transaction that moves the cursor. Raises ``LeaseLost``, and what ``run`` raises."""

        def stored(tx: Tx) -> list[Received]:
            if not leases.move(tx, self.name, self._holder, cursor):
                raise LeaseLost("another process listens now")
            return store(tx)

        return self.database.run(stored)

    def _patiently(self, use_case: Callable[..., Any], *arguments: Any) -> Any:
        """A database that is away is as good as a lease that another holds."""
        try:
            return self.database.run(use_case, self.name, self._holder, *arguments)
        except exc.SQLAlchemyError as error:
            _log.warning("listener_waits", listener=self.name, error=type(error).__name__)
            return None


class HeldLine:
    """The SDK's ``Line`` on a lease."""

    def __init__(self, running: Running, lease: Lease, store: Store, cursor: str) -> None:
        self._running = running
        self._lease = lease
        self._store = store
        self._cursor = cursor
        self._ending = Event()
        self._keeping = 0
        self._sign = True
        self.lost = False

    @property
    def cursor(self) -> str:
        """How far the provider was read."""
        return self._cursor

    def gave_sign(self) -> bool:
        """Whether the listener gave a sign of life since this was last asked, or waits for the hub to store."""
        sign, self._sign = self._sign, False
        return sign or self._keeping > 0

    def keep(self, records: Sequence[Record], cursor: str | None = None) -> Sequence[Received]:
        """Store records and cursor in one transaction. See the SDK's ``Line``."""
        if self.lost:
            raise LeaseLost("this line has ended")
        connector = self._running.manifest.id
        clean, position = checks.parsed(records, self._running.manifest), checks.position(cursor)
        self._keeping += 1
        try:
            said = {
                telemetry.attributes.CONNECTOR: connector,
                telemetry.attributes.SERVICE: self._lease.database.service,
            }
            with telemetry.span("listen", kind=SpanKind.CONSUMER, attributes=said):
                store = self._store(self._lease.database, connector, clean)
                received = self._lease.run(store, position)
        except LeaseLost:
            self.lost = True
            raise
        except ConnectorError:
            raise
        except Exception as error:  # noqa: BLE001 - the connector hears one thing alone: not stored
            self._tell(error)
            raise Retry("the hub cannot store now") from None
        finally:
            self._keeping -= 1
            self._sign = True
        self._cursor = self._cursor if position is None else position
        self._running.hears()
        return received

    def _tell(self, error: Exception) -> None:
        """A conflict and a database that is away pass; anything else is a fault of the hub."""
        passing = isinstance(error, Conflict | Unavailable) or database_is_away(error)
        if not passing:
            _log.error("heard_and_not_stored", connector=self._running.manifest.id, exc_info=error)

    def ended(self) -> bool:
        """Whether ``listen`` shall return."""
        self._sign = True
        return self._ending.ready() or self.lost

    def wait(self, seconds: float) -> bool:
        """Sleep, no longer than until the end; returns ``ended()``."""
        wait_for(self._ending, seconds)
        return self.ended()

    def end(self) -> None:
        """Have ``listen`` return."""
        if not self._ending.ready():
            self._ending.send()

    def close(self) -> None:
        """Store nothing any more: whoever still listens was given up."""
        self.end()
        self.lost = True


def wait_for(event: Event, seconds: float) -> None:
    """Until the event, no longer than so many seconds."""
    if not event.ready():
        with eventlet.Timeout(max(0.0, seconds), False):
            event.wait()
