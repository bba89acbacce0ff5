"""Rules that keep a failing or slow provider from being hammered: a circuit breaker and a rate limit.

Both know only a monotonic clock and may be used from many threads (or greenlets) at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from chassis.connectors.errors import BreakerOpen, RateReached

Monotonic = Callable[[], float]

FAILURES_TO_OPEN = 5
FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 60.0
SHORT_WAIT_S = 1.0
"""A rate limit is waited for this long; beyond, the work goes back to its queue."""


class BreakerState(StrEnum):
    """Closed: calls go through. Open: none does. Half open: one tries whether the provider is back."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


MOVES: dict[BreakerState, frozenset[BreakerState]] = {
    BreakerState.CLOSED: frozenset({BreakerState.OPEN}),
    BreakerState.OPEN: frozenset({BreakerState.HALF_OPEN}),
    BreakerState.HALF_OPEN: frozenset({BreakerState.CLOSED, BreakerState.OPEN}),
}


class Outcome(StrEnum):
    """What a call says about the provider's health."""

    ANSWERED = "answered"
    """It works, be the answer yes or no."""
    FAILED = "failed"
    SILENT = "silent"
    """Says nothing: throttled, or never tried."""


class Breaker:
    """Opens after ``FAILURES_TO_OPEN`` failures in a row; each failed probe doubles the pause."""

    def __init__(self, monotonic: Monotonic, moved: Callable[[BreakerState], None] = lambda _: None) -> None:
        self._monotonic = monotonic
        self._moved = moved
        self._lock = threading.Lock()
        self._state = BreakerState.CLOSED
        self._failures = 0
        self._pause_s = FIRST_PAUSE_S
        self._retry_at = 0.0
        self._moved_at = monotonic()
        self._probing = False

    @property
    def state(self) -> BreakerState:
        """The state now; an open breaker whose pause is over shows as half open."""
        return BreakerState.HALF_OPEN if self._pause_is_over else self._state

    @property
    def since_s(self) -> float:
        """Since when it is so, by the monotonic clock."""
        return self._retry_at if self._pause_is_over else self._moved_at

    @property
    def _pause_is_over(self) -> bool:
        return self._state is BreakerState.OPEN and self._monotonic() >= self._retry_at

    def enter(self) -> bool:
        """Ask to make a call; true if it is the probe. Raises ``BreakerOpen``. Every call ends in ``leave``."""
        with self._lock:
            if self._state is BreakerState.CLOSED:
                return False
            left_s = self._retry_at - self._monotonic()
            if self._state is BreakerState.OPEN and left_s <= 0:
                self._move(BreakerState.HALF_OPEN)
            if self._state is BreakerState.HALF_OPEN and not self._probing:
                self._probing = True
                return True
            raise BreakerOpen("the connector failed repeatedly and is left alone for a while", max(left_s, 1.0))

    def leave(self, probe: bool, outcome: Outcome) -> None:
        """Tell how the call went."""
        with self._lock:
            if probe:
                self._probing = False
                self._judge_probe(outcome)
            elif self._state is BreakerState.CLOSED:
                self._count(outcome)

    def _judge_probe(self, outcome: Outcome) -> None:
        if outcome is Outcome.ANSWERED:
            self._failures, self._pause_s = 0, FIRST_PAUSE_S
            self._move(BreakerState.CLOSED)
        elif outcome is Outcome.FAILED:
            self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
            self._open()

    def _count(self, outcome: Outcome) -> None:
        if outcome is Outcome.ANSWERED:
            self._failures = 0
        elif outcome is Outcome.FAILED:
            self._failures += 1
            if self._failures >= FAILURES_TO_OPEN:
                self._open()

    def _open(self) -> None:
        self._retry_at = self._monotonic() + self._pause_s
        self._move(BreakerState.OPEN)

    def _move(self, to: BreakerState) -> None:
        if to not in MOVES[self._state]:
            raise ValueError(f"a breaker cannot go from {self._state} to {to}")
        self._state, self._moved_at = to, self._monotonic()
        self._moved(to)


class RateLimit:
    """So many calls a second, with bursts of one second's worth; zero means no limit."""

    def __init__(self, per_second: float, monotonic: Monotonic) -> None:
        self._interval_s = 1 / per_second if per_second else 0.0
        self._burst_s = max(0.0, 1.0 - self._interval_s)
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._free_at = 0.0
        """When the next call would be due if all came evenly."""

    def take(self) -> float:
        """Reserve one call; the seconds to wait before making it. Raises ``RateReached`` when that is long."""
        with self._lock:
            now = self._monotonic()
            due = max(self._free_at, now - self._burst_s)
            wait_s = due - now
            if wait_s > SHORT_WAIT_S:
                raise RateReached("the channel's own rate limit", wait_s)
            self._free_at = due + self._interval_s
            return max(0.0, wait_s)
