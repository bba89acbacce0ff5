"""HappyTalk's webhooks, version 3 and the older one: KakaoTalk's own form, passed on as it is.

A message has ``contents`` (before version 3: ``content``), a session that was opened ``reference``. Everything else,
such as a session's end, brings nothing; HappyTalk sends no results.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from hub120_sdk import Address, AddressKind, Attachment, Inbound, Record, Request, Unauthorised, Unreadable, shapes

from plugins.kakao_consult import mapping

Body = Mapping[str, object]
_MOST_CONTENTS = 100
_TYPES = {"photo": "image/*", "video": "video/*", "audio": "audio/*"}
_TEXT = {"", "text"}
_URLS = ("https://", "http://")


def read(request: Request, sender_key: str) -> list[Record]:
    """What the webhook brings. Raises ``Unreadable``, or ``Unauthorised`` for another sender profile."""
    body = shapes.mapping(request.json(), required=True)
    if shapes.text(body, "sender_key", required=True) != sender_key:
        raise Unauthorised("the event is of another profile than HUB120_CONNECTOR_KAKAO_CONSULT_SENDER_KEY")
    if "contents" in body or "content" in body:
        return _message(body)
    return _reference(body) if "reference" in body else []


def _message(body: Body) -> list[Record]:
    """What the citizen wrote, or the files sent."""
    is_text = shapes.text(body, "type") in _TEXT
    words, files = [], []
    for word, url in _contents(body):
        words.append(word if is_text or not _is_url(word) else "")
        files.append(url or ("" if is_text else word))
    text = "\n".join(one for one in words if one)
    media_type = _TYPES.get(shapes.text(body, "type"), "")
    attachments = [Attachment(url, media_type) for url in files if _is_url(url)] + list(_whole_text(body))
    if not text.strip() and not attachments:
        return []
    named = _number(body, "serial_number") or _digest("message", body, text, *files)
    return [_inbound(body, named, text, tuple(attachments))]


def _contents(body: Body) -> Iterator[tuple[str, str]]:
    """Words and addresses: version 3 has a list of both, either plain or as objects, the older one a single of them."""
    listed = shapes.items(body, "contents", limit=_MOST_CONTENTS) or [body.get("content")]
    for one in listed:
        if isinstance(one, Mapping):
            yield shapes.text(one, "comment"), shapes.text(one, "url")
        elif isinstance(one, str):
            yield one, ""
        elif one is not None:
            raise Unreadable("contents must be texts or objects")


def _whole_text(body: Body) -> Iterator[Attachment]:
    """A very long text comes as a file too."""
    given = body.get("attachment")
    url = given if isinstance(given, str) else shapes.text(given, "url")
    if _is_url(url):
        yield Attachment(url, "text/plain")


def _is_url(word: str) -> bool:
    return word.startswith(_URLS)


def _reference(body: Body) -> list[Record]:
    """The citizen opened a session with a button; what the button said is the topic."""
    extra = shapes.text(body, "reference", "extra")
    named = _digest("reference", body, extra)
    return [_inbound(body, named, mapping.OPENED, topic=mapping.topic(extra))]


def _inbound(
    body: Body, provider_id: str, text: str, attachments: tuple[Attachment, ...] = (), *, topic: str = ""
) -> Inbound:
    at = _time(body)
    return Inbound(
        provider_id=provider_id,
        sender=Address(AddressKind.ACCOUNT, shapes.text(body, "user_key", required=True), verified=True),
        text=text,
        attachments=attachments,
        conversation=shapes.text(body, "sender_key"),
        occurred_at=at,
        reply_until=at + timedelta(days=mapping.SESSION_DAYS) if at else None,
        topic=topic,
    )


def _time(body: Body) -> datetime | None:
    """Milliseconds, as a number or as text."""
    written = _number(body, "time")
    try:
        at = datetime.fromtimestamp(int(written) / 1000, UTC) if written else None
        return at if at is None or at + timedelta(days=mapping.SESSION_DAYS) else None
    except (OverflowError, ValueError, OSError) as error:
        raise Unreadable("time is no time of ours") from error


def _number(body: Body, name: str) -> str:
    """Digits, however they are written; empty where there are none. Serial numbers are too long for a float."""
    value = body.get(name)
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if written is None or written == "":
        return ""
    if not isinstance(written, str) or not (written.isascii() and written.isdigit() and len(written) <= 40):
        raise Unreadable(f"{name} must be a number")
    return written


def _digest(kind: str, body: Body, *told: str) -> str:
    """What stands for the serial number that an event does not have: the same event gives the same."""
    keys = [shapes.text(body, "user_key"), shapes.text(body, "session_id"), _number(body, "time")]
    parts = "\x00".join([kind, *keys, *told])
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:_DIGEST_CHARACTERS]


_DIGEST_CHARACTERS = 40
