"""When a partner answers its telephone: spans of a week, which may cross midnight, and days when nobody is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub120_sdk import Misconfigured
from hub120_sdk.hours import closed_days, zone

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? +(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_WRITTEN = "hours must be written like mon-fri 09:00-18:00; sat 22:00-06:00"


@dataclass(frozen=True, slots=True)
class Span:
    """A time of service on some weekdays; one that ends no later than it begins goes on after midnight."""

    days: frozenset[int]
    """Weekdays on which it begins, Monday is 0."""
    begin: time
    end: time

    def covers(self, local: datetime, closed_days: frozenset[date]) -> bool:
        """Whether somebody answers then."""
        now, today = local.time(), local.date()
        if self.begin < self.end:
            return self.begin <= now < self.end and self._begins(today, closed_days)
        yesterday = today - timedelta(days=1)
        begun = now >= self.begin and self._begins(today, closed_days)
        return begun or (now < self.end and self._begins(yesterday, closed_days))

    def _begins(self, day: date, closed_days: frozenset[date]) -> bool:
        return day.weekday() in self.days and day not in closed_days


@dataclass(frozen=True, slots=True)
class Hours:
    """The times of service; without spans always, but for closed days."""

    spans: tuple[Span, ...]
    closed_days: frozenset[date]
    zone: ZoneInfo

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Hours:
        """The times an operator set. Raises ``Misconfigured``."""
        written = [one.strip().lower() for one in settings["hours"].split(";")]
        closed = closed_days(settings["closed_days"])
        return cls(tuple(_span(one) for one in written if one), closed, zone(settings["timezone"]))

    def are_open(self, at: datetime) -> bool:
        """Whether somebody answers at that moment."""
        local = at.astimezone(self.zone)
        if not self.spans:
            return local.date() not in self.closed_days
        return any(span.covers(local, self.closed_days) for span in self.spans)


def _span(written: str) -> Span:
    match = _SPAN.fullmatch(written)
    if match is None:
        raise Misconfigured(_WRITTEN)
    first, last = match[1], match[2] or match[1]
    if first not in _DAYS or last not in _DAYS or _DAYS.index(first) > _DAYS.index(last):
        raise Misconfigured(f"days of the hours are {', '.join(_DAYS)}, or from one to a later one")
    days = frozenset(range(_DAYS.index(first), _DAYS.index(last) + 1))
    return Span(days, _time(match[3], match[4]), _time(match[5], match[6]))


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour) % 24 if minute == "00" and hour == "24" else int(hour), int(minute))
    except ValueError as error:
        raise Misconfigured("hours go from 00:00 to 24:00") from error
