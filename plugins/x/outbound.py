"""Direct messages: one for the text, one more for each picture, which is uploaded first."""

from __future__ import annotations

import json
from uuid import uuid4

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
from hub120_sdk.hosts import destination
from hub120_sdk.text import length

from plugins.x import mapping, signature
from plugins.x.inbound import CAME_BY, PUBLICLY

TEXT_CHARACTERS = 10_000
_MEDIA_HOSTS = {"ton.twitter.com", "ton.x.com"}
"""Where pictures of direct messages lie; the others serve everybody."""


def send(context: Context, message: Outbound) -> Receipt:
    """Send each part in its order. If one fails after another has left, an agent is told: nothing is sent twice."""
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
    if any(one.media_type not in mapping.PICTURES for one in message.attachments):
        raise Rejected("X takes pictures along with a direct message, and no other files")
    parts: list[str | Content] = [*([message.text] if message.text else []), *message.attachments]
    event_id = ""
    for left, part in enumerate(parts):
        try:
            event_id = _send(context, message, part)
        except ConnectorError as error:
            if left:
                raise Unsure(f"{left} of {len(parts)} parts of the reply left, then: {error.reason}") from error
            raise
    return Receipt(Delivery.SENT, provider_id=event_id, reply_id=message.reply_id)


def _send(context: Context, message: Outbound, part: str | Content) -> str:
    participant = message.to.value
    if not (participant.isascii() and participant.isdigit()):
        raise Rejected("the citizen's id is no user id of X")
    said = {"text": part} if isinstance(part, str) else {"attachments": [{"media_id": _upload(context, part)}]}
    body = json.dumps(said, ensure_ascii=False).encode()
    path = f"/2/dm_conversations/with/{participant}/messages"
    answer = _post(context, path, "application/json", body, privately=message.reply_context.get(CAME_BY) != PUBLICLY)
    return _word(answer, "dm_event_id")


def _upload(context: Context, picture: Content) -> str:
    category = "dm_gif" if picture.media_type == "image/gif" else "dm_image"
    kind, body = multipart.write({"media_category": category}, [("media", picture)])
    media_id = _word(_post(context, "/2/media/upload", kind, body, privately=True), "id")
    if not media_id:
        raise Rejected("X took the picture and gave no id for it")
    return media_id


def _word(answer: HttpAnswer, name: str) -> str:
    said = json_body(answer)
    told = said.get("data") if isinstance(said, dict) else None
    value = told.get(name) if isinstance(told, dict) else None
    return value if isinstance(value, str) else ""


def _post(context: Context, path: str, content_type: str, body: bytes, *, privately: bool) -> HttpAnswer:
    url = context.settings["api_url"].rstrip("/") + path
    headers = {"content-type": content_type, "authorization": _authorisation(context, "POST", url)}
    answer = context.http.request("POST", url, headers=headers, body=body, timeout_s=15)
    if answer.status < 300:
        return answer
    error = mapping.error(answer, context.now(), wrote_privately=privately)
    if error is not None:
        raise error
    return good(answer)


def _authorisation(context: Context, method: str, url: str) -> str:
    signs = {
        "oauth_consumer_key": context.settings["consumer_key"],
        "oauth_nonce": uuid4().hex,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(context.now().timestamp())),
        "oauth_token": context.secrets["access_token"],
        "oauth_version": "1.0",
    }
    secrets = (context.secrets["consumer_secret"].split()[0], context.secrets["access_token_secret"])
    return signature.oauth(method, url, signs, secrets)


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET a picture or video; one of a direct message is shown to its account alone."""
    url = attachment.reference
    to = destination(url)
    own = to.host in _MEDIA_HOSTS or to.origin == destination(context.settings["api_url"]).origin
    headers = {"authorization": _authorisation(context, "GET", url)} if own else {}
    answer = context.http.request("GET", url, headers=headers, timeout_s=15)
    if answer.status in {401, 403} and own:
        raise Misconfigured(f"X refuses the picture ({answer.status}): check the keys and their permissions")
    media_type = good(answer).headers.get("content-type", "").partition(";")[0]
    return Content(answer.body, media_type or attachment.media_type, attachment.filename)
