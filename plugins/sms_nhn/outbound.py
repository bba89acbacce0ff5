"""NHN Cloud's message API, v3.0.

It has no idempotency key for SMS (that header is of its KakaoTalk API alone), so a message whose fate is unknown is not
repeated. ``reply_id`` goes along as the recipient's grouping key and comes back with the result.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import quote

from hub120_sdk import (
    AddressKind,
    Content,
    Context,
    Delivery,
    HttpAnswer,
    Misconfigured,
    NotOnChannel,
    Outbound,
    Receipt,
    Rejected,
    Retry,
    Unreadable,
    Unsure,
    shapes,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.korean_sms import Kind, at_home, composed, kind
from hub120_sdk.text import length

from plugins.sms_nhn import mapping, pictures

ABROAD_CHARACTERS = 335
"""Five messages in one, of letters that are not Latin."""
_UPLOADER = "hub120"


def send(context: Context, message: Outbound) -> Receipt:
    """Send it, the pictures first. What cannot be carried is refused before anything leaves."""
    if message.to.kind is not AddressKind.PHONE:
        raise NotOnChannel("the citizen's address is no telephone number that can be written to")
    fields = _at_home(context, message) if at_home(message.to.value) else _abroad(message)
    if message.attachments:
        fields["attachFileIdList"] = [_upload(context, place, one) for place, one in enumerate(message.attachments)]
    path = "sender/mms" if "title" in fields else "sender/sms"
    answer = _post(context, path, {**fields, "sendNo": context.settings["from_number"]})
    return Receipt(Delivery.SENT, _accepted(answer), message.reply_id)


def _at_home(context: Context, message: Outbound) -> dict[str, object]:
    """SMS without a title, LMS and MMS with one; ``recipientNo`` as people in Korea write it."""
    text = composed(message.text)
    size = kind(text)
    if not text:
        raise Rejected("a message without words cannot be sent: write a word beside the pictures")
    pictures.check(message.attachments)
    recipient = {"recipientNo": at_home(message.to.value), "recipientGroupingKey": message.reply_id}
    title = {} if size is Kind.SMS and not message.attachments else {"title": context.settings["title"]}
    return {**title, "body": text, "recipientList": [recipient]}


def _abroad(message: Outbound) -> dict[str, object]:
    """SMS alone, in any letters."""
    if message.attachments:
        raise Rejected("pictures cannot be sent abroad: put them on a page and send its address")
    if not message.text or length(message.text) > ABROAD_CHARACTERS:
        raise Rejected(f"a message abroad has 1 to {ABROAD_CHARACTERS} characters")
    number = message.to.value.removeprefix("+")
    recipient = {"internationalRecipientNo": number, "recipientGroupingKey": message.reply_id}
    return {"body": message.text, "recipientList": [recipient]}


def _upload(context: Context, place: int, picture: Content) -> int:
    """Upload a picture; nothing was sent yet, so whatever goes wrong may be tried again."""
    name = f"picture{place + 1}.jpg"
    body = {"fileName": name, "createUser": _UPLOADER, "fileBody": b64encode(picture.data).decode()}
    try:
        answer = _post(context, "attachfile/binaryUpload", body)
        _is_good(answer)
    except Unsure as lost:
        raise Retry(lost.reason) from lost
    number = shapes.mapping(json_body(answer), "body", "data").get("fileId")
    if not isinstance(number, int):
        raise Retry("NHN Cloud gave no id for a picture")
    return number


def _post(context: Context, path: str, body: Mapping[str, object]) -> HttpAnswer:
    app_key = quote(context.settings["app_key"], safe="")
    url = f"{context.settings['base_url'].rstrip('/')}/sms/v3.0/appKeys/{app_key}/{path}"
    headers = {"content-type": "application/json;charset=UTF-8", "x-secret-key": context.secrets["secret_key"]}
    return context.http.request("POST", url, headers=headers, body=json.dumps(body).encode(), timeout_s=10)


def _accepted(answer: HttpAnswer) -> str:
    """The id of the request if NHN Cloud took it, and its only recipient."""
    _is_good(answer)
    data = shapes.mapping(json_body(answer), "body", "data")
    try:
        [result] = shapes.items(data, "sendResultList")
        _raise_unless_zero(shapes.mapping(result).get("resultCode"))
        return shapes.text(data, "requestId")
    except (Unreadable, ValueError) as error:
        raise Unsure("NHN Cloud did not say whether it took the message") from error


def _is_good(answer: HttpAnswer) -> None:
    """Raises what the header of the answer means, or else its status; ``Unsure`` if it is nobody's answer."""
    if answer.status == 429 or answer.status >= 500:
        good(answer)
    try:
        header = shapes.mapping(json_body(answer), "header")
        shapes.mapping(json_body(answer), "body", "data")
    except Unreadable:
        header = {}
    _raise_unless_zero(header.get("resultCode"))
    if answer.status in {401, 403, 404}:
        raise Misconfigured(f"NHN Cloud answered {answer.status}: check app_key, secret_key and base_url")
    good(answer)
    if header.get("isSuccessful") is not True:
        raise Unsure("NHN Cloud did not say whether it took the message")


def _raise_unless_zero(code: object) -> None:
    if isinstance(code, int) and code != 0:
        raise mapping.error(code)
