"""The connector itself: a listener for what is delivered, a session for what is sent. Nobody calls it over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Line,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Unauthorised,
)

from plugins.sms_smpp.account import Account

if TYPE_CHECKING:
    from plugins.sms_smpp.session import Sender


class SmppSms:
    """The Channel and Listener."""

    def __init__(self, context: Context) -> None:
        self._account = Account.read(context)
        self._now = context.now
        self._sender: Sender | None = None
        self._turn = threading.Lock()

    def listen(self, line: Line) -> None:
        """Keep what the message centre delivers until the line or the connection ends."""
        from plugins.sms_smpp import listening  # noqa: PLC0415 (smpplib, which only a worker needs)

        listening.listen(self._account, line, self._now)

    def parse(self, request: Request) -> Sequence[Record]:
        """Messages come from the message centre's own connection."""
        raise Unauthorised("this channel takes no requests")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """Nobody waits for one."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """Submit it over the session that all senders share."""
        from plugins.sms_smpp import outbound  # noqa: PLC0415 (smpplib, which only a worker needs)

        return outbound.send(self._account, self._shared(), message)

    def fetch(self, attachment: Attachment) -> Content:
        """SMS brings text alone."""
        raise Rejected("SMS brings no files")

    def close(self) -> None:
        """End the session that sends."""
        if self._sender is not None:
            self._sender.close()

    def _shared(self) -> Sender:
        from plugins.sms_smpp.session import Sender  # noqa: PLC0415 (as above)

        with self._turn:
            self._sender = self._sender or Sender(self._account)
            return self._sender
