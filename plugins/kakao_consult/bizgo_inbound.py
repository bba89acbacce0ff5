"""Bizgo's webhooks, ``…/cstalk/<event>``: a message, a session opened or over, a number shared, a result, a reading.

Every event has a ``msgKey`` of its own by which a second delivery is known; that of a result is the message's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Delivery,
    Inbound,
    Receipt,
    Record,
    Request,
    Unauthorised,
    Unreadable,
    shapes,
)
from hub120_sdk.korean_sms import e164

from plugins.kakao_consult import mapping

Body = Mapping[str, object]
_MOST_CONTENTS = 100


def read(request: Request, sender_key: str) -> list[Record]:
    """What the event brings. Raises ``Unreadable``, or ``Unauthorised`` for another sender profile."""
    body = shapes.mapping(request.json(), required=True)
    if shapes.text(body, "senderKey", required=True) != sender_key:
        raise Unauthorised("the event is of another profile than HUB120_CONNECTOR_KAKAO_CONSULT_SENDER_KEY")
    event = urlsplit(request.url).path.rpartition("/")[2]
    reading = _READINGS.get(event)
    if reading is None:
        raise Unreadable("the address ends with no event that is known")
    return reading(body)


def _message(body: Body) -> list[Record]:
    """What the citizen wrote: words and files, in the order sent; 4,000 characters and more come as a text file too."""
    contents = [shapes.mapping(one) for one in shapes.items(body, "contents", limit=_MOST_CONTENTS)]
    words = [shapes.text(one, "comment") for one in contents] or [shapes.text(body, "content")]
    text = "\n".join(one for one in words if one)
    files = tuple(_files(body, contents))
    return [_inbound(body, text, files)] if text.strip() or files else []


def _files(body: Body, contents: list[Body]) -> Iterator[Attachment]:
    for one in contents:
        if url := shapes.text(one, "url"):
            yield Attachment(url)
    if url := shapes.text(body, "attachment", "url"):
        yield Attachment(url, "text/plain")


def _reference(body: Body) -> list[Record]:
    """The citizen opened a session with a button; what the button said is the topic."""
    extra = shapes.text(body, "reference", "extra")
    return [_inbound(body, mapping.OPENED, topic=mapping.topic(extra))]


def _personal_info(body: Body) -> list[Record]:
    """The citizen agreed to share the number of the KakaoTalk account, which Kakao has checked."""
    number = e164(shapes.text(body, "personalInfo", "phone_number"))
    name = shapes.text(body, "personalInfo", "nickname")
    return [_inbound(body, mapping.SHARED_NUMBER, number=number, name=name)] if number else []


def _nothing(_: Body) -> list[Record]:
    """A session is over (the next reply learns it from its refusal), or a document was signed."""
    return []


def _result(body: Body) -> list[Record]:
    """What became of a message. That of an end is of no reply."""
    if shapes.text(body, "requestType", required=True) != "write":
        return []
    code = shapes.text(body, "reportCode", required=True)
    taken = code in mapping.TAKEN
    receipt = Receipt(
        Delivery.DELIVERED if taken else Delivery.FAILED,
        provider_id=shapes.text(body, "msgKey", required=True),
        reply_id=shapes.text(body, "ref"),
        reason="" if taken else mapping.bizgo_failure(code),
    )
    return [receipt]


def _seen(body: Body) -> list[Record]:
    """The citizen read all that was there at that time. No message is named."""
    return [Receipt(Delivery.READ, to=_sender(body), until=_time(body))]


_READINGS: Mapping[str, Callable[[Body], list[Record]]] = {
    "message": _message,
    "reference": _reference,
    "expired_session": _nothing,
    "seen_info": _seen,
    "personal_info": _personal_info,
    "cert_result": _nothing,
    "result": _result,
}


def _inbound(
    body: Body, text: str, files: tuple[Attachment, ...] = (), *, topic: str = "", number: str = "", name: str = ""
) -> Inbound:
    at = _time(body)
    return Inbound(
        provider_id=shapes.text(body, "msgKey", required=True),
        sender=_sender(body, name),
        text=text,
        attachments=files,
        conversation=shapes.text(body, "senderKey"),
        occurred_at=at,
        reply_until=at + timedelta(days=mapping.SESSION_DAYS),
        topic=topic,
        number=number,
    )


def _sender(body: Body, name: str = "") -> Address:
    return Address(AddressKind.ACCOUNT, shapes.text(body, "userKey", required=True), name[:200], verified=True)


def _time(body: Body) -> datetime:
    """When KakaoTalk passed it on, or else when Bizgo got it."""
    written = "kakaoTime" if body.get("kakaoTime") else "sendTime"
    at = shapes.moment(body, written)
    if at is None:
        raise Unreadable("sendTime is missing")
    try:
        at + timedelta(days=mapping.SESSION_DAYS)
        at.timestamp()
    except (OverflowError, ValueError) as error:
        raise Unreadable(f"{written} is no time of ours") from error
    return at
