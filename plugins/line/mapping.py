"""Their words and codes, and ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hub120_sdk import ConnectorError, HttpAnswer, Misconfigured, NotOnChannel
from hub120_sdk.answers import word

MEDIA = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mp4", "file": ""}
"""Messages that are files, and what LINE makes of them."""
STICKER = "[스티커]"
BUTTON = "[버튼]"
UNSUPPORTED = "[LINE이 전달하지 않은 형식의 메시지]"
TOKEN_LIFE = timedelta(seconds=55)
"""LINE gives a reply token one minute; five seconds are for the way."""
_INVALID_TOKEN = "invalid reply token"  # noqa: S105 - LINE's words for it


def time_of(milliseconds: object) -> datetime | None:
    """A timestamp; None for what is none."""
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 4_000_000_000_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def token_is_spent(answer: HttpAnswer) -> bool:
    """Whether LINE says that the reply token was used, or lives no more."""
    return answer.status == 400 and _INVALID_TOKEN in word(answer, "message").lower()


def error(answer: HttpAnswer) -> ConnectorError | None:
    """What a refusal means; None leaves it to the HTTP status. LINE's own words stay out of it."""
    said = word(answer, "message").lower()
    if answer.status == 429 and "monthly limit" in said:
        return Misconfigured("the account's messages of this month are used up: buy more in the account's plan")
    if answer.status == 400 and "failed to send messages" in said:
        return NotOnChannel("the citizen is no friend of the account")
    if answer.status in {401, 403} or 300 <= answer.status < 400:
        return Misconfigured(f"LINE answered {answer.status}: check access_token, the account's plan and api_url")
    return None
