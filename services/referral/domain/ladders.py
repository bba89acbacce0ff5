"""Silence: how long whoever is to say something has, and what happens then, rung by rung.

An agency's time runs on working days alone: a day of Korea that is neither Saturday, Sunday nor a public holiday, with
all of its 24 hours. A citizen's time runs on every day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

from services.referral.domain.referrals import ReferralState

ZONE: Final = timezone(timedelta(hours=9), "Asia/Seoul")
HOUR_S: Final = 3600.0
_DAY_H: Final = 24.0
_SATURDAY: Final = 5
SEND_H: Final = 24.0
"""Working hours until what should have left is escalated."""
ANSWER_H: Final = 14 * _DAY_H
"""Hours that a citizen has to answer, and that agents have to reach them afterwards."""


class Rung(StrEnum):
    """What happens when somebody is silent."""

    REMIND = "remind"
    SECOND_CONTACT = "second_contact"
    SUPERVISOR = "supervisor"
    CALL_CITIZEN = "call_citizen"
    UNREACHABLE = "unreachable"


AGENCY_LADDER: Final = (Rung.REMIND, Rung.SECOND_CONTACT, Rung.SUPERVISOR)
_AT_WORK: Final = frozenset({ReferralState.ACCEPTED, ReferralState.IN_PROGRESS})
CITIZEN_LADDER: Final = (Rung.CALL_CITIZEN, Rung.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Timers:
    """Working hours that an agency has: to acknowledge, then to accept, and between reports of progress; and how long
    one rung waits for the next."""

    acknowledge_h: float = _DAY_H
    accept_h: float = 3 * _DAY_H
    progress_h: float = 7 * _DAY_H
    rung_h: float = _DAY_H


def timers(settings: Mapping[str, float]) -> Timers:
    """An agency's own (``acknowledge``, ``accept``, ``progress`` and ``rung``, in working hours); what it does not name
    is as usual."""
    usual = Timers()
    return Timers(
        acknowledge_h=settings.get("acknowledge", usual.acknowledge_h),
        accept_h=settings.get("accept", usual.accept_h),
        progress_h=settings.get("progress", usual.progress_h),
        rung_h=settings.get("rung", usual.rung_h),
    )


def ladder(state: ReferralState) -> tuple[Rung, ...]:
    """What happens in a state when nobody says anything; empty where nobody is waited for."""
    if state is ReferralState.COMPLETED:
        return CITIZEN_LADDER
    if state is ReferralState.CONSENTED:
        return (Rung.SUPERVISOR,)
    return AGENCY_LADDER if _hours(state, Timers()) else ()


def first_due(
    state: ReferralState, now: float, of: Timers, holidays: Collection[date], expected_at: float | None = None
) -> float | None:
    """When the first rung of a state comes, in seconds since 1970; None where nobody is waited for. Who said when it
    will be done has until then."""
    if state is ReferralState.COMPLETED:
        return now + ANSWER_H * HOUR_S
    hours = _hours(state, of)
    if not hours:
        return None
    due = working(now, hours, holidays)
    return max(due, expected_at) if expected_at and state in _AT_WORK else due


def next_due(state: ReferralState, now: float, of: Timers, holidays: Collection[date]) -> float:
    """When the rung after one that comes now does."""
    if state is ReferralState.COMPLETED:
        return now + ANSWER_H * HOUR_S
    return working(now, of.rung_h, holidays)


def _hours(state: ReferralState, of: Timers) -> float:
    return {
        ReferralState.SENT: of.acknowledge_h,
        ReferralState.ACKNOWLEDGED: of.accept_h,
        ReferralState.ACCEPTED: of.progress_h,
        ReferralState.IN_PROGRESS: of.progress_h,
    }.get(state, 0.0)


def working(start: float, hours: float, holidays: Collection[date]) -> float:
    """The moment so many working hours after another, both in seconds since 1970."""
    at, left = datetime.fromtimestamp(start, UTC).astimezone(ZONE), timedelta(hours=hours)
    while True:
        midnight = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), ZONE)
        if at.weekday() < _SATURDAY and at.date() not in holidays:
            if at + left <= midnight:
                return (at + left).timestamp()
            left -= midnight - at
        at = midnight
