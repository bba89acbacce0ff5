"""Replies in text to the page, signed; ``webhook-id`` is the reply's id over every attempt."""

from __future__ import annotations

import json

from hub120_sdk import (
    Context,
    Delivery,
    HttpAnswer,
    Misconfigured,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
    standardwebhooks,
)
from hub120_sdk.answers import good, word


def send(context: Context, message: Outbound) -> Receipt:
    """POST the reply. The page may know it already by its id and say 2xx again."""
    if message.attachments:
        raise Rejected("the page shows text alone: files cannot be sent on this channel")
    body = json.dumps(_body(message), ensure_ascii=False).encode()
    signed = standardwebhooks.sign(context.secrets["signing_secret"], message.reply_id, context.now(), body)
    headers = {"content-type": "application/json", **signed}
    answer = _checked(context.http.request("POST", context.settings["reply_url"], headers=headers, body=body))
    return Receipt(Delivery.SENT, provider_id=word(answer, "id"), reply_id=message.reply_id)


def _body(message: Outbound) -> dict[str, object]:
    return {
        "id": message.reply_id,
        "call_id": message.conversation or message.reply_context.get("call_id", ""),
        "to": {"kind": message.to.kind, "value": message.to.value},
        "text": message.text,
        "language": message.language,
    }


def _checked(answer: HttpAnswer) -> HttpAnswer:
    if answer.status == 410:
        raise OptedOut("the page says that the citizen wants no more messages (410)")
    if answer.status in {401, 403, 404} or 300 <= answer.status < 400:
        raise Misconfigured(f"reply_url answered {answer.status}: check its address and signing_secret")
    return good(answer)
