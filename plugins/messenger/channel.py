"""The connector itself: Meta's webhooks in, its Send API out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Attachment, Content, Context, Inbound, Outbound, Receipt, Received, Request, Response

from plugins.messenger import inbound, outbound, signature


class Messenger:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check ``X-Hub-Signature-256``, then read the batch. A GET is Meta's check of the address: nothing in it."""
        if request.method == "GET":
            signature.challenge(self._context.secrets["verify_token"], request)
            return []
        signature.verify(self._context.secrets["app_secret"], request)
        return inbound.read(self._context, request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The challenge, or a plain word: replies go by the Send API."""
        if request.method == "GET":
            return Response(200, signature.challenge(self._context.secrets["verify_token"], request))
        return Response(200, b"EVENT_RECEIVED")

    def send(self, message: Outbound) -> Receipt:
        """POST text and files, one message each."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """GET a photo or file from Meta's servers."""
        return outbound.fetch(self._context, attachment)
