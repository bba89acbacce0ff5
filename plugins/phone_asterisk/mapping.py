"""Asterisk's words in ours: channel states, causes of hanging up (Q.850), names of bridges, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hub120_sdk import Address, AddressKind, EndReason, LegState

_STATES = {
    "Ring": LegState.RINGING,
    "Ringing": LegState.RINGING,
    "Up": LegState.UP,
}

_CAUSES = {
    17: EndReason.BUSY,
    18: EndReason.NO_ANSWER,
    19: EndReason.NO_ANSWER,
    20: EndReason.NO_ANSWER,
    21: EndReason.REFUSED,
    16: EndReason.CANCELLED,
    26: EndReason.CANCELLED,
}

HOLD = ".hold"
"""A conference's held legs hear music in a bridge of their own, so that Asterisk itself knows who is held."""
MIXING = "mixing,dtmf_events"
"""Where legs hear each other. With the second word all sound goes through Asterisk, so that it hears which keys are
pressed also where only two are connected."""
NAME = "hub120"
"""Of bridges that the hub made."""

WAITING = "hub120.waiting"
"""The bridge in which callers hear music until somebody speaks with them."""

_NUMBER = re.compile(r"\+?\d{7,15}")
_WITHHELD = frozenset({"", "anonymous", "unknown", "restricted", "unavailable", "private", "asterisk", "s"})
_SHORT = re.compile(r"\d{3,5}")
"""A number that is dialled as it is: 119."""
_ACCOUNT = re.compile(r"[A-Za-z0-9_.-]{1,80}")


def state(named: str) -> LegState:
    """Where a channel stands; whatever is before ringing is dialling."""
    return _STATES.get(named, LegState.DIALLING)


def end_reason(cause: int, was_up: bool) -> EndReason:
    """Why a channel ended: an answered one is done, whatever the cause."""
    return EndReason.DONE if was_up else _CAUSES.get(cause, EndReason.FAILED)


def conference(bridge_id: str) -> tuple[str, bool]:
    """The conference that a bridge belongs to, and whether its legs are held."""
    if bridge_id == WAITING:
        return "", False
    return bridge_id.removesuffix(HOLD), bridge_id.endswith(HOLD)


def sender(number: str, name: str, call: str, country_code: str, proved: bool) -> Address:
    """Who calls. Each call with a withheld number is from somebody of its own."""
    shown = re.sub(r"[ ().-]", "", number)
    if _NUMBER.fullmatch(shown):
        return Address(AddressKind.PHONE, _e164(shown, country_code), name[:100], verified=proved)
    if shown.lower() in _WITHHELD:
        return Address(AddressKind.ACCOUNT, f"withheld:{call}")
    return Address(AddressKind.ACCOUNT, number[:200], name[:100])


def _e164(shown: str, country_code: str) -> str:
    if shown.startswith("+"):
        return shown
    if shown.startswith("00"):
        return f"+{shown[2:]}"
    if shown.startswith(country_code) and len(shown) >= 10:
        return f"+{shown}"
    return f"+{country_code}{shown.removeprefix('0')}"


def endpoint(to: Address, settings: Mapping[str, str]) -> str:
    """What Asterisk dials for an address; empty if that cannot be said. Nothing but digits and names gets into it."""
    if to.kind is AddressKind.PHONE and re.fullmatch(r"\+\d{3,15}", to.value):
        code = settings["country_code"]
        digits = to.value[1:]
        national = f"0{digits.removeprefix(code)}" if digits.startswith(code) else f"00{digits}"
        return _filled(settings["endpoint"], number=to.value, digits=digits, national=national)
    if to.kind is AddressKind.PHONE and _SHORT.fullmatch(to.value):
        return _filled(settings["endpoint"], number=to.value, digits=to.value, national=to.value)
    template = settings["account_endpoint"]
    if to.kind is AddressKind.ACCOUNT and template and _ACCOUNT.fullmatch(to.value):
        return _filled(template, account=to.value)
    return ""


def _filled(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template
