"""Their codes and ours."""

from __future__ import annotations

from hub120_sdk import ConnectorError, Delivery, Misconfigured, OptedOut, Rejected, Throttled

STATES = {
    "accepted": Delivery.SENT,
    "scheduled": Delivery.SENT,
    "queued": Delivery.SENT,
    "sending": Delivery.SENT,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
"""MessageStatus."""

REASONS = {
    "30003": "the phone is switched off or cannot be reached",
    "30004": "the receiver blocks messages",
    "30005": "the number is unknown or no longer in use",
    "30006": "the number is a landline or its carrier cannot be reached",
    "30007": "the carrier filtered the message",
    "30008": "the carrier gave no reason",
}
"""ErrorCode of a status callback, in words an agent can pass on."""


_THROTTLED = {20429, 21611, 14107}
_REJECTED = {
    **dict.fromkeys((21211, 21214, 21217, 21265, 21614), "the number cannot receive text messages"),
    **dict.fromkeys((21408, 21612), "the account has no route to this number"),
    **dict.fromkeys((21605, 21617), "the text is too long"),
}
_ACCOUNT, _SENDER = "check account_sid and auth_token", "check from_number or messaging_service_sid"
_MISCONFIGURED = {
    **dict.fromkeys((20003, 20005, 20006, 20404), f"Twilio refuses the account: {_ACCOUNT}"),
    **dict.fromkeys((21212, 21603, 21606, 21659, 21660, 21701, 21703, 21705), f"Twilio refuses the sender: {_SENDER}"),
    21609: "Twilio cannot call back: HUB120_PUBLIC_URL must be a public address",
}
_STOPPED = 21610


def error(code: int) -> ConnectorError | None:
    """What a REST error code means; None leaves it to the HTTP status. Twilio's own words may quote the number."""
    if code in _THROTTLED:
        return Throttled(f"Twilio asks to slow down ({code})", 5.0)
    if code == _STOPPED:
        return OptedOut(f"the citizen replied STOP ({code})")
    if code in _REJECTED:
        return Rejected(f"{_REJECTED[code]} ({code})")
    return Misconfigured(f"{_MISCONFIGURED[code]} ({code})") if code in _MISCONFIGURED else None
