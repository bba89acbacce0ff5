"""The connector itself: LINE's webhooks in, reply and push messages out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Attachment, Content, Context, Inbound, Outbound, Receipt, Received, Request, Response

from plugins.line import inbound, outbound, signature


class Line:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check ``x-line-signature``, then read the events. LINE's check of the address has none."""
        signature.verify(self._context.secrets["channel_secret"], request)
        return inbound.read(self._context, request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """Nothing: replies go by the Messaging API."""
        return Response(200)

    def send(self, message: Outbound) -> Receipt:
        """With the reply token while it lives, else as a push message."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """GET a photo, video, voice message or file."""
        return outbound.fetch(self._context, attachment)
