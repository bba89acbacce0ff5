"""The dealers' codes and words, and ours."""

from __future__ import annotations

from hub120_sdk import ConnectorError, Misconfigured, NotOnChannel, Rejected, Retry, Throttled

SESSION_DAYS = 30
"""So long a session stays open after the citizen's last message."""
OPENED = "상담을 시작했습니다."
"""What stands for a session that was opened with a button, before a word is written."""
SHARED_NUMBER = "전화번호 제공에 동의했습니다."
"""What stands for a number that the citizen agreed to share."""
CLOSED = "no consultation is open: the citizen has to write again first"
_TOPIC_CHARACTERS = 255

TAKEN = frozenset({"A000", "A301"})
"""Bizgo took it, now or by an earlier attempt."""
OVER = "A821"
"""The session is over, or there never was one."""
_THROTTLED = {"A020"}
_PASSING = {"A214", "A215", "A910", "A920", "A999"}
_GATEWAY = {"A401", "A403", "A404", "401", "403", "404"}
_UNREACHABLE = {"A507": "KakaoTalk does not know the citizen's key any more"}
_REJECTED = {
    "A200": "the file is too large",
    "A203": "the image's size in pixels is refused",
    **dict.fromkeys(("A202", "A205", "A206"), "files of this kind are refused"),
    **dict.fromkeys(("A328", "A572"), "the text is refused"),
}
_MISCONFIGURED = {
    **dict.fromkeys(("A001", "A002", "A100"), "Bizgo refuses the API key: check api_key"),
    **dict.fromkeys(("A110", "A111"), "Bizgo has blocked the account"),
    "A320": "the account's message quota is used up",
    "A325": "the account may not send on this channel",
    "A502": "Bizgo refuses the sender profile: check sender_key",
}


def topic(extra: str) -> str:
    """What the button said that opened the session."""
    return extra.strip()[:_TOPIC_CHARACTERS]


def bizgo_gateway_error(code: str) -> ConnectorError:
    """What an authCode other than ``A000`` means, or an HTTP status of the gateway."""
    if code in _GATEWAY:
        return Misconfigured(f"Bizgo refuses the call: check api_key, its allowed addresses, and base_url ({code})")
    return Rejected(f"Bizgo's gateway refused the call ({code})")


def bizgo_error(code: str) -> ConnectorError:
    """What a code of the service means, other than ``A000``."""
    if code == OVER:
        return Rejected(f"{CLOSED} ({code})")
    if code in _THROTTLED:
        return Throttled(f"Bizgo asks to slow down ({code})", 1.0)
    if code in _PASSING:
        return Retry(f"Bizgo has a passing trouble ({code})")
    if code in _UNREACHABLE:
        return NotOnChannel(f"{_UNREACHABLE[code]} ({code})")
    if code in _MISCONFIGURED:
        return Misconfigured(f"{_MISCONFIGURED[code]} ({code})")
    return Rejected(f"{_REJECTED.get(code, 'Bizgo refused the message')} ({code})")


def bizgo_failure(code: str) -> str:
    """A reportCode in words an agent can pass on."""
    shown = code if code.isascii() and code.isalnum() and len(code) <= 10 else "no code"
    return f"{CLOSED} ({shown})" if code == OVER else f"KakaoTalk did not take it ({shown})"


def is_over(exception: str) -> bool:
    """Whether HappyTalk says that the session is over, or that there never was one."""
    return "Session" in exception.partition("(")[0]


def happytalk_error(code: str, exception: str) -> ConnectorError:
    """What a code other than zero means.

    HappyTalk publishes no list; beside the code it names an exception (``InvalidSenderException(…)``), which says what
    the code is about. Its own words may quote keys and are not repeated.
    """
    name = exception.partition("(")[0]
    shown = f"({code[:8]} {name[:60]})" if name.isascii() and name.isalnum() else f"({code[:8]})"
    if is_over(exception):
        return Rejected(f"{CLOSED} {shown}")
    if "Sender" in name:
        return Misconfigured(f"HappyTalk refuses the sender profile: check sender_key {shown}")
    return Rejected(f"HappyTalk refused the message {shown}")
