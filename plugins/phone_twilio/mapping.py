"""Twilio's words in ours: call and participant statuses, error codes, numbers that stand for a withheld one."""

from __future__ import annotations

import re

from hub120_sdk import Address, AddressKind, ConnectorError, EndReason, LegState, Misconfigured, Rejected, Throttled

CALLS = {
    "queued": LegState.DIALLING,
    "initiated": LegState.DIALLING,
    "ringing": LegState.RINGING,
    "in-progress": LegState.UP,
    "answered": LegState.UP,
    "completed": LegState.ENDED,
    "busy": LegState.ENDED,
    "no-answer": LegState.ENDED,
    "canceled": LegState.ENDED,
    "failed": LegState.ENDED,
}
"""CallStatus."""

ENDS = {
    "completed": EndReason.DONE,
    "busy": EndReason.BUSY,
    "no-answer": EndReason.NO_ANSWER,
    "canceled": EndReason.CANCELLED,
    "failed": EndReason.FAILED,
}

PARTICIPANTS = {
    "queued": LegState.DIALLING,
    "connecting": LegState.DIALLING,
    "ringing": LegState.RINGING,
    "connected": LegState.UP,
    "complete": LegState.ENDED,
    "failed": LegState.ENDED,
}
"""The status of a participant."""

MOVES = {
    "participant-join": LegState.UP,
    "participant-leave": LegState.UP,
    "participant-hold": LegState.HELD,
    "participant-unhold": LegState.UP,
}
"""StatusCallbackEvent of a conference; the others tell nothing of a leg's state."""

LANGUAGES = {
    "ko": "ko-KR",
    "en": "en-US",
    "zh": "cmn-CN",
    "ja": "ja-JP",
    "vi": "vi-VN",
    "th": "th-TH",
    "ru": "ru-RU",
    "id": "id-ID",
    "fil": "fil-PH",
    "hi": "hi-IN",
    "fr": "fr-FR",
    "es": "es-ES",
    "ar": "arb",
}
"""Of ``<Say>``, by the language alone."""

ENDED_ALREADY = 21220
"""The call is not in progress."""

_WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8566696", "+86282452253", "+464"})
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on a telephone's keys: so Twilio writes them."""
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_REJECTED = {
    **dict.fromkeys((21211, 21214, 21217, 21265, 13223, 13224), "the number cannot be called"),
    **dict.fromkeys((21215, 21216, 21219, 13227), "the account may not call this number: check geo permissions"),
}
_MISCONFIGURED = {
    **dict.fromkeys((20003, 20005, 20006), "Twilio refuses the account: check account_sid and auth_token"),
    **dict.fromkeys((21210, 21212, 21213), "Twilio refuses the number that is shown: check from_number"),
    **dict.fromkeys((21205, 21609), "Twilio cannot call back: HUB120_PUBLIC_URL must be a public address"),
}


def sender(shown: str, call: str, proved: bool) -> Address:
    """Who calls. Each call with a withheld number is from somebody of its own."""
    if _E164.fullmatch(shown) and shown not in _WITHHELD:
        return Address(AddressKind.PHONE, shown, verified=proved)
    if ":" in shown:  # sip:…, client:…
        return Address(AddressKind.ACCOUNT, shown[:200])
    return Address(AddressKind.ACCOUNT, f"withheld:{call}")


def error(code: int) -> ConnectorError | None:
    """What a REST error code means; None leaves it to the HTTP status. Twilio's own words may quote the number."""
    if code in {20429, 10004}:
        return Throttled(f"Twilio asks to slow down ({code})", 5.0)
    if code == ENDED_ALREADY:
        return Rejected(f"the call is over ({code})")
    if code in _REJECTED:
        return Rejected(f"{_REJECTED[code]} ({code})")
    return Misconfigured(f"{_MISCONFIGURED[code]} ({code})") if code in _MISCONFIGURED else None
