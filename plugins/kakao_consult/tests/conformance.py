"""The table of the ``kakao_consult`` connector in Bizgo's form; HappyTalk's is in ``conformance_happytalk``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

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
    Receipt,
    Rejected,
    Request,
    Retry,
    Session,
    Throttled,
    Unauthorised,
    Unreadable,
    Unsure,
)
from hub120_sdk.testing import Answer, Ends, Fetches, Parses, Refuses, Seen, Sends, Suite, fixture

SECRET, KEY = "consult-secret-7d41", "bizgo-api-key-90c3"
SENDER = "3fd538ef7218a14a63e51ba47e83c76e1ff5ab62"
URL = "https://hub.example/channels/kakao_consult"
DEALER_ADDRESS = "203.0.113.7"
CITIZEN = Address(AddressKind.ACCOUNT, "c0eUY5TATGz1", verified=True)
REPLY = Outbound("0199e0f2-7c00-7abc-8def-00000000000a", CITIZEN, "누리동 주민센터에서 신청하실 수 있습니다.")
PHOTO = Content(b"\xff\xd8\xff\xe0jpeg", "image/jpeg", "수리.jpg")
FORM = Content(b"%PDF-1.7", "application/pdf", "신청서.pdf")
SENT = "20261122083209220CS0000000042"
_SIGNS_NOTHING = "dealers sign no webhook of a consultation: the operator's secret covers neither body nor time"
WAIVED = {
    "refuses_a_changed_body": _SIGNS_NOTHING,
    "refuses_a_replay": _SIGNS_NOTHING,
    "knows_an_opt_out": "who blocks the channel ends the session, and a closed session takes nothing",
}


def event(name: str, path: str = "") -> Request:
    """A fixture as a request to the bare address; ``path`` is what the dealer puts behind it."""
    headers = {"content-type": "application/json"}
    return Request("POST", URL + path, headers, fixture("plugins.kakao_consult", name), DEALER_ADDRESS)


def bizgo(kind: str) -> Request:
    """One of Bizgo's events by the name of its fixture, at the address where Bizgo delivers it."""
    return event(f"bizgo_{kind}.json", f"/cstalk/{_EVENTS.get(kind, kind)}")


_EVENTS = {
    **dict.fromkeys(("message_old", "photos", "long_message", "nothing_said"), "message"),
    **dict.fromkeys(("result_closed", "result_end"), "result"),
}


def sign(request: Request, at: datetime) -> Request:
    """The address as the operator entered it at the dealer: the secret stands before the event."""
    return replace(request, url=request.url.replace(URL, f"{URL}/{SECRET}", 1))


def said(name: str, **changed: object) -> Answer:
    """A recorded answer, with some of its ``data`` changed."""
    body = json.loads(fixture("plugins.kakao_consult", name))
    return Answer.json({**body, "data": {**body["data"], **changed}})


def coded(code: str) -> Answer:
    """Bizgo's service says something else than that it took it."""
    return said("bizgo_session_over.json", code=code)


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"sender_key": SENDER, "base_url": provider, "source_networks": "203.0.113.0/24"},
        secrets={"api_key": KEY, "webhook_secret": f"the-new-one-1a2b {SECRET}"},
        wrong_secrets={"api_key": KEY, "webhook_secret": "another-secret"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=[*_sends(), *_refused()],
        ends=_ends(),
        fetches=fetches(provider),
        waived=WAIVED,
    )


def inbound(provider_id: str, at: datetime, text: str, *files: Attachment, topic: str = "") -> Inbound:
    """A message into a session that stays open for thirty days."""
    return Inbound(
        provider_id,
        CITIZEN,
        text,
        files,
        conversation=SENDER,
        occurred_at=at,
        reply_until=at + timedelta(days=30),
        topic=topic,
    )


def _parses() -> list[Parses]:
    def read(name: str, *records: Inbound | Receipt) -> Parses:
        return Parses(name, bizgo(name), records)

    def message(number: int, text: str, *files: Attachment, topic: str = "") -> Inbound:
        at = datetime.fromisoformat(f"2026-11-22T17:30:11.{number}+09:00")
        return inbound(f"20261122083011{number}CS0099120001", at, text, *files, topic=topic)

    passed_on = datetime.fromisoformat("2026-11-22T17:30:10.900+09:00")
    words = message(101, "집 앞 가로등이 사흘째 꺼져 있어요. 누리동 12-3번지입니다.")
    words = replace(words, occurred_at=passed_on, reply_until=passed_on + timedelta(days=30))
    names = ("oYaAbC/i_first", "oYaAbD/i_second")
    pictures = [Attachment(f"http://dn-m.talk.kakao.com/talkm/{one}.jpg") for one in names]
    whole = Attachment("https://dn-m.talk.kakao.com/talkm/oYaAbE/whole.txt", "text/plain")
    shared = replace(
        message(109, "전화번호 제공에 동의했습니다."),
        number="+821055501234",
        sender=replace(CITIZEN, display_name="누리"),
    )
    read_until = datetime.fromisoformat("2026-11-22T17:35:00+09:00")
    closed = "no consultation is open: the citizen has to write again first (A821)"
    failed = Receipt(Delivery.FAILED, "20261122083209220CS0000000043", REPLY.reply_id[:-1] + "b", reason=closed)
    return [
        read("message", words),
        read("message_old", message(102, "가로등 고장 신고입니다")),
        read("photos", message(103, "", *pictures)),
        read("long_message", message(104, "긴 민원의 앞부분입니다.", whole)),
        read("nothing_said"),
        read("reference", message(106, "상담을 시작했습니다.", topic="가로등 고장 신고")),
        read("expired_session"),
        read("seen_info", Receipt(Delivery.READ, to=CITIZEN, until=read_until)),
        read("personal_info", shared),
        read("result", Receipt(Delivery.DELIVERED, SENT, REPLY.reply_id)),
        read("result_closed", failed),
        read("result_end"),
    ]


def _refuses() -> list[Refuses]:
    text = bizgo("message")

    def without(name: str) -> Request:
        body = json.loads(text.body)
        return replace(text, body=json.dumps({key: one for key, one in body.items() if key != name}).encode())

    elsewhere = replace(sign(text, datetime.min), remote_address="198.51.100.9")
    other = replace(text, body=text.body.replace(SENDER.encode(), b"another-profile"))
    late = replace(text, body=text.body.replace(b"2026-11-22", b"9999-12-31"))
    return [
        *(Refuses(f"no {name}", without(name), Unreadable) for name in ("msgKey", "userKey", "senderKey")),
        Refuses("an event nobody knows", replace(text, url=f"{URL}/cstalk/other"), Unreadable),
        Refuses("a time that is none", late, Unreadable),
        Refuses("another profile", other, Unauthorised),
        Refuses("another network", elsewhere, Unauthorised, signed=False),
        Refuses("half a secret", replace(text, url=f"{URL}/consult-secret/cstalk/message"), Unauthorised, signed=False),
        Refuses("the secret as a query", replace(text, url=f"{text.url}?{SECRET}"), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    sent, taken = said("bizgo_sent.json"), Receipt(Delivery.SENT, SENT, REPLY.reply_id)
    image, file = said("bizgo_image_uploaded.json"), said("bizgo_file_uploaded.json")
    illustrated = replace(REPLY, attachments=(PHOTO,))
    return [
        Sends("a text", REPLY, [sent], taken, _bodies(_text())),
        Sends("a photo", replace(REPLY, text="", attachments=(PHOTO,)), [image, sent], taken, _uploads_a_photo),
        Sends("a form", replace(REPLY, text="", attachments=(FORM,)), [file, sent], taken, _uploads_a_form),
        Sends("words and a photo", illustrated, [image, sent], taken, _writes_words_first),
        Sends("the photo is refused", illustrated, [coded("A203")], Rejected, _once),
        Sends("nobody knows where the photo is", illustrated, [said("bizgo_sent.json")], Retry),
        Sends("only the words were taken", illustrated, [image, sent, coded("A821")], Rejected),
        Sends("the line broke after the words", illustrated, [image, sent, Answer(503)], Unsure),
    ]


def _ends() -> list[Ends]:
    session, ended = Session(CITIZEN), said("bizgo_ended.json")
    return [
        Ends("the end", session, [ended], check=_bodies(("end", {"userKey": CITIZEN.value, "senderKey": SENDER}))),
        Ends("of what is over already", session, [coded("A821")]),
        Ends("out of service", session, [coded("A920")], Retry),
        Ends("a wrong profile", session, [coded("A502")], Misconfigured),
        Ends("refused", session, [coded("A300")], Rejected),
    ]


def _refused() -> list[Sends]:
    gateway = Answer.json({"common": {"authCode": "A401", "authResult": "Unauthorized"}}, 401)
    return [
        Sends("no open session", REPLY, [coded("A821")], Rejected),
        Sends("taken by an earlier attempt", REPLY, [coded("A301")], Receipt(Delivery.SENT, "", REPLY.reply_id)),
        Sends("too fast", REPLY, [coded("A020")], Throttled),
        Sends("out of service", REPLY, [coded("A920")], Retry),
        Sends("a key nobody knows", REPLY, [coded("A507")], NotOnChannel),
        Sends("a wrong profile", REPLY, [coded("A502")], Misconfigured),
        Sends("a code nobody knows", REPLY, [coded("A999X")], Rejected),
        Sends("a wrong API key", REPLY, [gateway], Misconfigured),
        Sends("a closed door", REPLY, [Answer(403, b"<html>")], Misconfigured),
        Sends("nobody knows", REPLY, [Answer(200, b"<html>")], Unsure),
        Sends(
            "to a telephone", replace(REPLY, to=Address(AddressKind.PHONE, "+821055501234")), [], NotOnChannel, _never
        ),
        Sends("to no user key", replace(REPLY, to=replace(CITIZEN, value="u" * 21)), [], NotOnChannel, _never),
        Sends("no words", replace(REPLY, text=" "), [], Rejected, _never),
        Sends("a template", replace(REPLY, template="KA01TP"), [], Rejected, _never),
        Sends("six files", replace(REPLY, attachments=(FORM,) * 6), [], Rejected, _never),
    ]


def _text() -> tuple[str, Mapping[str, object]]:
    told: dict[str, object] = {"msgType": "TEXT", "message": REPLY.text, "ref": REPLY.reply_id}
    return "plain", {"userKey": CITIZEN.value, "senderKey": SENDER, **told}


def _bodies(*wanted: tuple[str, Mapping[str, object]]) -> Callable[[Sequence[Seen]], None]:
    def check(seen: Sequence[Seen]) -> None:
        assert all(one.headers["authorization"] == KEY for one in seen)
        got = [(one.path.removeprefix("/api/comm/v1/cstalk/"), json.loads(one.body)) for one in seen]
        assert got == list(wanted)

    return check


def _uploads_a_photo(seen: Sequence[Seen]) -> None:
    upload, message = seen
    assert upload.path == "/api/comm/v1/file/cstalk/image"
    assert PHOTO.data in upload.body
    assert f'name="senderKey"\r\n\r\n{SENDER}'.encode() in upload.body
    body = json.loads(message.body)
    assert (body["msgType"], body["message"]) == ("IMAGE", "수리.jpg")
    assert body["attachment"] == {"image": {"imgUrl": "https://mud-kage.kakao.com/dn/hub120/i_answer.jpg"}}


def _uploads_a_form(seen: Sequence[Seen]) -> None:
    upload, message = seen
    assert upload.path == "/api/comm/v1/file/cstalk"
    assert b'name="fileType"\r\n\r\nfile' in upload.body
    url = "https://mud-kage.kakao.com/dn/hub120/form.pdf"
    body = json.loads(message.body)
    assert (body["msgType"], body["attachment"]) == (
        "FILE",
        {"file": {"fileUrl": url, "fileName": "신청서.pdf", "fileSize": "8"}},
    )


def _writes_words_first(seen: Sequence[Seen]) -> None:
    kinds = [json.loads(one.body)["msgType"] for one in seen[1:]]
    assert kinds == ["TEXT", "IMAGE"]


def _once(seen: Sequence[Seen]) -> None:
    assert len(seen) == 1


def _never(seen: Sequence[Seen]) -> None:
    assert not seen


def fetches(provider: str) -> list[Fetches]:
    """Pictures on KakaoTalk's servers."""
    picture = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    return [
        Fetches("a picture", Attachment(f"{provider}/talkm/1.jpg"), [picture], Content(b"\xff\xd8\xff", "image/jpeg")),
        Fetches("an expired one", Attachment(f"{provider}/talkm/1.jpg"), [Answer(403)], Rejected),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/1.jpg"), [picture], Rejected),
    ]
