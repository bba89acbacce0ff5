"""When people are called: their windows, the centre's hours, holidays, and the parts of a day.

Times of day are minutes after midnight in Korea; moments are seconds since 1970. Outside the centre's hours nobody is
called, whatever somebody's windows say.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

ZONE: Final = timezone(timedelta(hours=9), "Asia/Seoul")
DAY: Final = 1440
AGAIN_MIN: Final = 30
"""Minutes from one attempt to the next at least."""
LOOKS_AHEAD: Final = 3
"""Days within which the next attempt is looked for."""
_SATURDAY: Final = 6


class HolidayRule(StrEnum):
    """What is done on a public holiday."""

    SKIP = "skip"
    MOVE = "move"
    CALL = "call"


class Part(StrEnum):
    """A part of the day: who does not answer in one is tried in another."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


_PARTS: Final = ((Part.MORNING, 0, 720), (Part.AFTERNOON, 720, 1020), (Part.EVENING, 1020, DAY))


@dataclass(frozen=True, slots=True)
class Window:
    """When somebody likes to be called: ``weekday`` is 1 for Monday to 7 for Sunday."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of a day up to another."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody is called, and until when that is still the time for it."""

    at: float
    until: float


def hours(text: str) -> Span:
    """The centre's hours, as in ``08:00-21:00``."""
    start, _, end = text.partition("-")
    return Span(_minute(start), _minute(end))


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def moment(day: date, minute: float) -> float:
    """A minute of a day."""
    return (datetime.combine(day, datetime.min.time(), ZONE) + timedelta(minutes=minute)).timestamp()


def day_of(at: float) -> date:
    """The day of a moment in Korea."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZONE).date()


def minute_of(at: float) -> float:
    """The minute of the day."""
    return (at - moment(day_of(at), 0)) / 60


def part_of(at: float) -> Part:
    """The part of the day."""
    return next(part for part, _, end in _PARTS if minute_of(at) < end)


def is_quiet(at: float, centre: Span) -> bool:
    """Whether nobody is called then."""
    return not centre.start <= minute_of(at) < centre.end


def next_open(at: float, centre: Span) -> float:
    """The first moment from then on at which the centre calls."""
    if not is_quiet(at, centre):
        return at
    day = day_of(at) if minute_of(at) < centre.start else day_of(at) + timedelta(days=1)
    return moment(day, centre.start)


def days(
    weekdays: Collection[int], rule: HolidayRule, first: date, last: date, holidays: Collection[date]
) -> list[date]:  # fmt: skip
    """The days of a programme from ``first`` to ``last``, by the rule for holidays."""
    found = set()
    day = first - timedelta(days=14)
    while day <= last:
        if day.isoweekday() in weekdays:
            called: date | None = day
            if day in holidays and rule is not HolidayRule.CALL:
                called = _moved(day, holidays) if rule is HolidayRule.MOVE else None
            if called is not None and first <= called <= last:
                found.add(called)
        day += timedelta(days=1)
    return sorted(found)


def _moved(day: date, holidays: Collection[date]) -> date:
    """The next working day."""
    while day in holidays or day.isoweekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def spans(day: date, windows: Sequence[Window], centre: Span) -> list[Span]:
    """When somebody may be called on a day: their windows within the centre's hours. Who names none takes those."""
    if not windows:
        return [centre]
    own = sorted((one.start, one.end) for one in windows if one.weekday == day.isoweekday())
    cut = [Span(max(start, centre.start), min(end, centre.end)) for start, end in own]
    return [one for one in cut if one.start < one.end]


def after(free: Sequence[Span], minute: float) -> list[Span]:
    """What is left of spans from a minute on."""
    return [Span(max(one.start, minute), one.end) for one in free if one.end > minute]


def spread(
    people: Mapping[str, Sequence[Span]], per_hour: int, taken: Collection[float] = ()
) -> dict[str, Span]:  # fmt: skip
    """A minute for each, and until when: no more an hour than agents can call, whoever has least time first. Where more
    want to be called than that, the rest share a beginning. ``taken`` are minutes that others have."""
    gap = 60 / per_hour
    full = {math.floor(minute / gap) for minute in taken}
    found = {}
    for one in sorted(people, key=lambda each: (max(span.end for span in people[each]), each)):
        place, span = _place(people[one], gap, full)
        full.add(place)
        found[one] = Span(max(span.start, place * gap), span.end)
    return found


def _place(free: Sequence[Span], gap: float, full: Collection[int]) -> tuple[int, Span]:
    for span in free:
        for place in range(math.floor(span.start / gap), math.ceil(span.end / gap)):
            if place not in full and max(span.start, place * gap) < span.end:
                return place, span
    return math.floor(free[0].start / gap), free[0]


def next_attempt(now: float, tried: Collection[Part], windows: Sequence[Window], centre: Span) -> Slot | None:
    """When somebody who did not answer is called again: in a part of the day in which they were not, as soon as their
    windows allow; None if there is none within some days."""
    for ahead in range(LOOKS_AHEAD + 1):
        day = day_of(now) + timedelta(days=ahead)
        free = spans(day, windows, centre)
        for span in after(free, minute_of(now) + AGAIN_MIN) if not ahead else free:
            for part, start, end in _PARTS:
                piece = Span(max(span.start, start), min(span.end, end))
                if part not in tried and piece.start < piece.end:
                    return Slot(moment(day, piece.start), moment(day, piece.end))
    return None
