"""The table of the ``web`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

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
    Unauthorised,
    Unreadable,
    standardwebhooks,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture

SECRET = "whsec_aHViMTIwLXdlYi1jb25mb3JtYW5jZS1rZXk="
WRONG = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWtleQ=="
URL = "https://hub.example/channels/web"
RESIDENT = Address(AddressKind.ACCOUNT, "resident-7731", "김누리", verified=True)
REPLY = Outbound("0199e0f2-7c00-7abc-8def-000000000001", RESIDENT, "평일 9시부터 18시까지입니다.", language="ko")


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.web", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as the site does."""
    signed = standardwebhooks.sign(SECRET, "msg_1", at, request.body)
    return replace(request, headers={**request.headers, **signed})


def is_signed(seen: Sequence[Seen]) -> None:
    """The site can check the reply, and knows it by its id."""
    [one] = seen
    at = datetime.fromtimestamp(int(one.headers["webhook-timestamp"])).astimezone()
    assert standardwebhooks.verify(SECRET, one.headers, one.body, at) == REPLY.reply_id
    assert json.loads(one.body)["text"] == REPLY.text


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"reply_url": f"{provider}/replies", "media_url": f"{provider}/media/"},
        secrets={"signing_secret": SECRET},
        wrong_secrets={"signing_secret": WRONG},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        fetches=_fetches(provider),
    )


def _parses() -> list[Parses]:
    message = Inbound(
        "web-20261122-000417",
        RESIDENT,
        "주민센터 운영 시간이 궁금합니다.",
        language="ko",
        occurred_at=datetime.fromisoformat("2026-11-22T17:20:00+09:00"),
    )
    pictures = (
        Attachment("https://www.nuri.example/uploads/7f3a.jpg", "image/jpeg", "그네.jpg"),
        Attachment("media:clip-88", "video/mp4"),
    )
    phone = Address(AddressKind.PHONE, "+821055509876", verified=True)
    with_pictures = Inbound(
        "web-20261122-000418", phone, "놀이터 그네가 부서졌어요.", pictures, conversation="playground-12"
    )
    mail = Address(AddressKind.EMAIL, "lan@nuri.example", "Trần Lan")
    by_mail = Inbound("web-20261122-000419", mail, "Tôi muốn hỏi về thẻ cư trú.", language="vi")
    photo = Attachment("", "image/jpeg", "보도블록.jpg", b"\xff\xd8\xff\xe0")
    with_photo = Inbound("web-20261122-000420", Address(AddressKind.ACCOUNT, "r-8", "", verified=True), "", (photo,))
    read = Receipt(Delivery.READ, reply_id="0199e0f2-7c00-7abc-8def-000000000001")
    failed = Receipt(Delivery.FAILED, reply_id="0199e0f2-7c00-7abc-8def-000000000002", reason="session closed")
    return [
        Parses("a message", event("message.json"), [message]),
        Parses("a message with attachments", event("message_with_attachments.json"), [with_pictures]),
        Parses("a message with a photo in it", event("message_with_photo.json"), [with_photo]),
        Parses("a sender known by mail", event("message_by_email.json"), [by_mail]),
        Parses("a reply was read", event("receipt_read.json"), [read]),
        Parses("a reply failed", event("receipt_failed.json"), [failed]),
    ]


def _refuses() -> list[Refuses]:
    def body(value: object) -> Request:
        return replace(event("message.json"), body=json.dumps(value).encode())

    sender = {"id": "r"}
    return [
        Refuses("nothing said", body({"id": "1", "from": sender}), Unreadable),
        Refuses("no id", body({"from": sender, "text": "?"}), Unreadable),
        Refuses("a local number", body({"id": "1", "from": {"phone": "010-5550-9876"}, "text": "?"}), Unreadable),
        Refuses("no mail address", body({"id": "1", "from": {"email": "lan"}, "text": "?"}), Unreadable),
        Refuses("no sender", body({"id": "1", "text": "?"}), Unreadable),
        Refuses(
            "a time without zone",
            body({"id": "1", "from": sender, "text": "?", "occurred_at": "2026-11-22T17:20"}),
            Unreadable,
        ),
        Refuses(
            "a photo that is no base64",
            body({"id": "1", "from": sender, "attachments": [{"data": "a photo"}]}),
            Unreadable,
        ),
        Refuses("an unknown state", body({"receipt": {"reply_id": "1", "state": "sent"}}), Unreadable),
        Refuses("a signature of no version", _with_signature("none"), Unauthorised, signed=False),
    ]


def _with_signature(value: str) -> Request:
    request = event("message.json")
    return replace(request, headers={"webhook-id": "1", "webhook-timestamp": "1795368032", "webhook-signature": value})


def _sends() -> list[Sends]:
    sent = Receipt(Delivery.SENT, "post-5", REPLY.reply_id)
    unnamed = Receipt(Delivery.SENT, reply_id=REPLY.reply_id)
    with_file = replace(REPLY, attachments=(Content(b"%PDF-1.7", "application/pdf", "안내.pdf"),))
    return [
        Sends("accepted", REPLY, [Answer.json({"id": "post-5"}, 201)], sent, is_signed),
        Sends("accepted without a word", REPLY, [Answer(204, b"", {})], unnamed),
        Sends("with a file", with_file, [Answer.json({"id": "post-5"})], sent),
        Sends("the citizen left", REPLY, [Answer(410)], OptedOut),
        Sends("the site does not know us", REPLY, [Answer(401)], Misconfigured),
        Sends("the site has moved", REPLY, [Answer(308, b"", {"location": "https://new.example/"})], Misconfigured),
        Sends("the site does not want it", REPLY, [Answer(422)], Rejected),
    ]


def _fetches(provider: str) -> list[Fetches]:
    picture = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg; q=1"})
    by_url = Attachment(f"{provider}/uploads/7f3a.jpg", "image/png", "그네.jpg")
    moved = Answer(302, b"", {"location": "https://elsewhere.example/x"})
    return [
        Fetches("by address", by_url, [picture], Content(b"\xff\xd8\xff", "image/jpeg", "그네.jpg")),
        Fetches("by id", Attachment("media:clip/88"), [picture], Content(b"\xff\xd8\xff", "image/jpeg"), _is_escaped),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/x"), [picture], Rejected),
        Fetches("from inside", Attachment("http://169.254.169.254/latest"), [picture], Rejected),
        Fetches("a way up", Attachment("media:.."), [picture], Rejected),
        Fetches("moved away", by_url, [moved], Rejected),
    ]


def _is_escaped(seen: Sequence[Seen]) -> None:
    assert seen[0].path == "/media/clip%2F88"
