"""Simulated time: what happens next, in order, without waiting for it."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Action = Callable[[], object]
MIDNIGHT = datetime(2026, 5, 3, 15, tzinfo=UTC)
"""The beginning of the day in Korea: a Monday."""


class Timeline:
    """The clock of a day, and everything that will happen on it. ``now`` is in seconds since midnight."""

    def __init__(self) -> None:
        self.now = 0.0
        self._coming: list[tuple[float, int, Action]] = []
        self._numbers = itertools.count()
        self._time = MIDNIGHT

    def __call__(self) -> datetime:
        """The clock for the database."""
        return self._time

    def at(self, moment: float, action: Action) -> None:
        """Do it then; at once if that is over. What is due at one moment happens in the order it was asked for."""
        heapq.heappush(self._coming, (max(moment, self.now), next(self._numbers), action))

    def later(self, seconds: float, action: Action) -> None:
        """Do it so much later."""
        self.at(self.now + seconds, action)

    def run(self, tell: Callable[[float], object]) -> int:
        """Until nothing is to come; ``tell`` hears the time now and then. Returns how much has happened."""
        happened = 0
        while self._coming:
            self.now, _, action = heapq.heappop(self._coming)
            self._time = MIDNIGHT + timedelta(seconds=self.now)
            action()
            happened += 1
            if happened % 100 == 0:
                tell(self.now)
        return happened
