"""Twilio's webhooks: an incoming message, or the status of one that was sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from hub120_sdk import Address, AddressKind, Attachment, Inbound, Receipt, Request, Unreadable, shapes

from plugins.sms_twilio import mapping

REPLY_PARAMETER = "reply"
RECEIPTS_PATH = "/receipts"
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_MOST_MEDIA = 10


def read(request: Request) -> list[Inbound | Receipt]:
    """The one record in the request. Raises ``Unreadable``."""
    url = urlsplit(request.url)
    fields = _fields(request, "bodySHA256" in parse_qs(url.query))
    if url.path.endswith(RECEIPTS_PATH) or ("MessageStatus" in fields and "Body" not in fields):
        return [_receipt(fields, parse_qs(url.query).get(REPLY_PARAMETER, [""])[0])]
    return [_message(fields)]


def _fields(request: Request, is_json: bool) -> Mapping[str, object]:
    return shapes.mapping(request.json(), required=True) if is_json else dict(request.form())


def _message(fields: Mapping[str, object]) -> Inbound:
    return Inbound(
        provider_id=shapes.text(fields, "MessageSid") or shapes.text(fields, "SmsSid", required=True),
        sender=_sender(fields),
        text=shapes.text(fields, "Body"),
        attachments=_media(fields),
        conversation=shapes.text(fields, "To"),
    )


def _sender(fields: Mapping[str, object]) -> Address:
    """A number in E.164, or what else Twilio writes there: a short code, a name, ``whatsapp:+82…``."""
    sender = shapes.text(fields, "From", required=True)
    kind = AddressKind.PHONE if _E164.fullmatch(sender) else AddressKind.ACCOUNT
    return Address(kind, sender, shapes.text(fields, "ProfileName"), verified=True)


def _media(fields: Mapping[str, object]) -> tuple[Attachment, ...]:
    stated = shapes.text(fields, "NumMedia") or "0"
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 2 and int(stated) <= _MOST_MEDIA):
        raise Unreadable(f"NumMedia is no number up to {_MOST_MEDIA}")
    return tuple(
        Attachment(shapes.text(fields, f"MediaUrl{n}", required=True), shapes.text(fields, f"MediaContentType{n}"))
        for n in range(int(stated))
    )


def _receipt(fields: Mapping[str, object], reply_id: str) -> Receipt:
    """Statuses come in any order; the hub never moves a reply backwards."""
    status = shapes.text(fields, "MessageStatus") or shapes.text(fields, "SmsStatus", required=True)
    state = mapping.STATES.get(status)
    if state is None:
        raise Unreadable("MessageStatus is none that is known")
    code = shapes.text(fields, "ErrorCode")
    reason = (
        f"{mapping.REASONS.get(code, 'the provider gave up')} ({code})" if code.isascii() and code.isdigit() else ""
    )
    sid = shapes.text(fields, "MessageSid") or shapes.text(fields, "SmsSid", required=True)
    return Receipt(state, provider_id=sid, reply_id=reply_id, reason=reason)
