"""The connector: JSON out, signed news in. Change what differs from your partner's system, then run the kit."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

from hub120_sdk import (
    Context,
    HttpAnswer,
    InterpreterNews,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Request,
    Response,
    SessionNoted,
    Translation,
    Unauthorised,
    Unreadable,
    Words,
    shapes,
)
from hub120_sdk.answers import good
from hub120_sdk.credentials import same

STATES = {
    "found": InterpreterState.ACCEPTED,
    "nobody": InterpreterState.DECLINED,
    "here": InterpreterState.JOINED,
    "gone": InterpreterState.LEFT,
    "over": InterpreterState.ENDED,
}
"""The partner's words for a state, and ours."""


def signature(key: str, body: bytes) -> str:
    """How the partner signs a body."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


class YourConnector:
    """The Interpreter."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def languages(self) -> Sequence[str]:
        """What an operator wrote down."""
        return tuple(dict.fromkeys(self._context.settings["languages"].split()))

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        """POST it; session and attempt are the same in every try, so that nobody is looked for twice."""
        if wanted.language not in self.languages() or wanted.medium != "text":
            return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.DECLINED, reason="language")
        asked = {"session": wanted.session_id, "attempt": wanted.attempt, "language": wanted.language}
        self._tell("requests", asked)
        return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.ASKED)

    def relay(self, words: Words) -> Translation | None:
        """POST them; the translation is called back."""
        told = {"session": words.session_id, "message": words.message_id, "text": words.text, "into": words.target}
        self._tell("words", told)
        return None

    def release(self, session_id: str, attempt: int) -> None:
        """POST the end; a session that is not there any more has ended."""
        answer = self._post("ends", {"session": session_id, "attempt": attempt})
        if answer.status != 404:
            good(answer)

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        """Check the signature over the raw body first, then read one piece of news."""
        wanted = signature(self._context.secrets["webhook_key"], request.body)
        if not same(request.headers.get("x-signature", ""), wanted):
            raise Unauthorised("X-Signature is missing or wrong")
        body = shapes.mapping(request.json(), required=True)
        return [_translation(body) if "text" in body else _report(body)]

    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        """What the partner wants to hear; most want 200 and nothing more."""
        return Response.json({})

    def _tell(self, path: str, body: Mapping[str, object]) -> None:
        good(self._post(path, body))

    def _post(self, path: str, body: Mapping[str, object]) -> HttpAnswer:
        url = f"{self._context.settings['api_url'].rstrip('/')}/{path}"
        headers = {"content-type": "application/json"}
        return self._context.http.request("POST", url, headers=headers, body=json.dumps(body).encode())


def _report(raw: Mapping[str, object]) -> InterpreterReport:
    """How far they are. Raises ``Unreadable``."""
    state, attempt = STATES.get(shapes.text(raw, "state", required=True)), raw.get("attempt")
    if state is None:
        raise Unreadable("state is none that we know")
    if type(attempt) is not int or attempt < 1:
        raise Unreadable("attempt must be a number from 1")
    session, news_id = (shapes.text(raw, name, required=True) for name in ("session", "id"))
    return InterpreterReport(session, attempt, state, news_id)


def _translation(raw: Mapping[str, object]) -> Translation:
    """Words in the other language. Raises ``Unreadable``."""
    session, message, text = (shapes.text(raw, name, required=True) for name in ("session", "message", "text"))
    if not text.strip():
        raise Unreadable("text is empty")
    return Translation(session, message, text)
