"""Notices as they are read: one that names somebody leaves on record who read it."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.outreach.domain.hazards import Hazard
from services.outreach.store import notices as store


def opened(tx: Tx, notice_id: str, actor: str, purpose: str) -> tuple[Row, dict[str, str]]:
    """A notice with its words."""
    row = required(tx, notice_id)
    texts = store.texts(tx, row)
    if texts and row.hazard == Hazard.MISSING:
        store.audit(tx, actor, "GetNotice", notice_id, purpose)
    return row, texts


def required(tx: Tx, notice_id: str) -> Row:
    """A notice by id. Raises ``NotFound``."""
    row = store.notice(tx, notice_id)
    if row is None:
        raise NotFound("notice", notice_id)
    return row


def entries(tx: Tx, notice_id: str, after: int, limit: int) -> list[tuple[int, tuple[Row, str]]]:
    """What happened to it after a number, each with the words in it: those of whoever rejected it or called it off."""
    found = store.entries(tx, notice_id, after, limit)
    return [(row.sequence, (row, tx.opened("notice_entry", row, "note"))) for row in found]
