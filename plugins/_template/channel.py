"""The connector: signed JSON in, JSON out. Change what differs from your provider, then run the kit."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Delivery,
    Inbound,
    OptedOut,
    Outbound,
    Receipt,
    Received,
    Rejected,
    Request,
    Response,
    Unauthorised,
    shapes,
)
from hub120_sdk.answers import good, word
from hub120_sdk.credentials import same
from hub120_sdk.text import length

TEXT_CHARACTERS = 1_000


def signature(key: str, body: bytes) -> str:
    """How the provider signs a body."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


class YourConnector:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the signature over the raw body first, then read one message."""
        wanted = signature(self._context.secrets["webhook_key"], request.body)
        if not same(request.headers.get("x-signature", ""), wanted):
            raise Unauthorised("X-Signature is missing or wrong")
        body = shapes.mapping(request.json(), required=True)
        sender = Address(AddressKind.ACCOUNT, shapes.text(body, "from", required=True), verified=True)
        return [Inbound(shapes.text(body, "id", required=True), sender, shapes.text(body, "text", required=True))]

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """What the provider wants to hear; most want 200 and nothing more."""
        return Response.json({})

    def send(self, message: Outbound) -> Receipt:
        """POST a text."""
        if length(message.text) > TEXT_CHARACTERS:
            raise Rejected(f"a message has at most {TEXT_CHARACTERS} characters")
        body = json.dumps({"to": message.to.value, "text": message.text}).encode()
        url = f"{self._context.settings['api_url'].rstrip('/')}/messages"
        answer = self._context.http.request("POST", url, headers={"content-type": "application/json"}, body=body)
        if answer.status == 410:
            raise OptedOut("the citizen left (410)")
        return Receipt(Delivery.SENT, provider_id=word(good(answer), "id"), reply_id=message.reply_id)

    def fetch(self, attachment: Attachment) -> Content:
        """Load a file; this provider has none."""
        raise Rejected("the channel has no attachments")
