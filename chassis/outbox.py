"""The outbox and the relay: messages lie beside the change that caused them until the bus has confirmed them.

Only the relay publishes. It takes a batch of rows by deleting them, publishes, and commits the deletion once every
message is confirmed; if anything fails the rows are there again. A database that crashes may forget a deletion: the
messages leave twice then, which every consumer bears, and no deletion waits for a disk. Several relays (one in each
process) may run at once: PostgreSQL lets each skip the rows another holds, SQLite lets one in at a time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import sqlalchemy as sa
from opentelemetry.trace import SpanKind
from sqlalchemy import exc

from chassis import logs, telemetry
from chassis.bus.ports import Bus, BusUnavailable, Kind, Message, PublishFailed, Queue
from chassis.columns import NONE, blob, number, text
from chassis.columns import time as moment
from chassis.database import Database, Tx
from chassis.messages import age_s
from chassis.statements import Row, Sql

BATCH = 500
SWEEP_S = 1.0
"""How often a relay looks for rows that a crashed process left."""

_sent = telemetry.counter(
    "hub120.relay.messages", "{message}", "Messages confirmed by the bus", (telemetry.attributes.SERVICE,)
)

TAKE = {
    "sqlite": Sql(
        "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox ORDER BY seq LIMIT :batch)"
        " RETURNING seq, id, kind, key, headers, body"
    ),
    # ARRAY(...) is computed once; IN (...) with LIMIT may be run again for each row and take more than it locked.
    "postgresql": Sql(
        "DELETE FROM outbox WHERE seq = ANY(ARRAY(SELECT seq FROM outbox ORDER BY seq LIMIT :batch"
        " FOR UPDATE SKIP LOCKED)) RETURNING seq, id, kind, key, headers, body"
    ),
}
"""Takes the oldest rows that no other relay holds."""
COUNTED = 10_000
"""How many waiting rows are counted at most."""
_WAITING = Sql("SELECT count(*) AS waiting FROM (SELECT 1 FROM outbox LIMIT :most) AS some")
_OLDEST = Sql("SELECT created_at FROM outbox ORDER BY seq LIMIT 1")


def outbox_table(metadata: sa.MetaData) -> sa.Table:
    """The outbox of one service."""
    return sa.Table(
        "outbox",
        metadata,
        number("seq", primary_key=True, autoincrement=True),
        text("id"),
        text("kind"),
        text("key"),
        text("headers"),
        blob("body", NONE),
        moment("created_at"),
    )


def waiting(tx: Tx) -> tuple[int, float]:
    """How many rows wait, up to ``COUNTED``, and when the oldest was made."""
    oldest = tx.execute(_OLDEST).all()
    return tx.execute(_WAITING, {"most": COUNTED}).one().waiting, oldest[0].created_at if oldest else 0.0


class Relay:
    """Carries one database's outbox to the bus; ``run`` is a thread's or a greenlet's whole life.

    ``queues`` are this process's own, which it declares, and ``others`` those of the other services, which their owners
    do: all exist before the first message leaves.
    """

    def __init__(
        self, database: Database, bus: Bus, queues: Sequence[Queue], others: Sequence[str] = (), *, batch: int = BATCH
    ) -> None:
        self._database = database
        self._bus = bus
        self._queues, self._others = queues, others
        self._declared: set[str] = set()
        self._batch = batch
        self._log = logs.get_logger("relay")
        self.failing = False
        self._round_at = time.monotonic()

    def stuck(self, limit_s: float) -> bool:
        """Whether it has not come round for so long: it hangs, whatever database and bus do."""
        return time.monotonic() - self._round_at > limit_s

    def run(self, stopped: Callable[[], bool]) -> None:
        """Publish what is committed until ``stopped()``; outlives every failure of database and bus."""
        pause_s, sweep_at = 0.0, 0.0
        while not stopped():
            self._round_at = time.monotonic()
            time.sleep(pause_s)
            self._database.committed.wait(0 if pause_s else SWEEP_S)
            self._database.committed.clear()
            try:
                if self._database.take_news() or time.monotonic() >= sweep_at:
                    sweep_at = 0.0  # until this has succeeded
                    self._look()
                    sweep_at = time.monotonic() + SWEEP_S
                else:
                    self._publish_signals()
                pause_s, self.failing = 0.0, False
            except (BusUnavailable, PublishFailed, exc.SQLAlchemyError) as error:
                if not self.failing:
                    reason = str(error) if isinstance(error, BusUnavailable | PublishFailed) else type(error).__name__
                    self._log.warning("relay_waits", service=self._database.service, reason=reason)
                pause_s, self.failing = min(2.0, (pause_s or 0.1) * 2), True

    def once(self) -> int:
        """Publish one batch; returns how many stored messages were confirmed."""
        sent = self._database.run(self._publish, self._database.take_signals())
        if sent:
            _sent.add(sent, {telemetry.attributes.SERVICE: self._database.service})
        return sent

    def _look(self) -> None:
        while self.once() == self._batch:
            pass

    def _publish_signals(self) -> None:
        """Without messages beside them they need no transaction: they are not stored."""
        signals = self._database.take_signals()
        if signals:
            self._declare(())
            self._bus.publish(signals)

    def _publish(self, tx: Tx, signals: list[Message]) -> int:
        tx.may_be_lost()
        taken = tx.execute(TAKE[tx.dialect], {"batch": self._batch}).all()
        stored = [_message(row) for row in sorted(taken, key=lambda row: row.seq)]
        if stored or signals:
            self._declare(stored)
            self._bus.publish([*stored, *signals])
            self._record(stored)
        return len(stored)

    def _record(self, stored: Sequence[Message]) -> None:
        """Each message is a span of its trace, from when it was made until the bus confirmed it."""
        if not telemetry.is_recording():
            return
        now = self._database.clock()
        said = {
            "messaging.system": self._bus.system,
            "messaging.operation.name": "send",
            "messaging.operation.type": "send",
            telemetry.attributes.SERVICE: self._database.service,
        }
        for message in stored:
            name = f"send {message.headers['cloudEvents_type'].rpartition('.')[2]}"
            more = {"messaging.destination.name": _destination(message), "messaging.message.id": message.id}
            trace, made = message.headers.get("traceparent", ""), now - timedelta(seconds=age_s(message, now))
            telemetry.recorded(name, SpanKind.PRODUCER, {**said, **more}, trace, made, now)

    def _declare(self, stored: Sequence[Message]) -> None:
        """A task's queue may belong to a connector that was removed since: it exists all the same."""
        missing = {message.key for message in stored if message.kind is Kind.TASK} - self._declared
        if missing or not self._declared:
            self._bus.declare([*self._queues, *(Queue(name) for name in sorted(missing))])
            self._bus.expect(self._others)
            self._declared |= missing | {queue.name for queue in self._queues}


def _destination(message: Message) -> str:
    """Where a message goes: everybody who listens, or one queue."""
    return "hub120.events" if message.kind is Kind.EVENT else message.key


def _message(row: Row) -> Message:
    return Message(row.id, Kind(row.kind), row.key, json.loads(row.headers), bytes(row.body))
