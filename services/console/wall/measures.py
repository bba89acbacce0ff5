"""What the numbers of the wall mean: which goal is missed, who is free, what needs a look first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hub120.routing.v1 import wall_service_pb2 as pb
from hub120.routing.v1 import work_pb2 as work

LONG_WAIT: Final = timedelta(minutes=3)
"""Somebody who waits longer is what the room sees first."""
_CHANGE: Final = 1.2
"""A topic rises or falls if it is so many times what is usual, or usual so many times what it is."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A share beside its goal."""

    share: float | None
    goal: float

    @property
    def missed(self) -> bool:
        """It is below the goal, as people read the two: to a tenth of a percent."""
        return self.share is not None and round(self.share, 3) < round(self.goal, 3)

    @property
    def short(self) -> float:
        """How many points are missing."""
        return round((self.goal - (self.share or 0)) * 100, 1)


class Measures:
    """The wall, read by somebody who knows the goals."""

    def __init__(self, wall: pb.Wall) -> None:
        goals, today = wall.goals, wall.today
        self.level = Measure(_share(wall.last_hour, "service_level"), goals.service_level)
        self.level_today = Measure(_share(today, "service_level"), goals.service_level)
        self.resolution = Measure(_share(today, "first_contact_resolution"), goals.first_contact_resolution)
        self.satisfaction = Measure(_share(today, "satisfied"), goals.satisfaction)
        self.abandonment = _share(today, "abandonment")
        self.busy = sum(one.busy for one in wall.agents)
        self.free = sum(one.agents - one.busy for one in wall.agents if one.presence == work.PRESENCE_READY)
        self.paused = sum(one.agents - one.busy for one in wall.agents if one.presence == work.PRESENCE_PAUSED)
        self.waits_long = _waits_long(wall.waiting)
        self.teams = sorted(wall.teams, key=lambda team: (not team.open, _comes(team), team.team_id))
        self.languages: Sequence[Any] = sorted(wall.languages, key=lambda one: (-one.agents, one.language))
        self.channels: Sequence[Any] = sorted(wall.channels, key=lambda one: (-one.offered, one.key))

    @property
    def long_minutes(self) -> int:
        """From when on a wait is long."""
        return int(LONG_WAIT.total_seconds() // 60)


def on_shift(team: pb.WallTeam) -> int:
    """How many of a team are at their desks."""
    return sum(one.agents for one in team.on_shift if one.presence != work.PRESENCE_OFFLINE)


def direction(topic: Any) -> str:
    """Whether a topic comes up more often than usual: ``trending``, ``more``, ``less`` or ``same``."""
    if topic.trending:
        return "trending"
    if topic.count > topic.usual * _CHANGE:
        return "more"
    return "less" if topic.count * _CHANGE < topic.usual else "same"


def _share(told: Any, field: str) -> float | None:
    found: float | None = getattr(told, field) if told.HasField(field) else None
    return found


def _waits_long(waiting: pb.WallQueue) -> bool:
    if not waiting.HasField("oldest_queue_time"):
        return False
    return datetime.now(UTC) - waiting.oldest_queue_time.ToDatetime(UTC) > LONG_WAIT


def _comes(team: pb.WallTeam) -> float:
    return float(team.next_time.ToSeconds()) if team.HasField("next_time") else float("inf")
