"""The connector: JSON out, signed reports in. Change what differs from your department's system, then run the kit."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from hub120_sdk import (
    Address,
    Context,
    Handover,
    HttpAnswer,
    Noted,
    Request,
    Response,
    Retry,
    Ticket,
    TicketState,
    Unauthorised,
    Unreadable,
    Updates,
    shapes,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.credentials import same

STATES = {
    "received": TicketState.SUBMITTED,
    "working": TicketState.IN_PROGRESS,
    "done": TicketState.DONE,
    "refused": TicketState.REFUSED,
}
"""The department's words for a state, and ours."""


def signature(key: str, body: bytes) -> str:
    """How the department signs a body."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


class YourConnector:
    """The Department."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def submit(self, handover: Handover) -> Ticket:
        """POST it; ``handover_id`` is the same in every attempt, so that nothing is done twice."""
        body = {"id": handover.handover_id, "title": handover.title, "text": handover.text}
        said = _said(self._ask("POST", "tickets", json.dumps(body).encode()))
        return Ticket(TicketState.SUBMITTED, _word(said, "number"), handover.handover_id)

    def status(self, ticket_id: str) -> Ticket:
        """GET it."""
        said = _said(self._ask("GET", f"tickets/{quote(ticket_id, safe='')}"))
        state = STATES.get(_word(said, "state"))
        if state is None:
            raise Retry("the department's answer names no state that we know")
        return Ticket(state, ticket_id)

    def updates(self, cursor: str) -> Updates:
        """Nothing: this department calls back."""
        return Updates((), cursor)

    def parse(self, request: Request) -> Sequence[Ticket]:
        """Check the signature over the raw body first, then read one report."""
        wanted = signature(self._context.secrets["webhook_key"], request.body)
        if not same(request.headers.get("x-signature", ""), wanted):
            raise Unauthorised("X-Signature is missing or wrong")
        return [_ticket(shapes.mapping(request.json(), required=True))]

    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        """What the department wants to hear; most want 200 and nothing more."""
        return Response.json({})

    def line(self) -> Address | None:
        """Nobody there takes calls."""
        return None

    def _ask(self, method: str, path: str, body: bytes = b"") -> HttpAnswer:
        url = f"{self._context.settings['api_url'].rstrip('/')}/{path}"
        return good(self._context.http.request(method, url, headers={"content-type": "application/json"}, body=body))


def _said(answer: HttpAnswer) -> Mapping[str, object]:
    """The JSON object of an answer. Raises ``Retry`` for anything else: nobody knows what it means."""
    said = json_body(answer)
    if not isinstance(said, dict):
        raise Retry("the department's answer is no JSON object")
    return said


def _word(said: Mapping[str, object], name: str) -> str:
    try:
        return shapes.text(said, name, required=True)
    except Unreadable as error:
        raise Retry(f"the department's answer: {error.reason}") from error


def _ticket(raw: Mapping[str, object]) -> Ticket:
    """One report. Raises ``Unreadable``."""
    state = STATES.get(shapes.text(raw, "state", required=True))
    if state is None:
        raise Unreadable("state is none that we know")
    number, update_id = (shapes.text(raw, name, required=True) for name in ("number", "id"))
    return Ticket(state, number, update_id=update_id, note=shapes.text(raw, "note"))
