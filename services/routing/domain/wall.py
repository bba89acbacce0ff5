"""The wall: what everybody in the room sees, made of what was counted. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from services.routing.domain.agents import Presence
from services.routing.domain.floor import DAY_S, SEOUL_AHEAD_S, Handled, Trend
from services.routing.domain.staffing import HOUR_S

HOURS = 24
"""So many hours of the clock are drawn, the one that has begun included."""
MOST_TOPICS = 20
_COUNTED = [one.name for one in fields(Handled) if not one.name.startswith("wait_p")]


class Seat(NamedTuple):
    """An agent as the wall counts them."""

    agent_id: str
    presence: Presence
    busy: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Agents with the same presence."""

    presence: Presence
    agents: int
    busy: int


@dataclass(frozen=True, slots=True)
class Goals:
    """What the centre wants to reach."""

    service_level: float
    first_contact_resolution: float
    satisfaction: float


def day_began(now: float) -> float:
    """Midnight in Seoul."""
    return now - (now + SEOUL_AHEAD_S) % DAY_S


def first_hour(now: float) -> int:
    """The number of the first hour that is drawn, since 1970."""
    return int(now // HOUR_S) - HOURS + 1


def by_presence(seats: Sequence[Seat]) -> list[Present]:
    """How many there are with each presence that somebody has."""
    found = []
    for presence in Presence:
        alike = [seat for seat in seats if seat.presence is presence]
        if alike:
            found.append(Present(presence, len(alike), sum(seat.busy for seat in alike)))
    return found


def added_up(parts: Iterable[Handled]) -> Handled:
    """Several counts in one. Percentiles are not to be added: there are none."""
    every = list(parts)
    return Handled(**{name: sum(getattr(part, name) for part in every) for name in _COUNTED})


def most_telling(topics: Iterable[Trend]) -> list[Trend]:
    """Trends first, then what is asked most."""
    return sorted(topics, key=lambda one: (not one.trending, -one.count, one.topic))[:MOST_TOPICS]
