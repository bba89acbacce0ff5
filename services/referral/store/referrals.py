"""Referrals: where each stands, and what happened to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.referral import tables

_ADD = Sql("""
INSERT INTO referral (id, number, case_id, service_id, organization_id, kind, need, agent_id, urgent, state, reached,
    reason, outcome, rerouted_from, rerouted_to, consent_id, summary, details, request_id, sequence, rung, reports,
    escalation, escalation_taken_by, traceparent, proposed_at, law_field)
VALUES (:id, :number, :case_id, :service_id, :organization_id, :kind, :need, :agent_id, :urgent, 'proposed', '',
    '', '', :rerouted_from, '', '', :summary, :details, :request_id, 0, 0, 0, '', '', :traceparent, :now,
    :law_field) RETURNING *
""")
_REFERRAL = held("SELECT * FROM referral WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM referral WHERE case_id = :case_id AND request_id = :request_id")
_DUE = free("SELECT * FROM referral WHERE due_at <= :now ORDER BY due_at LIMIT 1", "referral")
_KEEP = Sql("""
UPDATE referral SET state = :state, reached = :reached, reason = :reason, outcome = :outcome,
    rerouted_to = :rerouted_to, consent_id = :consent_id, sequence = :sequence, rung = :rung, reports = :reports,
    escalation = :escalation, escalation_taken_by = :escalation_taken_by, escalated_at = :escalated_at,
    consented_at = :consented_at, sent_at = :sent_at, acknowledged_at = :acknowledged_at, accepted_at = :accepted_at,
    completed_at = :completed_at, expired_at = :expired_at, ended_at = :ended_at, expected_at = :expected_at,
    due_at = :due_at, declined_for = :declined_for, silent_at = :silent_at, first_escalated_at = :first_escalated_at,
    conflict = :conflict, deadline_id = :deadline_id, deadline_kind = :deadline_kind,
    deadline_day = :deadline_day, deadline_at = :deadline_at, deadline_warned = :deadline_warned,
    deadline_due_at = :deadline_due_at WHERE id = :id
""")
_DEADLINE_DUE = free(
    "SELECT * FROM referral WHERE deadline_due_at <= :now ORDER BY deadline_due_at LIMIT 1", "referral"
)
_SEQUENCES = Sql("SELECT id, sequence FROM referral WHERE id IN :ids", lists=["ids"])
_ADD_ENTRY = Sql("""
INSERT INTO referral_entry (id, referral_id, sequence, kind, state, reason, actor, reference, note, happened_at)
VALUES (:id, :referral_id, :sequence, :kind, :state, :reason, :actor, :reference, :note, :now)
""")
_ENTRIES = Sql("""
SELECT * FROM referral_entry WHERE referral_id = :id AND sequence > :after ORDER BY sequence LIMIT :limit
""")
_CLAIM = Sql("""
INSERT INTO agency_report (referral_id, report_hash, received_at) VALUES (:id, :report_hash, :now)
ON CONFLICT DO NOTHING
""")
_FORGET = Sql("DELETE FROM agency_report WHERE received_at < :before")
_KEPT: Final = (
    *("id", "state", "reached", "reason", "outcome", "rerouted_to", "consent_id", "sequence", "rung", "reports"),
    *("escalation", "escalation_taken_by", "escalated_at", "consented_at", "sent_at", "acknowledged_at"),
    *("accepted_at", "completed_at", "expired_at", "ended_at", "expected_at", "due_at", "declined_for", "silent_at"),
    "first_escalated_at",
    *("conflict", "deadline_id", "deadline_kind", "deadline_day", "deadline_at", "deadline_warned", "deadline_due_at"),
)


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What an agent proposes. ``details`` are values of items by their codes."""

    case_id: str
    service_id: str
    organization_id: str
    kind: str
    need: str
    agent_id: str
    request_id: str
    summary: str = field(repr=False)
    details: Mapping[str, str] = field(repr=False)
    urgent: bool = False
    rerouted_from: str = ""
    law_field: str = ""
    """Of a legal one, a code (``domain.deadlines.LawField``)."""


def add(tx: Tx, referral_id: str, number: str, new: NewReferral, traceparent: str) -> Row:
    """A referral that is proposed now."""
    details = json.dumps(dict(new.details), ensure_ascii=False) if new.details else ""
    values = {
        "id": referral_id,
        "number": number,
        "case_id": new.case_id,
        "service_id": new.service_id,
        "organization_id": new.organization_id,
        "kind": new.kind,
        "need": new.need,
        "agent_id": new.agent_id,
        "urgent": int(new.urgent),
        "rerouted_from": new.rerouted_from,
        "summary": tx.sealed("referral", referral_id, "summary", new.summary),
        "details": tx.sealed("referral", referral_id, "details", details),
        "request_id": tx.keys.keyed_hash("request_id", new.request_id),
        "traceparent": traceparent,
        "now": tx.now.timestamp(),
        "law_field": new.law_field,
    }
    return tx.execute(_ADD, values).one()


def referral(tx: Tx, referral_id: str, *, lock: bool = False) -> Row | None:
    """A referral by id."""
    return tx.execute(_REFERRAL[tx.dialect if lock else "sqlite"], {"id": referral_id}).one_or_none()


def by_request(tx: Tx, case_id: str, request_id: str) -> Row | None:
    """The referral that an earlier request proposed."""
    values = {"case_id": case_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def due(tx: Tx) -> Row | None:
    """One whose next rung has come and that nobody holds; its row is held."""
    return tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def deadline_due(tx: Tx) -> Row | None:
    """One whose nearest deadline the clock looks at now and that nobody holds; its row is held."""
    return tx.execute(_DEADLINE_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def keep(tx: Tx, row: Row) -> None:
    """Write where a referral stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in _KEPT})


def summary(tx: Tx, row: Row) -> str:
    """The agent's words."""
    return tx.opened("referral", row, "summary")


def details(tx: Tx, row: Row) -> Mapping[str, str]:
    """Values of items by their codes."""
    found = tx.opened("referral", row, "details")
    values: Mapping[str, str] = json.loads(found) if found else {}
    return values


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """How many entries each has."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}


def add_entry(
    tx: Tx, entry_id: str, row: Row, *, kind: str, actor: str, reason: str, note: str, reference: str
) -> None:
    """What has just happened; the row says as which entry."""
    values = {
        "id": entry_id,
        "referral_id": row.id,
        "sequence": row.sequence,
        "kind": kind,
        "state": row.state,
        "reason": reason,
        "actor": actor,
        "reference": reference,
        "note": tx.sealed("referral_entry", entry_id, "note", note),
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_ENTRY, values)


def entries(tx: Tx, referral_id: str, after: int, limit: int) -> Sequence[Row]:
    """What happened after an entry, in order."""
    return tx.execute(_ENTRIES, {"id": referral_id, "after": after, "limit": limit}).all()


def note(tx: Tx, entry: Row) -> str:
    """What somebody wrote with an entry."""
    return tx.opened("referral_entry", entry, "note")


def claim_report(tx: Tx, referral_id: str, report_id: str) -> bool:
    """Mark an agency's report as taken; False if it was taken before."""
    values = {
        "id": referral_id,
        "report_hash": tx.keys.keyed_hash("report_id", report_id),
        "now": tx.now.timestamp(),
    }
    return tx.execute(_CLAIM, values).rowcount == 1


def forget_reports(tx: Tx, before: float) -> int:
    """Drop the marks of reports that nobody repeats any more; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount


class Order(StrEnum):
    """In which order referrals are listed; each lists only those that have what it goes by."""

    PROPOSED = "proposed_at"
    """Newest first."""
    ESCALATED = "escalated_at"
    """Those for which a supervisor is wanted, the longest first."""
    DEADLINE = "deadline_at"
    """Those with an open deadline, the nearest first."""


def listed(
    tx: Tx, only: Mapping[str, Any], after: tuple[float, str] | None, limit: int, *, order: Order = Order.PROPOSED,
    open_only: bool = False, deadline_before: float | None = None,
) -> Sequence[Row]:  # fmt: skip
    """Referrals whose columns have these values, in an order; with ``deadline_before`` those whose nearest deadline is
    over by then."""
    table = tables.referrals.referral
    query = sa.select(table).limit(limit)
    for column, value in only.items():
        query = query.where(table.c[column] == value)
    if open_only:
        query = query.where(table.c.ended_at.is_(None))
    if deadline_before is not None:
        query = query.where(table.c.deadline_at <= deadline_before)
    key = table.c[order.value]
    place = sa.tuple_(key, table.c.id)
    last = None if after is None else sa.tuple_(*map(sa.literal, after))
    if order is Order.PROPOSED:
        query = query.order_by(key.desc(), table.c.id.desc())
        return tx.execute(query if last is None else query.where(place < last)).all()
    has = table.c.escalation != "" if order is Order.ESCALATED else key.is_not(None)
    query = query.where(has).order_by(key, table.c.id)
    return tx.execute(query if last is None else query.where(place > last)).all()
