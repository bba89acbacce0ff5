"""The file: tables, and transactions that wait their turn without holding up a whole process.

SQLite's own busy wait sleeps in C, which under eventlet stops every greenlet; so waiting for the write lock is done
here, with sleeps that yield. Once ``BEGIN IMMEDIATE`` has succeeded nothing inside a transaction waits for anybody.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any

from chassis.bus.ports import BusUnavailable

_TURN_S = 0.001
_READ_S = 5.0
_OPEN_S = 10.0
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS queue (name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS binding (pattern TEXT, queue TEXT, PRIMARY KEY (pattern, queue)) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    due_at REAL NOT NULL DEFAULT 0,
    owner TEXT,
    attempt INTEGER NOT NULL DEFAULT 1,
    returns INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
)""",
    "CREATE INDEX IF NOT EXISTS message_by_state ON message (queue, state, due_at)",
    """CREATE TABLE IF NOT EXISTS broadcast (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    key TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
)""",
)


class State(IntEnum):
    """Where a message stands in its queue.

    READY -> HELD (received) -> gone (acked), READY (given back), DELAYED (to be tried again) or DEAD (given up);
    DELAYED -> READY when due; DEAD -> READY when redriven.
    """

    READY = 0
    HELD = 1
    DELAYED = 2
    DEAD = 3


class Journal:
    """One connection to the file, shared by the threads or greenlets of a process, one at a time.

    ``durable`` commits reach the disk before they return. Others survive the death of the process but may be undone by
    a power cut, which is right for what consumers write: an undone receipt or ack means a second delivery.
    """

    def __init__(self, file: Path, *, durable: bool) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, timeout=5, isolation_level=None, check_same_thread=False)
        deadline = time.monotonic() + _OPEN_S
        self._patiently(deadline, "PRAGMA journal_mode=WAL")  # of two who do so at once SQLite refuses one unasked
        self._db.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        self._db.execute("PRAGMA journal_size_limit=67108864")
        for statement in _SCHEMA:
            self._patiently(deadline, statement)
        self._db.execute("PRAGMA busy_timeout=0")

    @contextmanager
    def writing(self, deadline: float) -> Iterator[sqlite3.Connection]:
        """One transaction, begun before ``deadline`` (monotonic) or refused with ``BusUnavailable``."""
        with self._turn(deadline):
            self._patiently(deadline, "BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def rows(self, sql: str, *values: object) -> list[Any]:
        """Read, without waiting for writers; only for a process that repairs the file after a crash."""
        deadline = time.monotonic() + _READ_S
        with self._turn(deadline):
            return self._patiently(deadline, sql, values).fetchall()

    def close(self) -> None:
        """Close the file; a later use raises ``BusUnavailable``."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _turn(self, deadline: float) -> Iterator[None]:
        if not self._lock.acquire(timeout=max(deadline - time.monotonic(), 0.001)):
            raise BusUnavailable("the local bus is busy; try again")
        try:
            yield
        except sqlite3.Error as error:
            raise BusUnavailable(f"the local bus file cannot be used: {error}") from error
        finally:
            self._lock.release()

    def _patiently(self, deadline: float, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Ask again while another process has the file to itself."""
        while True:
            try:
                return self._db.execute(sql, values)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(_TURN_S)
