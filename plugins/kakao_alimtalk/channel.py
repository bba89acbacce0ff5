"""The connector itself: notices leave by ``outbound``, reports come in by ``inbound``; citizens write elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Attachment, Content, Context, Outbound, Receipt, Received, Record, Rejected, Request, Response

from plugins.kakao_alimtalk import inbound, outbound


class Alimtalk:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Record]:
        """Check the secret in the address, then read the reports."""
        inbound.authorise(self._context, request)
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """200 is all that Solapi wants."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """A notice by its template, or a text message."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """Nothing comes in, so there is nothing to fetch."""
        raise Rejected("notices have no attachments")
