"""Their codes and ours: command statuses and states of messages."""

from __future__ import annotations

from hub120_sdk import ConnectorError, Delivery, Misconfigured, NotOnChannel, Rejected, Retry, Throttled

OK = 0x00
UNKNOWN_COMMAND = 0x03
TEMPORARY, PERMANENT = 0x64, 0x65
"""What the hub answers to a delivery it cannot keep now (ESME_RX_T_APPN), or never (ESME_RX_P_APPN)."""

_THROTTLED = {0x14: "its queue is full", 0x58: "it asks to slow down"}
_PASSING = {
    0x04: "it wants us to bind anew",
    0x05: "our last connection still stands there",
    0x08: "it has an error of its own",
    0x45: "it could not take the message",
    0x64: "it cannot now",
    0xFF: "it has an error that it does not know",
}
_UNREACHABLE = {0x0B: "the number cannot receive text messages"}
_MISCONFIGURED = {
    0x0A: "it refuses the sending number: check from_number",
    0x0D: "it refuses the login: check system_id and password",
    0x0E: "it refuses the password",
    0x0F: "it refuses the system_id",
    0x48: "it refuses the kind of the sending number: check source_ton",
    0x49: "it refuses the plan of the sending number: check source_npi",
    0x50: "it refuses the kind of citizens' numbers: check destination_ton",
    0x51: "it refuses the plan of citizens' numbers: check destination_npi",
    0x53: "it refuses the system_type",
}
_REJECTED = {0x01: "the text is too long", 0x65: "it never takes this message", 0x66: "it refuses this message"}


def error(status: int) -> ConnectorError:
    """What a command_status other than 0 means, of a bind or a submit."""
    code = f"(SMPP {status:#04x})"
    if status in _THROTTLED:
        return Throttled(f"the message centre: {_THROTTLED[status]} {code}", 1.0)
    for kind, words in ((Retry, _PASSING), (NotOnChannel, _UNREACHABLE), (Misconfigured, _MISCONFIGURED)):
        if status in words:
            return kind(f"the message centre: {words[status]} {code}")
    return Rejected(f"the message centre: {_REJECTED.get(status, 'it refused the message')} {code}")


def login_error(status: int) -> Retry | Misconfigured:
    """What a command_status other than 0 means in answer to a bind: what is not known to pass needs an operator."""
    found = error(status)
    if isinstance(found, Retry | Misconfigured):
        return found
    return Misconfigured(f"the message centre refuses the login (SMPP {status:#04x})")


STATES = {
    "ENROUTE": Delivery.SENT,
    "ACCEPTD": Delivery.SENT,
    "UNKNOWN": Delivery.SENT,
    "DELIVRD": Delivery.DELIVERED,
    "EXPIRED": Delivery.FAILED,
    "DELETED": Delivery.FAILED,
    "UNDELIV": Delivery.FAILED,
    "REJECTD": Delivery.FAILED,
}
"""``stat:`` in the text of a receipt."""

STATE_NUMBERS = {
    1: "ENROUTE",
    2: "DELIVRD",
    3: "EXPIRED",
    4: "DELETED",
    5: "UNDELIV",
    6: "ACCEPTD",
    7: "UNKNOWN",
    8: "REJECTD",
}
"""``message_state`` of a receipt."""

_REASONS = {
    "EXPIRED": "the phone could not be reached in time",
    "DELETED": "the carrier deleted the message",
    "UNDELIV": "the message cannot be delivered",
    "REJECTD": "the carrier refused the message",
}


def not_delivered(state: str, code: str) -> str:
    """Why a message did not arrive, in words an agent can pass on."""
    return f"{_REASONS[state]} ({state}{f', error {code}' if code.strip('0') else ''})"
