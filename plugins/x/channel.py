"""The connector itself: account activity in, direct messages out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Attachment, Content, Context, Inbound, Outbound, Receipt, Received, Request, Response

from plugins.x import inbound, outbound, signature


class X:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check ``x-twitter-webhooks-signature``, then read the events. A GET is X's challenge: nothing in it."""
        if request.method == "GET":
            signature.crc_token(request)
            return []
        signature.verify(self._context.secrets["consumer_secret"], request)
        return inbound.read(self._context, request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The answer to the challenge, or nothing: replies go by the API."""
        if request.method == "GET":
            token = signature.crc_token(request)
            newest = self._context.secrets["consumer_secret"].split()[0]
            return Response.json({"response_token": signature.compute(newest, token.encode())})
        return Response(200)

    def send(self, message: Outbound) -> Receipt:
        """Send a direct message, and one more for each picture."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """GET a picture or video."""
        return outbound.fetch(self._context, attachment)
