"""When signing agents answer: days, hours, public holidays and closed days, in the centre's time zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hub120_sdk import Misconfigured
from hub120_sdk.hours import closed_days, zone

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_HORIZON_DAYS = 60
_NO_HOLIDAYS = "none"


@dataclass(frozen=True, slots=True)
class Hours:
    """The times of service."""

    days: frozenset[int]
    """Weekdays, Monday is 0."""
    spans: tuple[tuple[time, time], ...]
    zone: ZoneInfo
    country: str
    closed_days: frozenset[date]

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Hours:
        """The times an operator set. Raises ``Misconfigured``."""
        spans = tuple(sorted(_span(one) for one in settings["hours"].split()))
        days = frozenset(day for one in settings["days"].lower().split() for day in _days(one))
        if not spans or not days:
            raise Misconfigured("days or hours are empty: sign_video would never be open")
        closed = closed_days(settings["closed_days"])
        return cls(days, spans, zone(settings["timezone"]), _country(settings["holidays"]), closed)

    def are_open(self, at: datetime) -> bool:
        """Whether signing agents answer at that moment."""
        local = at.astimezone(self.zone)
        now = local.time()
        return any(begin <= now < end for begin, end in self.spans) and self._is_served(local.date())

    def next_opening(self, after: datetime) -> datetime | None:
        """When they will answer next; None: not within two months."""
        local = after.astimezone(self.zone)
        for ahead in range(_HORIZON_DAYS):
            day = local.date() + timedelta(days=ahead)
            begins = [datetime.combine(day, begin, self.zone) for begin, _ in self.spans]
            later = [begin for begin in begins if begin > local]
            if later and self._is_served(day):
                return later[0]
        return None

    def _is_served(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.closed_days and not _is_holiday(self.country, day)


@cache
def _is_holiday(country: str, day: date) -> bool:
    if not country:
        return False
    import holidays  # noqa: PLC0415 (every country's calendar is in it; only a request needs one)

    return day in holidays.country_holidays(country, years=day.year)


def _country(written: str) -> str:
    country = written.strip().upper()
    if country in {"", _NO_HOLIDAYS.upper()}:
        return ""
    if not re.fullmatch("[A-Z]{2}", country):
        raise Misconfigured("holidays must be a country of two letters, or none")
    return country


def _days(written: str) -> range:
    first, _, last = written.partition("-")
    if first not in _DAYS or (last or first) not in _DAYS:
        raise Misconfigured(f"days must be written like mon-fri or sat, with {', '.join(_DAYS)}")
    return range(_DAYS.index(first), _DAYS.index(last or first) + 1)


def _span(written: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(written)
    if match is None:
        raise Misconfigured("hours must be written like 09:00-18:00")
    try:
        begin, end = time(int(match[1]), int(match[2])), _end(int(match[3]), int(match[4]))
    except ValueError as error:
        raise Misconfigured("hours go from 00:00 to 24:00") from error
    if begin >= end:
        raise Misconfigured("hours must end later than they begin")
    return begin, end


def _end(hour: int, minute: int) -> time:
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)
