"""The rules of coverage."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.translation.domain.coverage import Hours, Rule
from services.translation.store import sessions

_PUT = Sql("""
INSERT INTO coverage_rule (id, position, languages, media, residence_statuses, hours, providers, changed_at)
VALUES (:id, :position, :languages, :media, :residence_statuses, :hours, :providers, :now)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, languages = excluded.languages, media = excluded.media,
    residence_statuses = excluded.residence_statuses, hours = excluded.hours, providers = excluded.providers,
    changed_at = excluded.changed_at
""")
_RULES = Sql("SELECT * FROM coverage_rule ORDER BY position, id")
_REMOVE = Sql("DELETE FROM coverage_rule WHERE id = :id")


def put_rule(tx: Tx, rule: Rule) -> None:
    """Create or change a rule."""
    values = {
        "id": rule.id,
        "position": rule.position,
        "languages": " ".join(rule.languages),
        "media": " ".join(rule.media),
        "residence_statuses": json.dumps(rule.residence_statuses),
        "hours": written(rule.hours),
        "providers": sessions.written(rule.providers),
        "now": tx.now.timestamp(),
    }
    tx.execute(_PUT, values)


def rules(tx: Tx) -> list[Rule]:
    """All of them, in the order in which they are asked."""
    return [_rule(row) for row in tx.execute(_RULES)]


def remove_rule(tx: Tx, rule_id: str) -> bool:
    """Drop a rule; False if there is none."""
    return tx.execute(_REMOVE, {"id": rule_id}).rowcount > 0


def _rule(row: Row) -> Rule:
    return Rule(
        id=row.id,
        position=row.position,
        languages=tuple(row.languages.split()),
        media=tuple(row.media.split()),
        residence_statuses=tuple(json.loads(row.residence_statuses)),
        hours=read(row.hours),
        providers=sessions.read(row.providers),
    )


def written(hours: Sequence[Hours]) -> str:
    """Hours as they are kept."""
    return json.dumps([[sorted(one.days), one.from_min, one.to_min, one.except_holidays] for one in hours])


def read(kept: str) -> tuple[Hours, ...]:
    """Hours as they were kept."""
    return tuple(Hours(frozenset(days), begin, end, holidays) for days, begin, end, holidays in json.loads(kept))
