"""The connector itself: signed JSON in, signed JSON out. Reading is in ``inbound``."""

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
    standardwebhooks,
)
from hub120_sdk.sites import Site

from plugins.web import inbound


class Web:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._site = Site(context, "the site", "reply_url")

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the Standard Webhooks signature, then read one message or one report."""
        secrets = self._context.secrets["signing_secret"]
        standardwebhooks.verify(secrets, request.headers, request.body, self._context.now())
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The case number, and replies that were waiting."""
        return inbound.answer(received)

    def send(self, message: Outbound) -> Receipt:
        """POST the reply to ``reply_url``."""
        return self._site.push(message, conversation=message.conversation)

    def fetch(self, attachment: Attachment) -> Content:
        """GET the attachment from the site that announced it."""
        return self._site.fetch(attachment)
