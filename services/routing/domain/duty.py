"""Who is on duty when: the rota expanded over a span, who comes next, and where somebody is missing.

What is on the rota at a moment does not depend on the span that is asked for: ``expand`` of two spans is ``expand`` of
both together. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from services.routing.domain.rota import (
    AROUND_S,
    LONGEST_DUTY_S,
    Desk,
    Override,
    OverrideKind,
    Part,
    Rota,
    days_between,
    local_day,
)


class Duty(NamedTuple):
    """One agent on duty for one team without a break."""

    start: float
    end: float
    team_id: str
    agent_id: str
    shift_id: str
    origin: str
    """The shift and its day, or the override: pieces of one duty have the same."""
    override_id: str = ""


class Gap(NamedTuple):
    """Fewer on duty than there should be."""

    start: float
    end: float
    team_id: str
    on_duty: int
    minimum: int


def expand(rota: Rota, begin: float, end: float) -> list[Duty]:
    """Who is on duty in a span, by start, team and agent; each duty whole, also where it reaches beyond the span."""
    first = local_day(begin - AROUND_S, "UTC") - timedelta(days=1)
    duties = _planned(rota, first, local_day(end, "UTC") + timedelta(days=1))
    for override in rota.overrides:
        _apply(duties, override)
    return sorted(duty for of_agent in duties.values() for duty in of_agent if duty.start < end and begin < duty.end)


def on_at(duties: Iterable[Duty], moment: float) -> list[Duty]:
    """Those of them who are on duty at a moment."""
    return [duty for duty in duties if duty.start <= moment < duty.end]


def coming(duties: Sequence[Duty], moment: float) -> list[Duty]:
    """Those of them who start next after a moment, all at the same time."""
    later = [duty for duty in duties if duty.start > moment]
    first = min((duty.start for duty in later), default=0.0)
    return [duty for duty in later if duty.start == first]


def gaps(rota: Rota, begin: float, end: float) -> list[Gap]:
    """When fewer are on duty than there should be while a shift of the team runs, cut to the span."""
    on: dict[str, list[Duty]] = {team.id: [] for team in rota.teams}
    for duty in expand(rota, begin, end):
        on[duty.team_id].append(duty)
    return sorted(gap for desk in rota.desks.values() for gap in _gaps_of(desk, on[desk.team.id], begin, end))


def _gaps_of(desk: Desk, duties: Sequence[Duty], begin: float, end: float) -> list[Gap]:
    """One team's: walk from each moment at which something changes to the next."""
    asked = _asked_for(desk, begin, end)
    steps = [(max(one.start, begin), min(one.end, end), 1) for one in duties]
    changes: dict[float, int] = {}
    for start, stop, people in steps:
        changes[start] = changes.get(start, 0) + people
        changes[stop] = changes.get(stop, 0) - people
    moments = sorted({*changes, *(edge for start, stop, _ in asked for edge in (start, stop))})
    found: list[Gap] = []
    on_duty = 0
    for moment, following in pairwise(moments):
        on_duty += changes.get(moment, 0)
        minimum = max((least for start, stop, least in asked if start <= moment < stop), default=0)
        if on_duty < minimum:
            _join(found, Gap(moment, following, desk.team.id, on_duty, minimum))
    return found


def _join(found: list[Gap], gap: Gap) -> None:
    """Add a gap, or lengthen the one it goes on from."""
    last = found[-1] if found else None
    if last and (last.end, last.on_duty, last.minimum) == (gap.start, gap.on_duty, gap.minimum):
        found[-1] = last._replace(end=gap.end)
    else:
        found.append(gap)


def _asked_for(desk: Desk, begin: float, end: float) -> list[tuple[float, float, int]]:
    """How many there should be while each shift runs, cut to the span."""
    first, last = local_day(begin - LONGEST_DUTY_S, desk.team.zone), local_day(end, desk.team.zone)
    return [
        (max(start, begin), min(stop, end), shift.minimum or desk.team.minimum)
        for day in days_between(first, last)
        for start, stop, shift in desk.spans(day)
        if start < end and begin < stop
    ]


class _Turn(NamedTuple):
    """One shift on one day, for all who have it."""

    day: date
    start: float
    end: float
    team_id: str
    shift_id: str
    origin: str


def _planned(rota: Rota, first: date, last: date) -> dict[str, list[Duty]]:
    """Every agent's duties by plan that start on these days, one after another."""
    turns = [
        _Turn(day, start, end, desk.team.id, shift.id, f"{shift.id}@{day}")
        for day in days_between(first, last)
        for desk in rota.desks.values()
        for start, end, shift in desk.spans(day)
    ]
    of_team = {team.id: [turn for turn in turns if turn.team_id == team.id] for team in rota.teams}
    of_group = {
        (group.team_id, group.id): [turn for turn in turns if group.shift_on(turn.day) == turn.shift_id]
        for group in rota.groups
    }
    duties: dict[str, list[Duty]] = {}
    for member in rota.memberships:
        agent_id, from_day, until_day = member.agent_id, member.from_day, member.until_day
        own = of_group[member.team_id, member.group_id] if member.group_id else of_team[member.team_id]
        duties.setdefault(agent_id, []).extend(
            Duty(start, end, team_id, agent_id, shift_id, origin)
            for day, start, end, team_id, shift_id, origin in own
            if from_day <= day < until_day
        )
    return {agent_id: _one_after_another(own) for agent_id, own in duties.items()}


def _one_after_another(duties: list[Duty]) -> list[Duty]:
    """Where shifts of an agent overlap, the later begins when the earlier ends."""
    duties.sort()
    kept: list[Duty] = []
    free_from = 0.0
    for duty in duties:
        if duty.end > free_from:
            kept.append(duty if duty.start >= free_from else duty._replace(start=free_from))
            free_from = duty.end
    return kept


def _apply(duties: dict[str, list[Duty]], override: Override) -> None:
    """Change duties as an override says. An agent who is put on leaves whatever else they had in that time."""
    agent_id, span = override.agent_id, Part(override.team_id, override.start, override.end)
    if override.kind is OverrideKind.OFF:
        _take(duties, agent_id, span)
    elif override.kind is OverrideKind.ON:
        on = Duty(span.start, span.end, span.team_id, agent_id, "", override.id, override.id)
        _give(duties, agent_id, [on])
    else:
        taken = _take(duties, override.instead_of, span)
        back = _take(duties, agent_id, override.back) if override.back else []
        _give(duties, agent_id, [one._replace(agent_id=agent_id, override_id=override.id) for one in taken])
        other = override.instead_of
        _give(duties, other, [one._replace(agent_id=other, override_id=override.id) for one in back])


def _take(duties: dict[str, list[Duty]], agent_id: str, part: Part) -> list[Duty]:
    """Take a part of an agent's duties away; returns it."""
    left: list[Duty] = []
    taken: list[Duty] = []
    for duty in duties.get(agent_id, ()):
        if duty.end <= part.start or part.end <= duty.start or part.team_id not in ("", duty.team_id):
            left.append(duty)
            continue
        if duty.start < part.start:
            left.append(duty._replace(end=part.start))
        if part.end < duty.end:
            left.append(duty._replace(start=part.end))
        taken.append(duty._replace(start=max(duty.start, part.start), end=min(duty.end, part.end)))
    duties[agent_id] = left
    return taken


def _give(duties: dict[str, list[Duty]], agent_id: str, given: Iterable[Duty]) -> None:
    """Put an agent on duty; what they had at the same time is dropped."""
    for duty in given:
        _take(duties, agent_id, Part("", duty.start, duty.end))
        duties[agent_id].append(duty)
