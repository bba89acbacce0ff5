"""What a site sends: one message of a citizen, or one report on a reply, as the card in README.md lays out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub120_sdk import (
    Delivery,
    Inbound,
    Receipt,
    Received,
    Request,
    Response,
    Unreadable,
    shapes,
    sites,
)

from plugins.web import mapping


def read(request: Request) -> list[Inbound | Receipt]:
    """The one record in the body. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    return [_receipt(shapes.mapping(body, "receipt")) if "receipt" in body else _message(body)]


def _message(body: Mapping[str, object]) -> Inbound:
    attachments = tuple(sites.announced(one) for one in shapes.items(body, "attachments", limit=10))
    text = shapes.text(body, "text")
    if not text and not attachments:
        raise Unreadable("text and attachments are both empty")
    return Inbound(
        provider_id=shapes.text(body, "id", required=True),
        sender=shapes.person(body, "from"),
        text=text,
        attachments=attachments,
        conversation=shapes.text(body, "conversation"),
        language=shapes.text(body, "language"),
        occurred_at=shapes.moment(body, "occurred_at"),
    )


def _receipt(raw: Mapping[str, object]) -> Receipt:
    state = mapping.STATES.get(shapes.text(raw, "state", required=True))
    if state is None:
        raise Unreadable(f"receipt.state must be one of {', '.join(mapping.STATES)}")
    reason = shapes.text(raw, "reason") if state is Delivery.FAILED else ""
    return Receipt(state, reply_id=shapes.text(raw, "reply_id", required=True), reason=reason)


def answer(received: Sequence[Received]) -> Response:
    """What became of the message, and the replies that were parked for this citizen."""
    if not received:
        return Response.json({})
    one = received[0]
    replies = [{"id": waiting.reply_id, "text": waiting.text, "language": waiting.language} for waiting in one.waiting]
    return Response.json(
        {
            "contact_id": one.contact_id,
            "case_number": one.case_number,
            "replies": replies,
        }
    )
