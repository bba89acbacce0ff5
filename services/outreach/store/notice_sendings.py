"""Releases on their way into mailings: how far each list is filled."""

from __future__ import annotations

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.outreach.domain.audience import Filling

_ADD = Sql("""
INSERT INTO notice_sending (release_id, notice_id, filling, reached, in_area, full_at)
VALUES (:release_id, :notice_id, :filling, '', :in_area, NULL)
""")
_OPEN = free(
    "SELECT * FROM notice_sending WHERE filling NOT IN ('full', 'off') ORDER BY release_id LIMIT 1", "notice_sending"
)
_OF = held("SELECT * FROM notice_sending WHERE release_id = :release_id")
_REACHED = Sql("""
UPDATE notice_sending SET filling = :filling, reached = :reached, full_at = :full_at WHERE release_id = :release_id
""")


def add(tx: Tx, release: Row, filling: Filling, *, in_area: bool) -> None:
    """Somebody has begun to send a release."""
    values = {"release_id": release.id, "notice_id": release.notice_id, "filling": filling.value}
    tx.execute(_ADD, {**values, "in_area": int(in_area)})


def open_one(tx: Tx) -> Row | None:
    """One whose list is being filled and that nobody else fills now; its row is held."""
    return tx.execute(_OPEN[tx.dialect]).one_or_none()


def of(tx: Tx, release_id: str) -> Row | None:
    """How far a release is, its row held; None if nobody has begun to send it."""
    return tx.execute(_OF[tx.dialect], {"release_id": release_id}).one_or_none()


def reached(tx: Tx, release_id: str, filling: Filling, place: str) -> None:
    """How far the list is filled; the row is held."""
    full_at = tx.now.timestamp() if filling is Filling.FULL else None
    values = {"release_id": release_id, "filling": filling.value, "reached": place, "full_at": full_at}
    tx.execute(_REACHED, values)
