"""What routing promises, looked for in what the day has left in the tables: nothing may be found.

Everything is read past the use cases. Times are those of the transactions, so intervals that only touch do not
overlap.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from chassis.database import Database
from services.routing.domain import plans
from services.routing.domain.offers import DECLINED_REST_S, OfferState, Why
from services.routing.domain.plans import kind
from services.routing.domain.work import RESUME_S, SAME_AGENT_S, PriorityClass, WorkState, rank
from services.routing.use_cases import explaining
from services.routing.use_cases.explaining import Decision
from tests.ledger import BROKEN_PROMISES

_FINAL = frozenset({WorkState.DONE, WorkState.ABANDONED, WorkState.CANCELLED})
_FIRST = 20
"""So many of those who wait are looked at: others may have been refused."""
_LATENESS_S = 1.0
"""How much later than due a timer of the simulation comes at most."""


def rows(database: Database, query: str) -> list[Any]:
    """What a query finds."""
    with database.engine.connect() as connection:
        return list(connection.execute(sa.text(query)).all())


def broken_now(database: Database) -> list[str]:
    """Which promises do not hold at this moment; any moment between two transactions."""
    return [f"{name}: {row.id}" for name, query in BROKEN_PROMISES.items() for row in rows(database, query)]


@dataclass(frozen=True, slots=True)
class Record:
    """What a day left in the tables."""

    work: Mapping[str, Any]
    offers: Sequence[Any]
    """In the order they were made."""
    capacities: Mapping[str, int]

    @classmethod
    def read(cls, database: Database) -> Record:
        """All of it."""
        items = rows(database, "SELECT * FROM work_item")
        offers = rows(database, "SELECT * FROM offer ORDER BY offered_at, id")
        agents = rows(database, "SELECT id, capacity FROM agent")
        return cls({item.id: item for item in items}, offers, {agent.id: agent.capacity for agent in agents})

    def offers_by(self, column: str) -> dict[str, list[Any]]:
        """The offers of each agent or work item."""
        found: dict[str, list[Any]] = defaultdict(list)
        for offer in self.offers:
            found[getattr(offer, column)].append(offer)
        return found


def broken_over_the_day(record: Record, sent: Mapping[str, int], offer_s: float) -> list[str]:
    """Which promises did not hold in the course of the day; ``sent`` counts each case's contacts."""
    looks: list[Iterator[str]] = [
        _asked_at_once(record),
        _stuck(record, offer_s),
        _overfull(record),
        _unended(record, sent),
        _displaced(record),
        _overtaken(record),
    ]
    return [found for look in looks for found in look]


def _asked_at_once(record: Record) -> Iterator[str]:
    for item_id, offers in record.offers_by("work_item_id").items():
        for one, following in pairwise(offers):
            if one.ended_at is None or one.ended_at > following.offered_at:
                yield f"{item_id} was offered to {one.agent_id} and {following.agent_id} at once"
        if sum(offer.state == OfferState.ACCEPTED for offer in offers) > 1:
            yield f"{item_id} was accepted twice"


def _stuck(record: Record, offer_s: float) -> Iterator[str]:
    for offer in record.offers:
        if offer.ended_at is None or offer.ended_at - offer.offered_at > offer_s + _LATENESS_S:
            yield f"offer {offer.id} did not end in its time"


def _overfull(record: Record) -> Iterator[str]:
    for agent_id, offers in record.offers_by("agent_id").items():
        changes = []
        for offer in offers:
            item = record.work[offer.work_item_id]
            ended_at = item.ended_at if offer.state == OfferState.ACCEPTED else offer.ended_at
            changes += [(offer.offered_at, 1, item.cost), (ended_at or float("inf"), 0, -item.cost)]
        load = 0
        for at, _, cost in sorted(changes):  # what ends makes room for what begins at the same moment
            load += cost
            if load > record.capacities[agent_id]:
                yield f"{agent_id} had {load} of {record.capacities[agent_id]} at {at}"


def _unended(record: Record, sent: Mapping[str, int]) -> Iterator[str]:
    counted: Counter[str] = Counter()
    for item in record.work.values():
        counted[item.case_id] += item.contact_count
        if item.state not in _FINAL:
            yield f"work item {item.id} is {item.state} in the end"
    for case_id in sent.keys() | counted.keys():
        if sent.get(case_id, 0) != counted[case_id]:
            yield f"{case_id}: {sent.get(case_id, 0)} contacts were sent, {counted[case_id]} are counted"


def _displaced(record: Record) -> Iterator[str]:
    """The place is that of the moment of queueing, or of the call that was given up shortly before."""
    left: dict[str, list[Any]] = defaultdict(list)
    for item in record.work.values():
        if item.state == WorkState.ABANDONED:
            left[item.case_id].append(item)
    for item in record.work.values():
        resumes = item.queued_at - RESUME_S
        places = [
            one.rank for one in left[item.case_id] if resumes <= one.ended_at <= item.queued_at and one is not item
        ]
        place = min(places, default=rank(PriorityClass(item.priority_class), item.queued_at))
        if item.rank != place and not (item.rank > place and item.rank in places):
            yield f"work item {item.id} has lost its place: {item.rank} and not {place}"


def _overtaken(record: Record) -> Iterator[str]:
    """Nobody is asked for work while older work of the same kind waits that they have not just refused. With the
    head starts of the classes this bounds every wait: nothing starves."""
    by_item = record.offers_by("work_item_id")
    lines: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for item in record.work.values():
        for kind_then, begins, ends in _waits(item, by_item[item.id]):
            lines[kind_then] += [(begins, 1, item.id), (ends, 0, item.id)]
    asked: dict[str, list[Any]] = defaultdict(list)
    for offer in record.offers:
        item = record.work[offer.work_item_id]
        asked[_kind_at(item, offer.offered_at)].append(offer)
    for of, offers in asked.items():
        yield from _overtaken_in(record, by_item, sorted(lines[of]), offers)


def _overtaken_in(
    record: Record, by_item: Mapping[str, list[Any]], line: Sequence[tuple[float, int, str]], offers: Sequence[Any]
) -> Iterator[str]:
    """Replays one line: what waits stands in a heap by its place, and what is gone is taken out when it is met."""
    waiting: list[tuple[float, str]] = []
    gone: set[str] = set()
    coming = deque(line)
    for offer in offers:
        while coming and coming[0][:2] <= (offer.offered_at, 0):
            _, begins, item_id = coming.popleft()
            if begins:
                gone.discard(item_id)
                heapq.heappush(waiting, (record.work[item_id].rank, item_id))
            else:
                gone.add(item_id)
        while waiting and waiting[0][1] in gone:
            heapq.heappop(waiting)
        item = record.work[offer.work_item_id]
        place = item.rank - (SAME_AGENT_S if item.preferred_agent_id == offer.agent_id else 0.0)
        for older, item_id in heapq.nsmallest(_FIRST, waiting):
            overtaken = older < place and item_id not in gone
            if overtaken and not _refused(by_item[item_id], offer.agent_id, offer.offered_at):
                yield f"{offer.agent_id} was asked for {item.id} while {item_id} had waited longer"


def _refused(offers: Sequence[Any], agent_id: str, at: float) -> bool:
    since = at - DECLINED_REST_S - _LATENESS_S
    return any(one.agent_id == agent_id and one.ended_at is not None and since < one.ended_at <= at for one in offers)


def _waits(item: Any, offers: Sequence[Any]) -> Iterator[tuple[str, float, float]]:
    """When the work item waited, and as what kind."""
    ends = item.ended_at if item.ended_at is not None else float("inf")
    began = item.queued_at
    spans = []
    for offer in offers:
        spans.append((began, offer.offered_at))
        began = offer.ended_at if offer.state != OfferState.ACCEPTED else ends
    spans.append((began, ends))
    for kind_then, step_begins, step_ends in _kinds(item):
        for begins, until in spans:
            first, last = max(begins, step_begins), min(until, step_ends)
            if first < last:
                yield kind_then, first, last


def _kinds(item: Any) -> Iterator[tuple[str, float, float]]:
    course = plans.read(item.plan, item.steps, item.kind, item.queued_at)
    for step in course.steps:
        if step.began_at is not None:
            yield kind(item.cost, step.needs), step.began_at, step.ended_at or float("inf")


def _kind_at(item: Any, at: float) -> str:
    return [of for of, begins, ends in _kinds(item) if begins <= at][-1]


def misexplained(database: Database, record: Record, sample: int, seed: int) -> list[str]:
    """Decisions of a sample of work items whose explanation does not name the agent who was asked as the right one."""
    asked = sorted({offer.work_item_id for offer in record.offers})
    picked = random.Random(seed).sample(asked, min(sample, len(asked)))
    explained = [database.read(explaining.explain, item_id) for item_id in picked]
    return [
        f"{found.work_item.id} at {decision.at}: {decision.offer.agent_id}"
        for found in explained
        for decision in found.decisions
        if decision.offer is not None and not is_explained(found, decision)
    ]


def is_explained(found: explaining.Explanation, decision: Decision) -> bool:
    """Whether the agent who was asked is the first eligible one, or the one who knows the case, or the first of those
    who have what is preferred."""
    offer, eligible = decision.offer, decision.sorted.eligible
    assert offer is not None
    here = [one for one in eligible if one.agent_id == offer.agent_id]
    if not here:
        return False
    if offer.why == Why.KNOWS:
        return bool(found.work_item.preferred_agent_id == offer.agent_id)
    preferred = set(found.course.steps[decision.step].preferred)
    better = [one for one in eligible if preferred <= one.abilities]
    first = [group[0].idle_since for group in (eligible, better) if group]
    return here[0].idle_since in first
