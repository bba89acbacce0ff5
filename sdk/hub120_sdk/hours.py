"""Opening hours as operators set them: the zone they are told in, and days on which nobody is there."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hub120_sdk.errors import Misconfigured


def closed_days(written: str) -> frozenset[date]:
    """Dates, separated by blanks (the setting ``closed_days``). Raises ``Misconfigured``."""
    try:
        return frozenset(date.fromisoformat(one) for one in written.split())
    except ValueError as error:
        raise Misconfigured("closed_days must be dates like 2026-12-24") from error


def zone(written: str) -> ZoneInfo:
    """A time zone by its name (the setting ``timezone``). Raises ``Misconfigured``."""
    try:
        return ZoneInfo(written.strip())
    except (ValueError, OSError, KeyError) as error:
        raise Misconfigured("timezone must be a name like Asia/Seoul") from error
