"""Alerts: what came, what it says of others, and how each changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.outreach import tables
from services.outreach.domain.alerts import AlertKind, AlertState, NewAlert, Reference

CHANGES = "alerts"
"""What all changes of alerts are numbered under."""

_ADD = Sql("""
INSERT INTO alert (id, source, sender, identifier, status, kind, scope, state, event, hazard, category, severity,
    urgency, certainty, area, replaced_by, content, sent_at, begins_at, ends_at, received_at, due_at)
VALUES (:id, :source, :sender, :identifier, :status, :kind, :scope, :state, :event, :hazard, :category, :severity,
    :urgency, :certainty, :area, :replaced_by, :content, :sent_at, :begins_at, :ends_at, :now, :due_at)
ON CONFLICT (sender, identifier) DO NOTHING RETURNING *
""")
_ALERT = Sql("SELECT * FROM alert WHERE id = :id")
_NAMED = held("SELECT * FROM alert WHERE sender = :sender AND identifier = :identifier")
_DUE = free("SELECT * FROM alert WHERE due_at <= :now ORDER BY due_at LIMIT 1", "alert")
_MOVE = Sql("""
UPDATE alert SET state = :state, due_at = :due_at, replaced_by = :replaced_by WHERE id = :id RETURNING *
""")
_REFER = Sql("""
INSERT INTO alert_reference (sender, identifier, by_alert, kind, status)
VALUES (:sender, :identifier, :by_alert, :kind, :status) ON CONFLICT (sender, identifier, by_alert) DO NOTHING
""")
_SAID = Sql("""
SELECT alert_reference.kind, alert_reference.by_alert FROM alert_reference
WHERE sender = :sender AND identifier = :identifier AND status = :status ORDER BY by_alert
""")
_REFERRED = Sql("""
SELECT alert.* FROM alert_reference JOIN alert
    ON alert.sender = alert_reference.sender AND alert.identifier = alert_reference.identifier
WHERE alert_reference.by_alert = :by_alert ORDER BY alert.id
""")
_COUNT = Sql("""
INSERT INTO alert_counter (id, last) VALUES (:id, 1) ON CONFLICT (id) DO UPDATE SET last = alert_counter.last + 1
RETURNING last
""")
_ONE_AT_A_TIME = Sql("""
INSERT INTO alert_counter (id, last) VALUES (:id, 0) ON CONFLICT (id) DO UPDATE SET last = alert_counter.last
""")
_ADD_CHANGE = Sql("""
INSERT INTO alert_change (sequence, alert_id, state, changed_at) VALUES (:sequence, :alert_id, :state, :now)
""")
_CHANGES = Sql("""
SELECT alert_change.sequence, alert_change.state AS became, alert_change.changed_at, alert.* FROM alert_change
JOIN alert ON alert.id = alert_change.alert_id WHERE alert_change.sequence > :after ORDER BY sequence LIMIT :limit
""")
_LAST = Sql("SELECT last FROM alert_counter WHERE id = :id")
_FORGET_CONTENT = Sql("""
UPDATE alert SET content = NULL WHERE id IN (
    SELECT id FROM alert WHERE ends_at < :before AND content IS NOT NULL LIMIT 500)
""")


def one_at_a_time(tx: Tx) -> None:
    """Wait until no other transaction takes in or moves alerts; they are few."""
    tx.execute(_ONE_AT_A_TIME, {"id": CHANGES})


def add(tx: Tx, alert_id: str, source: str, new: NewAlert, state: AlertState, due_at: float | None) -> Row | None:
    """Keep an alert; None if one of that sender and identifier is there."""
    values = {
        "id": alert_id,
        "source": source,
        "sender": new.sender,
        "identifier": new.identifier,
        "status": new.status,
        "kind": new.kind.value,
        "scope": new.scope,
        "state": state.value,
        "event": new.event,
        "hazard": new.hazard.value,
        "category": new.category,
        "severity": new.severity,
        "urgency": new.urgency,
        "certainty": new.certainty,
        "area": new.area.written(),
        "replaced_by": "",
        "content": tx.keys.seal(new.content, table="alert", column="content", row=alert_id) if new.content else None,
        "sent_at": new.sent,
        "begins_at": new.begins,
        "ends_at": new.ends,
        "now": tx.now.timestamp(),
        "due_at": due_at,
    }
    return tx.execute(_ADD, values).one_or_none()


def alert(tx: Tx, alert_id: str) -> Row | None:
    """An alert by id."""
    return tx.execute(_ALERT, {"id": alert_id}).one_or_none()


def hold(tx: Tx, named: Reference) -> Row | None:
    """An alert by what its sender calls it; its row is held."""
    values = {"sender": named.sender, "identifier": named.identifier}
    return tx.execute(_NAMED[tx.dialect], values).one_or_none()


def due(tx: Tx) -> Row | None:
    """One that the clock is to move; its row is held."""
    return tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def move(tx: Tx, row: Row, state: AlertState, due_at: float | None, replaced_by: str = "") -> Row:
    """It stands elsewhere now. The caller holds the row."""
    values = {"id": row.id, "state": state.value, "due_at": due_at, "replaced_by": replaced_by or row.replaced_by}
    return tx.execute(_MOVE, values).one()


def refer(tx: Tx, alert_id: str, new: NewAlert, references: Sequence[Reference]) -> None:
    """Keep what an alert says of others, those that have not come yet among them."""
    for one in dict.fromkeys(references):
        values = {"sender": one.sender, "identifier": one.identifier, "by_alert": alert_id}
        tx.execute(_REFER, {**values, "kind": new.kind.value, "status": new.status})


def said_of(tx: Tx, new: NewAlert) -> Sequence[tuple[AlertKind, str]]:
    """What messages of the same status say of an alert, and which they are, oldest first."""
    values = {"sender": new.sender, "identifier": new.identifier, "status": new.status}
    return [(AlertKind(row.kind), row.by_alert) for row in tx.execute(_SAID, values)]


def referred_by(tx: Tx, alert_id: str) -> Sequence[Row]:
    """The alerts that are here and that an alert refers to."""
    return tx.execute(_REFERRED, {"by_alert": alert_id}).all()


def changed(tx: Tx, row: Row) -> int:
    """Number a change, for those who watch; changes are numbered one after another."""
    sequence: int = tx.execute(_COUNT, {"id": CHANGES}).scalar_one()
    values = {"sequence": sequence, "alert_id": row.id, "state": row.state, "now": tx.now.timestamp()}
    tx.execute(_ADD_CHANGE, values)
    return sequence


def changes(tx: Tx, after: int, limit: int) -> Sequence[Row]:
    """What changed after a number: ``became`` with the alert as it is now."""
    return tx.execute(_CHANGES, {"after": after, "limit": limit}).all()


def sequences(tx: Tx, subjects: Sequence[str]) -> Mapping[str, int]:
    """The last number, for those who watch."""
    found = tx.execute(_LAST, {"id": CHANGES}).scalar_one_or_none()
    return {subject: int(found or 0) for subject in subjects}


def listed(tx: Tx, states: Sequence[str], before: str, limit: int) -> Sequence[Row]:
    """Alerts, newest first, of these states (none: all), older than an id."""
    table = tables.alerts.alert
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    if states:
        query = query.where(table.c.state.in_(states))
    if before:
        query = query.where(table.c.id < before)
    return tx.execute(query).all()


def forget_contents(tx: Tx, before: float) -> int:
    """Drop the words of alerts that ended long ago: they may name somebody; returns of how many."""
    return tx.execute(_FORGET_CONTENT, {"before": before}).rowcount
