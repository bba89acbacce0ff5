"""Events of the board: ``post.created``, ``comment.created``, ``comment.read``, and a ``ping`` when it is set up."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Delivery,
    Inbound,
    Receipt,
    Request,
    Unauthorised,
    Unreadable,
    shapes,
)
from hub120_sdk.credentials import same

TOLERANCE = timedelta(minutes=5)


def signature(key: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over time and body, in hexadecimal."""
    return hmac.new(key.encode(), timestamp.encode("utf-8", "replace") + b"." + body, hashlib.sha256).hexdigest()


def verify(key: str, request: Request, now: datetime) -> None:
    """``X-Naru-Signature: t=<seconds>,v1=<hexadecimal>``. Raises ``Unauthorised``."""
    parts = dict(part.partition("=")[::2] for part in request.headers.get("x-naru-signature", "").split(","))
    timestamp, given = parts.get("t", ""), parts.get("v1", "")
    if not same(given, signature(key, timestamp, request.body)):
        raise Unauthorised("X-Naru-Signature is missing or wrong")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise Unauthorised("X-Naru-Signature is older than five minutes")


def read(request: Request) -> list[Inbound | Receipt]:
    """The event's one record, none for a ping. Raises ``Unreadable``."""
    event = shapes.mapping(request.json(), required=True)
    match shapes.text(event, "event", required=True):
        case "post.created":
            return [_post(shapes.mapping(event, "post", required=True))]
        case "comment.created":
            return [_comment(shapes.mapping(event, "comment", required=True))]
        case "comment.read":
            return [_read(shapes.mapping(event, "comment", required=True))]
        case "ping":
            return []
    raise Unreadable("event is none of post.created, comment.created, comment.read, ping")


def _post(post: Mapping[str, object]) -> Inbound:
    words = (shapes.text(post, "title"), shapes.text(post, "body"))
    return Inbound(
        provider_id=shapes.text(post, "id", required=True),
        sender=_author(post),
        text="\n\n".join(word for word in words if word),
        attachments=tuple(_photo(one) for one in shapes.items(post, "photos", limit=10)),
        conversation=shapes.text(post, "id"),
        occurred_at=_time(shapes.text(post, "written_at")),
    )


def _comment(comment: Mapping[str, object]) -> Inbound:
    return Inbound(
        provider_id=shapes.text(comment, "id", required=True),
        sender=_author(comment),
        text=shapes.text(comment, "body", required=True),
        conversation=shapes.text(comment, "post_id", required=True),
        occurred_at=_time(shapes.text(comment, "written_at")),
    )


def _read(comment: Mapping[str, object]) -> Receipt:
    comment_id = shapes.text(comment, "id", required=True)
    return Receipt(Delivery.READ, provider_id=comment_id, reply_id=shapes.text(comment, "key"))


def _author(entry: Mapping[str, object]) -> Address:
    author = shapes.mapping(entry, "author", required=True)
    key, nickname = shapes.text(author, "key", required=True), shapes.text(author, "nickname")
    return Address(AddressKind.ACCOUNT, key, nickname, verified=True)


def _photo(raw: object) -> Attachment:
    return Attachment(shapes.text(raw, "id", required=True), shapes.text(raw, "type"))


def _time(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written) if written else None
    except ValueError as error:
        raise Unreadable("written_at is no time") from error
    return at if at is None or at.tzinfo else at.astimezone()
