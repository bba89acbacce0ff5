"""Approval: whoever may let a notice leave, and what is then to be sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.outreach import wording
from services.outreach.domain.areas import Area
from services.outreach.domain.audience import ADDRESSES
from services.outreach.domain.notices import (
    Entry,
    NoticeAct,
    NoticeClass,
    NoticeState,
    Refusal,
    form,
    needed,
    refused,
)
from services.outreach.store import alerts
from services.outreach.store import notices as store
from services.outreach.use_cases import looking_for, proposing, withdrawing

CARRIED = frozenset(ADDRESSES)
"""The channels that a notice can leave by."""


@dataclass(frozen=True, slots=True)
class Approved:
    """How far a notice is with its approval."""

    row: Row
    given: int
    needed: int


def approve(
    tx: Tx, notice_id: str, version: int, by: str, one_may_send_to: int, carried: Collection[str] = CARRIED
) -> Approved:
    """Approve this very text. With the last approval that is needed it is released. ``carried`` are the channels that
    have a connector.

    Raises ``Conflict`` for another text, ``PreconditionFailed`` with a ``Refusal``.
    """
    row = proposing.proposed(tx, notice_id, version)
    standing = store.standing(tx, row)
    reason = refused(standing, by) or _unfit(tx, row, carried)
    if reason is not None:
        raise PreconditionFailed(reason, f"notice {notice_id} is not approved: {reason.lower()}")
    given, wanted = len(standing.approved_by) + 1, needed(standing.recipients, one_may_send_to)
    store.approve(tx, row, by, given)
    proposing.told(tx, row, Entry.APPROVED, by)
    if given >= wanted:
        row = _release(tx, row, by)
    elif row.notice_class == NoticeClass.LIFE_SAFETY:
        row = proposing.call(tx, row)
    return Approved(row, given, wanted)


def _unfit(tx: Tx, row: Row, carried: Collection[str]) -> Refusal | None:
    """Why nobody could send it as it is."""
    if not store.texts(tx, row).get(wording.KOREAN):
        return Refusal.NO_KOREAN_TEXT
    if Area.read(row.area).empty and not row.follows:
        return Refusal.NO_AREA
    if not set(row.channels.split()) & set(carried):
        return Refusal.NO_CHANNEL
    alert = alerts.alert(tx, row.alert_id) if row.alert_id else None
    return proposing.alert_refuses(alert, NoticeAct(row.act)) if alert is not None else None


def _release(tx: Tx, row: Row, by: str) -> Row:
    """Write down what is to be sent. What it updates is sent no more."""
    followed = store.hold(tx, row.follows) if row.follows else None
    readers = store.release_of(tx, followed.id) if followed is not None else None
    texts = {language: {"text": text, "form": form(text).value} for language, text in store.texts(tx, row).items()}
    store.release(tx, row, texts, readers.id if readers is not None else "")
    row = store.change(tx, row.id, state=NoticeState.RELEASED, released_at=tx.now.timestamp(), due_at=row.ends_at)
    proposing.told(tx, row, Entry.RELEASED, by)
    row = withdrawing.begin_surge(tx, row)
    looking_for.begun(tx, row)
    if followed is not None and followed.state == NoticeState.RELEASED:
        withdrawing.expire(tx, followed, withdrawing.UPDATED)
    return row


def tend(tx: Tx) -> bool:
    """Look at one notice whose time has come: it is over, or people are called to it again. False if there is none."""
    row = store.due(tx)
    if row is None:
        return False
    if tx.now.timestamp() >= row.ends_at:
        withdrawing.expire(tx, row)
    else:
        proposing.call(tx, row)
    return True
