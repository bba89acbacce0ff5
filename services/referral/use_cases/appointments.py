"""Appointments: hours that agencies offer, who is booked into them, and who is told of it.

A slot's row is held while somebody is booked into it, after the referral's and, of two, in the order of their ids: two
callers never get one place. The citizen is told in their language on their channel, and reminded the day before; the
agency by its own road once it has the referral, before that in the packet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain.appointment_words import News, to_citizen
from services.referral.domain.appointments import (
    APPOINTMENT_MOVES,
    AppointmentState,
    Medium,
    NewSlot,
    quiet,
    reminder,
    waking,
)
from services.referral.domain.dispatches import DispatchState, Errand
from services.referral.domain.referrals import OVER
from services.referral.store import appointments as store
from services.referral.store import dispatches, named
from services.referral.use_cases import conflicts, dispatching, roads
from services.referral.use_cases.moving import AGENCY, CLOCK, found, hold, keep, note

_BEFORE_PACKET: Final = frozenset({DispatchState.QUEUED, DispatchState.FAILED, DispatchState.STOPPED})
"""A referral's dispatch that the agency has not got, and has no packet yet."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment with its slot and its referral as they are then; ``calls``: an agent is to call the agency."""

    appointment: Row
    slot: Row
    row: Row
    calls: bool = False


def put_slots(tx: Tx, new: NewSlot, starts: Sequence[float], actor: str, request_id: str) -> Sequence[Row]:
    """Offer slots of an agency. A repeated request finds what it offered."""
    if named.organization(tx, new.organization_id) is None:
        raise NotFound("organization", new.organization_id)
    before = store.series(tx, new.organization_id, request_id)
    if before:
        return before
    store.add_slots(tx, new, starts, actor, request_id)
    return store.series(tx, new.organization_id, request_id)


def free_slots(
    tx: Tx, only: Mapping[str, Any], law_field: str, start: float, before: float | None,
    after: tuple[float, str] | None, limit: int,
) -> list[Row]:  # fmt: skip
    """Slots with room that begin after a moment and after now, the soonest first."""
    return list(store.free_slots(tx, only, law_field, max(start, tx.now.timestamp()), before, after, limit))


def close_slot(tx: Tx, slot_id: str) -> None:
    """Offer a slot no more. Closed twice is closed once."""
    slot = _slot(tx, slot_id, lock=True)
    if slot.booked:
        raise PreconditionFailed("SLOT_BOOKED", f"somebody is booked into slot {slot.id}: move them first")
    store.close_slot(tx, slot_id)


def book(tx: Tx, referral_id: str, slot_id: str, actor: str, request_id: str) -> Booked:
    """Book a slot for the citizen of a referral. A repeated request finds what it booked."""
    row = hold(tx, referral_id)
    before = store.by_request(tx, row.id, request_id)
    if before is not None:
        return Booked(before, _slot(tx, before.slot_id), row)
    _bookable(tx, row)
    if store.open_one(tx, row.id) is not None:
        raise PreconditionFailed("APPOINTMENT_OPEN", f"referral {row.id} has an appointment: move it")
    slot = _with_room(tx, row, slot_id)
    store.count(tx, slot.id, 1)
    at = reminder(slot.starts_at, tx.now.timestamp())
    appointment = store.add(tx, row.id, slot.id, actor, request_id, at)
    row = note(tx, row, "booked", actor, reference=appointment.id)
    return _told(tx, Booked(appointment, _slot(tx, slot.id), row), News.BOOKED, actor)


def move(tx: Tx, appointment_id: str, slot_id: str, actor: str) -> Booked:
    """Move an appointment to another slot. To the one that it is in nothing changes."""
    row, appointment = _held(tx, appointment_id)
    _must_be_open(appointment)
    if appointment.slot_id == slot_id:
        return Booked(appointment, _slot(tx, slot_id), row)
    _bookable(tx, row)
    for one in sorted((appointment.slot_id, slot_id)):
        _slot(tx, one, lock=True)
    slot = _with_room(tx, row, slot_id)
    store.count(tx, appointment.slot_id, -1)
    store.count(tx, slot.id, 1)
    appointment = appointment._replace(slot_id=slot.id, remind_at=reminder(slot.starts_at, tx.now.timestamp()))
    store.keep(tx, appointment)
    row = note(tx, row, "rebooked", actor, reference=appointment.id)
    return _told(tx, Booked(appointment, _slot(tx, slot.id), row), News.MOVED, actor)


def cancel(tx: Tx, appointment_id: str, actor: str) -> Booked:
    """Call an appointment off. Called off twice is called off once."""
    row, appointment = _held(tx, appointment_id)
    if appointment.state == AppointmentState.CANCELLED:
        return Booked(appointment, _slot(tx, appointment.slot_id), row)
    _must_be_open(appointment)
    return _cancelled(tx, row, appointment, actor)


def release(tx: Tx, row: Row, actor: str) -> Row:
    """The agency is not asked any more: what is booked there and has not begun is called off. The row as it is then;
    whoever calls this holds and keeps it."""
    appointment = store.open_one(tx, row.id)
    if appointment is None or _slot(tx, appointment.slot_id).starts_at <= tx.now.timestamp():
        return row
    return _cancelled(tx, row, appointment, actor, keeps=False).row


def attend(tx: Tx, appointment_id: str, actor: str, *, came: bool) -> Booked:
    """Note whether the citizen came. Noted wrongly, it is noted again."""
    row, appointment = _held(tx, appointment_id)
    slot = _slot(tx, appointment.slot_id)
    state = AppointmentState.ATTENDED if came else AppointmentState.NO_SHOW
    if appointment.state == state:
        return Booked(appointment, slot, row)
    if slot.starts_at > tx.now.timestamp():
        raise PreconditionFailed("APPOINTMENT_AHEAD", f"appointment {appointment.id} has not begun")
    appointment = _ended(tx, appointment, state, actor)
    return Booked(appointment, slot, keep(tx, note(tx, row, state.value, actor, reference=appointment.id)))


def listed(tx: Tx, referral_id: str) -> list[tuple[Row, Row]]:
    """Appointments of a referral with their slots, oldest first."""
    rows = store.of_referral(tx, found(tx, referral_id).id)
    slots = store.slots(tx, [row.slot_id for row in rows])
    return [(row, slots[row.slot_id]) for row in rows]


def remind(tx: Tx) -> bool:
    """Remind one citizen whose time is there; False if there is none. By night it waits for the morning; once the hour
    has come nobody is reminded of it."""
    due = store.due(tx)
    if due is None:
        return False
    row, appointment = _held(tx, due.id)
    now = tx.now.timestamp()
    if appointment.remind_at is None or appointment.remind_at > now:
        return True
    slot = _slot(tx, appointment.slot_id)
    later = waking(now) if quiet(now) else None
    store.keep(tx, appointment._replace(remind_at=later if later is not None and later < slot.starts_at else None))
    if later is None and slot.starts_at > now:
        row = dispatching.queue_for_intake(
            tx, row, Errand.REMIND_CITIZEN, CLOCK, about=appointment.id, texts=_texts(tx, row, slot, News.REMINDER)
        )
        keep(tx, note(tx, row, "reminded", CLOCK, reference=appointment.id))
    return True


def ahead(tx: Tx, appointment_id: str) -> bool:
    """Whether the citizen is still expected to an appointment that has not begun."""
    found_ = store.appointment(tx, appointment_id)
    if found_ is None or found_.state != AppointmentState.BOOKED:
        return False
    return bool(_slot(tx, found_.slot_id).starts_at > tx.now.timestamp())


def _bookable(tx: Tx, row: Row) -> None:
    if row.state in OVER:
        raise PreconditionFailed("REFERRAL_OVER", f"referral {row.id} is {row.state}")
    if not dispatching.may_leave(tx, row):
        raise PreconditionFailed("NO_CONSENT", f"nobody agreed, or not any more: record a consent for {row.id}")
    conflicts.must_be_clear(tx, row)


def _with_room(tx: Tx, row: Row, slot_id: str) -> Row:
    """A slot into which somebody fits, held. Raises ``NotFound`` and ``PreconditionFailed``."""
    slot = _slot(tx, slot_id, lock=True)
    if slot.organization_id != row.organization_id or slot.law_field not in {"", row.law_field}:
        raise PreconditionFailed("SLOT_ELSEWHERE", f"slot {slot.id} is another agency's, or for another field of law")
    if slot.closed_at is not None or slot.starts_at <= tx.now.timestamp():
        raise PreconditionFailed("SLOT_OVER", f"slot {slot.id} is not offered any more")
    if slot.booked >= slot.capacity:
        raise PreconditionFailed("SLOT_FULL", f"slot {slot.id} is full")
    return slot


def _slot(tx: Tx, slot_id: str, *, lock: bool = False) -> Row:
    slot = store.slot(tx, slot_id, lock=lock)
    if slot is None:
        raise NotFound("slot", slot_id)
    return slot


def _held(tx: Tx, appointment_id: str) -> tuple[Row, Row]:
    """A referral that is held, and its appointment as it is then."""
    before = store.appointment(tx, appointment_id)
    if before is None:
        raise NotFound("appointment", appointment_id)
    return hold(tx, before.referral_id), store.appointment(tx, appointment_id)


def _must_be_open(appointment: Row) -> None:
    if appointment.state != AppointmentState.BOOKED:
        raise PreconditionFailed("APPOINTMENT_OVER", f"appointment {appointment.id} is {appointment.state}")


def _ended(tx: Tx, appointment: Row, state: AppointmentState, actor: str) -> Row:
    if state not in APPOINTMENT_MOVES[store.state(appointment)]:
        raise PreconditionFailed("APPOINTMENT_OVER", f"appointment {appointment.id} is {appointment.state}")
    ended = appointment._replace(state=state.value, ended_by=actor, ended_at=tx.now.timestamp(), remind_at=None)
    store.keep(tx, ended)
    return ended


def _cancelled(tx: Tx, row: Row, appointment: Row, actor: str, *, keeps: bool = True) -> Booked:
    slot = _slot(tx, appointment.slot_id, lock=True)
    ended = _ended(tx, appointment, AppointmentState.CANCELLED, actor)
    store.count(tx, slot.id, -1)
    row = note(tx, row, "cancelled", actor, reference=ended.id)
    return _told(tx, Booked(ended, _slot(tx, slot.id), row), News.CANCELLED, actor, keeps=keeps)


def _told(tx: Tx, booked: Booked, news: News, actor: str, *, keeps: bool = True) -> Booked:
    """Citizen and agency are told; the citizen by day alone, unless an agent is with them."""
    slot, row = booked.slot, booked.row
    at = waking(tx.now.timestamp()) if actor in {CLOCK, AGENCY} else None
    row = dispatching.queue_for_intake(
        tx, row, Errand.APPOINTMENT_NEWS, actor, about=booked.appointment.id, texts=_texts(tx, row, slot, news), at=at
    )
    calls, road = False, roads.road(tx, row.organization_id)
    if road is not None and _agency_has(tx, row):
        calls = road.kind == roads.TELEPHONE
        if calls:
            row = note(tx, row, "to_call", actor, reference=booked.appointment.id)
        else:
            what = {"news": news.value, "at": str(slot.starts_at)}
            row = dispatching.queue(tx, row, Errand.APPOINTMENT, road, actor, about=booked.appointment.id, text=what)
    return Booked(booked.appointment, slot, keep(tx, row) if keeps else row, calls)


def _agency_has(tx: Tx, row: Row) -> bool:
    """Whether the agency has a packet, or one is made already: then it does not learn of the appointment by that."""
    if row.sent_at is not None:
        return True
    return any(
        one.errand == Errand.REFERRAL and one.state not in _BEFORE_PACKET for one in dispatches.of_referral(tx, row.id)
    )


def _texts(tx: Tx, row: Row, slot: Row, news: News) -> Mapping[str, str]:
    agency = named.name(tx, "organization", row.organization_id)
    return to_citizen(news, agency, slot.starts_at, Medium(slot.medium), slot.place)
