"""What a day was like, from what it left in the tables: service level, abandonment, waits, occupancy, hour by hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.day.centres import FULL
from bench.day.people import HOUR_S
from bench.day.promises import Record, rows
from bench.day.timeline import MIDNIGHT
from bench.outside import percentile
from chassis.database import Database
from services.routing.domain.agents import Presence
from services.routing.domain.staffing import Load, Service, Target, agents_needed, serve
from services.routing.domain.work import WorkState

TARGET = Target(0.8, 20.0)
Span = tuple[float, float]


@dataclass
class Waits:
    """How long work waited until an agent took it, or until the caller hung up."""

    answered: list[float] = field(default_factory=list)
    abandoned: list[float] = field(default_factory=list)

    def add(self, item: Any) -> None:
        """Count a work item."""
        if item.assigned_at is not None:
            self.answered.append(item.assigned_at - item.queued_at)
        elif item.state == WorkState.ABANDONED:
            self.abandoned.append(item.ended_at - item.queued_at)

    @property
    def service_level(self) -> float:
        """Answered in time, of the answered."""
        return _share(_soon(self.answered), len(self.answered))

    @property
    def service_level_2(self) -> float:
        """Answered or given up in time, of all."""
        soon = _soon(self.answered) + _soon(self.abandoned)
        return _share(soon, len(self.answered) + len(self.abandoned))

    @property
    def abandonment(self) -> float:
        """Given up, of all."""
        return _share(len(self.abandoned), len(self.answered) + len(self.abandoned), 0.0)

    def cells(self) -> list[str]:
        """How many, and how long the answered waited: half, nine tenths and 99 of a hundred no longer."""
        parts = [f"{percentile(self.answered, part):.0f} s" if self.answered else "" for part in (0.5, 0.9, 0.99)]
        return [f"{len(self.answered) + len(self.abandoned):,}", *parts, f"{self.abandonment:.1%}"]


def _soon(waits: Iterable[float]) -> int:
    return sum(wait <= TARGET.within_s for wait in waits)


def _share(part: float, whole: float, otherwise: float = 1.0) -> float:
    return part / whole if whole else otherwise


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: what came, who was there, how it went, and how Erlang C would have it."""

    hour: int
    waits: Waits
    calls: Waits
    agents: float
    """At their desks, on average."""
    busy: float
    """Erlangs in which they were busy."""
    expected: Service
    needed: int

    @property
    def occupancy(self) -> float:
        """The share of their time in which those at their desks were busy."""
        return _share(self.busy, self.agents, 0.0)


@dataclass(frozen=True, slots=True)
class Measures:
    """A whole day."""

    all: Waits
    calls: Waits
    by_class: Mapping[str, Waits]
    by_language: Mapping[str, Waits]
    by_medium: Mapping[str, Waits]
    hours: Sequence[Hour]

    @property
    def occupancy(self) -> float:
        """Of the whole day."""
        return _share(sum(hour.busy for hour in self.hours), sum(hour.agents for hour in self.hours), 0.0)


def measured(database: Database, record: Record) -> Measures:
    """Everything that is told of a day."""
    items = sorted(record.work.values(), key=lambda item: float(item.queued_at))
    busy = _busy(record)
    present = _present(database, busy)
    came: dict[int, list[Any]] = defaultdict(list)
    for item in items:
        came[int((item.queued_at - MIDNIGHT.timestamp()) // HOUR_S)].append(item)
    worked = [(span, cost) for spans in busy.values() for span, cost in spans]
    hours = [_hour(hour, came[hour], present, worked) for hour in range(24)]
    return Measures(
        all=_waits(items),
        calls=_waits(_calls(items)),
        by_class=_grouped(items, lambda item: item.priority_class),
        by_language=_grouped(items, lambda item: item.language),
        by_medium=_grouped(items, lambda item: item.medium),
        hours=hours,
    )


def _calls(items: Iterable[Any]) -> list[Any]:
    return [item for item in items if item.medium == "voice"]


def _waits(items: Iterable[Any]) -> Waits:
    found = Waits()
    for item in items:
        found.add(item)
    return found


def _grouped(items: Sequence[Any], by: Callable[[Any], str]) -> dict[str, Waits]:
    groups: dict[str, Waits] = defaultdict(Waits)
    for item in items:
        groups[by(item)].add(item)
    return dict(sorted(groups.items(), key=lambda pair: -len(pair[1].answered)))


def _hour(hour: int, items: Sequence[Any], present: Sequence[Span], worked: Sequence[tuple[Span, int]]) -> Hour:
    begins = MIDNIGHT.timestamp() + hour * HOUR_S
    agents = sum(_within(span, begins) for span in present) / HOUR_S
    busy = sum(_within(span, begins) * cost / FULL for span, cost in worked) / HOUR_S
    handled = [(item.ended_at - item.assigned_at) * item.cost / FULL for item in items if item.assigned_at is not None]
    load = Load(len(items), sum(handled) / len(handled) if handled else 1.0)
    expected = serve(load, round(agents), TARGET.within_s)
    return Hour(hour, _waits(items), _waits(_calls(items)), agents, busy, expected, agents_needed(load, TARGET))


def _within(span: Span, begins: float) -> float:
    return max(0.0, min(span[1], begins + HOUR_S) - max(span[0], begins))


def _busy(record: Record) -> dict[str, list[tuple[Span, int]]]:
    """When each agent worked, with what it took of the capacity."""
    found: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for item in record.work.values():
        if item.assigned_at is not None:
            found[item.agent_id].append(((item.assigned_at, item.ended_at), item.cost))
    return found


def _present(database: Database, busy: Mapping[str, Sequence[tuple[Span, int]]]) -> list[Span]:
    """When agents were ready, or still at work although they were not: spans that do not overlap for one agent."""
    spans: dict[str, list[Span]] = defaultdict(list)
    since: dict[str, float] = {}
    changes = "SELECT agent_id, changed_at, presence FROM presence_change ORDER BY changed_at"
    for agent_id, changed_at, presence in rows(database, changes):
        if presence == Presence.READY:
            since.setdefault(agent_id, changed_at)
        elif agent_id in since:
            spans[agent_id].append((since.pop(agent_id), changed_at))
    for agent_id, worked in busy.items():
        spans[agent_id] += [span for span, _ in worked]
    return [span for each in spans.values() for span in _merged(each)]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged
