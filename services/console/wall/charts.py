"""The last 24 hours as three small charts above one axis: where each bar and point stands.

Units are those of the drawings' view boxes. Names and values are told beside them, and in a table for who listens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hub120.routing.v1 import wall_service_pb2 as pb

WIDTH: Final = 730
"""Of each chart; names stand in its left."""
GUTTER: Final = 168
HIGH: Final = 112
LOW: Final = 72
_GAP: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    x: float
    y: float
    width: float
    height: float
    unfinished: bool
    """Of the hour that has just begun."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line."""

    x: float
    y: float
    missed: bool
    """Below the goal."""


class Charts:
    """What stands where."""

    width, gutter, high, low = WIDTH, GUTTER, HIGH, LOW

    def __init__(self, wall: pb.Wall) -> None:
        self.hours: Sequence[Any] = wall.hours
        self._step = (WIDTH - GUTTER) / max(len(wall.hours), 1)
        self.most = max((hour.offered for hour in wall.hours), default=0)
        self.arrived = self._bars((hour.offered for hour in wall.hours), self.most, HIGH)
        self.answered = self._bars((hour.answered for hour in wall.hours), self.most, HIGH)
        waits = [hour.average_wait.ToTimedelta().total_seconds() for hour in wall.hours]
        self.longest = max(waits, default=0.0)
        self.waits = self._bars(waits, self.longest, LOW)
        self.goal = wall.goals.service_level
        self.goal_y = _level(self.goal)
        self.levels = self._levels()

    @property
    def lines(self) -> list[str]:
        """The points of each line: it breaks where an hour has no level."""
        return [" ".join(f"{one.x:.1f},{one.y:.1f}" for one in run) for run in self.levels]

    @property
    def ticks(self) -> list[tuple[float, Any]]:
        """Every sixth hour: where it is, and when."""
        return [
            (GUTTER + number * self._step, self.hours[number].start_time) for number in range(0, len(self.hours), 6)
        ]

    def _bars(self, values: Iterable[float], most: float, height: int) -> list[Bar]:
        last = len(self.hours) - 1
        return [
            Bar(GUTTER + number * self._step + _GAP / 2, height - tall, self._step - _GAP, tall, number == last)
            for number, value in enumerate(values)
            if (tall := round(height * value / most, 1) if most else 0)
        ]

    def _levels(self) -> list[list[Point]]:
        runs: list[list[Point]] = [[]]
        for number, hour in enumerate(self.hours):
            if hour.HasField("service_level"):
                x = GUTTER + (number + 0.5) * self._step
                runs[-1].append(Point(x, _level(hour.service_level), hour.service_level < self.goal))
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]


def _level(share: float) -> float:
    """With some room, so that lines on top and at the bottom are whole."""
    return round(LOW - 6 - (LOW - 12) * share, 1)
