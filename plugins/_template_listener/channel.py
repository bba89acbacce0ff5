"""The connector: it asks the provider for news. Change what differs from your provider, then run the kit.

``GET /messages?after=7`` gives the messages after the seventh, and tells the provider that the first seven are kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Delivery,
    HttpAnswer,
    Inbound,
    Line,
    Misconfigured,
    OptedOut,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Unauthorised,
    Unreadable,
    shapes,
)
from hub120_sdk.answers import good, json_body, word
from hub120_sdk.text import length

TEXT_CHARACTERS = 1_000


class YourConnector:
    """The Channel and Listener."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def listen(self, line: Line) -> None:
        """Ask for what came after the cursor, keep it one by one, and pause when there is no more."""
        while not line.ended():
            news = self._news(line.cursor)
            for raw in news:
                _keep(line, raw)
            if not news:
                line.wait(float(self._context.settings["pause_s"]))

    def _news(self, cursor: str) -> Sequence[object]:
        said = json_body(good(self._ask("GET", f"messages?after={cursor or 0}")))
        messages = said.get("messages") if isinstance(said, dict) else None
        return messages if isinstance(messages, list) else []

    def parse(self, request: Request) -> Sequence[Record]:
        """The provider does not call."""
        raise Unauthorised("nobody calls this connector")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """Nobody is answered."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """POST a text."""
        if length(message.text) > TEXT_CHARACTERS:
            raise Rejected(f"a message has at most {TEXT_CHARACTERS} characters")
        body = json.dumps({"to": message.to.value, "text": message.text}).encode()
        answer = self._ask("POST", "messages", body)
        if answer.status == 410:
            raise OptedOut("the citizen left (410)")
        return Receipt(Delivery.SENT, provider_id=word(good(answer), "id"), reply_id=message.reply_id)

    def fetch(self, attachment: Attachment) -> Content:
        """Load a file; this provider has none."""
        raise Rejected("the channel has no attachments")

    def _ask(self, method: str, path: str, body: bytes = b"") -> HttpAnswer:
        url = f"{self._context.settings['api_url'].rstrip('/')}/{path}"
        token = {"authorization": f"Bearer {self._context.secrets['api_token']}"}
        answer = self._context.http.request(method, url, headers=token, body=body)
        if answer.status == 401:
            raise Misconfigured("the provider does not know api_token (401)")
        return answer


def _keep(line: Line, raw: object) -> None:
    """Store one message together with how far we are; what nobody can read is stepped over."""
    number = _number(raw)
    try:
        line.keep([_inbound(raw)], number)
    except Unreadable:
        line.keep([], number)


def _number(raw: object) -> str:
    """Where the message stands. Raises ``Misconfigured``: without it there is no going on."""
    number = raw.get("number") if isinstance(raw, dict) else None
    if not isinstance(number, int):
        raise Misconfigured("a message without its number: is api_url the right address?")
    return str(number)


def _inbound(raw: object) -> Inbound:
    """One message. Raises ``Unreadable``."""
    sender = Address(AddressKind.ACCOUNT, shapes.text(raw, "from", required=True), verified=True)
    return Inbound(shapes.text(raw, "id", required=True), sender, shapes.text(raw, "text", required=True))
