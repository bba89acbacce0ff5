"""What an agent has before them: the desk as it is, and what happened on it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.routing.domain.agents import ChangeKind
from services.routing.store import agents, desks, offers, transfers


@dataclass(frozen=True, slots=True)
class Opened:
    """A transfer with what the first agent says about it."""

    row: Row
    note: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What an agent has before them, and the sequence up to which this is true."""

    agent: Row
    offers: Sequence[tuple[Row, Row]]
    """Each pending offer with its work item."""
    work: Sequence[Row]
    sequence: int
    transfers: Mapping[str, Opened]
    """Those that have not ended, and those of the offers; by id."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened on a desk, with the rows it is about as they are now."""

    change: Row
    offer: Row | None
    work_item: Row | None
    transfer: Opened | None = None
    """What changed, or what the offer is part of."""


def known_agent(tx: Tx, agent_id: str, *, lock: bool = False) -> Row:
    """An agent's row. Raises ``NotFound`` if there is none."""
    agent = agents.agent(tx, agent_id, lock=lock)
    if agent is None:
        raise NotFound("agent", agent_id)
    return agent


def read_desk(tx: Tx, agent_id: str) -> Desk:
    """The desk as it is, at one moment."""
    agent = known_agent(tx, agent_id, lock=True)
    pending = offers.pending_of(tx, agent_id)
    items = desks.by_ids(tx, "work_item", [offer.work_item_id for offer in pending])
    asked = [(offer, items[offer.work_item_id]) for offer in pending]
    own = {row.id: row for row in transfers.open_of(tx, agent_id)}
    own |= desks.by_ids(tx, "transfer", [offer.transfer_id for offer in pending if offer.transfer_id])
    return Desk(agent, asked, offers.desk_work(tx, agent_id), agent.sequence, _opened(tx, own))


def _opened(tx: Tx, rows: Mapping[str, Row]) -> dict[str, Opened]:
    return {transfer_id: Opened(row, transfers.note(tx, row)) for transfer_id, row in rows.items()}


def read_changes(tx: Tx, agent_id: str, after: int) -> list[Change] | None:
    """What happened on a desk after a sequence; None if that is too long ago, or ahead of the desk."""
    sequence = known_agent(tx, agent_id).sequence
    rows = desks.changes(tx, agent_id, after)
    told = after if sequence == after and not rows else rows[0].sequence - 1 if rows else None
    if told != after:
        return None
    asked = desks.by_ids(tx, "offer", _subjects(rows, ChangeKind.OFFER))
    wanted = [*_subjects(rows, ChangeKind.WORK), *(offer.work_item_id for offer in asked.values())]
    items = desks.by_ids(tx, "work_item", wanted)
    moved = [*_subjects(rows, ChangeKind.TRANSFER), *(one.transfer_id for one in asked.values() if one.transfer_id)]
    opened = _opened(tx, desks.by_ids(tx, "transfer", moved))
    return [_change(row, asked, items, opened) for row in rows]


def _subjects(rows: Sequence[Row], kind: ChangeKind) -> list[str]:
    return [row.subject_id for row in rows if row.kind == kind]


def _change(row: Row, asked: Mapping[str, Row], items: Mapping[str, Row], opened: Mapping[str, Opened]) -> Change:
    offer = asked.get(row.subject_id)
    transfer = opened.get((offer.transfer_id or "") if offer else row.subject_id)
    return Change(row, offer, items.get(offer.work_item_id if offer else row.subject_id), transfer)
