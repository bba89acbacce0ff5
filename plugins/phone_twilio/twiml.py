"""What Twilio is told to do with a call, as TwiML: speak, ask for a key, wait with music, take part in a conference.

Who waits does so in a room of their own: a conference that nobody starts plays music. So everybody who is on the line
can be found by the name of a room and moved to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

from hub120_sdk import Context, Response

from plugins.phone_twilio import mapping

CONFERENCES_PATH = "/conferences"
CALLS_PATH = "/calls"
KEYS_PATH = "/keys"
LEG = "leg"
_CONFERENCE, _MUTED = "conference", "muted"
_KEY_S = "3"
"""How long after its last word an announcement waits for a key."""
_ROOM = "wait-"
_EVENTS = "join leave hold"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a leg belongs that the hub dialled; empty: into its room."""

    leg_id: str
    conference_id: str = ""
    muted: bool = False


def room(leg_id: str) -> str:
    """The room in which a leg waits."""
    return _ROOM + leg_id


def is_room(conference: str) -> bool:
    """Whether a conference is one of those."""
    return conference.startswith(_ROOM)


def answer(inner: str = "") -> Response:
    """The response to a webhook."""
    return Response(200, document(inner).encode(), "text/xml; charset=utf-8")


def document(inner: str) -> str:
    """Verbs as a whole document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inner}</Response>'


def say(words: str, language: str) -> str:
    """Speak; an unknown language is left to the account's own voice."""
    known = mapping.LANGUAGES.get(language.partition("-")[0].lower(), "")
    named = f" language={quoteattr(known)}" if known else ""
    return f"<Say{named}>{escape(words)}</Say>"


def announced(context: Context, words: str, language: str, leg: Wanted) -> str:
    """Speak, and listen for a key meanwhile: with one, Twilio asks us what comes next; without, it is there already."""
    fields = {LEG: leg.leg_id, _CONFERENCE: leg.conference_id, _MUTED: "true" if leg.muted else ""}
    where = urlencode({name: value for name, value in fields.items() if value})
    told = {
        "action": f"{context.public_url}{KEYS_PATH}?{where}",
        "numDigits": "1",
        "finishOnKey": "",
        "timeout": _KEY_S,
    }
    return f"<Gather {_attributes(told)}>{say(words, language)}</Gather>{placed(context, leg)}"


def wanted(url: str) -> Wanted:
    """Where the leg belongs that pressed a key, as ``announced`` wrote it."""
    told = dict(parse_qs(urlsplit(url).query))
    leg_id, conference_id, muted = (told.get(name, [""])[0] for name in (LEG, _CONFERENCE, _MUTED))
    return Wanted(leg_id, conference_id, muted == "true")


def placed(context: Context, leg: Wanted) -> str:
    """Into its conference, or its room."""
    if not leg.conference_id:
        return wait(context, leg.leg_id, muted=leg.muted)
    return join(context, leg.conference_id, leg.leg_id, muted=leg.muted)


def wait(context: Context, leg_id: str, *, muted: bool = False) -> str:
    """Wait with music."""
    return _conference(context, room(leg_id), leg_id, start=False, muted=muted)


def join(context: Context, conference_id: str, leg_id: str, *, muted: bool = False) -> str:
    """Take part in a conference."""
    return _conference(context, conference_id, leg_id, start=True, muted=muted)


def _conference(context: Context, name: str, leg_id: str, *, start: bool, muted: bool) -> str:
    told = {
        "startConferenceOnEnter": "true" if start else "false",
        "endConferenceOnExit": "false",
        "beep": "false",
        "participantLabel": leg_id,
        "statusCallback": f"{context.public_url}{CONFERENCES_PATH}",
        "statusCallbackEvent": _EVENTS,
    }
    if muted:
        told["muted"] = "true"
    if music := context.settings["music_url"]:
        told["waitUrl"] = music
    return f"<Dial><Conference {_attributes(told)}>{escape(name)}</Conference></Dial>"


def _attributes(told: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in told.items())
