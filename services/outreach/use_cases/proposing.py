"""Notices as they are proposed, written anew, and counted before anything leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from hub120.outreach.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import Conflict, NotFound, PreconditionFailed
from chassis.statements import Row
from services.outreach import wording
from services.outreach.district_outlines import placed
from services.outreach.domain.alerts import AlertState, may_be_told
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.notices import (
    Counts,
    Entry,
    NoticeAct,
    NoticeClass,
    NoticeState,
    Refusal,
)
from services.outreach.store import alerts, missing
from services.outreach.store import notices as store
from services.outreach.store.notices import NewNotice

CALL_AGAIN_S = 60.0
"""How often people are called to a life-safety notice that waits for them."""


class Recipients(Protocol):
    """Who may be told something, wherever they are kept."""

    def counts(self, tx: Tx, row: Row, readers_of: str) -> Counts | None:
        """How many would get a notice: whoever is in its area, or the readers of a release (an id; empty: it follows
        none). None: nobody can say."""
        ...


def propose(tx: Tx, new: NewNotice) -> Row:
    """A person proposes a notice. Repeated with the same request it is the one that is there. Without texts it has the
    centre's own words for such a disaster."""
    known = store.by_request(tx, new.created_by, new.request_id)
    if known is not None:
        return known
    if new.alert_id:
        _check_alert(tx, new.alert_id)
    texts = dict(new.texts) or wording.texts(Hazard(new.hazard), new.act, new.area.names)
    return add(tx, replace(new, texts=texts, area=placed(new.area)))


def _check_alert(tx: Tx, alert_id: str) -> None:
    alert = alerts.alert(tx, alert_id)
    if alert is None:
        raise NotFound("alert", alert_id)
    if reason := alert_refuses(alert, NoticeAct.FIRST):
        raise PreconditionFailed(reason, f"nothing is proposed of alert {alert_id}: {reason.lower()}")


def alert_refuses(alert: Row, act: NoticeAct) -> Refusal | None:
    """Why nobody may be told of an alert; None if they may. A cancellation is told whenever it is one."""
    if not may_be_told(alert.status, alert.scope, alert.kind):
        return Refusal.NOT_FOR_THE_PUBLIC
    over = act is not NoticeAct.CANCEL and alert.state not in {AlertState.ACTIVE, AlertState.RECEIVED}
    return Refusal.ALERT_OVER if over else None


def add(tx: Tx, new: NewNotice) -> Row:
    """Write a notice down, and call people to one that cannot wait."""
    row = store.add(tx, new)
    told(tx, row, Entry.PROPOSED, new.created_by)
    if new.notice_class is NoticeClass.LIFE_SAFETY:
        row = call(tx, row)
    return row


def call(tx: Tx, row: Row) -> Row:
    """Tell front ends that a notice waits for people, now and again later."""
    now = tx.now.timestamp()
    approvals = len(store.standing(tx, row).approved_by)
    waits = events_pb2.NoticeWaits(notice_id=row.id, approvals=approvals)
    waits.since_time.FromMicroseconds(int(row.waits_since * 1e6))
    tx.emit(waits, subject=row.id)
    return store.change(tx, row.id, called_at=now, due_at=min(row.ends_at, now + CALL_AGAIN_S))


def edit(tx: Tx, notice_id: str, version: int, by: str, texts: Mapping[str, str], sign_video_url: str) -> Row:
    """Write the texts anew: whoever approved and counted the old ones did not approve these. Languages that are not
    named stay as they are, an empty text takes one out."""
    row = proposed(tx, notice_id, version)
    if missing.person(tx, notice_id) is not None:
        store.audit(tx, by, "EditNotice", notice_id)
    after = {**store.texts(tx, row), **texts}
    sealed = store.sealed_texts(tx, "notice", row.id, {name: text for name, text in after.items() if text})
    row = store.change(
        tx, row.id, texts=sealed, sign_video_url=sign_video_url or row.sign_video_url, author=by,
        version=row.version + 1, waits_since=tx.now.timestamp(),
    )  # fmt: skip
    told(tx, row, Entry.EDITED, by)
    return row


def dry_run(tx: Tx, notice_id: str, by: str, recipients: Recipients) -> tuple[Row, Counts | None]:
    """Count who would get it, without sending anything."""
    row = held(tx, notice_id)
    readers = store.release_of(tx, row.follows) if row.follows else None
    counts = recipients.counts(tx, row, readers.id if readers else "")
    row = store.count(tx, row, counts)
    told(tx, row, Entry.COUNTED, by)
    return row, counts


def held(tx: Tx, notice_id: str) -> Row:
    """The notice, its row held. Raises ``NotFound``."""
    row = store.hold(tx, notice_id)
    if row is None:
        raise NotFound("notice", notice_id)
    return row


def proposed(tx: Tx, notice_id: str, version: int) -> Row:
    """The notice, if it waits with this very text. Raises ``Conflict`` for another text."""
    row = held(tx, notice_id)
    if row.state != NoticeState.PROPOSED:
        raise PreconditionFailed(Refusal.NOT_PROPOSED, f"notice {notice_id} is {row.state}")
    if row.version != version:
        raise Conflict(f"the text of notice {notice_id} was written anew: version {row.version} is the present one")
    return row


def told(tx: Tx, row: Row, kind: Entry, actor: str, *, reason: str = "", note: str = "", reference: str = "") -> None:
    """Write down what happened to a notice, and wake those who watch it."""
    store.enter(tx, row, kind, actor, reason=reason, note=note, reference=reference)
    tx.signal(events_pb2.NoticeChanged(notice_id=row.id), subject=row.id)
