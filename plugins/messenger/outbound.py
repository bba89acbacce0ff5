"""The Send API: one message for the text, or for each piece Instagram carries, and one for each file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

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
from hub120_sdk.answers import good, json_body, word
from hub120_sdk.text import length, split

from plugins.messenger import mapping
from plugins.messenger.inbound import LAST_HEARD, PLATFORM

TEXT_CHARACTERS = 2_000
INSTAGRAM_CHARACTERS = 333
"""Instagram takes 1,000 bytes, and a letter has up to three."""
_JSON = "application/json"


def send(context: Context, message: Outbound) -> Receipt:
    """POST each part in its order. If one fails after another has left, an agent is told: nothing is sent twice."""
    platform = message.reply_context.get(PLATFORM, mapping.PAGE)
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
    if message.attachments and platform == mapping.INSTAGRAM:
        raise Rejected("Instagram takes files by a public address only: put them on a page and send its address")
    mid = ""
    parts = list(_parts(context, message, platform))
    for left, (kind, body) in enumerate(parts):
        try:
            mid = _post(context, platform, kind, body)
        except ConnectorError as error:
            if left:
                raise Unsure(f"{left} of {len(parts)} parts of the reply left, then: {error.reason}") from error
            raise
    return Receipt(Delivery.SENT, provider_id=mid, reply_id=message.reply_id)


def _parts(context: Context, message: Outbound, platform: str) -> Iterator[tuple[str, bytes]]:
    """The content type and body of each message to be sent."""
    whole = platform != mapping.INSTAGRAM
    envelope = _envelope(context, message)
    for piece in [message.text] if whole else split(message.text, INSTAGRAM_CHARACTERS):
        if piece:
            yield _JSON, json.dumps({**envelope, "message": {"text": piece}}, ensure_ascii=False).encode()
    for file in message.attachments:
        attached = {"type": _kind(file.media_type), "payload": {"is_reusable": False}}
        fields = {**envelope, "message": {"attachment": attached}}
        written = {name: one if isinstance(one, str) else json.dumps(one) for name, one in fields.items()}
        yield multipart.write(written, [("filedata", file)])


def _envelope(context: Context, message: Outbound) -> Mapping[str, Any]:
    """To whom, and as what: within a day a response, later a human agent's message where Meta allows the app that."""
    said = message.reply_context.get(LAST_HEARD, "")
    late = not said or context.now() - datetime.fromisoformat(said) > mapping.STANDARD_WINDOW
    if late and context.settings["human_agent"] == "yes":
        return {"recipient": {"id": message.to.value}, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {"recipient": {"id": message.to.value}, "messaging_type": "RESPONSE"}


def _kind(media_type: str) -> str:
    kind = media_type.partition("/")[0]
    return kind if kind in {"image", "video", "audio"} else "file"


def _post(context: Context, platform: str, content_type: str, body: bytes) -> str:
    own = platform == mapping.INSTAGRAM and context.secrets["instagram_token"]
    token = context.secrets["instagram_token"] if own else context.secrets["page_token"]
    base = context.settings["instagram_url"] if own else context.settings["graph_url"]
    url = f"{base.rstrip('/')}/{context.settings['version']}/me/messages"
    headers = {"content-type": content_type, "authorization": f"Bearer {token}"}
    return word(_checked(context.http.request("POST", url, headers=headers, body=body, timeout_s=15)), "message_id")


def _checked(answer: HttpAnswer) -> HttpAnswer:
    """The answer if the message was taken, else what its code, or else its status, means."""
    if answer.status < 300:
        return answer
    said = json_body(answer)
    told = said.get("error") if isinstance(said, dict) else None
    if isinstance(told, dict) and answer.status != 429:
        code, subcode = (one if isinstance(one, int) else 0 for one in (told.get("code"), told.get("error_subcode")))
        error = mapping.error(code, subcode, transient=told.get("is_transient") is True)
        if error is not None:
            raise error
    if answer.status in {401, 403, 404} or answer.status < 400:
        raise Misconfigured(f"Meta answered {answer.status}: check page_token, version and graph_url")
    return good(answer)


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET a file; its address expires, and needs no token."""
    answer = context.http.request("GET", attachment.reference, timeout_s=15)
    if answer.status in {401, 403, 404, 410}:
        raise Rejected(f"the file's address has expired ({answer.status})")
    media_type = good(answer).headers.get("content-type", "").partition(";")[0]
    return Content(answer.body, media_type, attachment.filename)
