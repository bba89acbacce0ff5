"""The table of the ``line`` connector."""

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

from plugins.line.signature import compute

SECRET = "3c4d5e6f708192a3b4c5d6e7f8091a2b"
URL = "https://hub.example/channels/line"
ACCOUNT = "U0120aa11bb22cc33dd44ee55ff660120"
CITIZEN = Address(AddressKind.ACCOUNT, "U7731aa11bb22cc33dd44ee55ff667731", verified=True)
FIRST = 1_795_335_600_123
"""Milliseconds at the first event of the fixtures."""
REPLY = Outbound("0199e0f2-7c00-7abc-8def-0000000000b1", CITIZEN, "담당 부서에 전달했습니다.")
TOKEN = "nur1replytoken000000000000000001"
SPENT = Answer.json({"message": "Invalid reply token"}, 400)


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.line", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as LINE does: no time is in it."""
    return replace(request, headers={**request.headers, "x-line-signature": compute(SECRET, request.body)})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    blocked = "LINE takes messages to citizens who blocked the account, and throws them away without a word"
    return Suite(
        settings={"api_url": provider, "data_url": f"{provider}/data"},
        secrets={"channel_secret": f"an-older-channel-secret {SECRET}", "access_token": "nuri0channel0access0token"},
        wrong_secrets={"channel_secret": "another-secret", "access_token": "nuri0channel0access0token"},
        sign=sign,
        parses=_parses(now),
        refuses=_refuses(),
        sends=[*_sends(), *_replies(now)],
        fetches=_fetches(provider),
        waived={
            "refuses_a_replay": "the signature has no time in it; webhookEventId recognises a second delivery",
            "knows_an_opt_out": blocked,
        },
    )


def _parses(now: datetime) -> list[Parses]:
    def said(number: int, text: str, sender: Address = CITIZEN, after_ms: int = 0, **more: Any) -> Inbound:
        at = datetime.fromtimestamp((FIRST + after_ms) / 1000, UTC)
        until = (min(at, now) + timedelta(seconds=55)).isoformat()
        context = {"reply_token": f"nur1replytoken{number:018d}", "token_until": until}
        values = {"conversation": ACCOUNT, "occurred_at": at, "reply_context": context, **more}
        return Inbound(f"01KB0NUR1EVENT00000000{number:04d}", sender, text, **values)

    def file(message: int, media_type: str, name: str = "") -> Any:
        return {"attachments": (Attachment(f"56000000000000000{message}", media_type, name),)}

    escalator = said(1, "누리역 3번 출구 에스컬레이터가 멈췄어요 (moon)")
    path = Place("누리시 누리동 12-3", 37.5665, 126.978)
    elsewhere: Any = {"attachments": (Attachment("https://nuri.example/7.jpg", "image/jpeg"),)}
    other = Address(AddressKind.ACCOUNT, "U8001aa11bb22cc33dd44ee55ff668001", verified=True)
    rows: list[tuple[str, str, list[Inbound]]] = [
        ("a text", "text", [escalator]),
        (
            "photos",
            "photos",
            [
                said(2, "", after_ms=1, **file(2, "image/jpeg")),
                said(3, "", after_ms=2, **file(3, "image/jpeg")),
            ],
        ),
        ("a video", "video", [said(4, "", **file(4, "video/mp4"))]),
        ("a voice message", "voice", [said(5, "", **file(5, "audio/mp4"))]),
        ("a file", "file", [said(6, "", **file(6, "", "신청서.pdf"))]),
        ("a picture elsewhere", "picture_elsewhere", [said(7, "", **elsewhere)]),
        ("a place", "location", [said(8, "누리천 산책로", place=path)]),
        ("a sticker", "sticker", [said(9, "[스티커] thanks, bow")]),
        ("a button", "postback", [said(10, "[버튼] topic=road", topic="topic=road")]),
        ("a batch", "batch", [said(16, "첫 번째"), said(18, "두 번째", other, 500)]),
        *((name, name, []) for name in ("followed", "unfollowed", "taken_back", "in_a_group", "standby")),
        ("LINE checks the address", "address_check", []),
    ]
    return [Parses(name, event(f"{fixture_name}.json"), records) for name, fixture_name, records in rows]


def _refuses() -> list[Refuses]:
    def body(value: object) -> Request:
        return replace(event("text.json"), body=json.dumps(value).encode())

    source = {"type": "user", "userId": "U1"}
    empty = {"x-line-signature": ""}
    nobody = {"type": "message", "webhookEventId": "1", "source": {"type": "user"}}
    return [
        Refuses("no id", body({"events": [{"type": "message", "source": source}]}), Unreadable),
        Refuses("no sender", body({"events": [nobody]}), Unreadable),
        Refuses("events that are none", body({"events": "?"}), Unreadable),
        Refuses("an empty signature", replace(event("text.json"), headers=empty), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    ok = Answer.json({"sentMessages": [{"id": "461230966842064897", "quoteToken": "IStG5h1Tz7b"}]})
    sent = Receipt(Delivery.SENT, "461230966842064897", REPLY.reply_id)
    taken = Answer.json({"message": "The retry key is already accepted", "sentMessages": [{"id": "46"}]}, 409)
    used_up = Answer.json({"message": "You have reached your monthly limit."}, 429)
    return [
        Sends("a push", REPLY, [ok], sent, _is_push),
        Sends("a push that LINE has already", REPLY, [taken], Receipt(Delivery.SENT, "46", REPLY.reply_id)),
        Sends("another kind of id", replace(REPLY, reply_id="r-1"), [ok], replace(sent, reply_id="r-1"), _has_a_uuid),
        Sends("after the month's last message", REPLY, [used_up], Misconfigured),
        Sends("too fast", REPLY, [Answer.json({"message": "The API rate limit has been exceeded."}, 429)], Throttled),
        Sends("no friend", REPLY, [Answer.json({"message": "Failed to send messages"}, 400)], NotOnChannel),
        Sends("a wrong token", REPLY, [Answer.json({"message": "Authentication failed"}, 401)], Misconfigured),
        Sends("something else", REPLY, [Answer.json({"message": "The request body has 1 error(s)"}, 400)], Rejected),
        Sends("no answer", REPLY, [Answer(dropped=True)], Unsure),
        Sends("a file", replace(REPLY, attachments=(Content(b"x"),)), [ok], Rejected, _is_not_sent),
    ]


def _replies(now: datetime) -> list[Sends]:
    ok = Answer.json({"sentMessages": [{"id": "461230966842064898"}]})
    lives, dead = (
        replace(REPLY, reply_context={"reply_token": TOKEN, "token_until": (now + timedelta(seconds=left)).isoformat()})
        for left in (5, 0)
    )
    replied = Receipt(Delivery.SENT, "461230966842064898", REPLY.reply_id, context_used=True)
    pushed = replace(replied, context_used=False)
    gone = Answer(dropped=True)
    unnamed = replace(replied, provider_id="")
    return [
        Sends("with the token", lives, [ok], replied, _is_reply),
        Sends("after the token's minute", dead, [ok], pushed, _is_push),
        Sends("with a token that was used", lives, [SPENT], Rejected),
        Sends("with the token, the answer is lost", lives, [gone, SPENT], unnamed),
        Sends("with the token, the request is lost", lives, [gone, ok], replied),
        Sends("with the token, nobody answers", lives, [gone], Rejected),
        Sends("with the token, in an outage", lives, [Answer(500)], Retry),
    ]


def _is_push(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("POST", "/v2/bot/message/push")
    assert one.headers["x-line-retry-key"] == REPLY.reply_id
    assert one.headers["authorization"] == "Bearer nuri0channel0access0token"
    assert json.loads(one.body) == {"to": CITIZEN.value, "messages": [{"type": "text", "text": REPLY.text}]}


def _has_a_uuid(seen: Sequence[Seen]) -> None:
    assert len(seen[0].headers["x-line-retry-key"]) == 36


def _is_reply(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.path == "/v2/bot/message/reply"
    assert "x-line-retry-key" not in one.headers
    assert json.loads(one.body) == {"replyToken": TOKEN, "messages": [{"type": "text", "text": REPLY.text}]}


def _is_not_sent(seen: Sequence[Seen]) -> None:
    assert not seen


def _fetches(provider: str) -> list[Fetches]:
    jpeg = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    photo = Attachment("560000000000000002", "image/jpeg")
    return [
        Fetches("a photo", photo, [jpeg], Content(b"\xff\xd8\xff", "image/jpeg"), _is_authorised),
        Fetches("a video that is not ready", photo, [Answer(202)], Retry),
        Fetches("one that is gone", photo, [Answer(410)], Rejected),
        Fetches("an id that is a path", Attachment("../../bot/info"), [jpeg], Rejected, _is_not_sent),
        Fetches("from elsewhere", Attachment("https://nuri.example/7.jpg"), [jpeg], Rejected, _is_not_sent),
        Fetches("from a neighbour", Attachment("http://10.0.0.1/7.jpg"), [jpeg], Rejected, _is_not_sent),
    ]


def _is_authorised(seen: Sequence[Seen]) -> None:
    assert seen[0].path == "/data/v2/bot/message/560000000000000002/content"
    assert seen[0].headers["authorization"] == "Bearer nuri0channel0access0token"
