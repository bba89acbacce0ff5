"""Quiet hours: when nobody is to be disturbed, by the clock of the place where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME_ZONE = "Asia/Seoul"


@dataclass(frozen=True, slots=True)
class Place:
    """A district (with all whose code begins so; empty: everywhere) and when it is quiet there. ``begins`` equal to
    ``ends``: never."""

    district: str
    zone: str
    begins: time
    ends: time


EVERYWHERE = Place("", HOME_ZONE, time(21), time(8))
"""As Korean law has it for what may wait: nothing between 21 and 8 o'clock."""


def place_of(district: str, places: tuple[Place, ...]) -> Place:
    """The place that says most exactly where a district is."""
    fitting = [one for one in places if district.startswith(one.district)]
    return max(fitting, key=lambda one: len(one.district), default=EVERYWHERE)


def quiet_until(place: Place, now: datetime) -> datetime | None:
    """When the quiet hours of this moment end; None if it is not quiet."""
    if place.begins == place.ends:
        return None
    there = now.astimezone(ZoneInfo(place.zone))
    clock, over_midnight = there.time(), place.begins > place.ends
    quiet = clock >= place.begins or clock < place.ends if over_midnight else place.begins <= clock < place.ends
    if not quiet:
        return None
    day = there.date() + timedelta(days=1) if over_midnight and clock >= place.begins else there.date()
    return datetime.combine(day, place.ends, ZoneInfo(place.zone)).astimezone(UTC)


def quiet_from(place: Place, now: datetime) -> datetime | None:
    """When the next quiet hours begin; None if there are none, ``now`` if it is quiet."""
    if place.begins == place.ends:
        return None
    if quiet_until(place, now) is not None:
        return now
    there = now.astimezone(ZoneInfo(place.zone))
    begins = datetime.combine(there.date(), place.begins, ZoneInfo(place.zone))
    if begins <= there:
        begins = datetime.combine(there.date() + timedelta(days=1), place.begins, ZoneInfo(place.zone))
    return begins.astimezone(UTC)
