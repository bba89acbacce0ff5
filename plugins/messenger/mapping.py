"""Their words and codes, and ours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hub120_sdk import ConnectorError, Misconfigured, NotOnChannel, OptedOut, Rejected, Retry, Throttled

INSTAGRAM, PAGE = "instagram", "page"
STANDARD_WINDOW, HUMAN_AGENT_WINDOW = timedelta(hours=24), timedelta(days=7)

MEDIA = {"image": "image/*", "video": "video/*", "audio": "audio/*", "file": ""}
"""Attachments that are files, and what is claimed of them."""
STORIES = {"story_mention": "[스토리에서 언급]", "reel": "[릴스]", "ig_reel": "[릴스]", "ig_story": "[스토리]"}
"""Attachments that show something public: agents read what it is, and see it."""
UNSUPPORTED = "[메신저가 전달하지 않은 형식의 메시지]"
EDITED = "[수정됨]"

_BLOCKED = OptedOut, "the citizen takes no messages from this page"
_CLOSED = (
    Rejected,
    "the time in which Messenger takes replies to the citizen's last message is over: they can be answered when they "
    "write again",
)
_UNKNOWN = NotOnChannel, "Meta knows no such user of this page"
_SLOWER = Throttled, "Meta asks to slow down"
_PASSING = Retry, "Meta has a passing trouble"
_REFUSED = Misconfigured, "Meta refuses the app or its token: check page_token and the app's permissions"
_EXACT: Mapping[tuple[int, int], tuple[type[ConnectorError], str]] = {
    **dict.fromkeys(((10, 2018108), (200, 1545041)), _BLOCKED),
    **dict.fromkeys(((10, 2018065), (10, 2018278), (10, 2534022)), _CLOSED),
    **dict.fromkeys(((100, 2018001), (100, 2018164), (100, 2534014)), _UNKNOWN),
}
"""By code and subcode."""
_BY_CODE: Mapping[int, tuple[type[ConnectorError], str]] = {
    **dict.fromkeys((4, 17, 32, 341, 613, 80002, 80006), _SLOWER),
    **dict.fromkeys((1, 2, 1200), _PASSING),
    **dict.fromkeys((3, 10, 102, 190, 200, 299, 368), _REFUSED),
    551: _BLOCKED,
}
_PAUSE_S = 10.0


def error(code: int, subcode: int, *, transient: bool) -> ConnectorError | None:
    """What an error of the Graph API means; None leaves it to the HTTP status. Meta's own words stay out of it."""
    means = _EXACT.get((code, subcode)) or _BY_CODE.get(code) or (_PASSING if transient else None)
    if means is None:
        return None
    kind, words = means
    told = f"{words} ({code}/{subcode})" if subcode else f"{words} ({code})"
    return Throttled(told, _PAUSE_S) if kind is Throttled else kind(told)


def id_of(given: str) -> str:
    """Meta's id of a message as the hub keeps it: those of Instagram can be longer than an id may be."""
    return given if len(given) <= 255 else hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()


def time_of(milliseconds: object) -> datetime | None:
    """A timestamp; None for what is none."""
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 4_000_000_000_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
