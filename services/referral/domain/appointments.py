"""Appointments: hours that an agency offers, who is booked into them, and when the citizen is reminded.

Hours are those of Korea. Reminders keep the night quiet: none leaves from 21 to 8 o'clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from services.referral.domain.deadlines import LawField
from services.referral.domain.ladders import ZONE

QUIET_FROM_H: Final = 21
QUIET_UNTIL_H: Final = 8
_LAST_HOUR_H: Final = 20
_DAY_S: Final = 86_400.0
MOST_SLOTS: Final = 200
"""Slots of one series."""
AHEAD_S: Final = 366 * _DAY_S
"""So far ahead slots are offered at most."""


class Medium(StrEnum):
    """How citizen and agency meet."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    VIDEO = "video"


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


_S = AppointmentState
APPOINTMENT_MOVES: Final[Mapping[AppointmentState, frozenset[AppointmentState]]] = {
    _S.BOOKED: frozenset({_S.CANCELLED, _S.ATTENDED, _S.NO_SHOW}),
    _S.CANCELLED: frozenset(),
    _S.ATTENDED: frozenset({_S.NO_SHOW}),
    _S.NO_SHOW: frozenset({_S.ATTENDED}),
}
"""An appointment that is moved to another slot stays booked. Who was noted wrongly is noted again."""


@dataclass(frozen=True, slots=True)
class NewSlot:
    """What is offered: each slot alike, at its own time."""

    organization_id: str
    minutes: int
    capacity: int
    medium: Medium
    place: str
    language: str
    law_field: LawField


def quiet(at: float) -> bool:
    """Whether a moment lies in the night."""
    hour = _here(at).hour
    return hour >= QUIET_FROM_H or hour < QUIET_UNTIL_H


def waking(at: float) -> float:
    """This moment, or the morning after the night in which it lies."""
    here = _here(at)
    if not quiet(at):
        return at
    morning = here.replace(hour=QUIET_UNTIL_H, minute=0, second=0, microsecond=0)
    return (morning + timedelta(days=1) if here.hour >= QUIET_FROM_H else morning).timestamp()


def reminder(start: float, now: float) -> float | None:
    """When the citizen is reminded: the day before at the same hour, by day; None if that is over."""
    here = _here(start - _DAY_S)
    hour = min(max(here.hour, QUIET_UNTIL_H), _LAST_HOUR_H)
    at = here.replace(hour=hour, minute=here.minute if hour == here.hour else 0).timestamp()
    return at if at > now else None


def _here(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZONE)
