"""The connector: signed events in, comments out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Attachment, Content, Context, Inbound, Outbound, Receipt, Received, Request, Response

from naru_board import inbound, outbound


class NaruBoard:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the signature, then read the event."""
        inbound.verify(self._context.secrets["webhook_key"], request, self._context.now())
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The board shows the case number under the post."""
        return Response.json({"case_numbers": [one.case_number for one in received]})

    def send(self, message: Outbound) -> Receipt:
        """Write a comment."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """Load a photo."""
        return outbound.fetch(self._context, attachment)
