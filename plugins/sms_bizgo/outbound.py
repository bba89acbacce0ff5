"""Bizgo's message API: SMS or LMS to Korean numbers, international messages to others."""

from __future__ import annotations

import json

from hub120_sdk import (
    AddressKind,
    Context,
    Delivery,
    HttpAnswer,
    NotOnChannel,
    Outbound,
    Receipt,
    Rejected,
    Unreadable,
    Unsure,
    shapes,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.korean_sms import TEXT_CHARACTERS, Kind, at_home, composed, kind
from hub120_sdk.text import length

from plugins.sms_bizgo import mapping

PATH = "/api/comm/v1/send/omni"
KEY_LIFE_S = 86_400
"""How long Bizgo remembers an idempotency key; the longest it takes."""


def send(context: Context, message: Outbound) -> Receipt:
    """Send a message. ``reply_id`` is the idempotency key, and comes back with the report as ``ref``."""
    if message.attachments:
        raise Rejected("files are not sent: put them on a page and send its address")
    body = {
        "destinations": [{"to": _number(message)}],
        "messageFlow": [_flow(context, message)],
        "ref": message.reply_id,
        "idempotencyKey": message.reply_id,
        "idempotencyTtl": KEY_LIFE_S,
    }
    answer = context.http.request(
        "POST",
        context.settings["base_url"].rstrip("/") + PATH,
        headers={"content-type": "application/json", "authorization": context.secrets["api_key"]},
        body=json.dumps(body, ensure_ascii=False).encode(),
        timeout_s=15,
    )
    return Receipt(Delivery.SENT, _accepted(answer), message.reply_id)


def _number(message: Outbound) -> str:
    """As people in Korea write it; abroad E.164 without the plus."""
    if message.to.kind is not AddressKind.PHONE:
        raise NotOnChannel("the citizen's address is no telephone number that can be written to")
    return at_home(message.to.value) or message.to.value.removeprefix("+")


def _flow(context: Context, message: Outbound) -> dict[str, dict[str, str]]:
    """What the text travels as; nothing that does not fit leaves."""
    sender = context.settings["from_number"]
    if not at_home(message.to.value):
        if length(message.text) > TEXT_CHARACTERS:
            raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
        return {"international": {"from": sender, "text": message.text}}
    text = composed(message.text)
    if kind(text) is Kind.SMS:
        return {"sms": {"from": sender, "text": text}}
    return {"mms": {"from": sender, "title": context.settings["title"], "text": text}}


def _accepted(answer: HttpAnswer) -> str:
    """The key of the message, if it was taken now or by an earlier attempt."""
    if answer.status == 429 or answer.status >= 500:
        good(answer)
    gateway, service, recipient, message_key = _said(answer)
    if gateway not in {"", mapping.ACCEPTED} or answer.status in {401, 403, 404}:
        raise mapping.gateway_error(gateway or str(answer.status))
    code = service if service not in {"", mapping.ACCEPTED} else recipient
    if code not in {"", mapping.ACCEPTED, mapping.REPEATED}:
        raise mapping.error(code)
    if not code:
        raise Unsure(f"Bizgo answered {good(answer).status} and did not say whether it took the message")
    return message_key


def _said(answer: HttpAnswer) -> tuple[str, str, str, str]:
    """The codes of gateway, service and recipient, and the message's key; each empty if it was not said."""
    said = json_body(answer)
    try:
        [listed] = shapes.items(said, "data", "data", "destinations") or [None]
        codes = shapes.text(said, "common", "authCode"), shapes.text(said, "data", "code"), shapes.text(listed, "code")
        return *codes, shapes.text(listed, "msgKey")
    except (Unreadable, ValueError):
        return "", "", "", ""
