"""A reply over the callback, once and within its minute; pictures from KakaoTalk's servers."""

from __future__ import annotations

import json
from datetime import datetime

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
from hub120_sdk.answers import good, word

from plugins.kakaotalk import mapping
from plugins.kakaotalk.inbound import CALLBACK_UNTIL, CALLBACK_URL

_UNTIL_NEXT = "it is shown when the citizen writes again"


def send(context: Context, message: Outbound) -> Receipt:
    """POST a SkillResponse to the callback; without one, park."""
    outputs = mapping.bubbles(message.text)
    if len(outputs) > mapping.BUBBLES:
        raise Rejected(f"the text needs {len(outputs)} bubbles and an answer has {mapping.BUBBLES}")
    if message.attachments:
        raise Rejected("a KakaoTalk skill answer carries no files: put them on a page and send its address")
    url = message.reply_context.get(CALLBACK_URL, "")
    if not url:
        return Receipt(Delivery.PARKED, reason=f"no callback: {_UNTIL_NEXT}")
    if context.now() >= datetime.fromisoformat(message.reply_context[CALLBACK_UNTIL]):
        return Receipt(Delivery.PARKED, reason=f"the callback expired: {_UNTIL_NEXT}", context_used=True)
    answer = mapping.skill_response(outputs, mapping.taps(message.language))
    body = json.dumps(answer, ensure_ascii=False).encode()
    headers = {"content-type": "application/json; charset=utf-8"}
    try:
        return _receipt(context.http.request("POST", url, headers=headers, body=body, timeout_s=8))
    except Unsure as lost:  # a callback is good once: at worst the repeat is refused and the reply shown twice
        raise Retry(lost.reason) from lost


def _receipt(answer: HttpAnswer) -> Receipt:
    """KakaoTalk says in the body whether the callback was good; one that was not is good for nothing more."""
    if answer.status in {408, 425, 429} or answer.status >= 500:
        good(answer)
    status = word(answer, "status")
    if status == "SUCCESS":
        return Receipt(Delivery.SENT, provider_id=word(answer, "taskId"), context_used=True)
    told = status if status in {"FAIL", "ERROR"} else f"HTTP {answer.status}"
    return Receipt(Delivery.PARKED, reason=f"the callback was refused ({told}): {_UNTIL_NEXT}", context_used=True)


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET a picture. Secure images are announced with http and served with https too."""
    url = attachment.reference
    if url.startswith("http://") and ".kakao" in url.split("/")[2]:
        url = "https" + url.removeprefix("http")
    answer = context.http.request("GET", url, timeout_s=8)
    if answer.status in {403, 404, 410}:
        raise Rejected(f"the picture's address has expired ({answer.status})")
    return Content(good(answer).body, answer.headers.get("content-type", "").partition(";")[0], attachment.filename)
