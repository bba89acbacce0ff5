"""Bizgo's form (Infobank, CSTALK): reading its webhooks is in ``bizgo_inbound``; this is its API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar

from hub120_sdk import Content, Context, HttpAnswer, Record, Request, Retry, Unreadable, Unsure, multipart, shapes
from hub120_sdk.answers import good, json_body

from plugins.kakao_consult import bizgo_inbound, mapping
from plugins.kakao_consult.dealer import Bubble, FileKind, Upload

BASE_URL = "https://mars.ibapi.kr"
_API = "/api/comm/v1"


class Bizgo:
    """The Dealer."""

    TAKEN: ClassVar[Mapping[str, object]] = {"code": "A000", "result": "Success"}

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sender_key = context.settings["sender_key"]
        self._base = (context.settings["base_url"] or BASE_URL).rstrip("/") + _API

    def read(self, request: Request) -> list[Record]:
        """One event; which one, the end of the address says."""
        return bizgo_inbound.read(request, self._sender_key)

    def upload(self, file: Content, kind: FileKind) -> Upload:
        """POST the file as a form."""
        is_image = kind is FileKind.IMAGE
        fields = {"senderKey": self._sender_key, **({} if is_image else {"fileType": kind.value})}
        content_type, body = multipart.write(fields, [("file", file)])
        answer = self._post("/file/cstalk/image" if is_image else "/file/cstalk", content_type, body)
        try:
            said = shapes.mapping(_taken(answer), "data", "data", required=True)
            url = shapes.text(said, "imgUrl" if is_image else "fileUrl", required=True)
            name = shapes.text(said, "fileName") or file.filename or kind.value
        except Unreadable as error:
            raise Retry("Bizgo did not say where it put the file") from error
        return Upload(kind, url, name, len(file.data))

    def write(self, bubble: Bubble) -> str:
        """A plain message. ``ref`` comes back with its result."""
        body: dict[str, object] = {
            "userKey": bubble.user_key,
            "senderKey": self._sender_key,
            "msgType": "TEXT",
            "message": bubble.text,
            "ref": bubble.reply_id,
        }
        if bubble.file is not None:
            body |= _file(bubble.file)
        return _key(self._post_json("/cstalk/plain", body))

    def end(self, user_key: str) -> None:
        """End the session, over to the bot where there is an event for it."""
        event = self._context.settings["end_event"]
        body = {"userKey": user_key, "senderKey": self._sender_key, **({"botEvent": event} if event else {})}
        _taken(self._post_json("/cstalk/endWithBot" if event else "/cstalk/end", body), or_over=True)

    def _post_json(self, path: str, body: Mapping[str, object]) -> HttpAnswer:
        return self._post(path, "application/json", json.dumps(body, ensure_ascii=False).encode())

    def _post(self, path: str, content_type: str, body: bytes) -> HttpAnswer:
        headers = {"content-type": content_type, "authorization": self._context.secrets["api_key"]}
        return self._context.http.request("POST", self._base + path, headers=headers, body=body, timeout_s=10)


def _file(file: Upload) -> dict[str, object]:
    """A message of a file alone. Its words may not be empty, so they are its name."""
    if file.kind is FileKind.IMAGE:
        attachment: dict[str, object] = {"image": {"imgUrl": file.url}}
    else:
        attachment = {"file": {"fileUrl": file.url, "fileName": file.name, "fileSize": str(file.size)}}
    return {"msgType": file.kind.name, "message": file.name, "attachment": attachment}


def _key(answer: HttpAnswer) -> str:
    """The key of the message that was taken."""
    said = _taken(answer)
    try:
        return shapes.text(said, "data", "msgKey")
    except Unreadable:
        return ""


def _taken(answer: HttpAnswer, *, or_over: bool = False) -> object:
    """The body if gateway and service took the call. Raises what their codes mean, ``Unsure`` if they say none."""
    if answer.status == 429 or answer.status >= 500:
        good(answer)
    said = json_body(answer)
    try:
        gateway, code = shapes.text(said, "common", "authCode"), shapes.text(said, "data", "code")
    except Unreadable:
        gateway, code = "", ""
    if gateway and gateway not in mapping.TAKEN:
        raise mapping.bizgo_gateway_error(gateway)
    if code == mapping.OVER and or_over:
        return said
    if code and code not in mapping.TAKEN:
        raise mapping.bizgo_error(code)
    if answer.status in {401, 403, 404}:
        raise mapping.bizgo_gateway_error(str(answer.status))
    if not code:
        raise Unsure(f"Bizgo answered {good(answer).status} and did not say whether it took the message")
    return said
