"""HappyTalk's form (MBI), version 3: reading its webhooks is in ``happytalk_inbound``; this is its API."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import ClassVar

from hub120_sdk import (
    Content,
    Context,
    HttpAnswer,
    Misconfigured,
    Record,
    Request,
    Retry,
    Unreadable,
    Unsure,
    multipart,
    shapes,
)
from hub120_sdk.answers import good, json_body

from plugins.kakao_consult import happytalk_inbound, mapping
from plugins.kakao_consult.dealer import Bubble, FileKind, Upload

BASE_URL = "https://kakao-api.happytalk.io"
_SERIAL_CHARACTERS = 30
_GOOD = {"0", "0000", "200"}


class HappyTalk:
    """The Dealer."""

    TAKEN: ClassVar[Mapping[str, object]] = {"code": 0}
    UPLOADS: ClassVar[str] = "/kakaoWebhook/v3/bzc"

    def __init__(self, context: Context) -> None:
        if not context.settings["client_id"]:
            raise Misconfigured("HappyTalk needs HUB120_CONNECTOR_KAKAO_CONSULT_CLIENT_ID")
        self._context = context
        self.sender_key = context.settings["sender_key"]
        self.end_event = context.settings["end_event"]
        self._base = (context.settings["base_url"] or BASE_URL).rstrip("/")

    def read(self, request: Request) -> list[Record]:
        """A message, or a session that was opened."""
        return happytalk_inbound.read(request, self.sender_key)

    def upload(self, file: Content, kind: FileKind) -> Upload:
        """POST the file as a form."""
        is_image = kind is FileKind.IMAGE
        fields = {"sender_key": self.sender_key, **({} if is_image else {"file_type": kind.value})}
        field = "image" if is_image else "file"
        content_type, body = multipart.write(fields, [(field, file)])
        said = _taken(self._post(f"{self.UPLOADS}/{field}/upload", content_type, body))
        try:
            url = shapes.text(said, field, required=True)
            name = shapes.text(said, "name") or file.filename or kind.value
        except Unreadable as error:
            raise Retry("HappyTalk did not say where it put the file") from error
        return Upload(kind, url, name, len(file.data))

    def write(self, bubble: Bubble) -> str:
        """A plain message. HappyTalk gives it no id; it is known by the serial number that we chose."""
        body = self.identity(bubble)
        if bubble.file is None:
            body |= {"chat_bubble_type": "TEXT", "message": bubble.text}
        else:
            body |= {"chat_bubble_type": bubble.file.kind.name, "attachment": _attachment(bubble.file)}
        self.post_json("/kakaoWebhook/v3/bzc/chat/send/plain", body)
        return serial_number(bubble)

    def end(self, user_key: str) -> None:
        """End the session. The one documented call is also that which hands over to a bot, where there is an event."""
        event = {"bot_event": self.end_event} if self.end_event else {}
        body = {"user_key": user_key, "sender_key": self.sender_key, **event}
        self.post_json("/kakaoWebhook/v3/bzc/chat/endWithBot", body, or_over=True)

    def identity(self, bubble: Bubble) -> dict[str, object]:
        """To whom, from whom, and which message it is."""
        return {"user_key": bubble.user_key, "sender_key": self.sender_key, "serial_number": serial_number(bubble)}

    def post_json(self, path: str, body: Mapping[str, object], *, or_over: bool = False) -> None:
        """Have HappyTalk take it. Raises as ``Channel.send``."""
        _taken(self._post(path, "application/json", json.dumps(body, ensure_ascii=False).encode()), or_over=or_over)

    def _post(self, path: str, content_type: str, body: bytes) -> HttpAnswer:
        headers = {
            "content-type": content_type,
            "ht-client-id": self._context.settings["client_id"],
            "ht-client-secret": self._context.secrets["api_key"],
        }
        return self._context.http.request("POST", self._base + path, headers=headers, body=body, timeout_s=10)


def serial_number(bubble: Bubble) -> str:
    """Unique for each message, and the same for each attempt at it."""
    named = f"{bubble.reply_id}\x00{bubble.number}"
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:_SERIAL_CHARACTERS]


def _attachment(file: Upload) -> dict[str, object]:
    if file.kind is FileKind.IMAGE:
        return {"image": {"img_url": file.url}}
    return {"file": {"file_url": file.url, "file_name": file.name, "file_size": file.size}}


def _taken(answer: HttpAnswer, *, or_over: bool = False) -> Mapping[str, object]:
    """The body if its code is zero; the code comes as a number or as text. Raises what any other means."""
    if answer.status == 429 or answer.status >= 500:
        good(answer)
    try:
        said = shapes.mapping(json_body(answer))
        exception = shapes.text(said, "message")
    except Unreadable:
        said, exception = {}, ""
    code = said.get("code")
    if answer.status in {401, 403}:
        raise Misconfigured(f"HappyTalk refuses the call: check client_id and api_key ({answer.status})")
    if isinstance(code, bool) or not isinstance(code, int | str) or code == "":
        raise Unsure(f"HappyTalk answered {good(answer).status} and did not say whether it took the message")
    if or_over and mapping.is_over(exception):
        return said
    if str(code) not in _GOOD:
        raise mapping.happytalk_error(str(code), exception)
    good(answer)
    return said
