"""An update: what a person says to the bot in a chat of the two. Groups and channels are no concern of a caseworker."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hub120_sdk import Address, AddressKind, Attachment, Inbound, Place, Receipt, Request, Unreadable, shapes

from plugins.telegram import mapping

_NUMBER = re.compile(r"\+?([1-9]\d{6,14})")


def read(request: Request) -> list[Inbound | Receipt]:
    """The message in the update, if it has one for us. Raises ``Unreadable``."""
    update = shapes.mapping(request.json(), required=True)
    if not isinstance(update.get("update_id"), int):
        raise Unreadable("update_id is missing: this is no update")
    if "callback_query" in update:
        return _button(shapes.mapping(update, "callback_query", required=True))
    edited = "edited_message" in update
    message = shapes.mapping(update, "edited_message" if edited else "message")
    if not _is_said_to_us(message) or _text(message) == mapping.START or (edited and "location" in message):
        return []  # a place that moves is told again and again
    return [_inbound(message, edited=edited)]


def _is_said_to_us(message: Mapping[str, object]) -> bool:
    person = shapes.mapping(message, "from")
    return shapes.text(message, "chat", "type") == "private" and not person.get("is_bot")


def _inbound(message: Mapping[str, object], *, edited: bool) -> Inbound:
    person = shapes.mapping(message, "from", required=True)
    file, place = _file(message), _place(message)
    text = _words(message)
    text = text if text or file or place else mapping.UNSUPPORTED
    when = message.get("edit_date") if edited else message.get("date")
    return Inbound(
        provider_id=_id(message) + (f":{when}" if edited else ""),
        sender=_sender(person),
        text=f"{mapping.EDITED} {text}" if edited else text,
        attachments=(file,) if file else (),
        language=shapes.text(person, "language_code"),
        occurred_at=mapping.time_of(when),
        topic=_start_parameter(message),
        place=place,
        number=_own_number(message, person),
    )


def _id(message: Mapping[str, object]) -> str:
    """Telegram's number of the message in this chat; that of an update begins anew after a quiet week."""
    return f"{_whole(message, 'chat', 'id')}:{_whole(message, 'message_id')}"


def _whole(raw: Mapping[str, object], *path: str) -> int:
    value = shapes.mapping(raw, *path[:-1]).get(path[-1])
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**63:
        raise Unreadable(f"{'.'.join(path)} must be a number")
    return value


def _sender(person: Mapping[str, object]) -> Address:
    name = " ".join(one for one in (shapes.text(person, "first_name"), shapes.text(person, "last_name")) if one)
    return Address(AddressKind.ACCOUNT, str(_whole(person, "id")), name[:200], verified=True)


def _text(message: Mapping[str, object]) -> str:
    return (shapes.text(message, "text") or shapes.text(message, "caption")).strip()


def _start_parameter(message: Mapping[str, object]) -> str:
    """What stood behind the link that began the chat (``t.me/bot?start=road``)."""
    command, _, parameter = _text(message).partition(" ")
    return parameter if command == mapping.START and len(parameter) <= 255 else ""


def _words(message: Mapping[str, object]) -> str:
    """What was written, or what stands for it."""
    if shapes.mapping(message, "sticker"):
        return f"{mapping.STICKER} {shapes.text(message, 'sticker', 'emoji')}".strip()
    if contact := shapes.mapping(message, "contact"):
        return f"{mapping.CONTACT} {shapes.text(contact, 'first_name')} {shapes.text(contact, 'phone_number')}"
    return _text(message) or shapes.text(message, "venue", "title")


def _own_number(message: Mapping[str, object], person: Mapping[str, object]) -> str:
    """The number of a shared contact, if it is the sender's own: Telegram checked it. Another's proves nothing."""
    contact = shapes.mapping(message, "contact")
    number = _NUMBER.fullmatch(shapes.text(contact, "phone_number"))
    own = number is not None and contact.get("user_id") == person.get("id")
    return f"+{number.group(1)}" if number is not None and own else ""


def _file(message: Mapping[str, object]) -> Attachment | None:
    sizes = [shapes.mapping(one, required=True) for one in shapes.items(message, "photo")]
    if sizes:
        fetchable = [one for one in sizes if _number(one, "file_size") <= mapping.MOST_BYTES]
        return Attachment(shapes.text(max(fetchable or sizes, key=_area), "file_id", required=True), "image/jpeg")
    kind = next((one for one in mapping.FILES if shapes.mapping(message, one)), "")
    if not kind:
        return None
    media_type = shapes.text(message, kind, "mime_type") or mapping.MEDIA.get(kind, "")
    return Attachment(
        shapes.text(message, kind, "file_id", required=True), media_type, shapes.text(message, kind, "file_name")[:255]
    )


def _area(size: Mapping[str, object]) -> int:
    return _number(size, "width") * _number(size, "height")


def _number(raw: Mapping[str, object], name: str) -> int:
    value = raw.get(name)
    return value if isinstance(value, int) else 0


def _place(message: Mapping[str, object]) -> Place | None:
    point = shapes.mapping(message, "venue", "location") or shapes.mapping(message, "location")
    address = shapes.text(message, "venue", "address")
    return shapes.place(point.get("latitude"), point.get("longitude"), address if len(address) <= 1_000 else "")


def _button(query: Mapping[str, object]) -> list[Inbound | Receipt]:
    """A button under a message of the bot was pressed."""
    data = shapes.text(query, "data")
    person = shapes.mapping(query, "from", required=True)
    identity = f"button:{shapes.text(query, 'id', required=True)}"
    topic = data if len(data) <= 255 else ""
    return [
        Inbound(
            identity,
            _sender(person),
            f"{mapping.BUTTON} {data}",
            language=shapes.text(person, "language_code"),
            topic=topic,
        )
    ]


def answer(greeting: str, request: Request) -> Mapping[str, object] | None:
    """A call of the Bot API that the answer to an update may carry; None if there is nothing to say."""
    update = shapes.mapping(request.json())
    button = shapes.text(update, "callback_query", "id")
    if button:
        return {"method": "answerCallbackQuery", "callback_query_id": button}
    message = shapes.mapping(update, "message")
    if greeting and _is_said_to_us(message) and _text(message).split(" ")[0] == mapping.START:
        return {"method": "sendMessage", "chat_id": _whole(message, "chat", "id"), "text": greeting}
    return None
