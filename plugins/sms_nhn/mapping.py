"""Their codes and ours."""

from __future__ import annotations

from hub120_sdk import ConnectorError, Delivery, Misconfigured, NotOnChannel, OptedOut, Rejected, Retry

DELIVERED = "1000"
"""resultCode."""

_REASONS = {
    **dict.fromkeys(("1002", "3003", "4003"), "the number does not exist"),
    **dict.fromkeys(("1003", "3017", "3018", "3019", "4002"), "the sending number is not allowed"),
    **dict.fromkeys(("1019", "2000"), "the carrier could not reach the phone in time"),
    **dict.fromkeys(("2001", "2002", "4009"), "the carrier's network lost it"),
    "1001": "the carrier was too busy",
    "2003": "the phone is switched off",
    "2004": "the phone's memory is full",
    "2005": "the phone has no reception",
    **dict.fromkeys(("2007", "3008", "4004"), "the phone could not take it"),
    **dict.fromkeys(("3001", "4005"), "nobody has this number"),
    "3004": "the number is suspended",
    "3005": "the phone was in a call",
    "3006": "the citizen refuses messages of this sender",
    "3010": "the phone takes no MMS",
    **dict.fromkeys(("3012", "4008"), "the carrier took it for spam"),
    "3013": "the carrier refused it",
    "3015": "there is no way to this number",
    "3016": "the pictures are too large",
}
"""resultCode, in words an agent can pass on."""

_STATUS_REASONS = {
    "CANCEL": "it was cancelled in the console",
    "DUPLICATED": "NHN Cloud took it for a duplicate",
    "FAILED_AD": "NHN Cloud held it back as advertising at night",
}
"""messageStatus, where there is no better word."""

DLR_STATES = {
    "ACCEPTED": Delivery.SENT,
    "BUFFERED": Delivery.SENT,
    "UNKNOWN": Delivery.SENT,
    "DELIVERED": Delivery.DELIVERED,
    "EXPIRED": Delivery.FAILED,
    "FAILED": Delivery.FAILED,
    "REJECTED": Delivery.FAILED,
}
"""dlrStatus of messages abroad."""

_DLR_REASONS = {
    "2": "the phone cannot be reached now",
    "3": "the number is no longer in use",
    "4": "the number is blocked",
    "6": "the carrier took it for spam",
    "7": "the phone was busy",
    "9": "the number is wrong, or its owner wants no messages",
    "11": "there is no way to this number",
    "12": "there is no way to this number",
    "14": "the carrier blocks messages to this number",
}


def not_delivered(code: str, status: str) -> str:
    """Why a message did not arrive, in words an agent can pass on."""
    words = _REASONS.get(code) or _STATUS_REASONS.get(status) or "it could not be delivered"
    return f"{words} ({_shown(code) or _shown(status)})"


def not_delivered_abroad(code: str) -> str:
    """The same for messages abroad, which have codes of their own."""
    return f"{_DLR_REASONS.get(code, 'the carrier abroad could not deliver it')} ({_shown(code)})"


def _shown(code: str) -> str:
    return code if code.isascii() and code.replace("_", "").isalnum() and len(code) <= 12 else ""


_PASSING = {-9999, -2009, -2021}
_OPTED_OUT = {-6001: "the citizen refused messages by the 080 number"}
_NO_NUMBER = {-2018: "there is no number", -2019: "the number is none that can be written to"}
_REJECTED = {
    -2005: "a picture is empty or larger than 300 KB",
    -2015: "the text is too long",
    -2023: "the text has letters that cannot be sent",
    -2024: "long messages and pictures cannot be sent abroad",
    **dict.fromkeys((-2044, -2045, -2046, -2047, -2051, -2053), "messages to this country are blocked"),
    -2048: "the text is too long for a message abroad",
    **dict.fromkeys((-6000, -6003, -6004), "it is taken for advertising, which needs a 080 number"),
}
_KEYS, _SENDER = "check app_key and secret_key", "check from_number"
_MISCONFIGURED = {
    **dict.fromkeys((-1000, -1001, -1002, -1003, -1007, -1008), f"NHN Cloud refuses the project: {_KEYS}"),
    -1004: "NHN Cloud does not let this address call: allow it in the console",
    **dict.fromkeys((-2312, -2313), f"the sending number is not registered or is blocked: {_SENDER}"),
    -2052: "the organisation's messages of this month are used up",
}
"""resultCode of the API."""


def error(code: int) -> ConnectorError:
    """What a resultCode other than 0 means. NHN Cloud's own words may quote the number."""
    if code in _PASSING:
        return Retry(f"NHN Cloud has a passing trouble ({code})")
    for kind, reasons in ((OptedOut, _OPTED_OUT), (NotOnChannel, _NO_NUMBER), (Misconfigured, _MISCONFIGURED)):
        if code in reasons:
            return kind(f"{reasons[code]} ({code})")
    return Rejected(f"{_REJECTED.get(code, 'NHN Cloud refused the message')} ({code})")
