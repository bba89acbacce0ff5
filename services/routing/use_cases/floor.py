"""The floor: how it stands, how it did, how many people it needs. These use cases read; two note how cases ended."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.settings import Settings
from chassis.statements import Row
from services.routing.domain.agents import Presence
from services.routing.domain.floor import (
    DAY_S,
    HALF_HOUR_S,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    SEOUL_AHEAD_S,
    WHOLE_CAPACITY,
    Clock,
    Group,
    Handled,
    Outcomes,
    Slices,
    Trend,
    expected_wait_s,
    forecast,
    occupancy,
    ratio,
    same_half_hours,
    spent,
    trends,
)
from services.routing.domain.staffing import HOUR_S, Load, Service, Surge, Target, agents_needed, serve, surge
from services.routing.store import floor
from services.routing.store.floor import Key, Period

USUAL_HANDLE_S = 180.0
"""How long one takes where nothing is known yet."""
MOST_TOPICS = 100


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for the same kind of agent with the same urgency."""

    row: Row
    oldest: str
    """The work item that has waited longest."""
    agents: int
    expected_wait_s: float | None


@dataclass(frozen=True, slots=True)
class Floor:
    """Queues and agents at one moment; two floors are the same if nothing but time lies between them."""

    at: float = field(compare=False)
    queues: Sequence[Queue]
    agents: Sequence[Row]
    occupancy: float | None
    offers: Row
    last_hour: Handled


@dataclass(frozen=True, slots=True)
class Performance:
    """How a group did."""

    key: Key
    handled: Handled
    outcomes: Outcomes
    occupancy: float | None


@dataclass(frozen=True, slots=True)
class Staffing:
    """What a half hour needs."""

    starts_at: float
    load: Load
    service: Service


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a what-if supposes; None: as it was in the last hour."""

    per_hour: float | None
    factor: float
    handle_s: float | None
    agents: int | None
    target: Target
    patience_s: float
    lasts_s: float


def clock_of(settings: Settings) -> Clock:
    """What counts as soon in this installation."""
    return Clock(settings.answer_seconds, settings.short_abandon_seconds, settings.return_days * DAY_S)


def read_floor(tx: Tx, clock: Clock) -> Floor:
    """How the floor stands now."""
    now = tx.now.timestamp()
    lately = floor.handled(tx, Period(now - HOUR_S, now), Group.NONE, clock).get("", Handled())
    agents = floor.agents(tx)
    ready = [row for row in agents if row.presence == Presence.READY]
    return Floor(
        at=now,
        queues=_queues(tx, lately.average_handle_s or USUAL_HANDLE_S),
        agents=agents,
        occupancy=occupancy(float(sum(row.load for row in ready)), float(sum(row.capacity for row in ready))),
        offers=floor.offers_outstanding(tx),
        last_hour=lately,
    )


def _queues(tx: Tx, handle_s: float) -> list[Queue]:
    """Each queue with what who comes now must expect: all that wait for the same language come first."""
    rows, speakers = floor.queues(tx), floor.speakers(tx)
    ahead: dict[str, int] = {}
    for row in rows:
        ahead[row.language] = ahead.get(row.language, 0) + row.waiting
    found = []
    for row in rows:
        able = speakers.get(row.language)
        free, whole = (int(able.free) // row.cost, int(able.capacity) / row.cost) if able else (0, 0.0)
        wait_s = expected_wait_s(ahead[row.language], free, whole, handle_s)
        found.append(Queue(row, floor.oldest(tx, row), able.agents if able else 0, wait_s))
    return found


def read_performance(tx: Tx, period: Period, group: Group, clock: Clock) -> list[Performance]:
    """How the centre did in a period, by group; groups in which there was nothing are left out."""
    handled = floor.handled(tx, period, group, clock)
    outcomes = floor.outcomes(tx, period, group, clock)
    used = _occupancy(tx, Period(period.since, min(period.until, tx.now.timestamp())), group)
    keys = handled.keys() | outcomes.keys() | used.keys()
    return [
        Performance(key, handled.get(key, Handled()), outcomes.get(key, Outcomes()), used.get(key))
        for key in sorted(keys)
    ]


def _occupancy(tx: Tx, period: Period, group: Group) -> dict[Key, float]:
    """The part of ready agents' capacity in use; nothing for groups that share agents."""
    if period.until <= period.since or group in {Group.CHANNEL, Group.LANGUAGE, Group.TOPIC}:
        return {}
    first, slices = _slices(period, group)
    busy, ready = (
        {name: spent(steps, slices) for name, steps in found.items()}
        for found in (read(tx, period, slices, each_agent=group is Group.AGENT) for read in (floor.busy, floor.ready))
    )
    idle = [0.0] * slices.count
    found: dict[Key, float] = {}
    for name, areas in ready.items():
        for place, (used, there) in enumerate(zip(busy.get(name, idle), areas, strict=True)):
            share = occupancy(used, there)
            if share is not None:
                found[name if first is None else first + place] = share
    return found


def _slices(period: Period, group: Group) -> tuple[int | None, Slices]:
    """The hours or days that a period touches, and the number of the first; else the period in one."""
    if group not in {Group.HOUR, Group.DAY}:
        return None, Slices(period.since, period.until - period.since, 1)
    length_s, ahead_s = (HOUR_S, 0.0) if group is Group.HOUR else (DAY_S, SEOUL_AHEAD_S)
    first = int((period.since + ahead_s) // length_s)
    count = math.ceil((period.until + ahead_s) / length_s) - first
    return first, Slices(first * length_s - ahead_s, length_s, count)


def starts_at(group: Group, key: Key) -> float | None:
    """Where the hour or the day of a group begins."""
    if not isinstance(key, int):
        return None
    return key * HOUR_S if group is Group.HOUR else key * DAY_S - SEOUL_AHEAD_S


def list_topics(tx: Tx, days: int, minimum: int) -> list[Trend]:
    """Topics of the last hour, those that rise most first."""
    now, before = floor.topics(tx, days)
    return trends(now, before, days, minimum)[:MOST_TOPICS]


def read_staffing(tx: Tx, period: Period, target: Target, weeks: int, medium: str) -> list[Staffing]:
    """What each half hour that begins in a period needs, from what arrived in the same half hour of the last weeks."""
    now = tx.now.timestamp()
    first, last = (math.ceil(moment / HALF_HOUR_S) for moment in (period.since, period.until))
    current = int(now // HALF_HOUR_S)
    oldest = min(same_half_hours(first, current, weeks)[-1], same_half_hours(last, current, weeks)[-1])
    history = floor.arrivals(tx, Period(oldest * HALF_HOUR_S, min(period.until, now)), medium)
    loads = forecast(history, first, last, current, weeks, USUAL_HANDLE_S)
    needed = [agents_needed(load, target) for load in loads]
    return [
        Staffing((first + place) * HALF_HOUR_S, load, serve(load, agents, target.within_s))
        for place, (load, agents) in enumerate(zip(loads, needed, strict=True))
    ]


def suppose(tx: Tx, supposed: Supposed) -> Surge:
    """What a surge does; what is not supposed is as it was in the last hour."""
    now = tx.now.timestamp()
    measured = floor.arrivals(tx, Period(now - HOUR_S, now), "").values()
    handle_s = ratio(sum(one.handle_s for one in measured), sum(one.done for one in measured)) or USUAL_HANDLE_S
    ready = sum(int(row.capacity) for row in floor.agents(tx) if row.presence == Presence.READY)
    usual = Load(
        per_hour=sum(one.arrived for one in measured) if supposed.per_hour is None else supposed.per_hour,
        aht_s=handle_s if supposed.handle_s is None else supposed.handle_s,
    )
    agents = ready // WHOLE_CAPACITY if supposed.agents is None else supposed.agents
    lasting = {"patience_s": supposed.patience_s, "lasts_s": supposed.lasts_s}
    return surge(usual, supposed.factor, agents, supposed.target, **lasting)


def note_closed(tx: Tx, case_id: str) -> None:
    """A case is closed: it counts by its last work item. Said again it changes the time alone."""
    floor.note_closed(tx, case_id, tx.now.timestamp())


def note_satisfaction(tx: Tx, case_id: str, score: int, given_at: float) -> None:
    """A citizen says how satisfied they are. A later word takes the place of an earlier one; a score that there is not
    counts as none."""
    if LOWEST_SCORE <= score <= HIGHEST_SCORE:
        floor.note_score(tx, case_id, score, given_at)


def note_answered(tx: Tx, case_id: str, marked_at: float, *, answered: bool) -> None:
    """Agents say whether an article was the answer in a case."""
    floor.note_answered(tx, case_id, marked_at, answered=answered)


def note_return(tx: Tx, citizen_id: str, at: float) -> None:
    """A citizen comes with something new: what was closed lately was not resolved. Said again it changes nothing."""
    if citizen_id:
        floor.note_return(tx, citizen_id, at)
