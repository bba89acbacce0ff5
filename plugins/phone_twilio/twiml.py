"""What Twilio is told to do with a call, as TwiML: speak, wait with music, take part in a conference.

Who waits does so in a room of their own: a conference that nobody starts plays music. So everybody who is on the line
can be found by the name of a room and moved to another.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hub120_sdk import Context, Response

from plugins.phone_twilio import mapping

CONFERENCES_PATH = "/conferences"
CALLS_PATH = "/calls"
_ROOM = "wait-"
_EVENTS = "join leave hold"


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


def wait(context: Context, leg_id: str) -> str:
    """Wait with music."""
    return _conference(context, room(leg_id), leg_id, start=False)


def join(context: Context, conference_id: str, leg_id: str) -> str:
    """Take part in a conference."""
    return _conference(context, conference_id, leg_id, start=True)


def _conference(context: Context, name: str, leg_id: str, *, start: bool) -> str:
    told = {
        "startConferenceOnEnter": "true" if start else "false",
        "endConferenceOnExit": "false",
        "beep": "false",
        "participantLabel": leg_id,
        "statusCallback": f"{context.public_url}{CONFERENCES_PATH}",
        "statusCallbackEvent": _EVENTS,
    }
    if music := context.settings["music_url"]:
        told["waitUrl"] = music
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in told.items())
    return f"<Dial><Conference {attributes}>{escape(name)}</Conference></Dial>"
