"""What the partner is told, signed: that an interpreter is wanted, what was said, and that it is over.

The ``webhook-id`` is the same over every attempt to tell it, so that a partner does nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from hub120_sdk import (
    Context,
    HttpAnswer,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Misconfigured,
    Rejected,
    Translation,
    Unreadable,
    Words,
    standardwebhooks,
)
from hub120_sdk.answers import good, json_body

from plugins.interpreter_http import mapping, reading

_PATIENCE_S = 10.0
_GONE = frozenset({404, 409, 410})
"""The partner knows nothing of the session, or it is over there."""


def request(context: Context, wanted: InterpreterWanted) -> InterpreterReport:
    """POST the request. An answer that says nothing means that the partner looks for somebody."""
    body = {
        "session_id": wanted.session_id,
        "attempt": wanted.attempt,
        "language": wanted.language,
        "medium": wanted.medium,
        "requested_at": wanted.requested_at.isoformat(),
        "answer_until": wanted.answer_until.isoformat(),
        "residence_status": wanted.residence_status,
        "topic": wanted.topic,
        **_callbacks(context),
    }
    answer = _post(context, "sessions", f"{wanted.session_id}/{wanted.attempt}", body)
    said = json_body(_checked(answer))
    try:
        return reading.first_report(said, wanted)
    except Unreadable:
        return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.ASKED)


def _callbacks(context: Context) -> dict[str, str]:
    if not context.public_url:
        return {}
    return {
        "report_callback": context.public_url + mapping.REPORTS,
        "translation_callback": context.public_url + mapping.TRANSLATIONS,
    }


def relay(context: Context, words: Words) -> Translation | None:
    """POST the words. A translation may be in the answer; else it is called back."""
    body = {
        "session_id": words.session_id,
        "attempt": words.attempt,
        "message_id": words.message_id,
        "number": words.number,
        "text": words.text,
        "source": words.source,
        "target": words.target,
        "terms": dict(words.terms),
    }
    answer = _post(context, "words", f"{words.session_id}/{words.attempt}/{words.message_id}", body)
    if answer.status in _GONE:
        raise Rejected(f"the partner has no such session any more ({answer.status})")
    said = json_body(_checked(answer))
    try:
        return reading.first_translation(said, words)
    except Unreadable:
        return None


def release(context: Context, session_id: str, attempt: int) -> None:
    """POST the end. A partner that knows nothing of it any more has nobody to release."""
    body = {"session_id": session_id, "attempt": attempt}
    answer = _post(context, "releases", f"{session_id}/{attempt}/release", body)
    if answer.status not in _GONE:
        _checked(answer)


def _post(context: Context, path: str, name: str, body: Mapping[str, object]) -> HttpAnswer:
    told = {field: value for field, value in body.items() if value not in ("", {})}
    written = json.dumps(told, ensure_ascii=False).encode()
    signed = standardwebhooks.sign(context.secrets["signing_secret"], name, context.now(), written)
    headers = {"content-type": "application/json", **signed}
    url = f"{context.settings['partner_url'].rstrip('/')}/{path}"
    return context.http.request("POST", url, headers=headers, body=written, timeout_s=_PATIENCE_S)


def _checked(answer: HttpAnswer) -> HttpAnswer:
    if answer.status in {401, 403, 404} or 300 <= answer.status < 400:
        raise Misconfigured(f"partner_url answered {answer.status}: check its address and signing_secret")
    return good(answer)
