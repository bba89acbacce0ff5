"""The table of the ``kakaotalk`` connector."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Delivery,
    Inbound,
    Outbound,
    Receipt,
    Rejected,
    Request,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture

SECRET = "skill-secret-2b7f"
BOT = "64f0c1a2b3d4e5f60718293a"
USER = "7c1f0a52d9e84b6f93c2a15e08bd47f6e2903b5d1c7f48a69e30b2d5f1846ac09b"
URL = "https://hub.example/channels/kakaotalk"
CALLBACK = f"https://bot-api.kakao.com/v1/bots/{BOT}!/callback/Zx9-hub120-0Lw3"
CITIZEN = Address(AddressKind.ACCOUNT, USER, verified=True)
_SIGNS_NOTHING = "KakaoTalk signs nothing: the operator's secret covers neither body nor time"


def event(name: str, request_id: str = "") -> Request:
    """A fixture as a request without the secret."""
    headers = {"content-type": "application/json"} | ({"x-request-id": request_id} if request_id else {})
    return Request("POST", URL, headers, fixture("plugins.kakaotalk", name))


def sign(request: Request, at: datetime) -> Request:
    """Add the operator's header."""
    return replace(request, headers={**request.headers, "x-hub120-secret": SECRET})


def turn(name: str) -> str:
    """The provider id of a turn that has a name."""
    return hashlib.sha256(f"turn\x00{name}".encode()).hexdigest()[:40]


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"provider_url": provider},
        secrets={"skill_secret": f"{SECRET} the-old-one-9d3c"},
        wrong_secrets={"skill_secret": "another-secret-51aa"},
        sign=sign,
        parses=_parses(now),
        refuses=_refuses(),
        sends=_sends(provider, now),
        fetches=_fetches(provider),
        waived={
            "refuses_a_changed_body": _SIGNS_NOTHING,
            "refuses_a_replay": _SIGNS_NOTHING,
            "knows_an_opt_out": "a skill has no opt-out: who blocks the channel makes no more calls",
        },
    )


def said(provider_id: str, text: str, *pictures: str, sender: Address = CITIZEN, language: str = "ko") -> Inbound:
    """A record as the connector shall make it."""
    attachments = tuple(Attachment(one, "image/*") for one in pictures)
    return Inbound(provider_id, sender, text, attachments, BOT, language)


def _parses(now: datetime) -> list[Parses]:
    street_light = event("text_message.json")
    window = str(int(now.timestamp()) // 10)
    words = "\x00".join(["words", window, BOT, street_light.body.decode()])
    uploaded = json.loads(fixture("plugins.kakaotalk", "image_upload.json"))["userRequest"]["utterance"]
    until = (now + timedelta(seconds=55)).isoformat()

    secure = [f"https://secure.kakaocdn.net/dna/hub120/{one}.jpg" for one in ("a1/one", "a2/two")]
    with_callback = replace(
        said(turn(CALLBACK), "긴급복지 생계지원은 어디에 신청하나요?"),
        reply_context={"callback_url": CALLBACK, "callback_until": until},
    )
    other = Address(AddressKind.ACCOUNT, USER[::-1], verified=True)
    return [
        Parses(
            "a text",
            street_light,
            [
                said(
                    hashlib.sha256(words.encode()).hexdigest()[:40],
                    "집 앞 가로등이 사흘째 꺼져 있어요. 누리동 12-3번지입니다.",
                )
            ],
        ),
        Parses("a text with callback", event("text_message_with_callback.json"), [with_callback]),
        Parses("a picture", event("image_upload.json", "req-picture"), [said(turn("req-picture"), "", uploaded)]),
        Parses(
            "secure pictures",
            event("secure_images.json", "req-secure"),
            [said(turn("req-secure"), "파손된 보도블록 사진입니다", *secure)],
        ),
        Parses(
            "the other spelling",
            event("snake_case_user.json", "req-snake"),
            [said(turn("req-snake"), "Where can I register as a foreign resident?", sender=other, language="en")],
        ),
        Parses("nothing said", event("nothing_said.json"), []),
    ]


def _refuses() -> list[Refuses]:
    text = event("text_message.json")
    wrong = {"x-hub120-secret": "skill-secret-2b7"}
    return [
        Refuses("no user", replace(text, body=b'{"userRequest":{"utterance":"?"}}'), Unreadable),
        Refuses("no request", replace(text, body=b'{"bot":{"id":"1"}}'), Unreadable),
        Refuses("half a secret", replace(text, headers=wrong), Unauthorised, signed=False),
        Refuses("an empty secret", replace(text, headers={"x-hub120-secret": ""}), Unauthorised, signed=False),
        Refuses("a wrong secret in the URL", replace(text, url=URL + "?secret=x"), Unauthorised, signed=False),
    ]


def _sends(provider: str, now: datetime) -> list[Sends]:
    live = {"callback_url": f"{provider}/callback", "callback_until": (now + timedelta(seconds=1)).isoformat()}
    reply = Outbound("r-1", CITIZEN, "누리동 주민센터에서 신청하실 수 있습니다.", reply_context=live)
    ok = Answer.json({"taskId": "task-7", "status": "SUCCESS", "message": "", "timestamp": 1795368032000})
    spent = Answer.json({"taskId": "", "status": "FAIL", "message": "Invalid callback token", "timestamp": 1}, 400)
    later = "it is shown when the citizen writes again"
    elsewhere = {**live, "callback_url": "https://elsewhere.example/callback"}
    return [
        Sends("over the callback", reply, [ok], Receipt(Delivery.SENT, "task-7", context_used=True), _is_skill_answer),
        Sends(
            "the callback is spent",
            reply,
            [spent],
            Receipt(Delivery.PARKED, reason=f"the callback was refused (FAIL): {later}", context_used=True),
        ),
        Sends(
            "the callback has expired",
            replace(reply, reply_context={**live, "callback_until": now.isoformat()}),
            [ok],
            Receipt(Delivery.PARKED, reason=f"the callback expired: {later}", context_used=True),
            _is_not_called,
        ),
        Sends(
            "no callback",
            replace(reply, reply_context={}),
            [ok],
            Receipt(Delivery.PARKED, reason=f"no callback: {later}"),
            _is_not_called,
        ),
        Sends("a callback elsewhere", replace(reply, reply_context=elsewhere), [ok], Rejected, _is_not_called),
        Sends("a file", replace(reply, attachments=(Content(b"x"),)), [ok], Rejected, _is_not_called),
    ]


def _is_skill_answer(seen: Sequence[Seen]) -> None:
    [one] = seen
    outputs = [{"simpleText": {"text": "누리동 주민센터에서 신청하실 수 있습니다."}}]
    labels = ("답변 확인", "상담 종료")
    taps = [{"label": label, "action": "message", "messageText": label} for label in labels]
    assert json.loads(one.body) == {"version": "2.0", "template": {"outputs": outputs, "quickReplies": taps}}


def _is_not_called(seen: Sequence[Seen]) -> None:
    assert not seen


def _fetches(provider: str) -> list[Fetches]:
    picture = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    return [
        Fetches("a picture", Attachment(f"{provider}/dna/1.jpg"), [picture], Content(b"\xff\xd8\xff", "image/jpeg")),
        Fetches("an expired one", Attachment(f"{provider}/dna/1.jpg"), [Answer(403)], Rejected),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/1.jpg"), [picture], Rejected),
    ]
