"""Rules by which an alert makes a notice propose itself."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.outreach.domain.notices import NoticeClass, Rule

_PUT = Sql("""
INSERT INTO notice_rule (id, area_code, hazard, category, severity, urgency, certainty, notice_class, channels, put_by,
    put_at)
VALUES (:id, :area_code, :hazard, :category, :severity, :urgency, :certainty, :notice_class, :channels, :put_by, :now)
ON CONFLICT (id) DO UPDATE SET area_code = excluded.area_code, hazard = excluded.hazard, category = excluded.category,
    severity = excluded.severity, urgency = excluded.urgency, certainty = excluded.certainty,
    notice_class = excluded.notice_class, channels = excluded.channels, put_by = excluded.put_by,
    put_at = excluded.put_at
""")
_ALL = Sql("SELECT * FROM notice_rule ORDER BY id")
_REMOVE = Sql("DELETE FROM notice_rule WHERE id = :id RETURNING id")
_COUNT = Sql("SELECT count(*) FROM notice_rule WHERE id <> :id")


def put(tx: Tx, rule: Rule, by: str) -> None:
    """Write a rule, in the place of one with its id."""
    values = {
        "id": rule.id,
        "area_code": rule.area_code,
        "hazard": rule.hazard,
        "category": rule.category,
        "severity": rule.severity,
        "urgency": rule.urgency,
        "certainty": rule.certainty,
        "notice_class": rule.notice_class.value,
        "channels": " ".join(rule.channels),
        "put_by": by,
        "now": tx.now.timestamp(),
    }
    tx.execute(_PUT, values)


def others(tx: Tx, rule_id: str) -> int:
    """How many rules there are beside one."""
    return int(tx.execute(_COUNT, {"id": rule_id}).scalar_one())


def every(tx: Tx) -> Sequence[Rule]:
    """Every rule."""
    return [_rule(row) for row in tx.execute(_ALL)]


def remove(tx: Tx, rule_id: str) -> bool:
    """There is no such rule any more; False if there was none."""
    return tx.execute(_REMOVE, {"id": rule_id}).first() is not None


def _rule(row: Row) -> Rule:
    return Rule(
        row.id,
        row.area_code,
        row.hazard,
        row.category,
        row.severity,
        row.urgency,
        row.certainty,
        NoticeClass(row.notice_class),
        tuple(row.channels.split()),
    )
