"""Days and moments in Seoul, as forms and addresses write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from services.console.drawing import SEOUL

_OUR_TIME: Final = range(1970, 2200)
"""Years with which days can be counted to and fro."""


def today() -> date:
    """The day in Seoul."""
    return datetime.now(SEOUL).date()


def day_of(text: str) -> date:
    """The day of our time that is written; today, if it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today()
    return found if found.year in _OUR_TIME else today()


def day_in_seoul(time: Timestamp) -> date:
    """On which day a moment is."""
    return time.ToDatetime(SEOUL).date()


def midnight(day: date) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time(), SEOUL)


def week_of(day: date) -> Sequence[date]:
    """The days from Monday to Sunday around one."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]


def moment_of(text: str) -> datetime | None:
    """The moment of our time that a form wrote (``2026-05-04T09:00``); None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=SEOUL) if found.year in _OUR_TIME else None
