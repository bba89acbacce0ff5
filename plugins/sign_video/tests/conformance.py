"""The table of the ``sign_video`` connector. The kit's clock shows any time: the table's centre never closes; the hours
have tests of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hub120_sdk import (
    Address,
    AddressKind,
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
from hub120_sdk.testing import Answer, Parses, Refuses, Seen, Sends, Suite, fixture

SECRET = "whsec_aHViMTIwLXNpZ24tY29uZm9ybWFuY2Uta2V5"
WRONG = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWtleQ=="
URL = "https://hub.example/channels/sign_video"
CALL = "call-20261123-0007"
RESIDENT = Address(AddressKind.ACCOUNT, "resident-7731", "김누리", verified=True)
REPLY = Outbound(
    "0199e0f2-7c00-7abc-8def-000000000001",
    RESIDENT,
    "내일 10시에 다시 연락드리겠습니다.",
    conversation=CALL,
    language="ko",
)
ALWAYS = {"days": "mon-sun", "hours": "00:00-24:00", "holidays": "none"}


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.sign_video", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as the page does."""
    signed = standardwebhooks.sign(SECRET, "msg_1", at, request.body)
    return replace(request, headers={**request.headers, **signed})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"reply_url": f"{provider}/replies", "video_url": "https://video.nuri.example", **ALWAYS},
        secrets={"signing_secret": SECRET},
        wrong_secrets={"signing_secret": WRONG},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        waived={"fetches_attachments": "a video call has no files"},
    )


def call(name: str = "call_requested.json", **changes: object) -> Request:
    """A request for a call with other fields."""
    body = json.loads(event(name).body)
    return replace(event(name), body=json.dumps({**body, **changes}).encode())


def _parses() -> list[Parses]:
    link = "https://video.nuri.example/rooms"
    asked = Inbound(
        CALL,
        RESIDENT,
        "수어 영상상담 요청",
        conversation=CALL,
        language="kvk",
        occurred_at=datetime.fromisoformat("2026-11-23T10:00:00+09:00"),
        reply_context={"kind": "call", "call_id": CALL},
        medium="video",
        topic="welfare",
        join_url=f"{link}/{CALL}",
    )
    other = "call-20261123-0008"
    phone = Address(AddressKind.PHONE, "+821055509876", verified=True)
    noted = replace(
        asked,
        provider_id=other,
        conversation=other,
        reply_context={"kind": "call", "call_id": other},
        sender=phone,
        language="ase",
        text="수어 영상상담 요청\n\n장애인 콜택시 이용 문의",
        occurred_at=None,
        topic="",
        join_url=f"{link}/{other}?k=1",
    )
    text = "활동지원 서비스 신청 방법을 알고 싶습니다."
    left = replace(asked, provider_id="msg-20261123-0001", text=text, occurred_at=None, medium="text", join_url="")
    left = replace(left, reply_context={"kind": "message", "call_id": CALL})
    failed = Receipt(Delivery.FAILED, "", "0199e0f2-7c00-7abc-8def-000000000002", "page closed")
    return [
        Parses("a call", event("call_requested.json"), [asked]),
        Parses("a call with a note", event("call_requested_with_note.json"), [noted]),
        Parses("a message instead", event("message_left.json"), [left]),
        Parses("a call ended", event("call_ended.json"), []),
        Parses("a reply was read", event("reply_read.json"), [Receipt(Delivery.READ, "", REPLY.reply_id)]),
        Parses("a reply failed", event("reply_failed.json"), [failed]),
    ]


def _refuses() -> list[Refuses]:
    local = replace(call(), body=call().body.replace(b'"id": "resident-7731"', b'"phone": "010-5550-9876"'))
    return [
        Refuses("no type", call(type=""), Unreadable),
        Refuses("an unknown type", call(type="rang"), Unreadable),
        Refuses("no id", call(id=""), Unreadable),
        Refuses("no link", call(join_url=""), Unreadable),
        Refuses("a link elsewhere", call(join_url="https://video.nuri.example.evil.example/rooms/1"), Unreadable),
        Refuses("a link in plain", call(join_url="http://video.nuri.example/rooms/1"), Unreadable),
        Refuses("a script for a link", call(join_url="javascript:alert(1)"), Unreadable),
        Refuses("credentials in the link", call(join_url="https://a@video.nuri.example/1"), Unreadable),
        Refuses(
            "a local number",
            local,
            Unreadable,
        ),
        Refuses("no language", call(language="Korean sign"), Unreadable),
        Refuses("a time without zone", call(occurred_at="2026-11-23T10:00"), Unreadable),
        Refuses("nothing written", call("message_left.json", text=""), Unreadable),
        Refuses("an unknown state", call("reply_read.json", state="seen"), Unreadable),
        Refuses("an end of nothing", call("call_ended.json", call_id=""), Unreadable),
        Refuses("no signature", event("call_requested.json"), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    sent = Receipt(Delivery.SENT, "post-5", REPLY.reply_id)
    file = replace(REPLY, attachments=(Content(b"x"),))
    return [
        Sends("accepted", REPLY, [Answer.json({"id": "post-5"}, 201)], sent, _is_signed),
        Sends("accepted without a word", REPLY, [Answer(204, b"", {})], replace(sent, provider_id="")),
        Sends("the citizen left", REPLY, [Answer(410)], OptedOut),
        Sends("the page does not know us", REPLY, [Answer(401)], Misconfigured),
        Sends("the page does not want it", REPLY, [Answer(422)], Rejected),
        Sends("a file", file, [Answer.json({"id": "post-5"})], Rejected),
    ]


def _is_signed(seen: Sequence[Seen]) -> None:
    [one] = seen
    at = datetime.fromtimestamp(int(one.headers["webhook-timestamp"])).astimezone()
    assert standardwebhooks.verify(SECRET, one.headers, one.body, at) == REPLY.reply_id
    told = json.loads(one.body)
    assert (told["text"], told["call_id"]) == (REPLY.text, CALL)
