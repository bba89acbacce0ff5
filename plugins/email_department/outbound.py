"""The mail that hands a case over: what the department needs to act, and a link by which it reports."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime

from hub120_sdk import Clock, Handover, Misconfigured, NotOnChannel, Place, Rejected, Ticket, TicketState, mime
from hub120_sdk.mail import Envelope, Login, MailServer, deliver

MOST_FILES = 10
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Writer:
    """What the mails bear, and who takes them."""

    server: MailServer
    login: Login
    to: str
    sender: str
    sender_name: str
    now: Clock
    timeout_s: float

    def send(self, handover: Handover, address: str) -> Ticket:
        """Mail it. A repeat bears the same Message-ID and the same link, so a second mail does no harm."""
        if len(handover.attachments) > MOST_FILES:
            raise Rejected(f"a mail carries {MOST_FILES} files at most")
        message_id = f"hub120.{handover.handover_id}@{self.sender.rpartition('@')[2]}"
        headers = self._headers(handover, message_id)
        mail = mime.compose(headers, _text(handover, address), handover.attachments)
        try:
            deliver(self.server, self.login, Envelope(self.sender, self.to, message_id), mail, self.timeout_s)
        except NotOnChannel as error:
            raise Misconfigured(f"the department's address is not known to its mail server: {error.reason}") from error
        return Ticket(TicketState.SUBMITTED, handover_id=handover.handover_id)

    def _headers(self, handover: Handover, message_id: str) -> dict[str, str]:
        urgent = "[긴급] " if handover.urgent else ""
        return {
            "From": mime.mailbox(self.sender_name, self.sender),
            "To": self.to,
            "Subject": f"{urgent}[120 이관] {handover.title[:_LONGEST_TITLE]} ({handover.case_number})",
            "Date": format_datetime(self.now()),
            "Message-ID": f"<{message_id}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            "Importance": "high" if handover.urgent else "normal",
        }


def _text(handover: Handover, address: str) -> str:
    """The citizen stands in it only if the handover names them."""
    citizen = handover.citizen
    named = " ".join(one for one in (citizen.display_name, citizen.value) if one) if citizen else ""
    facts = [
        ("접수번호 (case)", handover.case_number),
        ("접수일시 (received)", f"{handover.requested_at:%Y-%m-%d %H:%M %z}"),
        ("업무 (topic)", handover.topic),
        ("장소 (place)", _place(handover.place)),
        ("신청인 (citizen)", named),
        *handover.fields.items(),
    ]
    lines = [f"{name}: {' '.join(value.split())}" for name, value in facts if value]
    return "\n".join(
        [
            handover.title,
            "",
            handover.text,
            "",
            *lines,
            "",
            "처리 상황은 아래 링크에서 알려 주십시오. 이 메일에는 회신하지 마십시오.",
            "Please report by this link, not by answering this mail:",
            address,
            "",
        ]
    )


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    has_point = place.latitude is not None and place.longitude is not None
    point = f"({place.latitude:.6f}, {place.longitude:.6f})" if has_point else ""
    return " ".join(one for one in (place.address, point) if one)
