"""Why work went to whom: put together from what is kept of every change, so that deciding costs nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.routing.domain import agents
from services.routing.domain.agents import Presence
from services.routing.domain.explaining import Ineligibility, Sorted, Standing, sort_out
from services.routing.domain.offers import DECLINED_REST_S
from services.routing.domain.plans import Course, kind_parts
from services.routing.domain.work import WorkState
from services.routing.store import explaining, transfers, work
from services.routing.use_cases import rota
from services.routing.use_cases.matching import course_of

_AFTER_ALL = "~"
"""Greater than any identifier of ours."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A moment at which an agent was looked for."""

    at: float
    step: int
    offer: Row | None
    """None if nobody could be asked."""
    sorted: Sorted
    ahead: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a work item was routed."""

    work_item: Row
    course: Course
    decisions: Sequence[Decision]


def explain(tx: Tx, work_item_id: str) -> Explanation:
    """Every decision on a work item, and the present one if it waits. Raises ``NotFound``."""
    item = work.work_item(tx, work_item_id)
    if item is None:
        raise NotFound("work item", work_item_id)
    course = course_of(item)
    made = explaining.offers_of(tx, work_item_id)
    moved = {row.id: row for row in transfers.of_work(tx, work_item_id)}
    decisions = [
        _in_transfer(tx, item, course, made, offer, moved[offer.transfer_id])
        if offer.transfer_id
        else _decision(tx, item, course, made, offer.offered_at, offer)
        for offer in made
    ]
    if item.state == WorkState.QUEUED and item.held_until is None:
        decisions.append(_decision(tx, item, course, made, tx.now.timestamp(), None))
    return Explanation(item, course.joined(item.assigned_at), decisions)


def _decision(tx: Tx, item: Row, course: Course, made: Sequence[Row], at: float, offer: Row | None) -> Decision:
    step, of = (offer.step, offer.kind) if offer else (course.number, item.kind)
    refused = {
        one.agent_id
        for one in made
        if one is not offer and one.ended_at is not None and at - DECLINED_REST_S < one.ended_at <= at
    }
    cost, needs = kind_parts(of)
    standings = _standings(tx, at, offer.id if offer else _AFTER_ALL, refused)
    found = sort_out(standings, needs, cost, rota.closed_abilities_at(tx, at))
    return Decision(at, step, offer, found, explaining.ahead_of(tx, item, of, at))


def _in_transfer(tx: Tx, item: Row, course: Course, made: Sequence[Row], offer: Row, transfer: Row) -> Decision:
    """Whom an agent's own request for somebody else was about: one name, or all who have what was asked for and were
    not asked before. Nobody waits in that line."""
    asked = {one.agent_id for one in made if one.transfer_id == transfer.id and one.offered_at < offer.offered_at}
    standings = [
        one
        for one in _standings(tx, offer.offered_at, offer.id, asked)
        if one.agent_id != transfer.from_agent_id and transfer.named_agent_id in {"", one.agent_id}
    ]
    closed = rota.closed_abilities_at(tx, offer.offered_at)
    cost, needs = kind_parts(offer.kind)
    found = sort_out(standings, needs, cost, closed)
    found.ineligible[(Ineligibility.HAS_IT, "")] = [transfer.from_agent_id]
    return Decision(offer.offered_at, course.number, offer, found, 0)


def _standings(tx: Tx, at: float, offer_id: str, refused: set[str]) -> list[Standing]:
    presences = explaining.presences(tx, at)
    loads, idle = explaining.loads(tx, at, offer_id), explaining.idle_since(tx, at, offer_id)
    standings = []
    for record in explaining.records(tx, at):
        presence = presences.get(record.agent_id)
        since = presence.changed_at if presence else 0.0
        standings.append(
            Standing(
                record.agent_id,
                Presence(presence.presence) if presence else Presence.OFFLINE,
                loads.get(record.agent_id, 0),
                record.capacity,
                frozenset(agents.abilities(agents.read(record.languages), agents.read(record.skills))),
                record.agent_id in refused,
                max(since, idle.get(record.agent_id, 0.0)),
            )
        )
    return standings
