"""Their words and codes, and ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hub120_sdk import ConnectorError, HttpAnswer, Misconfigured, NotOnChannel, OptedOut, Throttled
from hub120_sdk.answers import json_body, retry_after_s

PICTURES = {"image/jpeg", "image/png", "image/webp", "image/gif"}
"""What goes along with a direct message at once; a video would have to be uploaded in pieces."""
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
"""X counts its ids from here, in milliseconds above the lowest 22 bits."""
_CLOSED_CODES = {108, 150, 349}
_CLOSED_WORDS = ("permission to dm", "cannot send messages to this user")
_ACCOUNT_CODES = {32, 64, 89, 99, 135, 215, 226, 326, 453}


def time_of(milliseconds: str) -> datetime | None:
    """A timestamp, which X writes as a string; None for what is none."""
    if not (milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) <= 13):
        return None
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)


def time_in(event_id: str) -> datetime | None:
    """When something with this id came to be."""
    if not (event_id.isascii() and event_id.isdigit() and len(event_id) <= 19):
        return None
    return _EPOCH + timedelta(milliseconds=int(event_id) >> 22)


def error(answer: HttpAnswer, now: datetime, *, wrote_privately: bool) -> ConnectorError | None:
    """What a refusal means; None leaves it to the HTTP status. X's own words stay out of it."""
    if answer.status == 429:
        return Throttled("X asks to slow down (429)", _pause_s(answer, now))
    code, words = _told(answer)
    if answer.status < 500 and (code in _CLOSED_CODES or any(one in words for one in _CLOSED_WORDS)):
        if wrote_privately:
            return OptedOut("the citizen takes no direct messages from this account")
        return NotOnChannel("the citizen takes no direct messages from accounts that they do not follow")
    if answer.status in {401, 403, 404} or answer.status < 400 or code in _ACCOUNT_CODES:
        return Misconfigured(f"X answered {answer.status}: check the keys, their permissions and api_url")
    return None


def _pause_s(answer: HttpAnswer, now: datetime) -> float:
    """Until the window of 15 minutes ends."""
    until = answer.headers.get("x-rate-limit-reset", "")
    if until.isascii() and until.isdigit() and len(until) <= 11:
        return min(max(1.0, int(until) - now.timestamp()), 3_600.0)
    return retry_after_s(answer, 60.0)


def _told(answer: HttpAnswer) -> tuple[int, str]:
    """The code and the words of an error, in its old form and in its new one."""
    said = json_body(answer)
    if not isinstance(said, dict):
        return 0, ""
    listed = said.get("errors")
    old = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else {}
    code = old.get("code")
    return code if isinstance(code, int) else 0, f"{said.get('detail')} {old.get('message')}".lower()
