"""Callbacks to the hub: each at its time, signed, and again until the hub has it.

A callback is repeated while nobody answers, for a 5xx, and a few times for a 404, which says that the hub may not have
stored yet what it is about. Its ``webhook-id`` stays the same. What is due for one session is told in order.
"""

from __future__ import annotations

import heapq
import itertools
import json
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

from demo import provider

PATIENCE_S = 10.0
LONGEST_PAUSE_S = 5.0
TIMES, TIMES_UNKNOWN = 40, 6
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Callback:
    """Something the hub shall hear."""

    url: str
    session_id: str
    name: str
    """Its ``webhook-id``."""
    body: Mapping[str, object]
    times: int = 0
    """How often it was told already."""


class Callbacks:
    """Those that wait for their time, and those under way."""

    def __init__(self, secret: str, told: Callable[[Callback, int], None]) -> None:
        """``told`` hears of every callback, with the status it was answered; 0 if nobody answered."""
        self._signing = Webhook(secret)
        self._told = told
        self._waiting: list[tuple[float, int, Callback]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._ended = False
        self._lanes = [ThreadPoolExecutor(1, f"callbacks {number}") for number in range(AT_ONCE)]
        threading.Thread(target=self._run, name="callbacks due", daemon=True).start()

    def tell(self, callbacks: Sequence[tuple[float, Callback]]) -> None:
        """Tell each in so many seconds, counted from the same moment."""
        with self._changed:
            now = time.monotonic()
            for after_s, callback in callbacks:
                heapq.heappush(self._waiting, (now + after_s, next(self._numbers), callback))
            self._changed.notify()

    def close(self) -> None:
        """Tell nothing any more."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        for lane in self._lanes:
            lane.shutdown(cancel_futures=True)

    def _run(self) -> None:
        while (due := self._next()) is not None:
            try:
                self._lanes[zlib.crc32(due.session_id.encode()) % AT_ONCE].submit(self._deliver, due)
            except RuntimeError:  # closed in between
                return

    def _next(self) -> Callback | None:
        """Wait for the next that is due; None at the end."""
        with self._changed:
            while not self._ended:
                until = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if until is not None and until <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(until)
            return None

    def _deliver(self, callback: Callback) -> None:
        body = json.dumps(callback.body, ensure_ascii=False)
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": callback.name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._signing.sign(callback.name, now, body),
        }
        status = provider.post(callback.url, body.encode(), headers, PATIENCE_S).status
        self._told(callback, status)
        again = replace(callback, times=callback.times + 1)
        most = TIMES_UNKNOWN if status == 404 else TIMES
        if (status in {0, 404, 429} or status >= 500) and again.times < most:
            self.tell([(min(LONGEST_PAUSE_S, 0.2 * 2**callback.times), again)])
