"""Notices that end: called off, rejected, or their time has passed; and the surge that ends with the last of them."""

from __future__ import annotations

from hub120.outreach.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.outreach.domain.areas import Area
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.notices import CLOCK, Entry, NoticeAct, NoticeClass, NoticeState, surges
from services.outreach.store import notices as store
from services.outreach.use_cases import proposing, sending_notices

UPDATED = "updated"
"""An update was released: what it follows leaves until that starts."""


def withdraw(tx: Tx, row: Row, by: str, reason: str, note: str = "") -> Row:
    """Call it off: what has not left does not leave. The caller holds the row."""
    return _end(tx, row, NoticeState.WITHDRAWN, Entry.WITHDRAWN, by, reason, note)


def cancel(tx: Tx, notice_id: str, by: str, note: str) -> Row:
    """A person calls it off, proposed or released. Raises ``PreconditionFailed`` (NOTICE_ENDED)."""
    row = proposing.held(tx, notice_id)
    if row.state == NoticeState.WITHDRAWN:
        return row
    if row.state not in {NoticeState.PROPOSED, NoticeState.RELEASED}:
        raise PreconditionFailed("NOTICE_ENDED", f"notice {notice_id} is {row.state}")
    return withdraw(tx, row, by, "by_person", note)


def reject(tx: Tx, notice_id: str, version: int, by: str, note: str) -> Row:
    """Somebody says no: it is not sent."""
    row = proposing.proposed(tx, notice_id, version)
    return _end(tx, row, NoticeState.REJECTED, Entry.REJECTED, by, "", note)


def expire(tx: Tx, row: Row, reason: str = "") -> Row:
    """Its time has passed. The caller holds the row."""
    return _end(tx, row, NoticeState.OVER, Entry.EXPIRED, CLOCK, reason)


def _end(tx: Tx, row: Row, state: NoticeState, entry: Entry, by: str, reason: str, note: str = "") -> Row:
    had_surge = row.surge
    store.stop(tx, row.id)
    release = store.release_of(tx, row.id)
    if release is not None and reason != UPDATED:
        sending_notices.halt(tx, sending_notices.chain(tx, release.id), by)
    row = store.change(tx, row.id, state=state, reason=reason, due_at=None, surge=0)
    proposing.told(tx, row, entry, by, reason=reason, note=note)
    if row.hazard == Hazard.MISSING:
        store.erase(tx, row.id)
        proposing.told(tx, row, Entry.ERASED, CLOCK)
    if had_surge:
        end_surge(tx, row)
    return row


def begin_surge(tx: Tx, row: Row) -> Row:
    """Many will call: routing prepares until the notice's time has passed."""
    if not surges(NoticeClass(row.notice_class), NoticeAct(row.act)):
        return row
    row = store.change(tx, row.id, surge=1)
    _declare(tx, row)
    return row


def end_surge(tx: Tx, row: Row) -> None:
    """It is over, unless another notice still makes many call."""
    other = store.surging(tx, row.id)
    if other is not None:
        _declare(tx, other)
    else:
        tx.emit(events_pb2.SurgeEnded(notice_id=row.id, end_time=tx.now), subject="surge")


def _declare(tx: Tx, row: Row) -> None:
    """Until when the longest lasts: two notices are one surge."""
    other = store.surging(tx, row.id)
    until = max(row.ends_at, other.ends_at if other is not None else 0.0)
    told = events_pb2.SurgeDeclared(notice_id=row.id, area_codes=Area.read(row.area).codes)
    told.until_time.FromMicroseconds(int(until * 1e6))
    tx.emit(told, subject="surge")
