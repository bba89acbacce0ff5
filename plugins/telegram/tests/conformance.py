"""The table of the ``telegram`` connector."""

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

SECRET = "nuri0webhook0secret"
TOKEN = "120012:AAnuri0bot0token0of0thirty0five0letters"
URL = "https://hub.example/channels/telegram"
CITIZEN = Address(AddressKind.ACCOUNT, "7310012001", "누리 김", verified=True)
FIRST = 1_795_335_600
"""Seconds at the message 0 of the fixtures."""
REPLY = Outbound("0199e0f2-7c00-7abc-8def-0000000000c1", CITIZEN, "담당 부서에 전달했습니다.")
GETS_FILE = Answer.json({"ok": True, "result": {"file_id": "AgAC", "file_path": "photos/file 0.jpg"}})


def event(name: str) -> Request:
    """A fixture as a request without the secret."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.telegram", name))


def sign(request: Request, at: datetime) -> Request:
    """With the secret that setWebhook was given: there is neither body nor time in it."""
    return replace(request, headers={**request.headers, "x-telegram-bot-api-secret-token": SECRET})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"api_url": provider},
        secrets={"bot_token": TOKEN, "webhook_secret": f"an-older-secret {SECRET}"},
        wrong_secrets={"bot_token": TOKEN, "webhook_secret": "another-secret"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=[*_sends(), *_failures()],
        fetches=_fetches(),
        waived={
            "refuses_a_changed_body": "Telegram signs nothing: a secret in a header says who calls",
            "refuses_a_replay": "Telegram signs nothing; the message's number recognises a second delivery",
            "keeps_secrets_out_of_addresses": "the Bot API takes the token in the address alone",
        },
    )


def _parses() -> list[Parses]:
    def said(message_id: int, text: str, **more: Any) -> Inbound:
        at = datetime.fromtimestamp(FIRST + message_id, UTC)
        return Inbound(f"7310012001:{message_id}", CITIZEN, text, **{"language": "ko", "occurred_at": at, **more})

    def file(reference: str, media_type: str, name: str = "") -> Any:
        return {"attachments": (Attachment(reference, media_type, name),)}

    edited = replace(
        said(60, "[수정됨] 누리천 자전거길 2km 지점에 나무가 쓰러졌어요."), provider_id=f"7310012001:1:{FIRST + 60}"
    )
    point, park = Place("", 37.5665, 126.978), Place("누리시 누리동 12-3", 37.5665, 126.978)
    paper = file("BQACAgUAAxkBAAIBdoc", "application/pdf", "신청서.pdf")
    pressed = Inbound("button:4382001200120012", CITIZEN, "[버튼] topic:road", language="ko", topic="topic:road")
    rows: list[tuple[str, str, list[Inbound]]] = [
        ("a text", "text", [said(1, "누리천 자전거길에 나무가 쓰러졌어요.")]),
        ("an edited text", "edited_text", [edited]),
        ("a photo", "photo", [said(2, "사진입니다", **file("AgACAgUAAxkBAAIy", "image/jpeg"))]),
        ("a document", "document", [said(3, "", **paper)]),
        ("a voice message", "voice", [said(4, "", **file("AwACAgUAAxkBAAIBvoice", "audio/ogg"))]),
        ("an animation", "animation", [said(5, "", **file("CgACAgUAAxkBAAIBanim", "video/mp4", "a.mp4"))]),
        ("a point", "location", [said(6, "", place=point)]),
        ("a place", "venue", [said(7, "누리천 공원", place=park)]),
        ("the sender's own number", "own_contact", [said(9, "[연락처] 누리 821055501234", number="+821055501234")]),
        ("another's number", "contact_of_another", [said(10, "[연락처] 주민센터 +82 2-120-0000")]),
        ("a sticker", "sticker", [said(11, "[스티커] 🙏")]),
        ("a poll", "poll", [said(12, "[텔레그램이 전달하지 않은 형식의 메시지]")]),
        ("a chat begun by a link", "start_with_topic", [said(14, "/start road", topic="road")]),
        ("a button", "button", [pressed]),
        *((name, name, []) for name in ("start", "in_a_group", "live_location_moved", "blocked")),
    ]
    return [Parses(name, event(f"{fixture_name}.json"), records) for name, fixture_name, records in rows]


def _refuses() -> list[Refuses]:
    def body(value: object) -> Request:
        return replace(event("text.json"), body=json.dumps(value).encode())

    chat = {"id": 1, "type": "private"}
    empty = {"x-telegram-bot-api-secret-token": ""}
    return [
        Refuses("no update", body({"message": {}}), Unreadable),
        Refuses("no number", body({"update_id": 1, "message": {"from": {"id": 1}, "chat": chat}}), Unreadable),
        Refuses("no sender", body({"update_id": 1, "message": {"message_id": 1, "chat": chat}}), Unreadable),
        Refuses("an empty secret", replace(event("text.json"), headers=empty), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    ok = Answer.json({"ok": True, "result": {"message_id": 120, "chat": {"id": 7310012001}, "date": FIRST}})
    sent = Receipt(Delivery.SENT, "7310012001:120", REPLY.reply_id)
    files = (Content(b"\x89PNG", "image/png", "지도.png"), Content(b"%PDF", "application/pdf", "안내.pdf"))
    with_files = replace(REPLY, attachments=files)
    large = replace(REPLY, attachments=(Content(b"x" * 50_000_001),))
    return [
        Sends("a text", REPLY, [ok], sent, _is_message),
        Sends("with a picture and a document", with_files, [ok], sent, _is_message_and_files),
        Sends("a file that fails", with_files, [ok, Answer(500)], Unsure),
        Sends("a file that is too large", large, [ok], Rejected, _is_not_sent),
    ]


def _failures() -> list[Sends]:
    def error(status: int, words: str, **more: object) -> Answer:
        return Answer.json({"ok": False, "error_code": status, "description": words, **more}, status)

    return [
        Sends("blocked", REPLY, [error(403, "Forbidden: bot was blocked by the user")], OptedOut),
        Sends("an account that is no more", REPLY, [error(403, "Forbidden: user is deactivated")], NotOnChannel),
        Sends("no such chat", REPLY, [error(400, "Bad Request: chat not found")], NotOnChannel),
        Sends(
            "too fast",
            REPLY,
            [error(429, "Too Many Requests: retry after 14", parameters={"retry_after": 14})],
            Throttled,
        ),
        Sends("a wrong token", REPLY, [error(401, "Unauthorized")], Misconfigured),
        Sends("no token at all", REPLY, [error(404, "Not Found")], Misconfigured),
        Sends("something else", REPLY, [error(400, "Bad Request: message text is empty")], Rejected),
    ]


def _is_message(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert json.loads(one.body) == {"chat_id": CITIZEN.value, "text": REPLY.text}


def _is_message_and_files(seen: Sequence[Seen]) -> None:
    _is_message(seen[:1])
    assert [one.path.rpartition("/")[2] for one in seen[1:]] == ["sendPhoto", "sendDocument"]
    assert "지도.png" in seen[1].body.decode("utf-8", "replace")


def _is_not_sent(seen: Sequence[Seen]) -> None:
    assert not seen


def _fetches() -> list[Fetches]:
    photo = Attachment("AgACAgUAAxkBAAIy", "image/jpeg")
    jpeg = Answer(200, b"\xff\xd8\xff", {"content-type": "application/octet-stream"})
    too_big = Answer.json({"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}, 400)
    local = Answer.json({"ok": True, "result": {"file_path": "/var/lib/telegram/file_0.jpg"}})
    above = Answer.json({"ok": True, "result": {"file_path": "../../bot/getMe"}})
    return [
        Fetches("a photo", photo, [GETS_FILE, jpeg], Content(b"\xff\xd8\xff", "image/jpeg"), _asked_where),
        Fetches("one that is too big", photo, [too_big], Rejected),
        Fetches("on the server's own disk", photo, [local, jpeg], Rejected),
        Fetches("above its folder", photo, [above, jpeg], Rejected),
    ]


def _asked_where(seen: Sequence[Seen]) -> None:
    where, file = seen
    assert json.loads(where.body) == {"file_id": "AgACAgUAAxkBAAIy"}
    assert file.path == f"/file/bot{TOKEN}/photos/file%200.jpg"
