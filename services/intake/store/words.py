"""What citizens wrote in a case, in the order of its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.intake.domain.notices import AUTOMATIC

_WRITTEN = """
SELECT contact.id, contact.text, contact.language, contact.received_at, contact.traceparent, entry.sequence
FROM entry JOIN contact ON contact.id = entry.subject_id
WHERE entry.case_id = :case_id AND entry.kind = 'contact' AND entry.sequence > :after
"""
_AFTER = Sql(f"{_WRITTEN} ORDER BY entry.sequence LIMIT :limit")
_NEWEST = Sql(f"{_WRITTEN} ORDER BY entry.sequence DESC LIMIT :limit")
_LAST_REPLY = Sql("""
SELECT coalesce(max(sequence), 0) FROM entry
WHERE case_id = :case_id AND kind = 'reply' AND becomes = 'queued' AND agent_id <> :automatic
""")


@dataclass(frozen=True, slots=True)
class Word:
    """One message of a citizen."""

    contact_id: str
    sequence: int
    text: str
    language: str
    received_at: float
    traceparent: str


def after(tx: Tx, case_id: str, sequence: int, limit: int) -> Sequence[Word]:
    """What came after an entry, oldest first; a contact without words has an empty text."""
    return _opened(tx, tx.execute(_AFTER, {"case_id": case_id, "after": sequence, "limit": limit}).all())


def newest(tx: Tx, case_id: str, limit: int) -> Sequence[Word]:
    """What came last, oldest first."""
    rows = tx.execute(_NEWEST, {"case_id": case_id, "after": 0, "limit": limit}).all()
    return _opened(tx, rows[::-1])


def last_reply(tx: Tx, case_id: str) -> int:
    """The entry in which a person last replied; 0 where nobody has."""
    return int(tx.execute(_LAST_REPLY, {"case_id": case_id, "automatic": AUTOMATIC}).scalar_one())


def _opened(tx: Tx, rows: Sequence[Row]) -> list[Word]:
    return [
        Word(row.id, row.sequence, tx.opened("contact", row, "text"), row.language, row.received_at, row.traceparent)
        for row in rows
    ]
