"""Transfers, and who has asked whom."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.routing.domain.transfers import TRANSFER_ENDED, NewTransfer, TransferState

_ADD = Sql("""
INSERT INTO transfer (id, work_item_id, case_id, state, style, from_agent_id, to_agent_id, named_agent_id, needs,
    department, note, request_id, requested_at, expires_at, traceparent)
VALUES (:id, :work_item_id, :case_id, 'requested', :style, :from_agent_id, '', :named_agent_id, :needs,
    :department, :note, :request_id, :now, :expires_at, :traceparent)
""")
_BY_ID = held("SELECT * FROM transfer WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM transfer WHERE work_item_id = :work_item_id AND request_id = :request_id")
_MOVE = Sql("""
UPDATE transfer SET state = :state, to_agent_id = :to_agent_id,
    accepted_at = CASE WHEN :accepts = 1 THEN :now ELSE accepted_at END,
    ended_at = CASE WHEN :ends = 1 THEN :now ELSE ended_at END
WHERE id = :id RETURNING *
""")
_WAITING = Sql(
    "SELECT * FROM transfer WHERE state = 'requested' AND department = '' ORDER BY requested_at, id LIMIT :limit"
)
_OF_WORK = Sql("SELECT * FROM transfer WHERE work_item_id = :work_item_id ORDER BY requested_at, id")
_OPEN_OF = Sql("""
SELECT * FROM transfer WHERE from_agent_id = :agent_id AND state IN ('requested', 'offered', 'joined')
UNION ALL SELECT transfer.* FROM work_item JOIN transfer ON transfer.id = work_item.transfer_id
    WHERE work_item.agent_id = :agent_id AND work_item.state = 'assigned' AND transfer.from_agent_id <> :agent_id
ORDER BY requested_at, id
""")


def add(tx: Tx, transfer_id: str, new: NewTransfer, item: Row, needs: Sequence[str], traceparent: str) -> None:
    """Keep what an agent asks for."""
    now = tx.now.timestamp()
    values = {
        "id": transfer_id,
        "work_item_id": item.id,
        "case_id": item.case_id,
        "style": new.style.value,
        "from_agent_id": new.agent_id,
        "named_agent_id": new.to_agent_id,
        "needs": " ".join(needs),
        "department": new.department,
        "note": tx.sealed("transfer", transfer_id, "note", new.note),
        "request_id": tx.keys.keyed_hash("request_id", new.request_id),
        "now": now,
        "expires_at": None if new.department else now + new.wait_s,
        "traceparent": traceparent,
    }
    tx.execute(_ADD, values)


def transfer(tx: Tx, transfer_id: str) -> Row | None:
    """A transfer by id."""
    return tx.execute(_BY_ID["sqlite"], {"id": transfer_id}).one_or_none()


def held_transfer(tx: Tx, transfer_id: str) -> Row:
    """A transfer that there is, its row held."""
    return tx.execute(_BY_ID[tx.dialect], {"id": transfer_id}).one()


def by_request(tx: Tx, work_item_id: str, request_id: str) -> Row | None:
    """The transfer an earlier request asked for."""
    values = {"work_item_id": work_item_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def move(tx: Tx, row: Row, state: TransferState, to_agent_id: str, *, accepts: bool = False) -> Row:
    """Write where a transfer stands and who is asked, or has accepted."""
    values = {"id": row.id, "state": state.value, "to_agent_id": to_agent_id, "now": tx.now.timestamp()}
    return tx.execute(_MOVE, {**values, "accepts": int(accepts), "ends": int(state in TRANSFER_ENDED)}).one()


def waiting(tx: Tx, limit: int) -> Sequence[Row]:
    """Transfers to agents that nobody is asked about yet, the oldest first."""
    return tx.execute(_WAITING, {"limit": limit}).all()


def of_work(tx: Tx, work_item_id: str) -> Sequence[Row]:
    """Every transfer of a work item, the first first."""
    return tx.execute(_OF_WORK, {"work_item_id": work_item_id}).all()


def open_of(tx: Tx, agent_id: str) -> Sequence[Row]:
    """Transfers that have not ended: those an agent asked for, and those they have joined."""
    return tx.execute(_OPEN_OF, {"agent_id": agent_id}).all()


def note(tx: Tx, row: Row) -> str:
    """What the first agent says about it."""
    return tx.opened("transfer", row, "note")
