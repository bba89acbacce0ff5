"""Meta's webhooks: a batch of entries, each a batch of messages, buttons pressed, and reports on what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from hub120_sdk import Address, AddressKind, Attachment, Context, Delivery, Inbound, Place, Receipt, Request, shapes

from plugins.messenger import mapping

PLATFORM, LAST_HEARD = "platform", "last_heard"
"""In ``reply_context``: where the citizen wrote, and when."""
_MOST_EVENTS = 1_000


def read(context: Context, request: Request) -> list[Inbound | Receipt]:
    """Everything in the batch that concerns the hub. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    platform = shapes.text(body, "object", required=True)
    if platform not in {mapping.PAGE, mapping.INSTAGRAM}:
        return []
    lists = ("messaging", "standby") if context.settings["standby"] == "yes" else ("messaging",)
    return [
        record
        for entry in shapes.items(body, "entry", limit=_MOST_EVENTS)
        for name in lists
        for event in shapes.items(entry, name, limit=_MOST_EVENTS)
        for record in _records(context, platform, shapes.mapping(event, required=True))
    ]


def _records(context: Context, platform: str, event: Mapping[str, object]) -> Iterator[Inbound | Receipt]:
    """What one event says; there are many kinds, and those that are not named here say nothing to a caseworker."""
    if "message" in event:
        message = shapes.mapping(event, "message")
        if not (message.get("is_echo") or message.get("is_deleted") or message.get("is_self")):
            yield _message(context, platform, event, message)
    elif "message_edit" in event:
        yield _edit(context, platform, event)
    elif "postback" in event:
        yield from _postback(context, platform, event)
    elif "delivery" in event or "read" in event:
        yield from _receipts(event)


def _message(context: Context, platform: str, event: Mapping[str, object], message: Mapping[str, object]) -> Inbound:
    attached = [shapes.mapping(one, required=True) for one in shapes.items(message, "attachments")]
    files = tuple(file for one in attached if (file := _file(one)) is not None)
    place = next((found for one in attached if (found := _place(one)) is not None), None)
    words = [shapes.text(message, "text"), *(_words(one) for one in attached)]
    text = "\n".join(dict.fromkeys(word for word in words if word))
    mid = shapes.text(message, "mid", required=True)
    if not (text or files or place):
        text = mapping.UNSUPPORTED
    topic = shapes.text(message, "quick_reply", "payload")
    return _inbound(context, platform, event, mid, text, topic=topic, attachments=files, place=place)


def _edit(context: Context, platform: str, event: Mapping[str, object]) -> Inbound:
    """The citizen changed a message: what it says now, as a message of its own."""
    edit = shapes.mapping(event, "message_edit")
    mid = f"{shapes.text(edit, 'mid', required=True)}:{edit.get('num_edit')}"
    return _inbound(context, platform, event, mid, f"{mapping.EDITED} {shapes.text(edit, 'text')}")


def _postback(context: Context, platform: str, event: Mapping[str, object]) -> Iterator[Inbound]:
    """A button was pressed. Older versions give it no id: then the press is known by who, when and what."""
    postback = shapes.mapping(event, "postback")
    payload = shapes.text(postback, "payload")
    if payload in context.settings["quiet_payloads"].split():
        return
    pressed = "\0".join((shapes.text(event, "sender", "id"), str(event.get("timestamp")), payload))
    mid = shapes.text(postback, "mid") or hashlib.sha256(pressed.encode("utf-8", "replace")).hexdigest()
    text = shapes.text(postback, "title") or payload or mapping.UNSUPPORTED
    yield _inbound(context, platform, event, mid, text, topic=payload)


def _inbound(
    context: Context,
    platform: str,
    event: Mapping[str, object],
    mid: str,
    text: str,
    *,
    topic: str = "",
    attachments: tuple[Attachment, ...] = (),
    place: Place | None = None,
) -> Inbound:
    occurred_at = mapping.time_of(event.get("timestamp"))
    heard = occurred_at or context.now()
    is_longer = context.settings["human_agent"] == "yes"
    window = mapping.HUMAN_AGENT_WINDOW if is_longer else mapping.STANDARD_WINDOW
    return Inbound(
        provider_id=mapping.id_of(mid),
        sender=_address(event),
        text=text,
        attachments=attachments,
        conversation=mapping.id_of(shapes.text(event, "recipient", "id")),
        occurred_at=occurred_at,
        reply_context={PLATFORM: platform, LAST_HEARD: heard.isoformat()},
        reply_until=heard + window,
        topic=topic if len(topic) <= 255 else "",
        place=place,
    )


def _address(event: Mapping[str, object]) -> Address:
    """The user as this page or account knows them; Meta tells no name."""
    return Address(AddressKind.ACCOUNT, shapes.text(event, "sender", "id", required=True), verified=True)


def _file(attached: Mapping[str, object]) -> Attachment | None:
    kind, url = shapes.text(attached, "type"), shapes.text(attached, "payload", "url")
    if not url or kind not in {*mapping.MEDIA, *mapping.STORIES}:
        return None
    return Attachment(url, mapping.MEDIA.get(kind, ""), shapes.text(attached, "name"))


def _words(attached: Mapping[str, object]) -> str:
    """What an attachment says in words: what is shown of a story, or a shared link with its title."""
    kind, url = shapes.text(attached, "type"), shapes.text(attached, "payload", "url")
    if kind in mapping.STORIES:
        return mapping.STORIES[kind]
    if kind in mapping.MEDIA or kind == "location":
        return ""
    title = shapes.text(attached, "title") or shapes.text(attached, "payload", "title")
    return " ".join(word for word in (title, shapes.text(attached, "url") or url) if word)


def _place(attached: Mapping[str, object]) -> Place | None:
    if shapes.text(attached, "type") != "location":
        return None
    point = shapes.mapping(attached, "payload", "coordinates")
    return shapes.place(point.get("lat"), point.get("long"))


def _receipts(event: Mapping[str, object]) -> Iterator[Receipt]:
    """Messages by their ids where Meta names them, else everything up to a moment."""
    kind, state = ("read", Delivery.READ) if "read" in event else ("delivery", Delivery.DELIVERED)
    report = shapes.mapping(event, kind)
    named = [shapes.text({"mid": mid}, "mid", required=True) for mid in shapes.items(report, "mids", limit=1_000)]
    named += [shapes.text(report, "mid")] if report.get("mid") else []
    for mid in named:
        yield Receipt(state, mapping.id_of(mid))
    until: datetime | None = mapping.time_of(report.get("watermark"))
    if not named and until is not None:
        yield Receipt(state, to=_address(event), until=until)
