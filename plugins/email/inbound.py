"""What a mail is to the hub: a citizen's message, a report on a reply, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from hub120_sdk import Address, AddressKind, Attachment, Inbound, Receipt, Unreadable

from plugins.email import authentication, automatic, quotations, reports, threads
from plugins.email.mail import File, Mail

MOST_FILES = 10
TEXT_CHARACTERS = 60_000
_ADDRESS = re.compile(r"[^@\s<>\"(),;:\\]{1,64}@[^@\s<>\"(),;:\\]{1,189}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_ANSWER = re.compile(r"\s*(re|fw|fwd|aw|답장|회신|전달)\s*(\[\d+\])?\s*[::].*", re.IGNORECASE)
_LONGEST_NAME = 200
_LONGEST_SUBJECT = 500
_YEARS = range(1990, 2100)
_WHOLE_TEXT = "전체 내용.txt"


@dataclass(frozen=True, slots=True)
class Reader:
    """What must be known to read the centre's mail."""

    address: str
    """The centre's own."""
    own_addresses: frozenset[str]
    authserv_id: str

    @property
    def domain(self) -> str:
        """Of the centre's address."""
        return self.address.rpartition("@")[2]

    def read(self, raw: bytes, size: int | None = None) -> list[Inbound | Receipt]:
        """The one record of a mail; none if no citizen wrote it. ``size`` is given where ``raw`` is but its beginning.

        Raises ``Unreadable`` if it has no sender.
        """
        mail = Mail(raw)
        if reports.is_report(mail):
            return list(reports.receipts(mail, self.domain))
        name, address = _sender(mail)
        if automatic.is_automatic(mail, address, self.own_addresses, self.domain):
            return []
        verified = authentication.is_vouched_for(mail, address, self.authserv_id)
        sender = Address(AddressKind.EMAIL, address, name[:_LONGEST_NAME], verified)
        return [self._message(mail, sender, size)]

    def _message(self, mail: Mail, sender: Address, size: int | None) -> Inbound:
        subject = mail.first("subject")[:_LONGEST_SUBJECT]
        conversation = threads.conversation(mail, self.domain)
        words, files = mail.content()
        text, attachments = _fitting(_titled(subject, quotations.told_apart(words), mail), files, size)
        return Inbound(
            provider_id=threads.message_id(mail),
            sender=sender,
            text=text,
            attachments=attachments,
            conversation=conversation,
            language=_language(mail),
            occurred_at=_time(mail),
            reply_context=_context(conversation, threads.references(mail), subject),
        )


def _context(conversation: str, references: str, subject: str) -> dict[str, str]:
    """What an answer needs to stand in the same thread."""
    named = {"conversation": conversation, "references": references, "subject": subject}
    return {name: value for name, value in named.items() if value}


def _sender(mail: Mail) -> tuple[str, str]:
    """The first in From. Reply-To is never followed: who forges a sender would get the answers."""
    for name, address in mail.senders():
        if _ADDRESS.fullmatch(address) and "\ufffd" not in address:
            return name, address.lower()
    raise Unreadable("the mail has no sender that can be answered")


def _titled(subject: str, words: str, mail: Mail) -> str:
    """The subject stands above the words, except that of an answer, which says nothing new."""
    answers = bool(_ANSWER.fullmatch(subject)) and bool(threads.ids(mail, "in-reply-to", "references"))
    return words if answers and words.strip() else f"{subject}\n\n{words}".strip()


def _fitting(text: str, files: tuple[File, ...], size: int | None) -> tuple[str, tuple[Attachment, ...]]:
    """What goes beyond the hub's bounds is said, and stays in the mailbox or comes along as a file: never lost."""
    notes = []
    if size is not None:
        notes.append(f"[이 메일은 {size // 1_048_576} MB로 너무 커서 일부만 표시됩니다. 원본은 메일함에 있습니다.]")
        files = ()
    if len(text) > TEXT_CHARACTERS:
        files = (File(text.encode(), "text/plain", _WHOLE_TEXT), *files)
        text = text[:TEXT_CHARACTERS]
        notes.append(f"[본문이 너무 길어 일부만 표시됩니다. 전체는 '{_WHOLE_TEXT}' 파일에 있습니다.]")
    if len(files) > MOST_FILES:
        notes.append(f"[첨부 파일 {len(files)}개 중 {MOST_FILES}개만 받았습니다. 나머지는 메일함에 있습니다.]")
    attachments = tuple(Attachment("", one.media_type[:100], one.filename, one.data) for one in files[:MOST_FILES])
    return "\n\n".join([text, *notes]).strip(), attachments


def _language(mail: Mail) -> str:
    stated = mail.first("content-language").partition(",")[0].strip()
    return stated if _LANGUAGE.fullmatch(stated) else ""


def _time(mail: Mail) -> datetime | None:
    try:
        said = parsedate_to_datetime(mail.first("date"))
        said = said if said.tzinfo else said.replace(tzinfo=UTC)
        return said.astimezone(UTC) if said.year in _YEARS else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
