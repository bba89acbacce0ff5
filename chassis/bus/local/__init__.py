"""The embedded bus: a durable log in one SQLite file, shared by the processes of one machine.

Publishing commits with ``synchronous=FULL``: "stored" means on the disk. It costs a few milliseconds a batch and
nothing a message, because a batch is one transaction. What consumers write (receipts, acks, retries) commits with
NORMAL: a power cut may undo it, and then there is a second delivery.

A message is one row per queue it went to (``journal.State``), and events are also kept in a bounded broadcast log for
``subscribe``. Readers are woken through ``bell``.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from chassis.bus.local.bell import POLL_S, Bell, Ringer, bell_directory
from chassis.bus.local.consumer import LocalConsumer
from chassis.bus.local.journal import Journal, State
from chassis.bus.ports import RETRY_DELAYS_S, BusUnavailable, Dead, Depth, Kind, Message, PublishFailed, Queue
from chassis.bus.routes import matches

BROADCASTS_KEPT = 20_000
"""How many events a subscriber may lag behind before it misses some."""

_READ_AT_ONCE = 500
_SUBSCRIBER = "a subscriber"
_TURN_S = 10.0

_STORE = "INSERT INTO message (queue, id, kind, key, headers, body) VALUES (?, ?, ?, ?, ?, ?)"
_BROADCAST = "INSERT INTO broadcast (id, key, headers, body) VALUES (?, ?, ?, ?)"
_DEPTHS = """
    SELECT name, coalesce(sum(state = ?1 OR (state = ?2 AND due_at <= ?3)), 0), coalesce(sum(state = ?4), 0)
    FROM queue LEFT JOIN message ON queue = name
    WHERE name IN (SELECT value FROM json_each(?5)) GROUP BY name
"""
_TRIM = "DELETE FROM broadcast WHERE seq <= (SELECT max(seq) FROM broadcast) - ?"

_Row = tuple[str, str, str, str, str, bytes]
"""A message as a row of one queue."""

log = logging.getLogger(__name__)


class LocalBus:
    """See ``chassis.bus.ports.Bus``."""

    system = "hub120_local"

    def __init__(self, file: Path, *, retry_delays_s: Sequence[float] = RETRY_DELAYS_S) -> None:
        self._file = file.absolute()
        self._delays_s = tuple(retry_delays_s)
        self._opening = threading.Lock()
        self._open: _Open | None = None
        self._closed = False

    @classmethod
    def at(cls, address: str, *, retry_delays_s: Sequence[float] = RETRY_DELAYS_S) -> LocalBus:
        """The bus of an address such as ``local:///var/bus.db``."""
        path = address.removeprefix("local:///")
        if not path or path == address:
            raise ValueError(f"{address!r} names no file: use local:///path/to/bus.db")
        return cls(Path(path), retry_delays_s=retry_delays_s)

    def declare(self, queues: Sequence[Queue]) -> None:
        """Write queues and bindings down where missing."""
        with self._opened.stored.writing(time.monotonic() + _TURN_S) as tx:
            for queue in queues:
                tx.execute("INSERT OR IGNORE INTO queue VALUES (?)", (queue.name,))
                rows = [(pattern, queue.name) for pattern in queue.bindings]
                tx.executemany("INSERT OR IGNORE INTO binding VALUES (?, ?)", rows)

    def expect(self, queues: Sequence[str]) -> None:
        """Look whether they are written down."""
        for queue in queues:
            self._must_exist(queue)

    def publish(self, messages: Sequence[Message], timeout_s: float = 10.0) -> None:
        """Store the batch in one transaction, then wake its readers."""
        if not messages:
            return
        opened = self._opened
        events = [
            (message.id, message.key, _headers(message), message.body)
            for message in messages
            if message.kind is Kind.EVENT
        ]
        with opened.stored.writing(time.monotonic() + timeout_s) as tx:
            routed = _routed(tx, messages)
            tx.executemany(_STORE, routed)
            if events:
                tx.executemany(_BROADCAST, events)
                tx.execute(_TRIM, (BROADCASTS_KEPT,))
        topics = {row[0] for row in routed}
        opened.ringer.ring(topics | {_SUBSCRIBER} if events else topics)

    def consumer(self, queue: str, prefetch: int) -> LocalConsumer:
        """Hang up a bell for the queue and read it."""
        opened = self._opened
        self._must_exist(queue)
        bell = Bell(opened.bells, queue)
        return LocalConsumer(
            opened.working, bell, opened.ringer, queue=queue, prefetch=prefetch, delays_s=self._delays_s
        )

    def subscribe(
        self, patterns: Sequence[str], deliver: Callable[[Message], None], stopped: Callable[[], bool]
    ) -> None:
        """Follow the broadcast log from its end."""
        opened = self._opened
        bell = Bell(opened.bells, _SUBSCRIBER)
        try:
            ((seen,),) = opened.working.rows("SELECT coalesce(max(seq), 0) FROM broadcast")
            while not stopped() and not self._closed:
                try:
                    seen, found = self._follow(seen, patterns, deliver)
                except BusUnavailable as error:
                    log.warning("the broadcast is interrupted: %s", error)
                    found = False
                if not found:
                    bell.wait(POLL_S)
        finally:
            bell.close()

    def ready(self, queue: str) -> int:
        """Count what could be received now."""
        self._must_exist(queue)
        ((count,),) = self._opened.working.rows(
            "SELECT count(*) FROM message WHERE queue = ?1 AND (state = ?2 OR (state = ?3 AND due_at <= ?4))",
            queue,
            State.READY,
            State.DELAYED,
            time.time(),
        )
        return int(count)

    def depths(self, queues: Sequence[str]) -> Mapping[str, Depth]:
        """Count rows by their state."""
        states = State.READY, State.DELAYED, time.time(), State.DEAD
        rows = self._opened.working.rows(_DEPTHS, *states, json.dumps(list(queues)))
        return {name: Depth(ready, dead) for name, ready, dead in rows}

    def dead(self, queue: str, limit: int = 100) -> list[Dead]:
        """Read the dead rows."""
        self._must_exist(queue)
        rows = self._opened.working.rows(
            "SELECT id, key, attempt, reason, headers FROM message WHERE queue = ? AND state = ? ORDER BY seq LIMIT ?",
            queue,
            State.DEAD,
            limit,
        )
        return [
            Dead(message_id, key, queue, attempts, reason, json.loads(headers))
            for message_id, key, attempts, reason, headers in rows
        ]

    def redrive(self, queue: str, ids: Sequence[str] = ()) -> int:
        """Make dead rows ready again."""
        self._must_exist(queue)
        opened = self._opened
        with opened.stored.writing(time.monotonic() + _TURN_S) as tx:
            count = tx.execute(
                "UPDATE message SET state = ?1, due_at = 0, attempt = 1, returns = 0, reason = NULL"
                " WHERE queue = ?2 AND state = ?3 AND (?4 = 0 OR id IN (SELECT value FROM json_each(?5)))",
                (State.READY, queue, State.DEAD, len(ids), json.dumps(list(ids))),
            ).rowcount
        opened.ringer.ring([queue])
        return count

    def close(self) -> None:
        """Close the file; consumers are closed by their owners."""
        with self._opening:
            self._closed = True
            if self._open is not None:
                self._open.close()

    @property
    def _opened(self) -> _Open:
        with self._opening:
            if self._closed:
                raise BusUnavailable("this bus is closed")
            if self._open is None:
                self._open = _Open(self._file)
            return self._open

    def _must_exist(self, queue: str) -> None:
        if not self._opened.working.rows("SELECT 1 FROM queue WHERE name = ?", queue):
            raise BusUnavailable(f"queue {queue!r} is not declared: start the worker that owns it once")

    def _follow(self, seen: int, patterns: Sequence[str], deliver: Callable[[Message], None]) -> tuple[int, bool]:
        rows = self._opened.working.rows(
            "SELECT seq, id, key, headers, body FROM broadcast WHERE seq > ? ORDER BY seq LIMIT ?", seen, _READ_AT_ONCE
        )
        for seq, message_id, key, headers, body in rows:
            seen = seq
            if any(matches(pattern, key) for pattern in patterns):
                _hand_over(Message(message_id, Kind.EVENT, key, json.loads(headers), body), deliver)
        time.sleep(0)  # let other greenlets run between two pages
        return seen, bool(rows)


class _Open:
    """What an open bus holds: two connections to the file, its bells and the hand that rings them."""

    def __init__(self, file: Path) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self.stored = Journal(file, durable=True)
            self.working = Journal(file, durable=False)
            self.bells = bell_directory(file)
            self.ringer = Ringer(self.bells)
        except (OSError, sqlite3.Error) as error:
            raise BusUnavailable(f"the local bus file {file.name} cannot be opened: {error}") from error

    def close(self) -> None:
        self.stored.close()
        self.working.close()
        self.ringer.close()


def _routed(tx: sqlite3.Connection, messages: Iterable[Message]) -> list[_Row]:
    """One row per queue each message goes to; a task that goes nowhere refuses the batch."""
    queues = {name for (name,) in tx.execute("SELECT name FROM queue")}
    bindings = tx.execute("SELECT pattern, queue FROM binding").fetchall()
    known: dict[str, set[str]] = {}
    rows: list[_Row] = []
    for message in messages:
        if message.kind is Kind.TASK:
            if message.key not in queues:
                raise PublishFailed(f"task {message.id} names queue {message.key!r}, which is not declared")
            rows.append(_row(message.key, message))
            continue
        if message.key not in known:
            known[message.key] = {queue for pattern, queue in bindings if matches(pattern, message.key)}
        rows.extend(_row(queue, message) for queue in known[message.key])
    return rows


def _row(queue: str, message: Message) -> _Row:
    return queue, message.id, message.kind.value, message.key, _headers(message), message.body


def _headers(message: Message) -> str:
    return json.dumps(dict(message.headers), separators=(",", ":"))


def _hand_over(message: Message, deliver: Callable[[Message], None]) -> None:
    try:
        deliver(message)
    except Exception:  # a listener's fault must not end the broadcast
        log.exception("a subscriber failed on event %s (%s)", message.id, message.key)
