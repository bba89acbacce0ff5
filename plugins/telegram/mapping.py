"""Their words and codes, and ours."""

from __future__ import annotations

from datetime import UTC, datetime

from hub120_sdk import ConnectorError, HttpAnswer, Misconfigured, NotOnChannel, OptedOut, Throttled
from hub120_sdk.answers import json_body, retry_after_s, word

STICKER, BUTTON, EDITED, CONTACT = "[스티커]", "[버튼]", "[수정됨]", "[연락처]"
UNSUPPORTED = "[텔레그램이 전달하지 않은 형식의 메시지]"
START = "/start"
"""What the application sends for everybody who opens the chat."""
FILES = ("animation", "video", "audio", "voice", "video_note", "document")
"""Messages that are files; an animation is a document too, and is looked for first."""
MEDIA = {"voice": "audio/ogg", "video_note": "video/mp4"}
"""Where Telegram names no type."""
MOST_BYTES = 20_971_520
"""What a bot may fetch."""
_GONE = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid")
_BLOCKED = ("bot was blocked", "bot can't initiate conversation", "bot can't send messages to")


def time_of(seconds: object) -> datetime | None:
    """A timestamp; None for what is none."""
    if not isinstance(seconds, int) or not 0 < seconds < 4_000_000_000:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def error(answer: HttpAnswer) -> ConnectorError | None:
    """What a refusal means; None leaves it to the HTTP status. Telegram's own words stay out of it."""
    said = word(answer, "description").lower()
    if answer.status == 429:
        return Throttled("Telegram asks to slow down (429)", _pause_s(answer))
    if answer.status < 500 and any(one in said for one in _GONE):
        return NotOnChannel("Telegram knows no such chat, or its account is no more")
    if answer.status == 403 and any(one in said for one in _BLOCKED):
        return OptedOut("the citizen has blocked the bot, or never began the chat")
    if answer.status in {401, 403, 404} or 300 <= answer.status < 400:
        return Misconfigured(f"Telegram answered {answer.status}: check bot_token and api_url")
    return None


def _pause_s(answer: HttpAnswer) -> float:
    """Telegram says it in the body."""
    said = json_body(answer)
    parameters = said.get("parameters") if isinstance(said, dict) else None
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int) and not isinstance(seconds, bool):
        return float(min(max(seconds, 1), 3_600))
    return retry_after_s(answer, 1.0)
