"""A reply with its token, which costs nothing, is good once and for a minute; else a push with the reply's id as retry
key, which LINE takes once however often it is sent. Files by the message's id."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Delivery,
    HttpAnswer,
    Outbound,
    Receipt,
    Rejected,
    Retry,
    Unsure,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.text import length, split

from plugins.line import mapping
from plugins.line.inbound import REPLY_TOKEN, TOKEN_UNTIL

TEXT_CHARACTERS, BUBBLES = 5_000, 5
_ALREADY_TAKEN = 409


def send(context: Context, message: Outbound) -> Receipt:
    """Reply while the token lives, else push."""
    if length(message.text) > TEXT_CHARACTERS * BUBBLES:
        raise Rejected(f"the text has more than {BUBBLES} times {TEXT_CHARACTERS} characters")
    if message.attachments:
        raise Rejected("LINE takes files by a public address only: put them on a page and send its address")
    bubbles = [{"type": "text", "text": piece} for piece in split(message.text, TEXT_CHARACTERS)]
    if len(bubbles) > BUBBLES:
        raise Rejected(f"the text needs {len(bubbles)} messages and LINE takes {BUBBLES} at once")
    token = message.reply_context.get(REPLY_TOKEN, "")
    if token and context.now() < datetime.fromisoformat(message.reply_context[TOKEN_UNTIL]):
        return _reply(context, message, {"replyToken": token, "messages": bubbles})
    return _push(context, message, {"to": message.to.value, "messages": bubbles})


def _reply(context: Context, message: Outbound, body: object) -> Receipt:
    """Use the token. If no answer comes it is used again at once: LINE then says whether the first use counted."""
    try:
        answer = _post(context, "/v2/bot/message/reply", body)
    except Unsure:
        again = _asked_again(context, body)
        if mapping.token_is_spent(again):
            return Receipt(Delivery.SENT, reply_id=message.reply_id, context_used=True)
        answer = again
    if mapping.token_is_spent(answer):
        raise Rejected("LINE says that the reply token was used: look whether the citizen has the reply already")
    return _receipt(message, _checked(answer), context_used=True)


def _asked_again(context: Context, body: object) -> HttpAnswer:
    try:
        return _post(context, "/v2/bot/message/reply", body)
    except Retry as lost:
        raise Rejected("LINE did not answer twice: look whether the citizen has the reply already") from lost


def _push(context: Context, message: Outbound, body: object) -> Receipt:
    answer = _post(context, "/v2/bot/message/push", body, {"x-line-retry-key": _retry_key(message.reply_id)})
    return _receipt(message, answer if answer.status == _ALREADY_TAKEN else _checked(answer))


def _retry_key(reply_id: str) -> str:
    """LINE wants a UUID; the hub's ids are."""
    try:
        return str(UUID(reply_id))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, reply_id))


def _post(context: Context, path: str, body: object, more: dict[str, str] | None = None) -> HttpAnswer:
    headers = {"content-type": "application/json", **_authorisation(context), **(more or {})}
    url = context.settings["api_url"].rstrip("/") + path
    return context.http.request("POST", url, headers=headers, body=json.dumps(body, ensure_ascii=False).encode())


def _authorisation(context: Context) -> dict[str, str]:
    return {"authorization": f"Bearer {context.secrets['access_token']}"}


def _checked(answer: HttpAnswer) -> HttpAnswer:
    error = mapping.error(answer)
    if error is not None:
        raise error
    return good(answer)


def _receipt(message: Outbound, answer: HttpAnswer, *, context_used: bool = False) -> Receipt:
    said = json_body(answer)
    sent = said.get("sentMessages") if isinstance(said, dict) else None
    first = sent[0].get("id") if isinstance(sent, list) and sent and isinstance(sent[0], dict) else None
    provider_id = first if isinstance(first, str) else ""
    return Receipt(Delivery.SENT, provider_id, message.reply_id, context_used=context_used)


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET a file. LINE answers 202 while it still prepares a video."""
    reference = attachment.reference
    if "://" in reference:
        answer = context.http.request("GET", reference, timeout_s=15)
    elif not reference.isalnum():
        raise Rejected("the file's id is none of LINE's")
    else:
        url = f"{context.settings['data_url'].rstrip('/')}/v2/bot/message/{quote(reference)}/content"
        answer = _checked(context.http.request("GET", url, headers=_authorisation(context), timeout_s=30))
    if answer.status == 202:
        raise Retry("LINE still prepares the video", 5.0)
    media_type = good(answer).headers.get("content-type", "").partition(";")[0]
    return Content(answer.body, media_type or attachment.media_type, attachment.filename)
