"""Slots that agencies offer, and appointments in them. Whoever changes an appointment holds its referral first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import held
from chassis.statements import Row, Sql
from services.referral import tables
from services.referral.domain.appointments import AppointmentState, NewSlot

_ADD_SLOT = Sql("""
INSERT INTO slot (id, organization_id, starts_at, minutes, capacity, booked, medium, place, language, law_field, put_by,
    request_id, part)
VALUES (:id, :organization_id, :starts_at, :minutes, :capacity, 0, :medium, :place, :language, :law_field, :put_by,
    :request_id, :part)
""")
_SERIES = Sql("""
SELECT * FROM slot WHERE organization_id = :organization_id AND request_id = :request_id ORDER BY part
""")
_SLOT = held("SELECT * FROM slot WHERE id = :id")
_SLOTS = Sql("SELECT * FROM slot WHERE id IN :ids", lists=["ids"])
_COUNT = Sql("UPDATE slot SET booked = booked + :more WHERE id = :id")
_CLOSE = Sql("UPDATE slot SET closed_at = :now WHERE id = :id AND closed_at IS NULL")
_ADD = Sql("""
INSERT INTO appointment (id, referral_id, slot_id, state, booked_by, booked_at, ended_by, remind_at, request_id)
VALUES (:id, :referral_id, :slot_id, 'booked', :booked_by, :now, '', :remind_at, :request_id) RETURNING *
""")
_APPOINTMENT = Sql("SELECT * FROM appointment WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM appointment WHERE referral_id = :id AND request_id = :request_id")
_OPEN = Sql("SELECT * FROM appointment WHERE referral_id = :id AND state = 'booked'")
_OF_REFERRAL = Sql("SELECT * FROM appointment WHERE referral_id = :id ORDER BY id DESC LIMIT 100")
_KEEP = Sql("""
UPDATE appointment SET slot_id = :slot_id, state = :state, ended_by = :ended_by, ended_at = :ended_at,
    remind_at = :remind_at WHERE id = :id
""")
_DUE = Sql("SELECT * FROM appointment WHERE remind_at <= :now ORDER BY remind_at LIMIT 1")


def add_slots(tx: Tx, new: NewSlot, starts: Sequence[float], actor: str, request_id: str) -> None:
    """Offer slots, each at its own time."""
    hashed = tx.keys.keyed_hash("request_id", request_id)
    for part, start in enumerate(starts):
        values = {
            "id": new_id(tx.now),
            "organization_id": new.organization_id,
            "starts_at": start,
            "minutes": new.minutes,
            "capacity": new.capacity,
            "medium": new.medium.value,
            "place": new.place,
            "language": new.language,
            "law_field": new.law_field.value,
            "put_by": actor,
            "request_id": hashed,
            "part": part,
        }
        tx.later(_ADD_SLOT, values)


def series(tx: Tx, organization_id: str, request_id: str) -> Sequence[Row]:
    """What one request offered, the soonest first."""
    hashed = tx.keys.keyed_hash("request_id", request_id)
    return tx.execute(_SERIES, {"organization_id": organization_id, "request_id": hashed}).all()


def slot(tx: Tx, slot_id: str, *, lock: bool = False) -> Row | None:
    """A slot by id."""
    return tx.execute(_SLOT[tx.dialect if lock else "sqlite"], {"id": slot_id}).one_or_none()


def slots(tx: Tx, ids: Sequence[str]) -> Mapping[str, Row]:
    """Slots by their ids."""
    return {row.id: row for row in tx.execute(_SLOTS, {"ids": list(ids)})}


def count(tx: Tx, slot_id: str, more: int) -> None:
    """So many more are booked, or fewer. The slot is held."""
    tx.execute(_COUNT, {"id": slot_id, "more": more})


def close_slot(tx: Tx, slot_id: str) -> None:
    """It is not offered any more."""
    tx.execute(_CLOSE, {"id": slot_id, "now": tx.now.timestamp()})


def free_slots(
    tx: Tx, only: Mapping[str, Any], law_field: str, start: float, before: float | None,
    after: tuple[float, str] | None, limit: int,
) -> Sequence[Row]:  # fmt: skip
    """Open slots whose columns have these values and that begin between two moments, the soonest first."""
    table = tables.legal.slot
    query = sa.select(table).where(table.c.starts_at > start, table.c.booked < table.c.capacity)
    query = query.where(table.c.closed_at.is_(None)).order_by(table.c.starts_at, table.c.id).limit(limit)
    for column, value in only.items():
        query = query.where(table.c[column] == value)
    if law_field:
        query = query.where(table.c.law_field.in_(["", law_field]))
    if before is not None:
        query = query.where(table.c.starts_at < before)
    if after is not None:
        query = query.where(sa.tuple_(table.c.starts_at, table.c.id) > sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()


def add(tx: Tx, referral_id: str, slot_id: str, actor: str, request_id: str, remind_at: float | None) -> Row:
    """A citizen is booked into a slot."""
    values = {
        "id": new_id(tx.now),
        "referral_id": referral_id,
        "slot_id": slot_id,
        "booked_by": actor,
        "now": tx.now.timestamp(),
        "remind_at": remind_at,
        "request_id": tx.keys.keyed_hash("request_id", request_id),
    }
    return tx.execute(_ADD, values).one()


def appointment(tx: Tx, appointment_id: str) -> Row | None:
    """An appointment by id."""
    return tx.execute(_APPOINTMENT, {"id": appointment_id}).one_or_none()


def by_request(tx: Tx, referral_id: str, request_id: str) -> Row | None:
    """The appointment that an earlier request booked."""
    values = {"id": referral_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def open_one(tx: Tx, referral_id: str) -> Row | None:
    """The appointment to which the citizen of a referral is expected; None if there is none."""
    return tx.execute(_OPEN, {"id": referral_id}).one_or_none()


def of_referral(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Appointments of a referral, the newest hundred, oldest first."""
    return tx.execute(_OF_REFERRAL, {"id": referral_id}).all()[::-1]


def keep(tx: Tx, row: Row) -> None:
    """Write where an appointment stands."""
    names = ("id", "slot_id", "state", "ended_by", "ended_at", "remind_at")
    tx.execute(_KEEP, {name: getattr(row, name) for name in names})


def due(tx: Tx) -> Row | None:
    """One whose citizen is to be reminded now."""
    return tx.execute(_DUE, {"now": tx.now.timestamp()}).first()


def state(row: Row) -> AppointmentState:
    """Where it stands."""
    return AppointmentState(row.state)
