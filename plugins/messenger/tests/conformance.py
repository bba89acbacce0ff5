"""The table of the ``messenger`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Delivery,
    Inbound,
    Misconfigured,
    NotOnChannel,
    OptedOut,
    Outbound,
    Place,
    Receipt,
    Rejected,
    Request,
    Retry,
    Throttled,
    Unauthorised,
    Unreadable,
    Unsure,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture

from plugins.messenger.signature import compute

SECRET = "5c1f6f0d2a9b4e7788aa34c1d2e3f405"
URL = "https://hub.example/channels/messenger"
PAGE, INSTAGRAM = "104210987654321", "17841400120000120"
CITIZEN = Address(AddressKind.ACCOUNT, "7318240915550123", verified=True)
FOLLOWER = Address(AddressKind.ACCOUNT, "6120482233445566", verified=True)
FIRST = 1_795_335_600_123
"""Milliseconds at the first event of the fixtures."""
NOW_S = "2026-11-22T08:20:00+00:00"
REPLY = Outbound(
    "0199e0f2-7c00-7abc-8def-0000000000f1",
    CITIZEN,
    "담당 부서에 전달했습니다.",
    reply_context={"platform": "page", "last_heard": NOW_S},
)
SENT = "m_9Qk2vV0aXJwNuriOurs0100"


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.messenger", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as Meta does: no time is in it."""
    return replace(request, headers={**request.headers, "x-hub-signature-256": compute(SECRET, request.body)})


def said(after_ms: int, mid: str, text: str, sender: Address = CITIZEN, to: str = PAGE, **more: Any) -> Inbound:
    """A message as the hub gets it."""
    at = datetime.fromtimestamp((FIRST + after_ms) / 1000, UTC)
    context = {"platform": "instagram" if to == INSTAGRAM else "page", "last_heard": at.isoformat()}
    until = at + timedelta(hours=24)
    return Inbound(mid, sender, text, conversation=to, occurred_at=at, reply_context=context, reply_until=until, **more)


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"graph_url": f"{provider}/graph", "instagram_url": f"{provider}/instagram"},
        secrets={
            "app_secret": f"an-older-secret {SECRET}",
            "verify_token": "a-word-of-ours",
            "page_token": "EAAGnuri0page0token",
            "instagram_token": "IGQVnuri0account0token",
        },
        wrong_secrets={"app_secret": "another-secret", "verify_token": "another-word", "page_token": "EAAG"},
        sign=sign,
        parses=[*_messages(), *_others()],
        refuses=_refuses(),
        sends=[*_sends(now), *_failures()],
        fetches=_fetches(provider),
        waived={"refuses_a_replay": "the signature has no time in it; the message's mid recognises a second delivery"},
    )


Row = tuple[str, str, list[Inbound]]


def _messages() -> list[Parses]:
    rows = [*_on_messenger(), *_on_instagram()]
    return [Parses(name, event(f"{file}.json"), records) for name, file, records in rows]


def _on_messenger() -> list[Row]:
    files = (
        Attachment("https://scontent.xx.fbcdn.net/v/t1.15752-9/nuri_1.jpg?oh=03_Q7&oe=6A1F", "image/*"),
        Attachment("https://video.xx.fbcdn.net/v/t42.3356-2/nuri_2.mp4?oh=00_AY", "video/*"),
        Attachment("https://cdn.fbsbx.com/v/t59.2708-21/nuri.pdf/nuri.pdf?oh=03_Q7"),
    )
    link = "이 공고가 맞나요?\n누리시 청년 월세 지원 https://nuri.example/notice/17"
    at, photos = "m_9Qk2vV0aXJwNuriLocation0003", "m_9Qk2vV0aXJwNuriPhotos0002"
    other, third = (Address(AddressKind.ACCOUNT, value, verified=True) for value in ("7318240915550999", "8001"))
    return [
        (
            "a text",
            "message",
            [said(0, "m_9Qk2vV0aXJwNuriTextMessage0001", "누리동 주민센터 앞 보도블록이 깨졌어요.")],
        ),
        ("photos, a video, a file", "message_with_attachments", [said(9_000, photos, "", attachments=files)]),
        ("a place", "location", [said(19_000, at, "", place=Place("", 37.5665, 126.978))]),
        ("a shared link", "shared_link", [said(29_000, "m_9Qk2vV0aXJwNuriLink0004", link)]),
        (
            "a quick reply",
            "quick_reply",
            [said(39_000, "m_9Qk2vV0aXJwNuriQuick0005", "도로·교통", topic="topic:road")],
        ),
        ("a button", "postback", [said(49_000, "m_9Qk2vV0aXJwNuriPostback0006", "상담사 연결", topic="AGENT")]),
        (
            "an edited text",
            "message_edited",
            [said(90_000, "m_9Qk2vV0aXJwNuriTextMessage0001:1", "[수정됨] 누리동 우체국 앞 보도블록이 깨졌어요.")],
        ),
        (
            "a batch",
            "batch",
            [
                said(60_000, "m_9Qk2vV0aXJwNuriBatch0009", "첫 번째"),
                said(60_100, "m_9Qk2vV0aXJwNuriBatch0010", "두 번째", other),
                said(60_200, "m_9Qk2vV0aXJwNuriBatch0011", "다른 페이지", third, "104210987650000"),
            ],
        ),
    ]


def _on_instagram() -> list[Row]:
    story = Attachment("https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=17912&signature=AbY")
    instagram = "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOnVyaTAwMT"
    asked = "Is the night shelter open today?"
    return [
        ("on Instagram", "instagram_message", [said(80_000, f"{instagram}U", asked, FOLLOWER, INSTAGRAM)]),
        (
            "a story mention",
            "instagram_story_mention",
            [said(81_000, f"{instagram}Y", "[스토리에서 언급]", FOLLOWER, INSTAGRAM, attachments=(story,))],
        ),
        (
            "what Instagram does not pass on",
            "instagram_unsupported",
            [said(82_000, f"{instagram}c", "[메신저가 전달하지 않은 형식의 메시지]", FOLLOWER, INSTAGRAM)],
        ),
    ]


def _others() -> list[Parses]:
    ours = "m_9Qk2vV0aXJwNuriOurs00"
    delivered = [Receipt(Delivery.DELIVERED, f"{ours}13"), Receipt(Delivery.DELIVERED, f"{ours}14")]
    until = [datetime.fromtimestamp((FIRST + after) / 1000, UTC) for after in (69_900, 70_900)]
    read = [Receipt(Delivery.READ, "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOnVyaTAwMTg")]
    return [
        Parses("delivered", event("delivery.json"), delivered),
        Parses(
            "delivered until then",
            event("delivery_by_time.json"),
            [Receipt(Delivery.DELIVERED, to=CITIZEN, until=until[0])],
        ),
        Parses("read until then", event("read_by_time.json"), [Receipt(Delivery.READ, to=CITIZEN, until=until[1])]),
        Parses("read on Instagram", event("instagram_read.json"), read),
        Parses("the first button", event("postback_get_started.json"), []),
        Parses("our own message", event("echo.json"), []),
        Parses("a message taken back", event("instagram_deleted.json"), []),
        Parses("a reaction", event("reaction.json"), []),
    ]


def _refuses() -> list[Refuses]:
    def body(value: object) -> Request:
        return replace(event("message.json"), body=json.dumps(value).encode())

    def one(**happened: object) -> Request:
        return body({"object": "page", "entry": [{"messaging": [{"sender": {"id": "1"}, **happened}]}]})

    forged = {"x-hub-signature-256": f"sha256={'0' * 64}"}
    check = Request("GET", f"{URL}?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1", {})
    return [
        Refuses("no object", body({"entry": []}), Unreadable),
        Refuses("no id", one(message={"text": "?"}), Unreadable),
        Refuses(
            "no sender", body({"object": "page", "entry": [{"messaging": [{"message": {"mid": "m"}}]}]}), Unreadable
        ),
        Refuses("entries that are none", body({"object": "page", "entry": "?"}), Unreadable),
        Refuses("a forged signature", replace(event("message.json"), headers=forged), Unauthorised, signed=False),
        Refuses("a check with a wrong word", check, Unauthorised, signed=False),
        Refuses("a check with no word", replace(check, url=URL), Unauthorised, signed=False),
    ]


def _sends(now: datetime) -> list[Sends]:
    ok = Answer.json({"recipient_id": CITIZEN.value, "message_id": SENT})
    sent = Receipt(Delivery.SENT, SENT, REPLY.reply_id)
    fresh = {"platform": "page", "last_heard": now.isoformat()}
    reply = replace(REPLY, reply_context=fresh)
    photo = replace(reply, attachments=(Content(b"\x89PNG", "image/png", "지도.png"),))
    to_instagram = replace(reply, to=FOLLOWER, text="가" * 700, reply_context={**fresh, "platform": "instagram"})
    failed = Answer.json({"error": {"code": 1200, "message": "…"}}, 500)
    return [
        Sends("a text", reply, [ok], sent, _is_response),
        Sends("a text and a picture", photo, [ok], sent, _is_text_and_picture),
        Sends("a picture alone", replace(photo, text=""), [ok], sent, _is_picture),
        Sends("a long text on Instagram", to_instagram, [ok], sent, _is_in_pieces),
        Sends("a second piece that fails", to_instagram, [ok, failed], Unsure),
        Sends(
            "a file on Instagram", replace(to_instagram, attachments=photo.attachments), [ok], Rejected, _is_not_sent
        ),
    ]


def _failures() -> list[Sends]:
    def error(code: int, subcode: int = 0, status: int = 400, **more: object) -> Answer:
        return Answer.json({"error": {"code": code, "error_subcode": subcode, "message": "…", **more}}, status)

    def told(name: str) -> Answer:
        return Answer(400, fixture("plugins.messenger", f"error_{name}.json"))

    return [
        Sends("after 24 hours", REPLY, [told("window_closed")], Rejected),
        Sends("the citizen blocked the page", REPLY, [told("not_available")], OptedOut),
        Sends("the citizen takes no messages", REPLY, [error(10, 2018108)], OptedOut),
        Sends("too fast", REPLY, [told("rate")], Throttled),
        Sends("no such user", REPLY, [error(100, 2018001)], NotOnChannel),
        Sends("a token that expired", REPLY, [error(190, 463, 401)], Misconfigured),
        Sends("a permission that is missing", REPLY, [error(10)], Misconfigured),
        Sends("an error that passes", REPLY, [error(2, status=503, is_transient=True)], Retry),
        Sends("an error that passes, told as 400", REPLY, [error(1, is_transient=True)], Retry),
        Sends("something else", REPLY, [error(100, 33)], Rejected),
        Sends("no such address", REPLY, [Answer(404)], Misconfigured),
    ]


def _is_response(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("POST", "/graph/v23.0/me/messages")
    assert one.headers["authorization"] == "Bearer EAAGnuri0page0token"
    assert json.loads(one.body) == {
        "recipient": {"id": CITIZEN.value},
        "messaging_type": "RESPONSE",
        "message": {"text": REPLY.text},
    }


def _is_text_and_picture(seen: Sequence[Seen]) -> None:
    _is_response(seen[:1])
    _is_picture(seen[1:])


def _is_picture(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.headers["content-type"].startswith("multipart/form-data")
    for words in ('"type": "image"', "filedata", "지도.png", "image/png", CITIZEN.value):
        assert words in one.body.decode("utf-8", "replace")


def _is_in_pieces(seen: Sequence[Seen]) -> None:
    texts = [json.loads(one.body)["message"]["text"] for one in seen]
    assert "".join(texts) == "가" * 700
    assert all(len(text.encode()) <= 1_000 for text in texts)
    assert {(one.path, one.headers["authorization"]) for one in seen} == {
        ("/instagram/v23.0/me/messages", "Bearer IGQVnuri0account0token")
    }


def _is_not_sent(seen: Sequence[Seen]) -> None:
    assert not seen


def _fetches(provider: str) -> list[Fetches]:
    photo = Attachment(f"{provider}/v/t1.15752-9/1.jpg", "image/*")
    jpeg = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    return [
        Fetches("a photo", photo, [jpeg], Content(b"\xff\xd8\xff", "image/jpeg")),
        Fetches("one that expired", photo, [Answer(403)], Rejected),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/1.jpg"), [jpeg], Rejected),
        Fetches("from a neighbour", Attachment("http://169.254.169.254/latest/meta-data"), [jpeg], Rejected),
    ]
