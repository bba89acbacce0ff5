"""POST /messages/v4/send: a notice by its template, or a plain text message where a sending number is set."""

from __future__ import annotations

import json
import secrets

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
from hub120_sdk.answers import good, json_body, word
from hub120_sdk.korean_sms import at_home, composed, kind
from hub120_sdk.text import length

from plugins.kakao_alimtalk import mapping
from plugins.kakao_alimtalk.signature import authorization

NOTICE_CHARACTERS = 1_000
REPLY_ID = "replyId"
"""A custom field: Solapi gives it back with every report."""


def send(context: Context, message: Outbound) -> Receipt:
    """Hand it to Solapi. Solapi recognises no repeat."""
    body = {"message": {**_message(context, message), "customFields": {REPLY_ID: message.reply_id}}}
    answer = _post(context, json.dumps(body, ensure_ascii=False).encode())
    return Receipt(Delivery.SENT, _accepted(answer), message.reply_id)


def _message(context: Context, message: Outbound) -> dict[str, object]:
    number = at_home(message.to.value) if message.to.kind is AddressKind.PHONE else ""
    if not number:
        raise NotOnChannel("notices go to Korean telephone numbers alone")
    if message.attachments:
        raise Rejected("notices carry no files: put them on a page and send its address")
    return _notice(context, message, number) if message.template else _text(context, message, number)


def _notice(context: Context, message: Outbound, number: str) -> dict[str, object]:
    """By its template. The text goes along for the SMS that replaces it, where there is a sending number."""
    if length(message.text) > NOTICE_CHARACTERS:
        raise Rejected(f"a notice has at most {NOTICE_CHARACTERS} characters")
    sender = context.settings["sender_number"]
    options = {
        "pfId": context.settings["pf_id"],
        "templateId": message.template,
        "variables": {f"#{{{name}}}": value for name, value in message.variables.items()},
        "disableSms": not sender,
    }
    found: dict[str, object] = {"to": number, "kakaoOptions": options}
    if sender:
        found["from"] = sender
    return found | ({"text": composed(message.text)} if message.text else {})


def _text(context: Context, message: Outbound, number: str) -> dict[str, object]:
    """SMS or LMS, as its length asks for."""
    sender, text = context.settings["sender_number"], composed(message.text)
    if not sender:
        raise Rejected("a notice needs a template; for plain text set HUB120_CONNECTOR_KAKAO_ALIMTALK_SENDER_NUMBER")
    if not text:
        raise Rejected("a message without words cannot be sent")
    return {"to": number, "from": sender, "text": text, "type": kind(text).upper()}


def _post(context: Context, body: bytes) -> HttpAnswer:
    key, secret = context.secrets["api_key"], context.secrets["api_secret"]
    headers = {
        "content-type": "application/json; charset=utf-8",
        "authorization": authorization(key, secret, context.now(), secrets.token_hex(16)),
    }
    url = f"{context.settings['base_url'].rstrip('/')}/messages/v4/send"
    return context.http.request("POST", url, headers=headers, body=body, timeout_s=10)


def _accepted(answer: HttpAnswer) -> str:
    """Solapi's id of the message. Raises what its code or error word means."""
    refused = mapping.refusal(word(answer, "errorCode")) if answer.status >= 400 else None
    if refused is not None and answer.status != 429:
        raise refused
    try:
        said = shapes.mapping(json_body(good(answer)), required=True)
        code, message_id = shapes.text(said, "statusCode"), shapes.text(said, "messageId")
    except Unreadable as lost:
        raise Unsure("Solapi did not say whether it took the message") from lost
    if code in {"2000", "3000", "4000"} and message_id:
        return message_id
    raise mapping.error(code) if code else Unsure("Solapi did not say whether it took the message")
