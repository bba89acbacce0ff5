"""Comments and photos by the board's API."""

from __future__ import annotations

import json
from urllib.parse import quote

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Delivery,
    Misconfigured,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
)
from hub120_sdk.answers import good, word
from hub120_sdk.text import length

TEXT_CHARACTERS = 2_000


def send(context: Context, message: Outbound) -> Receipt:
    """Write a comment under the post; the board takes the same key once and answers 409 to the second."""
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"a comment has at most {TEXT_CHARACTERS} characters")
    if not message.conversation:
        raise Rejected("the board can only be answered under a post")
    body = json.dumps({"key": message.reply_id, "text": message.text}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", **_authorisation(context)}
    url = _url(context, "posts", message.conversation, "comments")
    answer = context.http.request("POST", url, headers=headers, body=body)
    if answer.status != 409:
        _check(answer.status)
        good(answer)
    return Receipt(Delivery.SENT, provider_id=word(answer, "id"), reply_id=message.reply_id)


def fetch(context: Context, attachment: Attachment) -> Content:
    """Load a photo by its id."""
    answer = context.http.request("GET", _url(context, "photos", attachment.reference), headers=_authorisation(context))
    _check(answer.status)
    return Content(good(answer).body, answer.headers.get("content-type", ""), attachment.filename)


def _check(status: int) -> None:
    """The board's own meanings of a status."""
    if status in {401, 403}:
        raise Misconfigured(f"the board refuses api_token ({status})")
    if status == 423:
        raise Rejected("the post is locked (423)")
    if status == 451:
        raise OptedOut("the author wants no more answers (451)")


def _url(context: Context, *parts: str) -> str:
    return "/".join([context.settings["api_url"].rstrip("/"), *(quote(part, safe="") for part in parts)])


def _authorisation(context: Context) -> dict[str, str]:
    return {"authorization": f"Bearer {context.secrets['api_token']}"}
