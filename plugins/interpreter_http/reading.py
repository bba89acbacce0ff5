"""What the partner says: in its answers, and in reports and translations of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    InterpreterNews,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Request,
    Response,
    Translation,
    Unreadable,
    Words,
    shapes,
)

from plugins.interpreter_http import mapping

_ID = re.compile(r"[!-~]+")
_TELEPHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def news(request: Request) -> InterpreterNews:
    """A report or a translation, by the address it came to. Raises ``Unreadable``, which tells the partner in JSON what
    is wrong."""
    path = urlsplit(request.url).path
    try:
        if path.endswith(mapping.TRANSLATIONS):
            return _translation(_complete(request))
        if path.endswith(mapping.REPORTS):
            return _report(_complete(request))
        raise Unreadable(f"call {mapping.REPORTS} or {mapping.TRANSLATIONS} below this address")
    except Unreadable as error:
        raise Unreadable(error.reason, refused(400, mapping.UNREADABLE, error.reason)) from error


def refused(status: int, error: str, message: str) -> Response:
    """How the contract shows a refusal."""
    return Response.json({"error": error, "message": message}, status)


def first_report(said: object, wanted: InterpreterWanted) -> InterpreterReport:
    """What the answer to a request says. By voice nobody has accepted who cannot be dialled. Raises ``Unreadable``."""
    body = shapes.mapping(said, required=True)
    call = _call(body)
    state = _state(body)
    if state is InterpreterState.ACCEPTED and wanted.medium == "voice" and call is None:
        raise Unreadable("call is missing")
    return InterpreterReport(
        wanted.session_id,
        wanted.attempt,
        state,
        interpreter=_name(body, "interpreter"),
        reason=_reason(body),
        call=call,
        occurred_at=shapes.rfc3339(body, "occurred_at"),
    )


def first_translation(said: object, words: Words) -> Translation:
    """The translation in the answer to words. Raises ``Unreadable``."""
    body = shapes.mapping(said, required=True)
    return Translation(words.session_id, words.message_id, _text(body), _name(body, "interpreter"))


def _report(body: Mapping[str, object]) -> InterpreterReport:
    return InterpreterReport(
        _name(body, "session_id", required=True),
        _attempt(body),
        _state(body),
        _name(body, "update_id", required=True),
        _name(body, "interpreter"),
        _reason(body),
        _call(body),
        shapes.rfc3339(body, "occurred_at"),
    )


def _translation(body: Mapping[str, object]) -> Translation:
    session_id, message_id = (_name(body, name, required=True) for name in ("session_id", "message_id"))
    return Translation(session_id, message_id, _text(body), _name(body, "interpreter"))


def _complete(request: Request) -> Mapping[str, object]:
    """The body, if what is there says something: a partner learns at once of a field that it fills wrongly."""
    body = shapes.mapping(request.json(), required=True)
    for name in ("interpreter", "reason", "call", "occurred_at"):
        if name in body and body[name] in (None, "", {}):
            raise Unreadable(f"{name} is empty: leave it out")
    return body


def _name(body: Mapping[str, object], name: str, *, required: bool = False) -> str:
    return shapes.identifier(body, name, most=mapping.ID_CHARACTERS, required=required)


def _attempt(body: Mapping[str, object]) -> int:
    attempt = body.get("attempt")
    if isinstance(attempt, float) and attempt.is_integer():
        attempt = int(attempt)
    if isinstance(attempt, bool) or not isinstance(attempt, int) or not 0 < attempt <= mapping.ATTEMPTS:
        raise Unreadable(f"attempt must be a number from 1 to {mapping.ATTEMPTS}, as it was in the request")
    return attempt


def _state(body: Mapping[str, object]) -> InterpreterState:
    state = shapes.text(body, "state", required=True)
    if state not in mapping.STATES:
        raise Unreadable(f"state must be one of {', '.join(mapping.STATES)}")
    return mapping.STATES[state]


def _reason(body: Mapping[str, object]) -> str:
    reason = shapes.text(body, "reason")
    if reason and (len(reason) > mapping.REASON_CHARACTERS or not _ID.fullmatch(reason)):
        raise Unreadable(f"reason must be a code: up to {mapping.REASON_CHARACTERS} visible ASCII characters")
    return reason


def _call(body: Mapping[str, object]) -> Address | None:
    number = shapes.text(body, "call", "telephone")
    if not number and "call" not in body:
        return None
    if not _TELEPHONE.fullmatch(number):
        raise Unreadable("call.telephone must be a number in E.164, like +821012345678")
    return Address(AddressKind.PHONE, number)


def _text(body: Mapping[str, object]) -> str:
    text = shapes.text(body, "text", required=True)
    if not text.strip():
        raise Unreadable("text is empty")
    if len(text) > mapping.TEXT_CHARACTERS:
        raise Unreadable(f"text has more than {mapping.TEXT_CHARACTERS} characters")
    return text
