"""Notices as they are read: one that names somebody leaves on record who read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.mailings import MailingState, Reason, RecipientState
from services.outreach.store import mailings, recipients
from services.outreach.store import notices as store

_OVER = frozenset({MailingState.DONE, MailingState.STOPPED})
_NOT_REACHED = frozenset({RecipientState.FAILED, RecipientState.UNSURE})


@dataclass(frozen=True, slots=True)
class Sending:
    """A notice's mailing: rows with ``state``, ``reason`` and ``recipients``, by the connector that each recipient is
    tried by; and how many nothing reached."""

    mailing: Row
    by_channel: Mapping[str, Sequence[Row]]
    unreached: int


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


def sending(tx: Tx, notice_id: str) -> Sending | None:
    """How a notice is sent; None before somebody has begun to."""
    release = store.release_of(tx, notice_id)
    mailing = mailings.mailing(tx, release.id) if release is not None else None
    if mailing is None:
        return None
    steps, by_channel = mailings.steps(mailing), dict[str, list[Row]]()
    rows = recipients.by_step(tx, mailing.id)
    for row in rows:
        by_channel.setdefault(steps[row.step].channel, []).append(row)
    unconfirmed = mailing.state in _OVER and mailing.wait_s > 0
    missed = sum(row.recipients for row in rows if _unreached(row, unconfirmed=unconfirmed))
    return Sending(mailing, by_channel, missed)


def _unreached(row: Row, *, unconfirmed: bool) -> bool:
    if row.state == RecipientState.SKIPPED:
        return bool(row.reason == Reason.NO_ROAD)
    return row.state in _NOT_REACHED or (unconfirmed and row.state == RecipientState.SENT)
