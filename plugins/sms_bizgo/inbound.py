"""Bizgo's webhooks: a message of a citizen (MO), or the report on one that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hub120_sdk import Address, AddressKind, Delivery, Inbound, Receipt, Request, Unreadable, shapes
from hub120_sdk.korean_sms import e164

from plugins.sms_bizgo import mapping


def read(request: Request) -> Inbound | Receipt:
    """The one record in the request. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    return _message(body) if shapes.text(body, "serviceType", required=True) == "MO" else _report(body)


def key(request: Request) -> str:
    """What Bizgo knows the delivery by. Raises ``Unreadable``."""
    return shapes.text(request.json(), "msgKey", required=True)


def _message(body: Mapping[str, object]) -> Inbound:
    return Inbound(
        provider_id=shapes.text(body, "msgKey", required=True),
        sender=_sender(body),
        text=shapes.text(body, "content"),
        conversation=shapes.text(body, "to"),
        occurred_at=_time(shapes.text(body, "occurredTime")),
    )


def _sender(body: Mapping[str, object]) -> Address:
    """The telephone that sent it. ``from`` is what the sender typed as number to call back, and proves nothing."""
    device = shapes.text(body, "originator")
    written = device or shapes.text(body, "from", required=True)
    number = e164(written)
    kind = AddressKind.PHONE if number else AddressKind.ACCOUNT
    return Address(kind, number or written, verified=bool(device))


def _time(written: str) -> datetime | None:
    if not written:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError as error:
        raise Unreadable("occurredTime is no time") from error
    if at.tzinfo is None:
        raise Unreadable("occurredTime has no time zone")
    return at


def _report(body: Mapping[str, object]) -> Receipt:
    code = shapes.text(body, "reportCode", required=True)
    return Receipt(
        Delivery.DELIVERED if code == mapping.DELIVERED else Delivery.FAILED,
        provider_id=shapes.text(body, "msgKey", required=True),
        reply_id=shapes.text(body, "ref"),
        reason="" if code == mapping.DELIVERED else mapping.not_delivered(code),
    )
