"""The table of the ``sms_twilio`` connector."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, parse_qsl

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Delivery,
    Inbound,
    Misconfigured,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
    Request,
    Throttled,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture
from hub120_sdk.twiliosignature import compute

ACCOUNT = "AC5f1e0d7c2b3a49586f7e8d9c0b1a2f3e"
TOKEN = "8c2f4e6a0b1d3c5e7f9a8b6c4d2e0f1a"
URL = "https://hub.example/channels/sms_twilio"
CITIZEN = Address(AddressKind.PHONE, "+821055501234", verified=True)
OURS = "+827047001200"
SENT = "SMd4c5b6a7988071625344352617081920"
REPLY = Outbound("0199e0f2-7c00-7abc-8def-00000000000a", CITIZEN, "담당 부서에 전달했습니다. 😀", conversation=OURS)


def event(name: str, path: str = "") -> Request:
    """A fixture as an unsigned request."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Request("POST", URL + path, headers, fixture("plugins.sms_twilio", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as Twilio does: no time is in it."""
    is_form = "bodySHA256" not in request.url
    fields = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True) if is_form else []
    return replace(request, headers={**request.headers, "x-twilio-signature": compute(TOKEN, request.url, fields)})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"account_sid": ACCOUNT, "from_number": "+827047001201", "base_url": provider},
        secrets={"auth_token": TOKEN},
        wrong_secrets={"auth_token": "0" * 32},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        fetches=_fetches(provider),
        waived={"refuses_a_replay": "the signature has no time in it; the message's SID recognises a second delivery"},
    )


def _parses() -> list[Parses]:
    media = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM10f2e3d4c5b6a79880716253443526170/Media"
    pictures = (
        Attachment(f"{media}/ME0a1b2c3d4e5f60718293a4b5c6d7e8f9", "image/jpeg"),
        Attachment(f"{media}/ME1b2c3d4e5f60718293a4b5c6d7e8f90a", "video/3gpp"),
    )
    text = "불법 주정차 신고합니다. 누리초등학교 정문 앞 🚗"
    sms = Inbound("SM8b1d2e3f405162738495a6b7c8d9e0f1", CITIZEN, text, conversation=OURS)
    mms = Inbound("MM10f2e3d4c5b6a79880716253443526170", CITIZEN, "", pictures, OURS)
    bank = Address(AddressKind.ACCOUNT, "15990120", verified=True)
    short = Inbound("SM9c2e3f405162738495a6b7c8d9e0f102", bank, "[누리은행] 자동 응답", conversation=OURS)
    unreachable = "the phone is switched off or cannot be reached (30003)"
    path = f"/receipts?reply={REPLY.reply_id}"
    return [
        Parses("an SMS", event("message_received.form"), [sms]),
        Parses("an MMS", event("mms_received.form"), [mms]),
        Parses("from a short code", event("message_from_short_code.form"), [short]),
        Parses("delivered", event("status_delivered.form", path), [Receipt(Delivery.DELIVERED, SENT, REPLY.reply_id)]),
        Parses(
            "undelivered, on the same path",
            event("status_undelivered.form"),
            [Receipt(Delivery.FAILED, SENT, reason=unreachable)],
        ),
        Parses("a status as JSON", json_event("status_event.json"), [Receipt(Delivery.DELIVERED, SENT)]),
    ]


def _refuses() -> list[Refuses]:
    sms = event("message_received.form")
    return [
        Refuses("no sender", replace(sms, body=b"MessageSid=SM1&Body=x"), Unreadable),
        Refuses("no id", replace(sms, body=b"From=%2B821055501234&Body=x"), Unreadable),
        Refuses("odd media", replace(sms, body=b"MessageSid=SM1&From=%2B821055501234&NumMedia=many"), Unreadable),
        Refuses("an unknown status", replace(sms, body=b"MessageSid=SM1&MessageStatus=lost"), Unreadable),
        Refuses("an empty signature", replace(sms, headers={"x-twilio-signature": ""}), Unauthorised, signed=False),
        Refuses("another body hash", replace(sms, url=f"{URL}?bodySHA256={'0' * 64}"), Unauthorised),
    ]


def _sends() -> list[Sends]:
    created = Answer(201, fixture("plugins.sms_twilio", "message_created.json"))
    accepted = Receipt(Delivery.SENT, SENT, REPLY.reply_id)

    def error(code: int, status: int = 400) -> Answer:
        return Answer.json({"code": code, "message": "…", "status": status}, status)

    return [
        Sends("created", REPLY, [created], accepted, _is_message),
        Sends(
            "the citizen did not write first", replace(REPLY, conversation=""), [created], accepted, _is_from_setting
        ),
        Sends("opted out", REPLY, [Answer(400, fixture("plugins.sms_twilio", "error_opted_out.json"))], OptedOut),
        Sends("no such number", REPLY, [error(21211)], Rejected),
        Sends("a landline", REPLY, [error(21614)], Rejected),
        Sends("a wrong token", REPLY, [error(20003, 401)], Misconfigured),
        Sends("no such account", REPLY, [error(20404, 404)], Misconfigured),
        Sends("a wrong sender", REPLY, [error(21606)], Misconfigured),
        Sends("too fast", REPLY, [error(20429, 429)], Throttled),
        Sends("a full queue", REPLY, [error(21611)], Throttled),
        Sends("a file", replace(REPLY, attachments=(Content(b"x"),)), [created], Rejected),
    ]


def _is_message(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert base64.b64decode(one.headers["authorization"].removeprefix("Basic ")) == f"{ACCOUNT}:{TOKEN}".encode()
    assert parse_qs(one.body.decode()) == {
        "To": [CITIZEN.value],
        "From": [OURS],
        "Body": [REPLY.text],
        "StatusCallback": [f"{URL}/receipts?reply={REPLY.reply_id}"],
    }


def _is_from_setting(seen: Sequence[Seen]) -> None:
    assert parse_qs(seen[0].body.decode())["From"] == ["+827047001201"]


def _fetches(provider: str) -> list[Fetches]:
    picture = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    own = Attachment(f"{provider}/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1", "image/jpeg")
    content = Content(b"\xff\xd8\xff", "image/jpeg")
    return [
        Fetches("a picture", own, [picture], content, _is_authorised),
        Fetches("refused", own, [Answer.json({"code": 20003}, 401)], Misconfigured),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/1.jpg"), [picture], Rejected),
    ]


def _is_authorised(seen: Sequence[Seen]) -> None:
    assert seen[0].headers["authorization"].startswith("Basic ")


def json_event(name: str) -> Request:
    """A fixture as an unsigned request with a JSON body, whose hash is in the URL."""
    body = fixture("plugins.sms_twilio", name)
    url = f"{URL}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    return Request("POST", url, {"content-type": "application/json"}, body)
