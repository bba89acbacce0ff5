"""The table: what the board sends, and how it answers."""

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
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture

from naru_board.inbound import signature

KEY, TOKEN = "naru-webhook-key-5c1e", "naru-api-token-77ab"
URL = "https://hub.example/channels/naru_board"
AUTHOR = Address(AddressKind.ACCOUNT, "u-77", "강변산책", verified=True)
REPLY = Outbound("0199e0f2-7c00-7abc-8def-0000000000aa", AUTHOR, "내일 오전에 보수하겠습니다.", conversation="p-1042")


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("naru_board", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as the board does."""
    timestamp = str(int(at.timestamp()))
    signed = f"t={timestamp},v1={signature(KEY, timestamp, request.body)}"
    return replace(request, headers={**request.headers, "x-naru-signature": signed})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"api_url": f"{provider}/api/"},
        secrets={"webhook_key": KEY, "api_token": TOKEN},
        wrong_secrets={"webhook_key": "another-key-9f00", "api_token": TOKEN},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        fetches=_fetches(),
    )


def _parses() -> list[Parses]:
    post = Inbound(
        "p-1042",
        AUTHOR,
        "자전거 도로 파임\n\n나루교 남단 자전거 도로가 깊게 파였습니다.",
        (Attachment("f-1", "image/jpeg"), Attachment("f-2", "image/png")),
        "p-1042",
        occurred_at=datetime.fromisoformat("2026-11-22T07:41:00+09:00"),
    )
    comment = Inbound(
        "c-88",
        AUTHOR,
        "오늘 아침에는 더 커졌어요.",
        conversation="p-1042",
        occurred_at=datetime.fromisoformat("2026-11-23T08:02:00+09:00"),
    )
    return [
        Parses("a post", event("post_created.json"), [post]),
        Parses("a comment", event("comment_created.json"), [comment]),
        Parses("our comment was read", event("comment_read.json"), [Receipt(Delivery.READ, "c-91", REPLY.reply_id)]),
        Parses("set-up", event("ping.json"), []),
    ]


def _refuses() -> list[Refuses]:
    ping = event("ping.json")
    return [
        Refuses("an unknown event", replace(ping, body=b'{"event": "post.deleted"}'), Unreadable),
        Refuses(
            "a post without author", replace(ping, body=b'{"event": "post.created", "post": {"id": "1"}}'), Unreadable
        ),
        Refuses("half a signature", replace(ping, headers={"x-naru-signature": "t=1"}), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    sent = Receipt(Delivery.SENT, "c-91", REPLY.reply_id)
    return [
        Sends("written", REPLY, [Answer.json({"id": "c-91"}, 201)], sent, _is_comment),
        Sends("written before", REPLY, [Answer.json({"id": "c-91"}, 409)], sent),
        Sends("the post is locked", REPLY, [Answer(423)], Rejected),
        Sends("the author wants none", REPLY, [Answer(451)], OptedOut),
        Sends("a wrong token", REPLY, [Answer(401)], Misconfigured),
        Sends("no post", replace(REPLY, conversation=""), [Answer()], Rejected),
    ]


def _is_comment(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("POST", "/api/posts/p-1042/comments")
    assert one.headers["authorization"] == f"Bearer {TOKEN}"
    assert json.loads(one.body) == {"key": REPLY.reply_id, "text": REPLY.text}


def _fetches() -> list[Fetches]:
    photo = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    return [
        Fetches("a photo", Attachment("f-1"), [photo], Content(b"\xff\xd8\xff", "image/jpeg")),
        Fetches("a strange id", Attachment("../posts"), [photo], Content(b"\xff\xd8\xff", "image/jpeg"), _is_quoted),
    ]


def _is_quoted(seen: Sequence[Seen]) -> None:
    assert seen[0].path == "/api/photos/..%2Fposts"
