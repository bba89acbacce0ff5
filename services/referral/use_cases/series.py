"""Series of slots by RFC 5545, in the hours of Korea: bounded, and without public holidays unless they are wanted."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

from chassis import calendars
from chassis.errors import InvalidArgument
from services.referral.domain.appointments import AHEAD_S, MOST_SLOTS
from services.referral.domain.ladders import ZONE

LONGEST: Final = 200
"""Characters of a rule."""
_PART: Final = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY"),
    "INTERVAL": re.compile("[1-9][0-9]?"),
    "BYDAY": re.compile("([1-5]|-1)?(MO|TU|WE|TH|FR|SA|SU)(,([1-5]|-1)?(MO|TU|WE|TH|FR|SA|SU)){0,6}"),
    "BYMONTHDAY": re.compile("(-1|[1-9]|[12][0-9]|3[01])(,(-1|[1-9]|[12][0-9]|3[01])){0,30}"),
    "COUNT": re.compile("[1-9][0-9]{0,2}"),
    "UNTIL": re.compile("[0-9]{8}(T[0-9]{6}Z)?"),
}
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NUMBERED: Final = re.compile("[0-9]")


def starts(first: float, recurrence: str, now: float, *, on_holidays: bool) -> list[float]:
    """When each slot of a series begins, in seconds since 1970, the soonest first; ``first`` alone without a rule.
    Raises ``InvalidArgument``."""
    if not recurrence:
        return [first]
    parts = _parts(recurrence)
    horizon = datetime.fromtimestamp(now + AHEAD_S, UTC)
    until = min(_until(parts.pop("UNTIL", "")) or horizon, horizon)
    count = int(parts.pop("COUNT", MOST_SLOTS + 1))
    begins = datetime.fromtimestamp(first, UTC).astimezone(ZONE)
    text = ";".join(f"{name}={value}" for name, value in {**parts, "UNTIL": until.strftime(_STAMP)}.items())
    try:
        found = list(islice(rrulestr(text, dtstart=begins), min(count, MOST_SLOTS + 1)))
    except ValueError as error:
        raise _wrong("is no rule of RFC 5545") from error
    off = set() if on_holidays else set(calendars.of_years(begins.year, begins.year + 1))
    kept = [one for one in found if one.date() not in off]
    if not kept or len(found) > MOST_SLOTS:
        raise _wrong(f"leads to 1 to {MOST_SLOTS} slots within a year")
    return [one.timestamp() for one in kept]


def _parts(recurrence: str) -> dict[str, str]:
    """The parts of a rule; those that could run without end, or by the second, are none."""
    pairs = [part.partition("=") for part in recurrence.removeprefix("RRULE:").split(";")]
    parts = {name: value for name, _, value in pairs}
    known = all(name in _PART and _PART[name].fullmatch(value) for name, value in parts.items())
    if not known or len(parts) < len(pairs) or "FREQ" not in parts or ("COUNT" in parts) == ("UNTIL" in parts):
        raise _wrong("is FREQ=DAILY, WEEKLY or MONTHLY with INTERVAL, BYDAY, BYMONTHDAY, and COUNT or UNTIL")
    if parts["FREQ"] != "MONTHLY" and _NUMBERED.search(parts.get("BYDAY", "")):
        raise _wrong("numbers days of the week in MONTHLY alone")
    return parts


def _until(written: str) -> datetime | None:
    """A day counts until its end in Korea."""
    if not written:
        return None
    try:
        if len(written) == len("20261231"):
            return datetime.strptime(f"{written}T235959", "%Y%m%dT%H%M%S").replace(tzinfo=ZONE).astimezone(UTC)
        return datetime.strptime(written, _STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise _wrong("ends on a day that there is") from error


def _wrong(words: str) -> InvalidArgument:
    return InvalidArgument([("recurrence", words)])
