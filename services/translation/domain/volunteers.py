"""The fair hunt: who of the volunteers is asked next.

Whoever interpreted least today is asked first, and of those whoever was not asked for longest. Nobody is asked outside
their hours, while they rest, beyond what they give in a day, while they interpret, or twice in one session.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from services.translation.domain.coverage import Calendar, Hours, within

SESSIONS_A_DAY = 3
MINUTES_A_DAY = 60


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One who may be asked, and how their day was so far."""

    id: str
    hours: tuple[Hours, ...]
    sessions_a_day: int = SESSIONS_A_DAY
    minutes_a_day: int = MINUTES_A_DAY
    resting: bool = False
    busy: bool = False
    sessions_today: int = 0
    minutes_today: int = 0
    asked_at: float | None = None


def in_turn(volunteers: Iterable[Volunteer], asked: Collection[str], at: float, calendar: Calendar) -> list[Volunteer]:
    """Those who may be asked now, the next one first; ``asked`` have been in this session."""
    free = [one for one in volunteers if one.id not in asked and may_be_asked(one, at, calendar)]
    return sorted(free, key=lambda one: (one.minutes_today, one.asked_at or 0.0, one.id))


def may_be_asked(one: Volunteer, at: float, calendar: Calendar) -> bool:
    """Whether they are free, rested and in their hours."""
    rested = one.sessions_today < one.sessions_a_day and one.minutes_today < one.minutes_a_day
    return rested and not one.resting and not one.busy and within(one.hours, at, calendar)


def day_began(at: float, calendar: Calendar) -> float:
    """When the day of a moment began."""
    here = datetime.fromtimestamp(at, calendar.zone)
    return here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
