"""Who comes and who works on one day, drawn from a centre's data. The same luck draws the same people."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bench.day.centres import FULL, Centre, Team
from services.routing.domain.agents import Agent
from services.routing.domain.work import PriorityClass

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
_SPREAD = 0.6
"""Of the logarithm of a time: the longest tenth takes about twice the mean."""
_LONGEST_S = 1800.0
_EARLIER_S = 2 * HOUR_S
_LATE_S = 120.0
_MEAL_S, _REST_S = 3000.0, 600.0
_MEAL_AFTER, _LONG_SHIFT_H = (0.35, 0.6), 6.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Contact:
    """A citizen who calls or writes."""

    at: float
    """Seconds since midnight."""
    case_id: str
    opens_case: bool
    medium: str
    language: str
    topic: str
    priority_class: PriorityClass
    talk_s: float
    wrap_up_s: float
    patience_s: float
    redials_after_s: float | None
    """After hanging up; None for never."""


@dataclass(frozen=True, slots=True)
class Break:
    """An agent is not to be asked."""

    at: float
    reason: str
    lasts_s: float


@dataclass(frozen=True, slots=True)
class Person:
    """An agent, and when they are there."""

    agent: Agent
    shifts: tuple[tuple[float, float], ...]
    breaks: tuple[Break, ...] = field(default=())


def around(luck: random.Random, mean_s: float) -> float:
    """A lognormal time with that mean."""
    return min(luck.lognormvariate(math.log(mean_s) - _SPREAD**2 / 2, _SPREAD), _LONGEST_S)


def drawn(luck: random.Random, weights: Mapping[T, float]) -> T:
    """One by its weight."""
    return luck.choices(list(weights), list(weights.values()))[0]


def citizens(centre: Centre, luck: random.Random) -> list[Contact]:
    """The day's contacts in the order of their coming: a Poisson stream with the centre's curve, given its number."""
    writing_on = round(centre.contacts * centre.media["text"] / sum(centre.media.values()) * centre.habits.writes_on)
    hours = luck.choices(range(len(centre.hours)), centre.hours, k=centre.contacts - writing_on)
    contacts: list[Contact] = []
    earliest = 0
    for at in sorted((hour + luck.random()) * HOUR_S for hour in hours):
        one = _citizen(centre, luck, at, f"case-{len(contacts) + 1}")
        while earliest < len(contacts) and contacts[earliest].at < at - _EARLIER_S:
            earliest += 1
        lately = contacts[earliest:]
        if lately and one.medium == "text" and luck.random() < centre.habits.follows_up:
            one = replace(one, case_id=luck.choice(lately).case_id, opens_case=False)
        contacts.append(one)
    writers = [one for one in contacts if one.medium == "text"]
    for one in luck.sample(writers, min(writing_on, len(writers))):
        contacts.append(replace(one, at=one.at + around(luck, 90.0), opens_case=False))
    return sorted(contacts, key=lambda contact: contact.at)


def _citizen(centre: Centre, luck: random.Random, at: float, case_id: str) -> Contact:
    medium = drawn(luck, centre.media)
    begins, ends = centre.signs_h
    if medium == "video" and not begins <= at / HOUR_S < ends:
        medium = "text"
    handling, habits = centre.handling[medium], centre.habits
    return Contact(
        at=at,
        case_id=case_id,
        opens_case=True,
        medium=medium,
        language=drawn(luck, centre.languages),
        topic=drawn(luck, centre.topics),
        priority_class=drawn(luck, centre.classes),
        talk_s=around(luck, handling.talk_s),
        wrap_up_s=around(luck, handling.wrap_up_s),
        patience_s=luck.expovariate(1 / habits.patience_s),
        redials_after_s=around(luck, habits.redial_s) if luck.random() < habits.redials else None,
    )


def staff(centre: Centre, luck: random.Random) -> list[Person]:
    """Everybody who works that day."""
    return [_person(centre, luck, team, number) for team in centre.teams for number in range(team.agents)]


def _person(centre: Centre, luck: random.Random, team: Team, number: int) -> Person:
    languages = {"ko": luck.randint(3, 5)}
    languages |= {one: luck.randint(2, 5) for one, share in centre.speakers.items() if luck.random() < share}
    skills = {one: luck.randint(2, 5) for one, share in centre.skilled.items() if luck.random() < share}
    if number == 0:  # each team has somebody who can do nearly everything
        languages |= dict.fromkeys([*centre.languages][:3], 5)
        skills |= dict.fromkeys(centre.skilled, 4)
    shifts = tuple((max(0.0, begins) + luck.uniform(0, _LATE_S), ends) for begins, ends in _shifts(team))
    breaks = tuple(one for begins, ends in shifts for one in _breaks(luck, begins, ends))
    return Person(Agent(f"{team.name}-{number + 1}", languages, skills, FULL), shifts, breaks)


def _shifts(team: Team) -> list[tuple[float, float]]:
    """The team's hours of this day; who works through midnight is there at its beginning too."""
    begins, ends = team.begins_h * HOUR_S, team.ends_h * HOUR_S
    return [(begins - DAY_S, ends - DAY_S), (begins, ends)] if ends > DAY_S else [(begins, ends)]


def _breaks(luck: random.Random, begins: float, ends: float) -> list[Break]:
    length = ends - begins
    if begins >= DAY_S - HOUR_S or length < HOUR_S:
        return []
    rests = [Break(begins + length * part + luck.uniform(0, 1200), "rest", _REST_S) for part in (0.2, 0.75)]
    if length < _LONG_SHIFT_H * HOUR_S:
        return rests
    return [rests[0], Break(begins + length * luck.uniform(*_MEAL_AFTER), "meal", _MEAL_S), rests[1]]
