"""A reply as a mail: in the thread of the mail it answers, known by the reply's id, handed to the mail server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import format_datetime

from hub120_sdk import AddressKind, Clock, Delivery, NotOnChannel, Outbound, Receipt, Rejected, mime
from hub120_sdk.mail import Envelope, Login, MailServer, deliver

from plugins.email import threads

MOST_FILES = 10
_ADDRESS = re.compile(r"[^@\s<>\"(),;:\\\x00-\x1f]{1,64}@[^@\s<>\"(),;:\\\x00-\x1f]{1,189}")
_PREFIX = re.compile(r"\s*((re|답장|회신)\s*(\[\d+\])?\s*[::]\s*)+", re.IGNORECASE)
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Writer:
    """What the centre's mails bear, and who takes them."""

    server: MailServer
    login: Login
    address: str
    name: str
    subject: str
    """Of a mail that answers none."""
    now: Clock
    timeout_s: float

    def send(self, message: Outbound) -> Receipt:
        """Hand the mail over."""
        recipient = _recipient(message)
        if len(message.attachments) > MOST_FILES:
            raise Rejected(f"a mail carries {MOST_FILES} files at most")
        domain = self.address.rpartition("@")[2]
        conversation = message.conversation or message.reply_context.get("conversation", "")
        message_id = threads.own_id(message.reply_id, conversation, domain)
        mail = mime.compose(self._headers(message, recipient, message_id), message.text, message.attachments)
        deliver(self.server, self.login, Envelope(self.address, recipient, message_id), mail, self.timeout_s)
        return Receipt(Delivery.SENT, provider_id=message_id, reply_id=message.reply_id)

    def _headers(self, message: Outbound, recipient: str, message_id: str) -> dict[str, str]:
        answered = re.findall(r"<[\x21-\x3b\x3d\x3f-\x7e]+>", message.reply_context.get("references", ""))
        is_automatic = bool(message.template) or not message.reply_context
        named = {
            "From": mime.mailbox(self.name, self.address),
            "To": recipient,
            "Subject": self._subject(message),
            "Date": format_datetime(self.now()),
            "Message-ID": f"<{message_id}>",
            "In-Reply-To": answered[-1] if answered else "",
            "References": " ".join(answered),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated" if is_automatic else "",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        }
        return {name: value for name, value in named.items() if value}

    def _subject(self, message: Outbound) -> str:
        """One "Re:", however many the citizen's program put there."""
        asked = _PREFIX.sub("", " ".join(message.reply_context.get("subject", "").split()), count=1)
        named = " ".join(message.subject.split())[:_LONGEST_SUBJECT]
        return f"Re: {asked[:_LONGEST_SUBJECT]}" if asked else named or self.subject


def _recipient(message: Outbound) -> str:
    """The address as SMTP takes it. Raises ``Rejected`` or ``NotOnChannel``."""
    if message.to.kind is not AddressKind.EMAIL:
        raise Rejected("a mail needs an e-mail address")
    if not _ADDRESS.fullmatch(message.to.value):
        raise NotOnChannel("the e-mail address is none")
    local, _, domain = message.to.value.partition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Rejected("an e-mail address with letters beyond ASCII before the @ cannot be written to") from error
