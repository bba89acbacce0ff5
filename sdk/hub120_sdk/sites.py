"""A centre's own site or app: replies are pushed to it and files fetched from it, both signed (Standard Webhooks)."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from urllib.parse import quote

from hub120_sdk import shapes, standardwebhooks
from hub120_sdk.answers import good, word
from hub120_sdk.capabilities import Context, HttpAnswer
from hub120_sdk.errors import Misconfigured, OptedOut, Rejected
from hub120_sdk.records import Attachment, Content, Delivery, Outbound, Receipt

_FETCH_S = 15.0
_MEDIA_ID = "media:"
"""How references begin that are no address but an id under ``media_url``."""


@dataclass(frozen=True, slots=True)
class Site:
    """One that has the secret ``signing_secret`` and the setting ``media_url``."""

    context: Context
    name: str
    """What people who read messages call it: "the app"."""
    push_setting: str
    """The setting that says where replies go."""

    def push(self, message: Outbound, **more: str) -> Receipt:
        """POST the reply; ``webhook-id`` is the reply's id over every attempt. The site may know it by that already and
        say 2xx again. ``more`` goes into the body beside what every reply has."""
        body = json.dumps({**_body(message), **more}, ensure_ascii=False).encode()
        headers = {"content-type": "application/json", **self._signed(message.reply_id, body)}
        url = self.context.settings[self.push_setting]
        answer = self._checked(self.context.http.request("POST", url, headers=headers, body=body))
        return Receipt(Delivery.SENT, provider_id=word(answer, "id"), reply_id=message.reply_id)

    def fetch(self, attachment: Attachment) -> Content:
        """GET a file by its address, or by its id under ``media_url``. The signature binds that very address."""
        url = self._address(attachment)
        name = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()
        answer = good(self.context.http.request("GET", url, headers=self._signed(name, b""), timeout_s=_FETCH_S))
        media_type = answer.headers.get("content-type", "").partition(";")[0]
        return Content(answer.body, media_type or attachment.media_type, attachment.filename)

    def _signed(self, name: str, body: bytes) -> dict[str, str]:
        return standardwebhooks.sign(self.context.secrets["signing_secret"], name, self.context.now(), body)

    def _checked(self, answer: HttpAnswer) -> HttpAnswer:
        if answer.status == 410:
            raise OptedOut(f"{self.name} says that the citizen wants no more messages (410)")
        if answer.status in {401, 403, 404} or 300 <= answer.status < 400:
            raise Misconfigured(f"{self.push_setting} answered {answer.status}: check its address and signing_secret")
        return good(answer)

    def _address(self, attachment: Attachment) -> str:
        if not attachment.reference.startswith(_MEDIA_ID):
            return attachment.reference
        media_url = self.context.settings["media_url"]
        if not media_url:
            raise Misconfigured("a file has a media_id, and the setting media_url is empty")
        media_id = attachment.reference.removeprefix(_MEDIA_ID)
        if media_id in {".", ".."}:
            raise Rejected("the media_id is no name")
        return f"{media_url.rstrip('/')}/{quote(media_id, safe='', errors='replace')}"


def announced(raw: object) -> Attachment:
    """A file as a message of the site names it: ``data`` (base64), else ``url`` or ``media_id``, each with
    ``media_type`` and ``filename``. Raises ``Unreadable``."""
    media_type, filename = shapes.text(raw, "media_type"), shapes.text(raw, "filename")
    data = shapes.octets(raw, "data")
    if data is not None:
        return Attachment("", media_type, filename, data)
    reference = shapes.text(raw, "url") or _MEDIA_ID + shapes.text(raw, "media_id", required=True)
    return Attachment(reference, media_type, filename)


def _body(message: Outbound) -> dict[str, object]:
    return {
        "id": message.reply_id,
        "to": {"kind": message.to.kind, "value": message.to.value},
        "text": message.text,
        "language": message.language,
        "attachments": [_attachment(one) for one in message.attachments],
    }


def _attachment(content: Content) -> dict[str, str]:
    data = base64.b64encode(content.data).decode()
    return {"media_type": content.media_type, "filename": content.filename, "data": data}
