"""Their codes and ours."""

from __future__ import annotations

from hub120_sdk import ConnectorError, Misconfigured, NotOnChannel, OptedOut, Rejected, Retry, Throttled

ACCEPTED = "A000"
REPEATED = "A301"
"""A message with this idempotency key was accepted before."""
DELIVERED = "10000"
"""reportCode."""


def not_delivered(code: str) -> str:
    """A reportCode in words an agent can pass on; carriers have many, and Bizgo publishes no list."""
    shown = code if code.isascii() and code.isalnum() and len(code) <= 10 else "no code"
    return f"the carrier could not deliver it ({shown})"


_THROTTLED = {"A020"}
_PASSING = {"A910", "A920", "A999"}
_UNREACHABLE = {"A306": "the number cannot receive text messages"}
_BLOCKED = {"A324": "the number is blocked for messages of this sender"}
_REJECTED = {"A303": "the text is refused", "A322": "the text is taken for spam", "A328": "the text is too long"}
_MISCONFIGURED = {
    **dict.fromkeys(("A001", "A002", "A100"), "Bizgo refuses the API key: check api_key"),
    **dict.fromkeys(("A110", "A111"), "Bizgo has blocked the account"),
    **dict.fromkeys(("A302", "A327"), "the sending number is not registered: check from_number"),
    "A320": "the account's message quota is used up",
    "A323": "the sending number is blocked for spam",
    "A325": "the account may not send on this channel",
}


_GATEWAY = {"A401", "A403", "A404", "401", "403", "404"}


def gateway_error(code: str) -> ConnectorError:
    """What an authCode other than ``A000`` means, or an HTTP status of the gateway."""
    if code in _GATEWAY:
        return Misconfigured(f"Bizgo refuses the call: check api_key, its allowed addresses, and base_url ({code})")
    return Rejected(f"Bizgo's gateway refused the call ({code})")


def error(code: str) -> ConnectorError:
    """What a code of the service or for the recipient means, other than ``A000`` and ``A301``."""
    if code in _THROTTLED:
        return Throttled(f"Bizgo asks to slow down ({code})", 1.0)
    if code in _PASSING:
        return Retry(f"Bizgo has a passing trouble ({code})")
    for kind, reasons in ((NotOnChannel, _UNREACHABLE), (OptedOut, _BLOCKED), (Misconfigured, _MISCONFIGURED)):
        if code in reasons:
            return kind(f"{reasons[code]} ({code})")
    return Rejected(f"{_REJECTED.get(code, 'Bizgo refused the message')} ({code})")
