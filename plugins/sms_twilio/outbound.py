"""Twilio's REST API: create a message, fetch media."""

from __future__ import annotations

import base64
from urllib.parse import quote, urlencode

from hub120_sdk import Attachment, Content, Context, Delivery, HttpAnswer, Misconfigured, Outbound, Receipt, Rejected
from hub120_sdk.answers import good, json_body, word
from hub120_sdk.hosts import destination
from hub120_sdk.text import length

from plugins.sms_twilio import mapping
from plugins.sms_twilio.inbound import RECEIPTS_PATH, REPLY_PARAMETER

TEXT_CHARACTERS = 1_600
_REDIRECTED = {301, 302, 303, 307, 308}


def send(context: Context, message: Outbound) -> Receipt:
    """Create a message. The status callback carries our id, for it may come before this call returns."""
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
    if message.attachments:
        raise Rejected("files cannot be sent by SMS: put them on a page and send its address")
    account = quote(context.settings["account_sid"], safe="")
    url = f"{context.settings['base_url'].rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json"
    headers = {"content-type": "application/x-www-form-urlencoded", **_authorisation(context)}
    body = urlencode(_fields(context, message)).encode()
    answer = _checked(context.http.request("POST", url, headers=headers, body=body, timeout_s=15))
    return Receipt(Delivery.SENT, provider_id=word(answer, "sid"), reply_id=message.reply_id)


def _fields(context: Context, message: Outbound) -> dict[str, str]:
    """The citizen is answered from the number written to; else the configured number or service sends."""
    sender = message.conversation or context.settings["from_number"]
    service = context.settings["messaging_service_sid"]
    fields = {"To": message.to.value, "Body": message.text}
    fields |= {"From": sender} if sender else {"MessagingServiceSid": service}
    if context.public_url:
        reply = urlencode({REPLY_PARAMETER: message.reply_id})
        fields["StatusCallback"] = f"{context.public_url}{RECEIPTS_PATH}?{reply}"
    return fields


def _checked(answer: HttpAnswer) -> HttpAnswer:
    """The answer if the message was taken, else what its code, or else its status, means."""
    if answer.status < 300:
        return answer
    said = json_body(answer)
    code = said.get("code") if isinstance(said, dict) else None
    error = mapping.error(code) if isinstance(code, int) and answer.status < 500 else None
    if error is not None and answer.status != 429:
        raise error
    if answer.status in {401, 403, 404} or answer.status in _REDIRECTED:
        raise Misconfigured(f"Twilio answered {answer.status}: check account_sid, auth_token and base_url")
    return good(answer)


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET media; credentials go to the API's own host alone."""
    url = attachment.reference
    own = destination(url).origin == destination(context.settings["base_url"]).origin
    answer = context.http.request("GET", url, headers=_authorisation(context) if own else {}, timeout_s=15)
    if answer.status in {401, 403}:
        raise Misconfigured(f"Twilio refuses the media ({answer.status}): check account_sid and auth_token")
    media_type = good(answer).headers.get("content-type", "").partition(";")[0]
    return Content(answer.body, media_type or attachment.media_type, attachment.filename)


def _authorisation(context: Context) -> dict[str, str]:
    token = context.secrets["auth_token"].split()[0]
    credentials = base64.b64encode(f"{context.settings['account_sid']}:{token}".encode()).decode()
    return {"authorization": f"Basic {credentials}"}
