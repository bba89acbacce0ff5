"""How many calls of a connector were made lately, and how many failed: kept in memory, in spans that are forgotten one
after the other."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from chassis.connectors.guards import Monotonic

LATELY_S = 300.0
_SPAN_S = 10.0


@dataclass(frozen=True, slots=True)
class Lately:
    """The last five minutes."""

    calls: int = 0
    failures: int = 0


class Tally:
    """Counts calls; adding is safe from any thread."""

    def __init__(self, monotonic: Monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._spans: deque[tuple[float, Lately]] = deque()
        """When each began, and what was counted in it."""

    def add(self, *, failed: bool) -> None:
        """A call was made."""
        with self._lock:
            now = self._monotonic()
            if not self._spans or now - self._spans[-1][0] >= _SPAN_S:
                self._forget(now)
                self._spans.append((now, Lately()))
            begun, counted = self._spans[-1]
            self._spans[-1] = begun, Lately(counted.calls + 1, counted.failures + failed)

    def lately(self) -> Lately:
        """What was counted in the last five minutes."""
        with self._lock:
            self._forget(self._monotonic())
            counted = [one for _, one in self._spans]
        return Lately(sum(one.calls for one in counted), sum(one.failures for one in counted))

    def _forget(self, now: float) -> None:
        while self._spans and now - self._spans[0][0] >= LATELY_S:
            self._spans.popleft()
