"""Twilio's webhooks: a call that comes in, how far a call is, what happens in a conference, which key was pressed.

Call statuses come in any order. They are numbered, but for each call and each conference anew: the hub's number is made
of the second and Twilio's own, those of conferences behind those of calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit

from hub120_sdk import KEYS, CallEvent, Context, EndReason, Inbound, KeyPress, LegState, Record, Request, Unreadable

from plugins.phone_twilio import mapping
from plugins.phone_twilio.twiml import CALLS_PATH, CONFERENCES_PATH, KEYS_PATH, LEG, Wanted, is_room, wanted

_HUNG_UP = "participant_hung_up"
_A_SECOND = 1_000
_CONFERENCES = 100
_ATTESTED = "TN-Validation-Passed-A"


def read(context: Context, request: Request) -> list[Record]:
    """The records in a request. Raises ``Unreadable``."""
    url = urlsplit(request.url)
    fields = dict(request.form())
    if url.path.endswith(CONFERENCES_PATH):
        return _in_conference(context, fields)
    call = _needed(fields, "CallSid")
    if (pressing := who_pressed(request)) is not None:
        return _pressed(context, fields, pressing.leg_id)
    if url.path.endswith(CALLS_PATH):
        return [_status(context, fields, parse_qs(url.query).get(LEG, [call])[0])]
    event = _status(context, fields, call)
    return [event] if event.state is LegState.ENDED else [_call(context, fields, call), event]


def is_call(request: Request) -> bool:
    """Whether Twilio asks what to do with a call that comes in."""
    return not urlsplit(request.url).path.endswith((CALLS_PATH, CONFERENCES_PATH, KEYS_PATH))


def who_pressed(request: Request) -> Wanted | None:
    """Whose key a request tells of, and where they belong; None for any other request."""
    return wanted(request.url) if urlsplit(request.url).path.endswith(KEYS_PATH) else None


def _pressed(context: Context, fields: Mapping[str, str], leg_id: str) -> list[Record]:
    """What is no key of a telephone is no reason to leave whoever pressed it without a conference."""
    if not leg_id:
        raise Unreadable("the address names no leg")
    key = fields.get("Digits", "")
    return [KeyPress(leg_id, key, context.now())] if key in KEYS else []


def _call(context: Context, fields: Mapping[str, str], call: str) -> Inbound:
    attested = fields.get("StirVerstat") == _ATTESTED
    proved = attested or context.settings["caller_id_is_proved"] == "yes"
    return Inbound(
        provider_id=call,
        sender=mapping.sender(_needed(fields, "From"), call, proved),
        reply_context={LEG: call},
    )


def _status(context: Context, fields: Mapping[str, str], leg_id: str) -> CallEvent:
    status = _needed(fields, "CallStatus")
    state = mapping.CALLS.get(status)
    if state is None:
        raise Unreadable("CallStatus is none that is known")
    happened, numbered = _when(context, fields)
    return CallEvent(leg_id, state, happened, sequence=numbered, reason=mapping.ENDS.get(status))


def _in_conference(context: Context, fields: Mapping[str, str]) -> list[Record]:
    told, conference = _needed(fields, "StatusCallbackEvent"), _needed(fields, "FriendlyName")
    state = mapping.MOVES.get(told)
    leaves = told == "participant-leave"
    if state is None or (leaves and is_room(conference)):  # who leaves a room goes somewhere, which is told too
        return []
    leg_id = fields.get("ParticipantLabel") or _needed(fields, "CallSid")
    happened, numbered = _when(context, fields, after=_CONFERENCES)
    if leaves and fields.get("ReasonParticipantLeft") == _HUNG_UP:
        return [CallEvent(leg_id, LegState.ENDED, happened, conference, numbered, EndReason.DONE)]
    if state is LegState.UP and fields.get("Hold") == "true" and not leaves:
        state = LegState.HELD
    return [CallEvent(leg_id, state, happened, "" if leaves or is_room(conference) else conference, numbered)]


def _when(context: Context, fields: Mapping[str, str], after: int = 0) -> tuple[datetime, int]:
    """When it happened, and the number of the event."""
    happened = _moment(fields.get("Timestamp", "")) or context.now()
    own = fields.get("SequenceNumber", "")
    counted = int(own) if own.isascii() and own.isdigit() and len(own) <= 9 else 0
    most = _A_SECOND - 1 if after else _CONFERENCES - 1
    return happened, max(1, int(happened.timestamp())) * _A_SECOND + min(after + counted, most)


def _moment(written: str) -> datetime | None:
    """``Fri, 27 Nov 2026 08:40:28 +0000``; None where that is not written."""
    try:
        found = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _needed(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise Unreadable(f"{name} is missing")
    return value
