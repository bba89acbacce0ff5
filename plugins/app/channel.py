"""The connector itself: signed reports in, answers pushed or fetched. Reading is in ``inbound``, pushing in
``outbound``."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    CaseStatus,
    Content,
    Context,
    Outbound,
    Receipt,
    Received,
    Record,
    Request,
    Response,
    standardwebhooks,
)

from plugins.app import inbound, outbound


class App:
    """The Channel, and the Inquiries of an app that fetches its answers."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Record]:
        """Check the Standard Webhooks signature, then read a report, receipts or an inquiry."""
        secrets = self._context.secrets["signing_secret"]
        standardwebhooks.verify(secrets, request.headers, request.body, self._context.now())
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The case number, the same however often the report is sent, and replies that were waiting."""
        return inbound.answer(received)

    def tell(self, request: Request, found: Sequence[CaseStatus]) -> Response:
        """How cases stand, and what was answered."""
        return inbound.told(found)

    def send(self, message: Outbound) -> Receipt:
        """POST the reply to ``push_url``, or leave it for the app to fetch."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """GET a photo from where the app has put it."""
        return outbound.fetch(self._context, attachment)
