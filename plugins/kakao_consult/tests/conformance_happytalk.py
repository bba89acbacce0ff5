"""The table of the ``kakao_consult`` connector in HappyTalk's form, version 3 and what is left of the older one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hub120_sdk import (
    Attachment,
    Delivery,
    Inbound,
    Misconfigured,
    Receipt,
    Rejected,
    Request,
    Retry,
    Session,
    Unauthorised,
    Unreadable,
    Unsure,
)
from hub120_sdk.testing import Answer, Ends, Parses, Refuses, Seen, Sends, Suite

from plugins.kakao_consult.dealer import Bubble
from plugins.kakao_consult.happytalk import serial_number
from plugins.kakao_consult.tests.conformance import (
    CITIZEN,
    FORM,
    KEY,
    PHOTO,
    REPLY,
    SECRET,
    SENDER,
    URL,
    WAIVED,
    event,
    fetches,
    inbound,
    sign,
)

CLIENT = "hub120-client"
FIRST = serial_number(Bubble(REPLY.reply_id, 0, CITIZEN.value))
GOOD = Answer.json({"code": 0})
IMAGE = Answer.json({"code": "0000", "image": "http://api1-kage.kakao.com/dn/hub120/img_l.jpg"})
FILE = Answer.json(
    {"code": "0000", "file": "http://api1-kage.kakao.com/dn/hub120/f.pdf", "name": "신청서.pdf", "size": 8}
)


def happytalk(name: str) -> Request:
    """One of HappyTalk's events."""
    return event(f"happytalk_{name}.json", "/message")


def failed(code: object, message: str) -> Answer:
    """HappyTalk refuses."""
    return Answer.json({"code": code, "message": message})


def digest(kind: str, time: int, *told: str) -> str:
    """What stands for the serial number of an event that has none."""
    parts = "\x00".join([kind, CITIZEN.value, "163477524", str(time), *told])
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"dealer": "happytalk", "sender_key": SENDER, "client_id": CLIENT, "base_url": provider},
        secrets={"api_key": KEY, "webhook_secret": f"the-new-one-1a2b {SECRET}"},
        wrong_secrets={"api_key": KEY, "webhook_secret": "another-secret"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        ends=_ends(),
        fetches=fetches(provider),
        waived=WAIVED,
    )


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _parses() -> list[Parses]:
    def said(number: int, ms: int, text: str, *files: Attachment) -> list[Inbound]:
        return [inbound(f"29149782548457114{number:02}", _at(ms), text, *files)]

    def photo(name: str) -> Attachment:
        return Attachment(f"http://dn-m.talk.kakao.com/talkm/{name}.jpg", "image/*")

    video = Attachment("https://dn-m.talk.kakao.com/talkm/oYaAbG/v.mp4", "video/*")
    whole = Attachment("https://dn-m.talk.kakao.com/talkm/oYaAbE/whole.txt", "text/plain")
    topic, beginning = "가로등 고장 신고", "긴 민원의 앞부분입니다."
    opened_at, long_at = 1795336200000, 1795336215900
    opened = inbound(digest("reference", opened_at, topic), _at(opened_at), "상담을 시작했습니다.", topic=topic)
    rows: dict[str, list[Inbound]] = {
        "message": said(1, 1795336210900, "긴급복지 생계지원은 어디에 신청하나요?"),
        "message_v1": said(2, 1795336211900, "가로등 고장 신고입니다"),
        "photos": said(3, 1795336212900, "", photo("oYaAbC/i_first"), photo("oYaAbD/i_second")),
        "photo_v1": said(4, 1795336213900, "", photo("oYaAbF/i_third")),
        "video": said(5, 1795336214900, "밤에 찍었습니다", video),
        "long_message": [inbound(digest("message", long_at, beginning, ""), _at(long_at), beginning, whole)],
        "reference": [opened],
        "expired_session": [],
    }
    return [Parses(name, happytalk(name), records) for name, records in rows.items()]


def _refuses() -> list[Refuses]:
    text = happytalk("message")

    def changed(**fields: object) -> Request:
        return replace(text, body=json.dumps({**json.loads(text.body), **fields}).encode())

    return [
        Refuses("no citizen", changed(user_key=""), Unreadable),
        Refuses("a serial number of another kind", changed(serial_number=[1]), Unreadable),
        Refuses("a time that is none", changed(time=10**30), Unreadable),
        Refuses("contents of another kind", changed(contents=[1]), Unreadable),
        Refuses("another profile", changed(sender_key="another"), Unauthorised),
        Refuses("no secret", text, Unauthorised, signed=False),
        Refuses("half a secret", replace(text, url=f"{URL}/consult-secret"), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    taken = Receipt(Delivery.SENT, FIRST, REPLY.reply_id)
    illustrated = replace(REPLY, attachments=(PHOTO,))
    return [
        Sends("a text", REPLY, [GOOD], taken, _is_a_text),
        Sends("a photo", replace(REPLY, text="", attachments=(PHOTO,)), [IMAGE, GOOD], taken, _is("IMAGE")),
        Sends("a form", replace(REPLY, text="", attachments=(FORM,)), [FILE, GOOD], taken, _is("FILE")),
        Sends("no open session", REPLY, [failed(-502, "NotFoundSessionException(…)")], Rejected),
        Sends("a wrong profile", REPLY, [failed(-501, f"InvalidSenderException(senderKey: {SENDER})")], Misconfigured),
        Sends("a code alone", REPLY, [failed("-999", "")], Rejected),
        Sends("a photo too large", illustrated, [failed("-505", "InvalidImageSizeException")], Rejected),
        Sends("nobody knows where the photo is", illustrated, [GOOD], Retry),
        Sends("wrong credentials", REPLY, [Answer.json({"message": "Unauthorized"}, 401)], Misconfigured),
        Sends("nobody knows", REPLY, [Answer.json({"code": None})], Unsure),
    ]


def _is_a_text(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.path == "/kakaoWebhook/v3/bzc/chat/send/plain"
    assert (one.headers["ht-client-id"], one.headers["ht-client-secret"]) == (CLIENT, KEY)
    assert json.loads(one.body) == {
        "user_key": CITIZEN.value,
        "sender_key": SENDER,
        "serial_number": FIRST,
        "chat_bubble_type": "TEXT",
        "message": REPLY.text,
    }


def _is(kind: str) -> Callable[[Sequence[Seen]], None]:
    def check(seen: Sequence[Seen]) -> None:
        upload, message = seen
        body = json.loads(message.body)
        assert upload.path == f"/kakaoWebhook/v3/bzc/{'image' if kind == 'IMAGE' else 'file'}/upload"
        assert body["chat_bubble_type"] == kind
        image = {"image": {"img_url": "http://api1-kage.kakao.com/dn/hub120/img_l.jpg"}}
        url = "http://api1-kage.kakao.com/dn/hub120/f.pdf"
        file = {"file": {"file_url": url, "file_name": "신청서.pdf", "file_size": 8}}
        assert body["attachment"] == (image if kind == "IMAGE" else file)

    return check


def _ends() -> list[Ends]:
    session = Session(CITIZEN)
    return [
        Ends("the end", session, [Answer.json({"code": 0, "session_id": "123212"})], check=_is_the_end),
        Ends("of what is over already", session, [failed(-502, "NotFoundSessionException(…)")]),
        Ends("a wrong profile", session, [failed(-501, "InvalidSenderException(…)")], Misconfigured),
        Ends("refused", session, [failed(-1, "")], Rejected),
    ]


def _is_the_end(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.path == "/kakaoWebhook/v3/bzc/chat/endWithBot"
    assert json.loads(one.body) == {"user_key": CITIZEN.value, "sender_key": SENDER}
