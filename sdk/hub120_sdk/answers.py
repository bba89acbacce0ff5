"""What an HTTP answer means where a provider says nothing special: the usual statuses as the SDK's errors."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime

from hub120_sdk.capabilities import HttpAnswer
from hub120_sdk.errors import Rejected, Retry, Throttled

_LONGEST_PAUSE_S = 3600.0


def good(answer: HttpAnswer) -> HttpAnswer:
    """The answer if it is 2xx. Raises ``Throttled`` (429), ``Retry`` (408, 425, 5xx) or ``Rejected`` (all others)."""
    if 200 <= answer.status < 300:
        return answer
    if answer.status == 429:
        raise Throttled("the provider asks to slow down (429)", retry_after_s(answer, 1.0))
    if answer.status in {408, 425} or answer.status >= 500:
        raise Retry(f"the provider answered {answer.status}", retry_after_s(answer))
    raise Rejected(f"the provider answered {answer.status}")


def retry_after_s(answer: HttpAnswer, default: float = 0.0) -> float:
    """The ``Retry-After`` header, in seconds or as a date (counted from the answer's own ``Date``), at most an hour."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), _LONGEST_PAUSE_S)
    try:
        until, now = (parsedate_to_datetime(when) for when in (value, answer.headers.get("date", "")))
        return min(max(0.0, (until - now).total_seconds()), _LONGEST_PAUSE_S)
    except (ValueError, TypeError):
        return default


def json_body(answer: HttpAnswer) -> object:
    """The body as JSON, None if it is none: after a 2xx the work is done, whatever the words."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def word(answer: HttpAnswer, name: str) -> str:
    """One string of the JSON object in the body; empty if there is none of that name."""
    said = json_body(answer)
    value = said.get(name) if isinstance(said, dict) else None
    return value if isinstance(value, str) else ""
