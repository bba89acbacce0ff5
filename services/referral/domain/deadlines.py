"""Deadlines of law: which there are, by which rule a last day is computed, and when it is near.

Periods are computed by the Civil Act (민법): the first day is not counted (article 157), months and years go by
the calendar (160), the last day counts until its end (159), and one that is a Saturday or a public holiday gives way
to the next working day (161). The Civil Procedure Act (민사소송법 170) and the Criminal Procedure Act (형사소송법 66)
lead to the same day. What comes out is a proposal that a lawyer checks, never advice.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from services.referral.domain.ladders import ZONE
from services.referral.domain.referrals import ReferralState

MOST: Final = 20
"""Deadlines of one referral."""
NEAR_DAYS: Final = 7
"""From so many days before on a deadline is near."""
_SATURDAY: Final = 5
_MORNING_H: Final = 9
_DECEMBER: Final = 12
UNTAKEN: Final = frozenset(
    {
        ReferralState.PROPOSED,
        ReferralState.CONSENTED,
        ReferralState.SENT,
        ReferralState.ACKNOWLEDGED,
        ReferralState.DECLINED,
        ReferralState.ESCALATED,
    }
)
"""Where no agency has it in hand: a deadline that comes near wants a supervisor."""


class LawField(StrEnum):
    """Which field of law; ``NONE`` for what is not about law."""

    NONE = ""
    CIVIL = "civil"
    FAMILY = "family"
    INHERITANCE = "inheritance"
    LABOUR = "labour"
    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"
    LEASE = "lease"
    DEBT = "debt"
    CONSUMER_FRAUD = "consumer_fraud"
    IMMIGRATION = "immigration"
    VIOLENCE = "violence"
    OTHER = "other"


FIELD_WORDS: Final[Mapping[LawField, tuple[str, str]]] = {
    LawField.CIVIL: ("민사", "civil"),
    LawField.FAMILY: ("가사", "family"),
    LawField.INHERITANCE: ("상속", "inheritance"),
    LawField.LABOUR: ("노동", "labour"),
    LawField.CRIMINAL: ("형사", "criminal"),
    LawField.ADMINISTRATIVE: ("행정", "administrative"),
    LawField.LEASE: ("주택·상가 임대차", "lease"),
    LawField.DEBT: ("채무·개인회생·파산", "debt, rehabilitation, bankruptcy"),
    LawField.CONSUMER_FRAUD: ("소비자·금융사기", "consumers and fraud"),
    LawField.IMMIGRATION: ("출입국·난민", "immigration and refugees"),
    LawField.VIOLENCE: ("성폭력·가정폭력·스토킹", "protection from violence"),
    LawField.OTHER: ("기타", "other"),
}
"""Each field in Korean and English."""


class DeadlineKind(StrEnum):
    """What ends with a deadline."""

    LIMITATION = "limitation"
    APPEAL = "appeal"
    OBJECTION = "objection"
    ADMINISTRATIVE_APPEAL = "administrative_appeal"
    PAYMENT_ORDER_OBJECTION = "payment_order_objection"
    COURT_DATE = "court_date"
    OTHER = "other"


KIND_WORDS: Final[Mapping[DeadlineKind, tuple[str, str]]] = {
    DeadlineKind.LIMITATION: ("소멸시효", "limitation"),
    DeadlineKind.APPEAL: ("항소·상고·항고", "appeal"),
    DeadlineKind.OBJECTION: ("이의신청", "objection"),
    DeadlineKind.ADMINISTRATIVE_APPEAL: ("행정심판·행정소송", "administrative appeal"),
    DeadlineKind.PAYMENT_ORDER_OBJECTION: ("지급명령 이의신청", "objection to a payment order"),
    DeadlineKind.COURT_DATE: ("기일", "court date"),
    DeadlineKind.OTHER: ("기타 기한", "other deadline"),
}
"""Each kind in Korean and English."""


class DeadlineState(StrEnum):
    """How a deadline stands. One that is over stays open until somebody says what became of it."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"
    MOVED = "moved"
    """It went along to the referral that took this one's place."""


DEADLINE_MOVES: Final[Mapping[DeadlineState, frozenset[DeadlineState]]] = {
    DeadlineState.OPEN: frozenset({DeadlineState.KEPT, DeadlineState.DROPPED, DeadlineState.MOVED}),
    DeadlineState.KEPT: frozenset(),
    DeadlineState.DROPPED: frozenset(),
    DeadlineState.MOVED: frozenset(),
}


class Warned(StrEnum):
    """What is said beside an answer."""

    NOT_LEGAL_ADVICE = "not_legal_advice"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_NEAR = "deadline_near"
    DAY_MOVED = "day_moved"


def last_day(start: date, holidays: Collection[date], *, days: int = 0, months: int = 0) -> tuple[date, bool]:
    """The last day of a period that begins with an event on ``start``, and whether it was moved to a working day."""
    end = start + timedelta(days=days) if days else _months_after(start, months)
    working = _working_day(end, holidays)
    return working, working != end


def _months_after(event: date, months: int) -> date:
    """Article 160: the day before the one that corresponds to the first day counted; where the last month has no such
    day, the last of that month."""
    first = event + timedelta(days=1)
    year, month = divmod(first.month - 1 + months, _DECEMBER)
    year, month = first.year + year, month + 1
    length = monthrange(year, month)[1]
    return date(year, month, length) if first.day > length else date(year, month, first.day) - timedelta(days=1)


def _working_day(day: date, holidays: Collection[date]) -> date:
    while day.weekday() >= _SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def end_of(day: date) -> float:
    """When a day in Korea is over, in seconds since 1970."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE).timestamp()


def day_of(moment: float) -> date:
    """The day in Korea of a moment, in seconds since 1970."""
    return datetime.fromtimestamp(moment, UTC).astimezone(ZONE).date()


def warnings(day: date, now: float) -> list[Warned]:
    """What is to be said of an open deadline."""
    if end_of(day) <= now:
        return [Warned.DEADLINE_PASSED]
    return [Warned.DEADLINE_NEAR] if (day - day_of(now)).days <= NEAR_DAYS else []


@dataclass(frozen=True, slots=True)
class Watch:
    """What the clock does about a deadline: how many days before it a supervisor was to know (None: not yet), and when
    it looks again (None: never, for it is over)."""

    days: int | None
    next_at: float | None


def watched(day: date, now: float, days_before: Iterable[int]) -> Watch:
    """How near a deadline is now. Each of ``days_before`` begins at nine in the morning in Korea."""
    moments = sorted((_morning(day - timedelta(days=one)), one) for one in set(days_before))
    passed = [one for at, one in moments if at <= now]
    ahead = [at for at, _ in moments if at > now]
    over = end_of(day)
    return Watch(passed[-1] if passed else None, next(iter([*ahead, over])) if over > now else None)


def _morning(day: date) -> float:
    return datetime.combine(day, datetime.min.time(), ZONE).replace(hour=_MORNING_H).timestamp()


def before(due: float, now: float, rungs_left: int, deadline_at: float | None) -> float:
    """When a rung comes that would come at ``due``: what is left until the deadline is shared evenly by the rungs and
    what a supervisor still has to do, so that silence is escalated before it."""
    if deadline_at is None or deadline_at <= now:
        return due
    return min(due, now + (deadline_at - now) / (max(rungs_left, 1) + 1))


def nearest(open_days: Sequence[date], now: float) -> date | None:
    """The first of these days that is not over."""
    return min((day for day in open_days if end_of(day) > now), default=None)
