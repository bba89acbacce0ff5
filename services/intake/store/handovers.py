"""Handovers: what departments were told, and what they said of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.handovers import HandoverState, NewHandover

_ADD = Sql("""
INSERT INTO handover (id, case_id, department, agent_id, request_id, told, attachment_ids, names_citizen, state,
    ticket_hash, created_at, updated_at, looked_at, traceparent, conference_id)
VALUES (:id, :case_id, :department, :agent_id, :request_id, :told, :attachment_ids, :names_citizen, 'queued',
    :ticket_hash, :now, :now, :now, :traceparent, :conference_id) ON CONFLICT (case_id, request_id) DO NOTHING
""")
_BY_ID = held("SELECT * FROM handover WHERE id = :id")
_BY_TICKET = held("SELECT * FROM handover WHERE department = :department AND ticket_hash = :ticket_hash")
_BY_REQUEST = Sql("SELECT * FROM handover WHERE case_id = :case_id AND request_id = :request_id")
_STOP = Sql("UPDATE handover SET stopped_at = coalesce(stopped_at, :now) WHERE id = :id")
_MOVE = Sql("""
UPDATE handover SET state = :state, updated_at = :now, looked_at = :now, failure = :failure,
    note = COALESCE(:note, note), expected_at = COALESCE(:expected_at, expected_at),
    ticket_id = COALESCE(:ticket_id, ticket_id),
    ticket_hash = CASE WHEN :ticket_hash = :none THEN ticket_hash ELSE :ticket_hash END
WHERE id = :id
""")
_CLAIM = Sql("""
INSERT INTO handover_update (department, update_hash, handover_id, received_at)
VALUES (:department, :update_hash, :handover_id, :now) ON CONFLICT DO NOTHING
""")
_FORGET = Sql("DELETE FROM handover_update WHERE received_at < :before")
_DUE = Sql("""
SELECT id, ticket_id FROM handover WHERE department = :department
AND state IN ('submitted', 'acknowledged', 'in_progress') AND looked_at < :before AND ticket_id IS NOT NULL
ORDER BY looked_at LIMIT :limit
""")
_LOOKED = Sql("UPDATE handover SET looked_at = :now WHERE id = :id")
_CITIZEN = Sql("""
SELECT identity.id, identity.kind, identity.address, identity.display_name, cases.number, cases.language,
    cases.citizen_id, cases.opened_at
FROM cases JOIN identity ON identity.id = cases.identity_id WHERE cases.id = :case_id
""")
_STORED = Sql(
    "SELECT * FROM attachment WHERE case_id = :case_id AND state = 'stored' AND id IN :ids ORDER BY id", lists=["ids"]
)
_DETAILS = Sql("""
SELECT id, details FROM contact WHERE case_id = :case_id AND details IS NOT NULL ORDER BY received_at DESC, id DESC
""")
_WORDS = Sql("SELECT id, text FROM contact WHERE case_id = :case_id ORDER BY received_at, id LIMIT 200")
_NOTE = Sql("SELECT id, text FROM note WHERE case_id = :case_id AND id = :note_id")


def add_handover(tx: Tx, handover_id: str, new: NewHandover, told: Mapping[str, Any], traceparent: str) -> bool:
    """Queue a handover; False if this request queued one before."""
    values = {
        "id": handover_id,
        "case_id": new.case_id,
        "department": new.department,
        "agent_id": new.agent_id,
        "request_id": tx.keys.keyed_hash("request_id", new.request_id),
        "told": tx.keys.seal(json.dumps(told, ensure_ascii=False), table="handover", column="told", row=handover_id),
        "attachment_ids": " ".join(new.attachment_ids),
        "names_citizen": int(new.citizen_agreed),
        "ticket_hash": b"",
        "now": tx.now.timestamp(),
        "traceparent": traceparent,
        "conference_id": new.conference_id,
    }
    return tx.execute(_ADD, values).rowcount == 1


def told(tx: Tx, row: Row) -> dict[str, Any]:
    """What the department is told."""
    found: dict[str, Any] = json.loads(tx.opened("handover", row, "told"))
    return found


def handover(tx: Tx, handover_id: str) -> Row | None:
    """A handover by its id, its row held."""
    return tx.execute(_BY_ID[tx.dialect], {"id": handover_id}).one_or_none()


def handover_by_request(tx: Tx, case_id: str, request_id: str) -> Row:
    """The handover an earlier request queued."""
    values = {"case_id": case_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one()


def handover_by_ticket(tx: Tx, department: str, ticket_id: str) -> Row | None:
    """A handover by the department's own number, its row held."""
    values = {"department": department, "ticket_hash": tx.keys.keyed_hash("ticket_id", ticket_id)}
    return tx.execute(_BY_TICKET[tx.dialect], values).first()


def move(
    tx: Tx, handover_id: str, state: HandoverState, *, ticket_id: str = "", note: str = "", failure: str = "",
    expected_at: float | None = None,
) -> None:  # fmt: skip
    """Write where a handover stands; what is not told anew stays."""
    keys = tx.keys
    values = {
        "id": handover_id,
        "state": state.value,
        "now": tx.now.timestamp(),
        "failure": tx.sealed("handover", handover_id, "failure", failure),
        "note": tx.sealed("handover", handover_id, "note", note),
        "expected_at": expected_at,
        "ticket_id": keys.seal(ticket_id, table="handover", column="ticket_id", row=handover_id) if ticket_id else None,
        "ticket_hash": keys.keyed_hash("ticket_id", ticket_id) if ticket_id else b"",
        "none": b"",
    }
    tx.execute(_MOVE, values)


def claim_update(tx: Tx, department: str, update_id: str, handover_id: str) -> bool:
    """Mark a department's report as taken; False if it was taken before."""
    values = {
        "department": department,
        "update_hash": tx.keys.keyed_hash("update_id", update_id),
        "handover_id": handover_id,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_CLAIM, values).rowcount == 1


def forget_updates(tx: Tx, before: float) -> int:
    """Drop reports that no department repeats any more; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount


def due(tx: Tx, department: str, before: float, limit: int) -> list[tuple[str, str]]:
    """Open handovers nobody has asked the department about since, each with the department's number."""
    rows = tx.execute(_DUE, {"department": department, "before": before, "limit": limit})
    return [(row.id, tx.opened("handover", row, "ticket_id")) for row in rows]


def looked(tx: Tx, handover_id: str) -> None:
    """The department was asked just now."""
    tx.execute(_LOOKED, {"id": handover_id, "now": tx.now.timestamp()})


def citizen(tx: Tx, case_id: str) -> Row:
    """The case's number and language, and its citizen as the channel knows them."""
    return tx.execute(_CITIZEN, {"case_id": case_id}).one()


def stored_attachments(tx: Tx, case_id: str, ids: Sequence[str]) -> Sequence[Row]:
    """Those of these attachments that are of the case and stored."""
    return tx.execute(_STORED, {"case_id": case_id, "ids": list(ids)}).all() if ids else []


def newest_details(tx: Tx, case_id: str) -> list[str]:
    """What the case's contacts were about, newest first, as it was kept."""
    return [tx.opened("contact", row, "details") for row in tx.execute(_DETAILS, {"case_id": case_id})]


def words(tx: Tx, case_id: str) -> list[str]:
    """What the citizen wrote in a case, the oldest first."""
    return [tx.opened("contact", row, "text") for row in tx.execute(_WORDS, {"case_id": case_id})]


def note(tx: Tx, case_id: str, note_id: str) -> str | None:
    """A note of a case; None if it has no such."""
    row = tx.execute(_NOTE, {"case_id": case_id, "note_id": note_id}).one_or_none()
    return None if row is None else tx.opened("note", row, "text")


def stop(tx: Tx, handover_id: str) -> None:
    """It must not leave any more."""
    tx.execute(_STOP, {"id": handover_id, "now": tx.now.timestamp()})
