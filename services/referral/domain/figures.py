"""Figures of referrals: what is counted, shares with how sure they are, and the slices of a period.

A period holds the referrals that were proposed in it, as they stand now. Days are Korea's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from math import sqrt
from typing import Final

from services.referral.domain.ladders import ZONE
from services.referral.domain.referrals import DeclineReason

LONGEST_DAYS: Final = 400
LEAST_SENT: Final = 5
"""So many referrals an agency must have been sent before its silence is a rate."""
AHEAD_S: Final = 9 * 3600
DAY_S: Final = 86_400
_CONFIDENT: Final = 1.959964
"""Standard deviations of 95 % confidence."""
_EPOCH: Final = date(1970, 1, 1)


class Slice(StrEnum):
    """How long a slice of a series is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Step(StrEnum):
    """What an agency takes time for, from when it got a referral."""

    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Hours:
    """How long something took, in hours: half, nine of ten (nearest rank), on average."""

    p50: float
    p90: float
    mean: float


@dataclass(frozen=True, slots=True)
class Span:
    """How long a step took, of so many referrals, in working hours and in hours of the clock."""

    count: int
    working: Hours
    clock: Hours


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole. ``low`` to ``high`` is where the share lies with 95 % confidence; None: nothing is said."""

    part: int
    of: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    too_few: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """So many referrals of each sort; the names are those of the contract."""

    proposed: int = 0
    consented: int = 0
    sent: int = 0
    acknowledged: int = 0
    accepted: int = 0
    completed: int = 0
    withdrawn: int = 0
    escalated: int = 0
    rerouted: int = 0
    silent: int = 0
    helped: int = 0
    partly: int = 0
    not_helped: int = 0
    nobody_came: int = 0
    unreachable: int = 0
    unanswered: int = 0
    not_yet_asked: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of some referrals."""

    counts: Counts = Counts()
    declined: Mapping[DeclineReason, int] = field(default_factory=dict)
    spans: Mapping[Step, Span] = field(default_factory=dict)

    def silence(self, least: int) -> Share:
        """How often agencies were silent; no rate where they were sent fewer than ``least``."""
        return share(self.counts.silent, self.counts.sent, least)

    def helped(self) -> Share:
        """How often it helped, wholly or in part, of those of whom it is known."""
        counts = self.counts
        good = counts.helped + counts.partly
        return share(good, good + counts.not_helped + counts.nobody_came, 1)


def share(part: int, of: int, least: int) -> Share:
    """A share and its Wilson interval. Where the whole is smaller than ``least`` nothing is said of it."""
    if of < max(least, 1):
        return Share(part, of, too_few=of > 0)
    found, square = part / of, _CONFIDENT**2
    middle = (found + square / (2 * of)) / (1 + square / of)
    reach = _CONFIDENT * sqrt(found * (1 - found) / of + square / (4 * of**2)) / (1 + square / of)
    return Share(part, of, found, max(0.0, middle - reach), min(1.0, middle + reach))


def day_number(at: float) -> int:
    """The day of a moment in Korea, counted from 1 January 1970."""
    return int((at + AHEAD_S) // DAY_S)


def number_of(day: date) -> int:
    """The same of a date."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The date of a day's number."""
    return _EPOCH + timedelta(days=number)


def begin_of(number: int) -> float:
    """When a day begins in Korea, in seconds since 1970."""
    return float(number * DAY_S - AHEAD_S)


def begins(since: float, until: float, length: Slice) -> list[int]:
    """The first days of the slices of a period, by their numbers."""
    first, last = day_number(since), day_number(until - 1e-3)
    return [first, *(number for number in range(first + 1, last + 1) if _begins(day_of(number), length))]


def _begins(day: date, length: Slice) -> bool:
    match length:
        case Slice.DAY:
            return True
        case Slice.WEEK:
            return day.weekday() == 0
        case Slice.MONTH:
            return day.day == 1


def month(year: int, number: int) -> tuple[float, float]:
    """A month in Korea: from, and before, in seconds since 1970."""
    first = datetime(year, number, 1, tzinfo=ZONE)
    following = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=ZONE)
    return first.astimezone(UTC).timestamp(), following.astimezone(UTC).timestamp()
