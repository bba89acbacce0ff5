"""The table of the ``app`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    CaseStatus,
    Content,
    Delivery,
    Inbound,
    Misconfigured,
    OptedOut,
    Outbound,
    Place,
    Progress,
    Receipt,
    Rejected,
    Request,
    Response,
    Unauthorised,
    Unreadable,
    standardwebhooks,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Seen, Sends, Suite, Tells, fixture

SECRET = "whsec_aHViMTIwLWFwcC1jb25mb3JtYW5jZS1rZXk="
WRONG = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWtleQ=="
URL = "https://hub.example/channels/app"
REPORTER = Address(AddressKind.ACCOUNT, "device-5a1c", "김누리", verified=True)
PUSHED = {"answers": "push", "report_id": "app-0199e0f2-0001"}
REPLY = Outbound(
    "0199e0f2-7c00-7abc-8def-000000000001", REPORTER, "오늘 고치겠습니다.", language="ko", reply_context=PUSHED
)
OPENED = datetime(2026, 11, 22, 8, 20, tzinfo=UTC)
POINT = Place("", 37.5665, 126.978)
CASE = CaseStatus(
    "26-0KX3M-7QHMZ", Progress.IN_PROGRESS, OPENED, OPENED, "park", POINT, "오늘 고치겠습니다.", replies=(REPLY,)
)


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    is_form = name.endswith(".multipart")
    kind = "multipart/form-data; boundary=nuriform" if is_form else "application/json"
    return Request("POST", URL, {"content-type": kind}, fixture("plugins.app", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as the app's server does."""
    signed = standardwebhooks.sign(SECRET, "msg_1", at, request.body)
    return replace(request, headers={**request.headers, **signed})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"push_url": f"{provider}/answers", "media_url": f"{provider}/media/"},
        secrets={"signing_secret": SECRET},
        wrong_secrets={"signing_secret": WRONG},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        fetches=_fetches(provider),
        tells=_tells(),
    )


def _parses() -> list[Parses]:
    swing = (
        Attachment("media:up-77", "image/jpeg", "그네.jpg"),
        Attachment("https://media.nuri.example/up/78.jpg"),
    )
    report = Inbound(
        "app-0199e0f2-0001",
        REPORTER,
        "놀이터 그네가 부서졌어요.\n[위치 오차 약 15m]",
        swing,
        conversation="app-0199e0f2-0001",
        language="ko",
        occurred_at=datetime.fromisoformat("2026-11-22T17:20:00+09:00"),
        reply_context=PUSHED,
        topic="park",
        place=Place("누리시 누리동 12-3", 37.5665, 126.978),
    )
    more = Inbound(
        "app-0199e0f2-0004", REPORTER, "아이가 다칠 뻔했어요.", conversation="app-0199e0f2-0001", reply_context=PUSHED
    )
    ids = [f"0199e0f2-7c00-7abc-8def-00000000000{number}" for number in (1, 2)]
    known = [
        Receipt(Delivery.DELIVERED, reply_id=ids[0]),
        Receipt(Delivery.FAILED, reply_id=ids[1], reason="push token expired"),
    ]
    until = datetime.fromisoformat("2026-11-22T18:00:00+09:00")
    return [
        Parses("a report", event("report.json"), [report]),
        Parses("more about it", event("report_more.json"), [more]),
        Parses("by a verified number", event("report_by_phone.json"), [_by_phone()]),
        Parses("receipts", event("receipts.json"), known),
        Parses("read until then", event("receipt_by_time.json"), [Receipt(Delivery.READ, to=REPORTER, until=until)]),
        Parses("a photo in it, answers fetched", event("report_with_photo.json"), [_with_photo()]),
        Parses("a form with a photo", event("report_form.multipart"), [_form()]),
    ]


def _by_phone() -> Inbound:
    report_id = "app-0199e0f2-0003"
    return Inbound(
        report_id,
        Address(AddressKind.PHONE, "+821055509876", verified=True),
        "Cống bị tắc",
        conversation=report_id,
        language="vi",
        reply_context={"answers": "push", "report_id": report_id},
        place=Place("누리동 우체국 앞"),
    )


def _with_photo() -> Inbound:
    report_id = "app-0199e0f2-0002"
    photo = Attachment("", "image/jpeg", "보도블록.jpg", b"\xff\xd8\xff\xe0")
    context = {"answers": "fetch", "report_id": report_id}
    return Inbound(report_id, REPORTER, "", (photo,), report_id, reply_context=context, topic="road", place=POINT)


def _form() -> Inbound:
    report_id = "app-0199e0f2-0005"
    photo = Attachment("", "image/jpeg", "쓰레기.jpg", b"\xff\xd8\xff\xe0")
    context = {"answers": "push", "report_id": report_id}
    text = "[위치 오차 약 8m]"
    return Inbound(report_id, REPORTER, text, (photo,), report_id, reply_context=context, topic="waste", place=POINT)


def _refuses() -> list[Refuses]:
    def body(**report: object) -> Request:
        return replace(event("report.json"), body=json.dumps(report).encode())

    said = {"id": "1", "reporter": {"id": "d"}, "text": "?"}
    photos = [{"media_id": str(number)} for number in range(11)]
    form = event("report_form.multipart")
    return [
        Refuses("nothing said", body(report={"id": "1", "reporter": {"id": "d"}}), Unreadable),
        Refuses("no id", body(report={"reporter": {"id": "d"}, "text": "?"}), Unreadable),
        Refuses("no reporter", body(report={"id": "1", "text": "?"}), Unreadable),
        Refuses("a local number", body(report={**said, "reporter": {"phone": "010-5550-9876"}}), Unreadable),
        Refuses("half a point", body(report={**said, "place": {"latitude": 37.5}}), Unreadable),
        Refuses("a point in space", body(report={**said, "place": {"latitude": 97, "longitude": 7}}), Unreadable),
        Refuses("too many photos", body(report={**said, "photos": photos}), Unreadable),
        Refuses("a photo of nothing", body(report={**said, "photos": [{}]}), Unreadable),
        Refuses("another way to answer", body(report={**said, "answers": "letter"}), Unreadable),
        Refuses("a time without zone", body(report={**said, "occurred_at": "2026-11-22T17:20"}), Unreadable),
        Refuses("an unknown state", body(receipts=[{"reply_id": "1", "state": "sent"}]), Unreadable),
        Refuses("an inquiry about everything", body(inquiry={}), Unreadable),
        Refuses("nothing known", body(greeting="hello"), Unreadable),
        Refuses("a form that does not end", replace(form, body=form.body[:-10]), Unreadable),
        Refuses("a form without report", replace(form, body=form.body.replace(b'"report"', b'"other"')), Unreadable),
        Refuses("no signature", event("report.json"), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    sent = Receipt(Delivery.SENT, "push-5", REPLY.reply_id)
    parked = Receipt(Delivery.PARKED, reply_id=REPLY.reply_id, reason="the app fetches it")
    fetched = replace(REPLY, reply_context={"answers": "fetch", "report_id": "app-0199e0f2-0002"})
    file = (Content(b"%PDF-1.7", "application/pdf", "안내.pdf"),)
    return [
        Sends("accepted", REPLY, [Answer.json({"id": "push-5"}, 201)], sent, _is_signed),
        Sends("with a file", replace(REPLY, attachments=file), [Answer.json({"id": "push-5"})], sent),
        Sends("to be fetched", fetched, [Answer(200)], parked, _is_not_sent),
        Sends("a file to be fetched", replace(fetched, attachments=file), [Answer(200)], Rejected, _is_not_sent),
        Sends("the citizen left", REPLY, [Answer(410)], OptedOut),
        Sends("the app does not know us", REPLY, [Answer(401)], Misconfigured),
        Sends("the app does not want it", REPLY, [Answer(422)], Rejected),
    ]


def _is_signed(seen: Sequence[Seen]) -> None:
    [one] = seen
    at = datetime.fromtimestamp(int(one.headers["webhook-timestamp"])).astimezone()
    assert standardwebhooks.verify(SECRET, one.headers, one.body, at) == REPLY.reply_id
    told = json.loads(one.body)
    assert (told["text"], told["report_id"]) == (REPLY.text, "app-0199e0f2-0001")


def _is_not_sent(seen: Sequence[Seen]) -> None:
    assert not seen


def _fetches(provider: str) -> list[Fetches]:
    jpeg = Answer(200, b"\xff\xd8\xff", {"content-type": "image/jpeg"})
    by_url = Attachment(f"{provider}/up/78.jpg", "image/png", "그네.jpg")
    found = Content(b"\xff\xd8\xff", "image/jpeg", "그네.jpg")
    return [
        Fetches("a photo by its address", by_url, [jpeg], found),
        Fetches("a photo by its id", Attachment("media:up 77"), [jpeg], replace(found, filename=""), _by_id),
        Fetches("an id that is a path", Attachment("media:.."), [jpeg], Rejected, _is_not_sent),
        Fetches("from elsewhere", Attachment("https://elsewhere.example/1.jpg"), [jpeg], Rejected, _is_not_sent),
        Fetches("from a neighbour", Attachment("http://10.0.0.1/1.jpg"), [jpeg], Rejected, _is_not_sent),
    ]


def _by_id(seen: Sequence[Seen]) -> None:
    assert seen[0].path == "/media/up%2077"


def _tells() -> list[Tells]:
    return [
        Tells("of one report", event("inquiry_by_report.json"), [CASE], _is_the_case),
        Tells("of what changed", event("inquiry_since.json"), [CASE], _is_the_case),
        Tells("of nothing", event("inquiry_by_report.json"), [], _is_empty),
    ]


def _is_the_case(answer: Response) -> None:
    told = json.loads(answer.body)
    [case] = told["cases"]
    assert (case["case_number"], case["progress"], case["category"]) == (CASE.case_number, "in_progress", "park")
    assert case["replies"] == [{"id": REPLY.reply_id, "text": REPLY.text}]
    assert case["place"] == {"address": "", "latitude": 37.5665, "longitude": 126.978}
    assert told["more"] is False


def _is_empty(answer: Response) -> None:
    assert json.loads(answer.body) == {"cases": [], "more": False}
