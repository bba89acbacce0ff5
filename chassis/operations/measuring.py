"""How a process stands, in metrics: its queues, its outboxes, its pools, its connectors, and what runs out some day.

Looked at every few seconds beside the work, so that sending metrics never waits for a bus or a database. Runs in both
kinds of process.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import exc
from sqlalchemy.pool import QueuePool

from chassis import logs, outbox, telemetry
from chassis.bus.ports import BusUnavailable
from chassis.connectors.guards import BreakerState
from chassis.connectors.states import Readiness
from chassis.database import Database
from chassis.expiry import left_s
from chassis.handled import ages
from chassis.operations.queues import answered_for
from chassis.process import Process
from chassis.telemetry import attributes as known

EVERY_S = 10.0
_BREAKERS = {BreakerState.CLOSED: 0, BreakerState.HALF_OPEN: 1, BreakerState.OPEN: 2}

_ready = telemetry.gauge(
    "hub120.queue.ready", "{message}", "Messages that wait in a queue", (known.MESSAGING_DESTINATION,)
)
_dead = telemetry.gauge("hub120.queue.dead", "{message}", "Messages given up, by queue", (known.MESSAGING_DESTINATION,))
_age = telemetry.gauge(
    "hub120.queue.oldest_age",
    "s",
    "How old the oldest message that waits in a queue is at most, told by workers that read it",
    (known.MESSAGING_DESTINATION,),
)
_stored = telemetry.gauge(
    "hub120.outbox.waiting", "{message}", "Messages that the bus has not confirmed yet", (known.SERVICE,)
)
_stored_age = telemetry.gauge("hub120.outbox.oldest_age", "s", "How old the oldest of them is", (known.SERVICE,))
_pool = telemetry.gauge(
    "db.client.connection.count",
    "{connection}",
    "Connections to the database, by service and state",
    (known.DB_POOL, known.DB_POOL_STATE),
)
_pool_size = telemetry.gauge(
    "db.client.connection.max", "{connection}", "How many there may be of a process", (known.DB_POOL,)
)
_breaker = telemetry.gauge(
    "hub120.connector.breaker",
    "{state}",
    "The worst breaker of a connector: 0 closed, 1 half open, 2 open",
    (known.CONNECTOR,),
)
_in_flight = telemetry.gauge(
    "hub120.connector.in_flight", "{call}", "Calls of a connector being worked on", (known.CONNECTOR,)
)
_expiry = telemetry.gauge(
    "hub120.credential.expiry", "s", "How long until a certificate or a token runs out", (known.CREDENTIAL,)
)
_stuck = telemetry.gauge("hub120.worker.stuck", "{worker}", "1 while messages wait and nothing moves, or a relay hangs")
_uptime = telemetry.gauge("process.uptime", "s", "How long a process has run")
_log = logs.get_logger("operations")


class Measuring:
    """Tells how one process stands; ``stuck`` says of a worker whether it is."""

    def __init__(self, process: Process, stuck: Callable[[], bool] | None = None) -> None:
        self._process, self._is_stuck = process, stuck
        self._queues = list(answered_for(process))
        self._began = time.monotonic()

    def run(self) -> None:
        """Look until the process ends; a thread's or a greenlet's whole life."""
        while not self._process.stopped():
            for look in (self._look_inside, self._look_at_queues, self._look_at_databases):
                try:
                    look()
                except (BusUnavailable, exc.SQLAlchemyError) as error:
                    _log.debug("not_measured", error=type(error).__name__)  # what is away is told by others
            self._process.wait(EVERY_S)

    def _look_inside(self) -> None:
        """What takes no database and no bus."""
        _uptime.set(time.monotonic() - self._began)
        for state in self._process.connectors.states():
            if state.readiness is Readiness.READY:
                _breaker.set(_BREAKERS[state.breaker], {known.CONNECTOR: state.id})
                _in_flight.set(state.in_flight, {known.CONNECTOR: state.id})
        for name, left in left_s(self._process.settings, self._process.clock()).items():
            _expiry.set(left, {known.CREDENTIAL: name})
        if self._is_stuck is not None:
            _stuck.set(int(self._is_stuck()))
        for database in self._process.databases.values():
            _tell_pool(database)

    def _look_at_queues(self) -> None:
        now = self._process.clock()
        for queue, depth in self._process.bus.depths(self._queues).items():
            said = {known.MESSAGING_DESTINATION: queue}
            _ready.set(depth.ready, said)
            _dead.set(depth.dead, said)
            age_s = ages.waiting(queue, depth.ready, now)
            if age_s is not None:
                _age.set(age_s, said)

    def _look_at_databases(self) -> None:
        for database in self._process.databases.values():
            waiting, oldest_at = database.read(outbox.waiting)
            said = {known.SERVICE: database.service}
            _stored.set(waiting, said)
            _stored_age.set(max(0.0, self._process.clock().timestamp() - oldest_at) if waiting else 0.0, said)


def _tell_pool(database: Database) -> None:
    pool = database.engine.pool
    if isinstance(pool, QueuePool):
        _pool_size.set(pool.size(), {known.DB_POOL: database.service})
        for state, amount in (("used", pool.checkedout()), ("idle", pool.checkedin())):
            _pool.set(amount, {known.DB_POOL: database.service, known.DB_POOL_STATE: state})
