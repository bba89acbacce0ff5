"""The connector itself: updates in, the Bot API out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Inbound,
    Outbound,
    Receipt,
    Received,
    Request,
    Response,
    Unauthorised,
)
from hub120_sdk.credentials import same_as_any

from plugins.telegram import inbound, outbound

HEADER = "x-telegram-bot-api-secret-token"


class Telegram:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the secret that setWebhook was given, then read the update."""
        if not same_as_any(request.headers.get(HEADER, ""), self._context.secrets["webhook_secret"]):
            raise Unauthorised(f"{HEADER} is missing or wrong: give webhook_secret to setWebhook as secret_token")
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """A greeting for who begins, a sign that a button was heard; nothing else: replies go by the Bot API."""
        call = inbound.answer(self._context.settings["greeting"], request)
        return Response.json(call) if call else Response(200)

    def send(self, message: Outbound) -> Receipt:
        """Send the text, and one message for each file."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """Ask where a file is, and GET it."""
        return outbound.fetch(self._context, attachment)
