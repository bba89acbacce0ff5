"""The connector itself: a mailbox in, mails out. Reading is in ``mailbox`` and ``inbound``, writing in ``outbound``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Line,
    Misconfigured,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Unauthorised,
)
from hub120_sdk.mail import Login, MailServer

from plugins.email.inbound import Reader
from plugins.email.outbound import Writer

_ADDRESS = re.compile(r"[^@\s]+@[A-Za-z0-9.-]+")


class Email:
    """The Channel and Listener."""

    def __init__(self, context: Context) -> None:
        settings, password = context.settings, context.secrets["password"]
        address = settings["address"].strip().lower()
        if not (_ADDRESS.fullmatch(address) and address.isascii()):
            raise Misconfigured("HUB120_CONNECTOR_EMAIL_ADDRESS is no e-mail address")
        own = frozenset({address, *settings["own_addresses"].lower().split()})
        self._context = context
        self._timeout_s = _seconds(settings["timeout_s"])
        self._imap = MailServer.parse(settings["imap_url"], ("imaps", "imap"))
        self._login = Login(settings["username"] or address, password)
        self._reader = Reader(address, own, settings["authserv_id"].strip())
        smtp_login = Login(self._login.name, context.secrets["smtp_password"] or password)
        self._writer = Writer(
            MailServer.parse(settings["smtp_url"]),
            Login("", "") if settings["smtp_login"] == "no" else smtp_login,
            address,
            " ".join(settings["name"].split()),
            " ".join(settings["subject"].split()),
            context.now,
            self._timeout_s,
        )

    def listen(self, line: Line) -> None:
        """Take mails until the line or the connection ends."""
        from plugins.email.mailbox import Mailbox  # noqa: PLC0415 (an IMAP client that only a worker needs)

        folder, now = self._context.settings["folder"], self._context.now
        Mailbox(self._imap, self._login, folder, self._reader, now, self._timeout_s).listen(line)

    def parse(self, request: Request) -> Sequence[Record]:
        """Mail comes from the mailbox alone; nobody has a reason to call."""
        raise Unauthorised("this channel takes no requests")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """Nobody waits for one."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """Hand the mail to the centre's mail server."""
        return self._writer.send(message)

    def fetch(self, attachment: Attachment) -> Content:
        """Files come with the mail itself."""
        raise Rejected("the files of a mail come with it and cannot be fetched later")


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise Misconfigured("HUB120_CONNECTOR_EMAIL_TIMEOUT_S is no number of seconds up to 60")
    return seconds
