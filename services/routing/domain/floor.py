"""How the floor does: the field's measures from counted work, the time agents were busy, and what rises unusually.

Standard library only. Rows are counted in the store; what the counts mean stands here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.routing.domain.staffing import HOUR_S, Load

DAY_S = 24 * HOUR_S
SEOUL_AHEAD_S = 9 * HOUR_S
"""Seoul keeps this distance from UTC all the year round."""
HALF_HOUR_S = HOUR_S / 2
WHOLE_CAPACITY = 100
"""What an agent has to give; a work item takes its cost of it."""
TRENDING_FROM = 3.0
"""So many standard deviations above the usual make a trend."""
ALIKE_FROM_S, ALIKE = 120.0, 0.02
"""Waits are told apart by the second up to two minutes, beyond that by so much of themselves."""
LOWEST_SCORE, SATISFIED_FROM, HIGHEST_SCORE = 1, 4, 5


class Group(StrEnum):
    """By what performance is told apart."""

    NONE = "none"
    HOUR = "hour"
    DAY = "day"
    CHANNEL = "channel"
    LANGUAGE = "language"
    TOPIC = "topic"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Clock:
    """What counts as soon, in seconds."""

    within_s: float = 20.0
    """Answered in time."""
    short_s: float = 5.0
    """Abandoned so early that nobody could have answered."""
    returns_s: float = 7 * DAY_S
    """Who comes back so soon was not helped at first contact."""


@dataclass(frozen=True, slots=True)
class Handled:
    """Work that arrived, counted. Sums are in seconds."""

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    """Short ones aside."""
    abandoned_in_time: int = 0
    abandoned_short: int = 0
    withdrawn: int = 0
    transfers: int = 0
    done: int = 0
    wait_s: float = 0.0
    wait_p50: float | None = None
    wait_p90: float | None = None
    wait_p99: float | None = None
    talk_s: float = 0.0
    wrap_up_s: float = 0.0

    @property
    def waiting(self) -> int:
        """Neither answered nor gone."""
        return self.offered - self.answered - self.abandoned - self.abandoned_short - self.withdrawn

    @property
    def service_level(self) -> float | None:
        """SL: answered in time / answered."""
        return ratio(self.answered_in_time, self.answered)

    @property
    def service_level_2(self) -> float | None:
        """SL2: (answered in time + abandoned in time) / (answered + abandoned)."""
        return ratio(self.answered_in_time + self.abandoned_in_time, self.answered + self.abandoned)

    @property
    def abandonment(self) -> float | None:
        """Abandoned / (answered + abandoned)."""
        return ratio(self.abandoned, self.answered + self.abandoned)

    @property
    def average_wait_s(self) -> float | None:
        """Of what was answered."""
        return ratio(self.wait_s, self.answered)

    @property
    def average_talk_s(self) -> float | None:
        """From the answer to the end of the conversation, of what is done."""
        return ratio(self.talk_s, self.done)

    @property
    def average_wrap_up_s(self) -> float | None:
        """Of what is done."""
        return ratio(self.wrap_up_s, self.done)

    @property
    def average_handle_s(self) -> float | None:
        """Talk and wrap-up."""
        return ratio(self.talk_s + self.wrap_up_s, self.done)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Cases that were closed, and what citizens said of them."""

    closed: int = 0
    closed_at_first_contact: int = 0
    closed_lately: int = 0
    closed_with_answer: int = 0
    closed_at_first_contact_with_answer: int = 0
    scores: int = 0
    satisfied: int = 0
    score_sum: int = 0

    @property
    def first_contact_resolution(self) -> float | None:
        """Closed at first contact / closed."""
        return ratio(self.closed_at_first_contact, self.closed)

    @property
    def first_contact_resolution_with_answer(self) -> float | None:
        """The same among those in which an article was the answer."""
        return ratio(self.closed_at_first_contact_with_answer, self.closed_with_answer)

    @property
    def satisfaction(self) -> float | None:
        """Those who gave 4 or 5 / those who gave anything."""
        return ratio(self.satisfied, self.scores)

    @property
    def average_score(self) -> float | None:
        """From 1 to 5."""
        return ratio(self.score_sum, self.scores)


def nearest_rank(counted: Sequence[tuple[float, int]], share: float) -> float | None:
    """The smallest of sorted values that so much of the whole does not exceed; each with how often it was counted."""
    wanted, seen = share * sum(count for _, count in counted), 0
    for value, count in counted:
        seen += count
        if seen >= wanted:
            return value
    return None


def ratio(part: float, whole: float) -> float | None:
    """A part of a whole; None where there is no whole."""
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Slices:
    """Time cut into slices of one length."""

    origin: float
    """Where the first begins."""
    length_s: float
    count: int


@dataclass(frozen=True, slots=True)
class Steps:
    """What changed within one slice of time: by how much a level rose, and what that makes until the slice's end."""

    slice: int
    rose: float
    area: float


def spent(steps: Iterable[Steps], slices: Slices) -> list[float]:
    """How much of a level that changes in steps there was in each slice of time: its area, in units times seconds."""
    rose, areas = [0.0] * (slices.count + 1), [0.0] * (slices.count + 1)
    for step in steps:
        rose[step.slice] += step.rose
        areas[step.slice] += step.area
    level, found = 0.0, []
    for place in range(slices.count):
        found.append(level * slices.length_s + areas[place])
        level += rose[place]
    return found


def occupancy(busy: float, ready: float) -> float | None:
    """The part of ready agents' capacity that was in use. Agents who pause finish what they have, hence the limit."""
    return min(1.0, max(0.0, busy) / ready) if ready > 0 else None


def expected_wait_s(ahead: int, free: int, agents: float, handle_s: float) -> float | None:
    """How long somebody who comes now waits: until those ahead and one more have been handled by agents who are all
    busy; 0 if an agent is free and nobody is ahead, None if there are no agents."""
    if agents <= 0:
        return None
    return 0.0 if free > ahead else (ahead - free + 1) * handle_s / agents


@dataclass(frozen=True, slots=True)
class Trend:
    """A topic now and usually."""

    topic: str
    count: int
    usual: float

    @property
    def score(self) -> float:
        """The difference in standard deviations of a Poisson count; one more keeps what is new from being infinite."""
        return (self.count - self.usual) / math.sqrt(self.usual + 1.0)

    @property
    def trending(self) -> bool:
        """Unusual enough to be called a trend."""
        return self.score >= TRENDING_FROM


def trends(now: Mapping[str, int], before: Mapping[str, int], days: int, minimum: int) -> list[Trend]:
    """Topics of this hour against the same hour of ``days`` days before, those that rise most first."""
    found = [Trend(topic, count, before.get(topic, 0) / days) for topic, count in now.items() if count >= minimum]
    return sorted(found, key=lambda trend: (-trend.score, trend.topic))


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What arrived in a half hour, and how long agents had what of it is done."""

    arrived: int = 0
    done: int = 0
    handle_s: float = 0.0
    """Less where an agent does several side by side: by the part of the capacity that each takes."""


NOTHING_ARRIVED = Arrivals()


def forecast(
    history: Mapping[int, Arrivals], first: int, last: int, now: int, weeks: int, usual_s: float
) -> list[Load]:
    """The load of each half hour from ``first`` to before ``last``: the average of the same half hour of the last
    ``weeks`` weeks that are over. Half hours are counted since 1970; ``now`` is the one that has begun.

    Where nothing was done in those the average time of all history counts, and ``usual_s`` without any history.
    """
    whole = _handle_s(history.values(), usual_s)
    found = []
    for slot in range(first, last):
        past = [history.get(one, NOTHING_ARRIVED) for one in same_half_hours(slot, now, weeks)]
        per_hour = 2.0 * sum(one.arrived for one in past) / weeks
        found.append(Load(per_hour, _handle_s(past, whole)))
    return found


def same_half_hours(slot: int, now: int, weeks: int) -> Sequence[int]:
    """The same half hour of the last weeks that are over."""
    week = int(7 * DAY_S / HALF_HOUR_S)
    last = slot - week * max(1, -(-(slot - now + 1) // week))
    return [last - week * back for back in range(weeks)]


def _handle_s(arrivals: Iterable[Arrivals], otherwise_s: float) -> float:
    known = list(arrivals)
    return ratio(sum(one.handle_s for one in known), sum(one.done for one in known)) or otherwise_s
