"""The table of the ``x`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
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
    Throttled,
    Unauthorised,
    Unreadable,
    Unsure,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture

from plugins.x.signature import compute

SECRET = "nuri0consumer0secret0of0fifty0letters0and0some0more"
URL = "https://hub.example/channels/x"
OURS = "1590012000120012001"
CITIZEN = Address(AddressKind.ACCOUNT, "2890044550012345678", "김누리", verified=True)
FIRST = 1_795_335_600_123
"""Milliseconds at the first event of the fixtures."""
PRIVATELY, PUBLICLY = {"came_by": "direct message"}, {"came_by": "post"}
REPLY = Outbound("0199e0f2-7c00-7abc-8def-0000000000a1", CITIZEN, "담당 부서에 전달했습니다.", reply_context=PRIVATELY)


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.x", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as X does: no time is in it."""
    return replace(request, headers={**request.headers, "x-twitter-webhooks-signature": compute(SECRET, request.body)})


def said(after_ms: int, event_id: str, text: str, **more: Any) -> Inbound:
    """A direct message as the hub gets it."""
    at = datetime.fromtimestamp((FIRST + after_ms) / 1000, UTC)
    values = {"conversation": OURS, "occurred_at": at, "reply_context": PRIVATELY, **more}
    return Inbound(event_id, CITIZEN, text, **values)


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"api_url": provider, "consumer_key": "nuri0consumer0key"},
        secrets={
            "consumer_secret": f"{SECRET} an-older-consumer-secret",
            "access_token": f"{OURS}-nuri0access0token",
            "access_token_secret": "nuri0access0token0secret",
        },
        wrong_secrets={
            "consumer_secret": "another-secret",
            "access_token": f"{OURS}-nuri0access0token",
            "access_token_secret": "nuri0access0token0secret",
        },
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=[*_sends(), *_failures()],
        fetches=_fetches(provider),
        waived={"refuses_a_replay": "the signature has no time in it; the event's id recognises a second delivery"},
    )


def _parses() -> list[Parses]:
    ton = "https://ton.twitter.com/1.1/ton/data/dm/1995000000000000002/1995000000000000102/Nuri.jpg"
    photo = (Attachment(ton, "image/*"),)
    film = (Attachment("https://video.twimg.com/dm_video/3/vid/1280x720/a.mp4", "video/mp4"),)
    light = "누리천 산책로 가로등이 꺼져 있어요. https://nuri.example/park/7"
    read = datetime.fromtimestamp(1_795_335_900, UTC)
    mine = [said(0, "1995000000000000001", light)]
    number = "199500000000000000"
    return [
        Parses("a message", event("direct_message.json"), mine),
        Parses(
            "a photo",
            event("direct_message_with_photo.json"),
            [said(60_000, f"{number}2", "사진입니다", attachments=photo)],
        ),
        Parses("a video", event("direct_message_with_video.json"), [said(120_000, f"{number}3", "", attachments=film)]),
        Parses(
            "a place",
            event("direct_message_with_place.json"),
            [said(180_000, f"{number}4", "여기예요", place=Place("", 37.5665, 126.978))],
        ),
        Parses(
            "a quick reply",
            event("direct_message_quick_reply.json"),
            [said(240_000, f"{number}5", "도로·교통", topic="topic:road")],
        ),
        Parses(
            "read until then",
            event("read.json"),
            [Receipt(Delivery.READ, to=replace(CITIZEN, display_name=""), until=read)],
        ),
        Parses("our own message", event("direct_message_sent.json"), []),
        Parses("somebody types", event("typing.json"), []),
        Parses("access was taken back", event("access_revoked.json"), []),
        Parses("mentions where they are not wanted", event("mentions.json"), []),
    ]


def _refuses() -> list[Refuses]:
    def body(value: object) -> Request:
        return replace(event("direct_message.json"), body=json.dumps(value).encode())

    created = {"sender_id": "1", "message_data": {"text": "?"}}
    forged = {"x-twitter-webhooks-signature": "sha256=AAAA"}
    challenge = Request("GET", URL, {})
    asks_for_a_signature = replace(challenge, url=f"{URL}?crc_token=%7B%22for_user_id%22%3A%221%22%7D")
    return [
        Refuses(
            "no id",
            body({"direct_message_events": [{"type": "message_create", "message_create": created}]}),
            Unreadable,
        ),
        Refuses("no message", body({"direct_message_events": [{"type": "message_create", "id": "1"}]}), Unreadable),
        Refuses("events that are none", body({"direct_message_events": "?"}), Unreadable),
        Refuses(
            "a forged signature", replace(event("direct_message.json"), headers=forged), Unauthorised, signed=False
        ),
        Refuses("no challenge", challenge, Unauthorised, signed=False),
        Refuses("a challenge that is an event", asks_for_a_signature, Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    ok = Answer.json({"data": {"dm_conversation_id": f"{OURS}-{CITIZEN.value}", "dm_event_id": "199600001"}}, 201)
    uploaded = Answer.json({"data": {"id": "1880028106020515840", "media_key": "3_1880", "expires_after_secs": 86_400}})
    sent = Receipt(Delivery.SENT, "199600001", REPLY.reply_id)
    picture = replace(REPLY, attachments=(Content(b"\x89PNG", "image/png", "지도.png"),))
    paper = replace(REPLY, attachments=(Content(b"%PDF", "application/pdf"),))
    return [
        Sends("a text", REPLY, [ok], sent, _is_message),
        Sends("a text and a picture", picture, [ok, uploaded, ok], sent, _is_text_and_picture),
        Sends("a picture that fails", picture, [ok, Answer(503)], Unsure),
        Sends("a picture without an id", replace(picture, text=""), [Answer.json({})], Rejected),
        Sends("a document", paper, [ok], Rejected, _is_not_sent),
    ]


def _failures() -> list[Sends]:
    closed = Answer(403, fixture("plugins.x", "error_no_permission_to_dm.json"))
    publicly = replace(REPLY, reply_context=PUBLICLY)
    old = Answer.json({"errors": [{"code": 349, "message": "You cannot send messages to this user."}]}, 403)
    unknown = replace(REPLY, to=Address(AddressKind.ACCOUNT, "nuri_kim"))
    return [
        Sends("the citizen takes no messages", REPLY, [closed], OptedOut),
        Sends("the citizen takes no messages, in the old form", REPLY, [old], OptedOut),
        Sends("who mentioned us takes no messages", publicly, [closed], NotOnChannel),
        Sends("wrong keys", REPLY, [Answer.json({"title": "Unauthorized", "status": 401}, 401)], Misconfigured),
        Sends("a permission that is missing", REPLY, [Answer.json({"title": "Forbidden"}, 403)], Misconfigured),
        Sends("until the window ends", REPLY, [Answer.json({}, 429, x_rate_limit_reset="4102444800")], Throttled),
        Sends("no user id", unknown, [Answer(201)], Rejected, _is_not_sent),
    ]


def _is_message(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("POST", f"/2/dm_conversations/with/{CITIZEN.value}/messages")
    assert one.headers["authorization"].startswith('OAuth oauth_consumer_key="nuri0consumer0key"')
    assert json.loads(one.body) == {"text": REPLY.text}


def _is_text_and_picture(seen: Sequence[Seen]) -> None:
    text, upload, picture = seen
    _is_message([text])
    assert upload.path == "/2/media/upload"
    assert b"dm_image" in upload.body
    assert json.loads(picture.body) == {"attachments": [{"media_id": "1880028106020515840"}]}


def _is_not_sent(seen: Sequence[Seen]) -> None:
    assert not seen


def _fetches(provider: str) -> list[Fetches]:
    jpeg = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    own = Attachment(f"{provider}/1.1/ton/data/dm/2/102/Nuri.jpg", "image/*")
    return [
        Fetches("a picture", own, [jpeg], Content(b"\xff\xd8\xff", "image/jpeg"), _is_signed),
        Fetches("a picture that is refused", own, [Answer(403)], Misconfigured),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/1.jpg"), [jpeg], Rejected),
        Fetches("from a neighbour", Attachment("http://127.0.0.1:1/1.jpg"), [jpeg], Rejected),
    ]


def _is_signed(seen: Sequence[Seen]) -> None:
    assert seen[0].headers["authorization"].startswith("OAuth ")
