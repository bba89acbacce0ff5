"""Days and moments in Seoul, as forms and addresses write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from google.protobuf.timestamp_pb2 import Timestamp

from services.console.drawing import SEOUL


def today() -> date:
    """The day in Seoul."""
    return datetime.now(SEOUL).date()


def day_of(text: str) -> date:
    """The day that is written; today, if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()


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
    """The moment that a form wrote (``2026-05-04T09:00``); None if it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SEOUL)
    except ValueError:
        return None
