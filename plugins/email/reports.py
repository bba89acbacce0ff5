"""Reports of mail servers (RFC 3464) and mail programs (RFC 8098) on a mail of ours, as receipts.

The reply is known by the id that was given to the server with the mail, or by our Message-ID in what came back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from hub120_sdk import Delivery, Receipt

from plugins.email import mapping, threads
from plugins.email.mail import Mail

_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})")
_ID = re.compile(r"<(hub120\.[^<>\s]{1,300})>")
_KINDS = {"delivery-status": "message/delivery-status", "disposition-notification": "message/disposition-notification"}


def is_report(mail: Mail) -> bool:
    """Whether a mail is a report on another."""
    return mail.media_type == "multipart/report" and mail.parameter("report-type") in _KINDS


def receipts(mail: Mail, domain: str) -> list[Receipt]:
    """What became of the reply it is about; empty if it is none of ours, or says nothing we keep."""
    kind = _KINDS[mail.parameter("report-type")]
    fields = [block for part in mail.parts() if part.get_content_type() == kind for block in _blocks(part)]
    named = [found for one in _original_ids(mail, fields) if (found := threads.own(one, domain)) is not None]
    told = [receipt for block in fields for receipt in _read(block)]
    if not (named and told):
        return []
    worst = next((one for one in told if one[0] is Delivery.FAILED), told[0])
    return [Receipt(worst[0], reply_id=named[0].reply_id, reason=worst[1])]


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields; the standard library reads those of one kind as messages, of the other as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (one for one in payload if isinstance(one, Message))
        return
    data = part.get_payload(decode=True)
    if isinstance(data, bytes):
        yield from (Mail(group.lstrip() + b"\n\n").message for group in re.split(rb"\r?\n\r?\n", data) if group.strip())


def _read(block: Message) -> Iterator[tuple[Delivery, str]]:
    action = mapping.ACTIONS.get(str(block.get("action", "")).partition(";")[0].strip().lower())
    if action is not None:
        status = _STATUS.match(str(block.get("status", "")))
        code = status[1] if status else ""
        yield action, mapping.failure(code) if action is Delivery.FAILED else ""
    disposition = str(block.get("disposition", "")).partition(";")[2].partition("/")[0].strip().lower()
    if disposition in mapping.DISPOSITIONS:
        yield mapping.DISPOSITIONS[disposition], ""


def _original_ids(mail: Mail, fields: list[Message]) -> Iterator[str]:
    """Where our Message-ID may be, from the surest place to the last resort: anywhere in what came back."""
    for block in fields:
        yield from _ID.findall(str(block.get("original-message-id", "")))
        yield str(block.get("original-envelope-id", "")).strip()
    for part in mail.parts()[1:]:
        for one in part.walk():
            yield from _ID.findall(str(one.get("message-id", "")))
            if one.get_content_type() == "text/rfc822-headers":
                data = one.get_payload(decode=True)
                yield from _ID.findall(data.decode("ascii", "replace") if isinstance(data, bytes) else "")
    yield from threads.ids(mail, "in-reply-to", "references")
