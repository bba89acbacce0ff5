"""The connector itself: a mail out, and the page behind its link. Opening the page changes nothing: mail scanners and
previews open every link; only the form's buttons report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    Context,
    Handover,
    Misconfigured,
    Noted,
    Rejected,
    Request,
    Response,
    Ticket,
    TicketState,
    Unauthorised,
    Unreadable,
    Updates,
)
from hub120_sdk.mail import Login, MailServer

from plugins.email_department import links, mapping, pages
from plugins.email_department.links import Link
from plugins.email_department.outbound import Writer

PATH = "/status/"
_SHORTEST_SECRET = 32
_ADDRESS = re.compile(r"[!-?A-~]+@[A-Za-z0-9.-]+")
_LOOKS = frozenset({"GET", "HEAD"})


class EmailDepartment:
    """The Department."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        self._context = context
        self._secrets = context.secrets["link_secret"]
        if not self._secrets.split() or any(len(one) < _SHORTEST_SECRET for one in self._secrets.split()):
            raise Misconfigured(f"link_secret must have {_SHORTEST_SECRET} characters or more")
        self._valid = timedelta(days=_number(settings["valid_days"], "valid_days", 3_650))
        self._writer = Writer(
            MailServer.parse(settings["smtp_url"]),
            Login(settings["username"], context.secrets["password"]),
            _address(settings["address"], "address"),
            _address(settings["from_address"], "from_address"),
            settings["from_name"],
            context.now,
            _number(settings["timeout_s"], "timeout_s", 60),
        )

    def submit(self, handover: Handover) -> Ticket:
        """Mail the case, with the link for the first report."""
        if not self._context.public_url:
            raise Misconfigured("the hub's public address is not set: a department could not report")
        expires_at = int((handover.requested_at + self._valid).timestamp())
        link = Link(handover.handover_id, handover.case_number, 1, expires_at)
        return self._writer.send(handover, self._where(link))

    def status(self, ticket_id: str) -> Ticket:
        """Nobody can be asked."""
        raise Rejected("a department without a system is not asked: it reports by its link")

    def updates(self, cursor: str) -> Updates:
        """The department reports by itself."""
        return Updates((), cursor)

    def parse(self, request: Request) -> Sequence[Ticket]:
        """Look at the link; a report is what was posted, never what was merely opened."""
        link = self._link(request)
        if request.method in _LOOKS:
            return []
        if request.method != "POST":
            raise Unreadable("a status link is opened (GET) or posted to", pages.refusal(mapping.NO_STATE, 405))
        return [_report(request, link)]

    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        """The page."""
        link = self._link(request)
        if not noted:
            return pages.form(link.case_number)
        one = noted[0]
        if not one.known:
            return pages.refusal(mapping.UNKNOWN, 404)
        following = self._where(link.following(self._context.now() + self._valid))
        if one.duplicate:
            return pages.outcome(link.case_number, mapping.DUPLICATE, following)
        if not one.allowed:
            return pages.outcome(link.case_number, mapping.NOT_ALLOWED, following, 409)
        return pages.outcome(link.case_number, mapping.RECORDED, following)

    def line(self) -> Address | None:
        """The department's number, where an operator wrote it down."""
        number = self._context.settings["telephone"]
        return Address(AddressKind.PHONE, number, verified=True) if number else None

    def _where(self, link: Link) -> str:
        return f"{self._context.public_url}{PATH}{link.token(self._secrets)}"

    def _link(self, request: Request) -> Link:
        """The link in the request's address. Raises ``Unauthorised`` with a page that says what to do."""
        _, found, token = urlsplit(request.url).path.rpartition(PATH)
        try:
            return links.opened(token if found else "", self._secrets, self._now())
        except links.Expired as error:
            raise Unauthorised(error.reason, pages.refusal(mapping.EXPIRED, 410)) from error
        except Unauthorised as error:
            raise Unauthorised(error.reason, pages.refusal(mapping.NO_LINK, 403)) from error

    def _now(self) -> datetime:
        return self._context.now()


def _report(request: Request, link: Link) -> Ticket:
    """What the form says. Raises ``Unreadable`` with the form again."""
    try:
        fields = dict(request.form())
    except Unreadable as error:
        raise Unreadable(error.reason, pages.form(link.case_number, mapping.NO_STATE)) from error
    note = fields.get("note", "").replace("\r\n", "\n").strip()
    if len(note) > mapping.NOTE_CHARACTERS:
        raise Unreadable("the note is too long", pages.form(link.case_number, mapping.LONG_NOTE))
    state = next((one for one in mapping.BUTTONS if one.value == fields.get("state")), None)
    if state is None:
        raise Unreadable("state is none of the buttons", pages.form(link.case_number, mapping.NO_STATE))
    return Ticket(TicketState(state), handover_id=link.handover_id, update_id=link.update_id, note=note)


def _address(written: str, name: str) -> str:
    if not _ADDRESS.fullmatch(written.strip()):
        raise Misconfigured(f"{name} is no e-mail address")
    return written.strip()


def _number(written: str, name: str, most: int) -> float:
    try:
        number = float(written)
    except ValueError:
        number = 0.0
    if not 0 < number <= most:
        raise Misconfigured(f"{name} is no number up to {most}")
    return number
