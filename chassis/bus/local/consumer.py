"""Reading one queue of the local bus: messages in hand are marked with the reader's bell, which is its lease."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Sequence
from typing import Any

from chassis.bus.local.bell import POLL_S, Bell, Ringer
from chassis.bus.local.journal import Journal, State
from chassis.bus.ports import BusUnavailable, Delivery, Kind, Message
from chassis.bus.retries import DELIVERY_LIMIT, UNSETTLED, delay_s, pause_s

_TURN_S = 10.0
"""How long a write waits for other writers before the bus counts as unavailable."""

_LOOK_FOR_THE_DEAD_S = 1.0

log = logging.getLogger(__name__)


class LocalConsumer:
    """See ``chassis.bus.ports.Consumer``."""

    def __init__(
        self, journal: Journal, bell: Bell, ringer: Ringer, *, queue: str, prefetch: int, delays_s: Sequence[float]
    ) -> None:
        self._journal, self._bell, self._ringer = journal, bell, ringer
        self._queue, self._prefetch, self._delays_s = queue, prefetch, delays_s
        self._held: set[int] = set()
        self._held_lock = threading.Lock()
        self._unwritten: list[int] = []
        self._looked_for_the_dead = 0.0
        self._closed = False

    def receive(self, limit: int, timeout_s: float) -> list[Delivery]:
        """Claim what is ready, or wait for the bell."""
        deadline = time.monotonic() + timeout_s
        time.sleep(0)  # a reader that always finds something must still let other greenlets run
        while True:
            if self._closed:
                raise BusUnavailable(f"the consumer of {self._queue} is closed")
            deliveries = self._claim(min(limit, self._prefetch - len(self._held)))
            left_s = deadline - time.monotonic()
            if deliveries or left_s <= 0:
                return deliveries
            self._bell.wait(min(left_s, POLL_S))

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Delete them, where they are still ours."""
        self._write(
            self._settle(deliveries), "DELETE FROM message WHERE owner = ? AND seq IN (SELECT value FROM json_each(?))"
        )

    def retry(self, delivery: Delivery, reason: str, after_s: float = 0.0) -> None:
        """Delay it for the next attempt; dead after the last."""
        wait_s = delay_s(self._delays_s, delivery.attempt, after_s)
        if wait_s is None:
            self.bury(delivery, reason)
            return
        self._move(delivery, State.DELAYED, reason, delivery.attempt + 1, time.time() + wait_s)

    def postpone(self, delivery: Delivery, reason: str, after_s: float = 0.0) -> None:
        """Delay it."""
        due_at = time.time() + pause_s(self._delays_s, after_s)
        self._move(delivery, State.DELAYED, reason, delivery.attempt, due_at)

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Mark it dead."""
        self._move(delivery, State.DEAD, reason, delivery.attempt, 0.0)

    def close(self) -> None:
        """Give back what is in hand and stop."""
        if self._closed:
            return
        self._closed = True
        try:
            with self._journal.writing(time.monotonic() + _TURN_S) as tx:
                tx.execute(
                    "UPDATE message SET state = ?, owner = NULL WHERE queue = ? AND state = ? AND owner = ?",
                    (State.READY, self._queue, State.HELD, self._bell.name),
                )
        except BusUnavailable:  # without a bell its messages count as held by the dead
            log.warning("the consumer of %s leaves its messages to be found by the next", self._queue)
        finally:
            self._bell.close()
            self._ringer.ring([self._queue])

    def _settle(self, deliveries: Sequence[Delivery]) -> list[int]:
        """The tags among ``deliveries`` that are still in hand, taken out of it."""
        with self._held_lock:
            was_full = len(self._held) >= self._prefetch
            tags = [delivery.tag for delivery in deliveries if delivery.tag in self._held]
            self._held.difference_update(tags)
        if was_full and tags:
            self._ringer.rings(self._bell.name)
        return tags

    def _move(self, delivery: Delivery, state: State, reason: str, attempt: int, due_at: float) -> None:
        self._write(
            self._settle([delivery]),
            "UPDATE message SET state = ?, reason = ?, attempt = ?, due_at = ?, owner = NULL"
            " WHERE owner = ? AND seq IN (SELECT value FROM json_each(?))",
            *(state, reason, attempt, due_at),
        )

    def _write(self, seqs: list[int], sql: str, *values: object) -> None:
        """Write how messages in hand were settled. What cannot be written is given back by the next ``receive``."""
        if not seqs:
            return
        try:
            with self._journal.writing(time.monotonic() + _TURN_S) as tx:
                tx.execute(sql, (*values, self._bell.name, json.dumps(seqs)))
        except BusUnavailable as error:
            log.warning("%d messages of %s will be delivered again: %s", len(seqs), self._queue, error)
            self._unwritten += seqs

    def _give_back_unwritten(self) -> None:
        seqs, self._unwritten = self._unwritten, []
        self._write(
            seqs,
            "UPDATE message SET state = ?, owner = NULL WHERE owner = ? AND seq IN (SELECT value FROM json_each(?))",
            State.READY,
        )

    def _claim(self, room: int) -> list[Delivery]:
        self._release_what_the_dead_held()
        self._give_back_unwritten()
        now = time.time()
        if room <= 0 or not self._anything(now):
            return []
        with self._journal.writing(time.monotonic() + _TURN_S) as tx:
            _promote(tx, self._queue, now)
            rows = tx.execute(
                "UPDATE message SET state = ?, owner = ? WHERE seq IN"
                " (SELECT seq FROM message WHERE queue = ? AND state = ? ORDER BY due_at, seq LIMIT ?)"
                " RETURNING seq, attempt, id, kind, key, headers, body",
                (State.HELD, self._bell.name, self._queue, State.READY, room),
            ).fetchall()
        with self._held_lock:
            self._held.update(row[0] for row in rows)
        return [_delivery(row) for row in sorted(rows)]

    def _anything(self, now: float) -> bool:
        return bool(
            self._journal.rows(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM message WHERE queue = ?1 AND state = ?2)"
                " OR EXISTS (SELECT 1 FROM message WHERE queue = ?1 AND state = ?3 AND due_at <= ?4)",
                self._queue,
                State.READY,
                State.DELAYED,
                now,
            )
        )

    def _release_what_the_dead_held(self) -> None:
        if time.monotonic() < self._looked_for_the_dead + _LOOK_FOR_THE_DEAD_S:
            return
        self._looked_for_the_dead = time.monotonic()
        owners = self._journal.rows(
            "SELECT DISTINCT owner FROM message WHERE queue = ? AND state = ? AND owner <> ?",
            self._queue,
            State.HELD,
            self._bell.name,
        )
        for (owner,) in owners:
            if not self._ringer.rings(owner):
                with self._journal.writing(time.monotonic() + _TURN_S) as tx:
                    _release(tx, self._queue, owner)


def _promote(tx: sqlite3.Connection, queue: str, now: float) -> None:
    tx.execute(
        "UPDATE message SET state = ?, due_at = 0 WHERE queue = ? AND state = ? AND due_at <= ?",
        (State.READY, queue, State.DELAYED, now),
    )


def _release(tx: sqlite3.Connection, queue: str, owner: str) -> None:
    """Give back what a dead owner held; what came back too often is dead."""
    held = (queue, State.HELD, owner)
    tx.execute(
        "UPDATE message SET state = ?, owner = NULL, reason = ?"
        " WHERE queue = ? AND state = ? AND owner = ? AND returns >= ?",
        (State.DEAD, UNSETTLED, *held, DELIVERY_LIMIT),
    )
    tx.execute(
        "UPDATE message SET state = ?, owner = NULL, returns = returns + 1 WHERE queue = ? AND state = ? AND owner = ?",
        (State.READY, *held),
    )


def _delivery(row: tuple[Any, ...]) -> Delivery:
    seq, attempt, message_id, kind, key, headers, body = row
    return Delivery(Message(message_id, Kind(kind), key, json.loads(headers), body), attempt, seq)
