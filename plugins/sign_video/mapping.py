"""Their words and ours: what the page sends, and what a citizen is told in Korean and English."""

from __future__ import annotations

import re
from datetime import datetime

from hub120_sdk import AddressKind, Delivery

SIGN_LANGUAGE = "kvk"
"""Korean Sign Language (ISO 639-3)."""

STATES = {"delivered": Delivery.DELIVERED, "read": Delivery.READ, "failed": Delivery.FAILED}
"""The reports a page may send."""

FORMS = {
    AddressKind.PHONE: re.compile(r"\+[1-9]\d{6,14}"),
    AddressKind.EMAIL: re.compile(r"[^@\s]+@[^@\s]+"),
}
SAID = {AddressKind.PHONE: "a number in E.164, like +821012345678", AddressKind.EMAIL: "an e-mail address"}

CALL = "수어 영상상담 요청"
CALL_CLOSED = "수어 영상상담 요청 (상담 시간 외)"
CALLBACK = "수어 영상상담 다시 연락 요청"

_WEEKDAYS = "월화수목금토일"
_OPEN = {
    "ko": "수어 상담사를 연결하고 있습니다.",
    "en": "You are being connected to an agent who signs.",
}
_CLOSED = {
    "ko": (
        "지금은 수어 영상상담 시간이 아닙니다. {opens}"
        "글로 문의하시거나 상담 시간에 영상으로 다시 연락을 받으실 수 있습니다."
    ),
    "en": (
        "Sign-language video calls are closed now. {opens}"
        "You can write to us instead, or be called back by video in those hours."
    ),
}
_OPENS = {"ko": "다음 상담 시간은 {when}부터입니다. ", "en": "The next time is from {when}. "}
_TAKEN = {"ko": "접수되었습니다.", "en": "Your message has been taken."}
_CALLBACK = {"ko": "{when}에 영상으로 다시 연락드리겠습니다.", "en": "We will call you back by video at {when}."}
_NUMBER = {"ko": " 접수번호: {number}", "en": " Your case number is {number}."}
LANGUAGES = ("ko", "en")


def shown(at: datetime, language: str) -> str:
    """A time as people read it, with its weekday."""
    if language == "ko":
        return f"{at.month}월 {at.day}일({_WEEKDAYS[at.weekday()]}) {at:%H:%M}"
    return f"{at:%A}, {at.day} {at:%B}, {at:%H:%M}"


def connecting(number: str) -> dict[str, str]:
    """What a citizen is told whose call is taken."""
    return {one: _OPEN[one] + _NUMBER[one].format(number=number) for one in LANGUAGES}


def closed(opens: datetime | None, number: str) -> dict[str, str]:
    """What a citizen is told who calls out of hours."""
    said = {}
    for one in LANGUAGES:
        when = _OPENS[one].format(when=shown(opens, one)) if opens else ""
        said[one] = _CLOSED[one].format(opens=when) + _NUMBER[one].format(number=number)
    return said


def taken(number: str, callback_at: datetime | None = None) -> dict[str, str]:
    """What a citizen is told who wrote, or asked to be called back."""
    return {
        one: (_CALLBACK[one].format(when=shown(callback_at, one)) if callback_at else _TAKEN[one])
        + _NUMBER[one].format(number=number)
        for one in LANGUAGES
    }
