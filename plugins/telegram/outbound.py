"""The Bot API: one message for the text, one for each file; files in two steps, where is it, and the bytes."""

from __future__ import annotations

import json
from urllib.parse import quote

from hub120_sdk import (
    Attachment,
    ConnectorError,
    Content,
    Context,
    Delivery,
    HttpAnswer,
    Misconfigured,
    Outbound,
    Receipt,
    Rejected,
    Unsure,
    multipart,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.text import length

from plugins.telegram import mapping

TEXT_CHARACTERS = 4_096
_PHOTOS = {"image/jpeg", "image/png", "image/webp"}
_MOST_PHOTO_BYTES, _MOST_FILE_BYTES = 10_000_000, 50_000_000


def send(context: Context, message: Outbound) -> Receipt:
    """Send each part in its order. If one fails after another has left, an agent is told: nothing is sent twice."""
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
    if any(len(one.data) > _MOST_FILE_BYTES for one in message.attachments):
        raise Rejected("Telegram takes files up to 50 MB")
    parts = [_words(message)] if message.text else []
    parts += [_file(message, one) for one in message.attachments]
    provider_id = ""
    for left, (method, content_type, body) in enumerate(parts):
        try:
            provider_id = _message_id(message, _call(context, method, content_type, body))
        except ConnectorError as error:
            if left:
                raise Unsure(f"{left} of {len(parts)} parts of the reply left, then: {error.reason}") from error
            raise
    return Receipt(Delivery.SENT, provider_id=provider_id, reply_id=message.reply_id)


def _words(message: Outbound) -> tuple[str, str, bytes]:
    said = {"chat_id": message.to.value, "text": message.text}
    return "sendMessage", "application/json", json.dumps(said, ensure_ascii=False).encode()


def _file(message: Outbound, file: Content) -> tuple[str, str, bytes]:
    is_photo = file.media_type in _PHOTOS and len(file.data) <= _MOST_PHOTO_BYTES
    method, field = ("sendPhoto", "photo") if is_photo else ("sendDocument", "document")
    return method, *multipart.write({"chat_id": message.to.value}, [(field, file)])


def _message_id(message: Outbound, answer: HttpAnswer) -> str:
    said = json_body(answer)
    result = said.get("result") if isinstance(said, dict) else None
    number = result.get("message_id") if isinstance(result, dict) else None
    return f"{message.to.value}:{number}" if isinstance(number, int) else ""


def _call(context: Context, method: str, content_type: str, body: bytes) -> HttpAnswer:
    url = f"{_base(context)}/bot{context.secrets['bot_token']}/{method}"
    answer = context.http.request("POST", url, headers={"content-type": content_type}, body=body, timeout_s=20)
    error = mapping.error(answer) if answer.status >= 300 else None
    if error is not None:
        raise error
    return good(answer)


def _base(context: Context) -> str:
    return context.settings["api_url"].rstrip("/")


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET a file of at most 20 MB; its address holds the bot's token and for an hour at least."""
    asked = json.dumps({"file_id": attachment.reference}).encode()
    try:
        said = json_body(_call(context, "getFile", "application/json", asked))
    except Misconfigured as error:
        raise Rejected(f"Telegram does not give the file: {error.reason}") from error
    result = said.get("result") if isinstance(said, dict) else None
    path = result.get("file_path") if isinstance(result, dict) else None
    if not isinstance(path, str) or path.startswith("/") or ".." in path.split("/"):
        raise Rejected("Telegram does not say where the file is")
    url = f"{_base(context)}/file/bot{context.secrets['bot_token']}/{quote(path)}"
    answer = good(context.http.request("GET", url, timeout_s=20))
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    known = "" if media_type == "application/octet-stream" else media_type
    return Content(answer.body, known or attachment.media_type, attachment.filename)
