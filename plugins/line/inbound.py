"""LINE's webhooks: what one person says to the account. Groups, follows and beacons are no concern of a caseworker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from hub120_sdk import Address, AddressKind, Attachment, Context, Inbound, Place, Receipt, Request, shapes

from plugins.line import mapping

REPLY_TOKEN, TOKEN_UNTIL = "reply_token", "token_until"
"""In ``reply_context``: good for one reply until then."""
_MOST_EVENTS = 1_000


def read(context: Context, request: Request) -> list[Inbound | Receipt]:
    """Every message in the batch. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    account = shapes.text(body, "destination")
    events = [shapes.mapping(one, required=True) for one in shapes.items(body, "events", limit=_MOST_EVENTS)]
    return [_inbound(context, account, event) for event in events if _is_said_to_us(event)]


def _is_said_to_us(event: Mapping[str, object]) -> bool:
    """A message or a button, by one person alone, while no other module of the account has the conversation."""
    known = shapes.text(event, "type") in {"message", "postback"}
    return known and shapes.text(event, "source", "type") == "user" and shapes.text(event, "mode") != "standby"


def _inbound(context: Context, account: str, event: Mapping[str, object]) -> Inbound:
    message = shapes.mapping(event, "message")
    place = _place(message)
    file = _file(message)
    text = _text(event, message)
    topic = shapes.text(event, "postback", "data")
    return Inbound(
        provider_id=shapes.text(event, "webhookEventId", required=True),
        sender=Address(AddressKind.ACCOUNT, shapes.text(event, "source", "userId", required=True), verified=True),
        text=text if text or place or file else mapping.UNSUPPORTED,
        attachments=(file,) if file else (),
        conversation=account,
        occurred_at=mapping.time_of(event.get("timestamp")),
        reply_context=_reply_context(context, event),
        topic=topic if len(topic) <= 255 else "",
        place=place,
    )


def _text(event: Mapping[str, object], message: Mapping[str, object]) -> str:
    kind = shapes.text(message, "type")
    if kind == "sticker":
        meant = shapes.text(message, "text") or ", ".join(_keywords(message))
        return f"{mapping.STICKER} {meant}".rstrip()
    if kind == "location":
        return shapes.text(message, "title")
    if shapes.text(event, "type") == "postback":
        return f"{mapping.BUTTON} {shapes.text(event, 'postback', 'data')}"
    return shapes.text(message, "text")


def _keywords(message: Mapping[str, object]) -> list[str]:
    return [word for word in shapes.items(message, "keywords") if isinstance(word, str)]


def _file(message: Mapping[str, object]) -> Attachment | None:
    """By the message's id, or by the address where the sender's own server keeps it."""
    kind = shapes.text(message, "type")
    if kind not in mapping.MEDIA:
        return None
    elsewhere = shapes.text(message, "contentProvider", "originalContentUrl")
    reference = elsewhere or shapes.text(message, "id", required=True)
    return Attachment(reference, mapping.MEDIA[kind], shapes.text(message, "fileName"))


def _place(message: Mapping[str, object]) -> Place | None:
    if shapes.text(message, "type") != "location":
        return None
    address = shapes.text(message, "address")
    return shapes.place(message.get("latitude"), message.get("longitude"), address if len(address) <= 1_000 else "")


def _reply_context(context: Context, event: Mapping[str, object]) -> dict[str, str]:
    """The token and its end, counted from the event: one that comes again late brings a token that is dead."""
    token = shapes.text(event, "replyToken")
    happened = mapping.time_of(event.get("timestamp"))
    if not token or len(token) > 1_000:
        return {}
    since: datetime = min(happened or context.now(), context.now())
    return {REPLY_TOKEN: token, TOKEN_UNTIL: (since + mapping.TOKEN_LIFE).astimezone(UTC).isoformat()}
