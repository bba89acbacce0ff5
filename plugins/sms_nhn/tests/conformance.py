"""The table of the ``sms_nhn`` connector."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Delivery,
    Misconfigured,
    NotOnChannel,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
    Request,
    Retry,
    Throttled,
    Unauthorised,
    Unreadable,
    Unsure,
)
from hub120_sdk.testing import Answer, Parses, Refuses, Seen, Sends, Suite, fixture

APP_KEY = "Xq7bR2tWm9LkZp4v"
SECRET = "nhn-5f1e0d7c2b3a4958"
SIGNATURE = "wh-typed-into-the-console-8c2f4e6a"
URL = "https://hub.example/channels/sms_nhn"
CITIZEN = Address(AddressKind.PHONE, "+821055501234", verified=True)
SENDER = "0315550120"
TITLE = "120 상담 답변"
SENT = "20261122173502y0Tl7Gbz0e0"
REPLY = Outbound("0199e0f2-7c00-7abc-8def-00000000000a", CITIZEN, "담당 부서에 전달했습니다.")


def jpeg(width: int = 640, height: int = 480, size: int = 400) -> Content:
    """The beginning of a JPEG of these dimensions, as many bytes as wanted."""
    marks = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x11\x08"
    head = marks + height.to_bytes(2) + width.to_bytes(2) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return Content(head.ljust(size, b"\x00"), "image/jpeg", "현장.jpg")


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.sms_nhn", name))


def sign(request: Request, at: datetime) -> Request:
    """NHN Cloud signs nothing: it repeats the words that were typed in."""
    return replace(request, headers={**request.headers, "x-toast-webhook-signature": SIGNATURE})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"app_key": APP_KEY, "from_number": SENDER, "base_url": provider},
        secrets={"secret_key": SECRET, "webhook_signature": f"the-new-signature {SIGNATURE}"},
        wrong_secrets={"secret_key": SECRET, "webhook_signature": "another-signature"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=[*_sends(), *_unsent(), *_refused_sends()],
        letters="euc-kr",
        waived={
            "hears_citizens": "NHN Cloud takes no messages from citizens (MO)",
            "refuses_a_changed_body": "the signature is the same words in every request",
            "refuses_a_replay": "the signature is the same words in every request; reports may come twice",
            "fetches_attachments": "no messages come in, and so no files",
        },
    )


def _parses() -> list[Parses]:
    abroad, failed_abroad = "20261122173520UvxdDrJ4g20", "20261122173521UvxdDrJ4g21"
    refused = "the number is wrong, or its owner wants no messages (9)"
    return [
        Parses("delivered", event("result_delivered.json"), [Receipt(Delivery.DELIVERED, SENT, REPLY.reply_id)]),
        Parses(
            "three that failed",
            event("results_failed.json"),
            [
                Receipt(
                    Delivery.FAILED,
                    "20261122173510aaTl7Gbz0e0",
                    "0199e0f2-7c00-7abc-8def-00000000000b",
                    "the phone is switched off (2003)",
                ),
                Receipt(
                    Delivery.FAILED,
                    "20261122173511bbTl7Gbz0e0",
                    reason="NHN Cloud took it for a duplicate (DUPLICATED)",
                ),
                Receipt(Delivery.FAILED, "20261122173512ccTl7Gbz0e0", reason="it could not be delivered (E999)"),
            ],
        ),
        Parses(
            "receipts from abroad",
            event("receipts_from_abroad.json"),
            [
                Receipt(Delivery.SENT, abroad),
                Receipt(Delivery.DELIVERED, abroad),
                Receipt(Delivery.FAILED, failed_abroad, reason=refused),
            ],
        ),
        Parses("a citizen called the 080 number", event("unsubscribed.json"), []),
    ]


def _refuses() -> list[Refuses]:
    good = event("result_delivered.json")

    def hook(kind: str = "MESSAGE_RESULT_UPDATE", **fields: object) -> Request:
        return replace(good, body=json.dumps({"event": kind, "hooks": [fields]}).encode())

    return [
        Refuses("no event", replace(good, body=b'{"hooks": []}'), Unreadable),
        Refuses("a hook without an id", hook(resultCode="1000"), Unreadable),
        Refuses("a hook that says nothing", hook(requestId=SENT), Unreadable),
        Refuses(
            "an unknown state", hook("INTERNATIONAL_DELIVERY_RECEIPT", requestId=SENT, dlrStatus="LOST"), Unreadable
        ),
        Refuses("an empty signature", replace(good, headers={"x-toast-webhook-signature": ""}), Unauthorised, False),
    ]


_UPLOADED = Answer(200, fixture("plugins.sms_nhn", "uploaded.json"))
_SENT = Answer(200, fixture("plugins.sms_nhn", "sent.json"))


def _sends() -> list[Sends]:
    accepted = Receipt(Delivery.SENT, SENT, REPLY.reply_id)
    foreign = replace(REPLY, to=replace(CITIZEN, value="+14155550100"))
    pictures = replace(REPLY, attachments=(jpeg(), jpeg(1000, 1000, 300 * 1024)))
    return [
        Sends("an SMS", REPLY, [_SENT], accepted, _is_sms),
        Sends("ninety bytes", replace(REPLY, text="가" * 45), [_SENT], accepted, _is_to("sms")),
        Sends("ninety-one bytes", replace(REPLY, text="가" * 45 + "!"), [_SENT], accepted, _is_lms),
        Sends("pictures", pictures, [_UPLOADED, _UPLOADED, _SENT], accepted, _is_mms),
        Sends("abroad, with emoji", replace(foreign, text="네 🙂"), [_SENT], accepted, _is_international),
    ]


def _pictures(*them: Content, text: str = "사진을 보세요.") -> Outbound:
    return replace(REPLY, attachments=them, text=text)


def _unsent() -> list[Sends]:
    foreign = replace(REPLY, to=replace(CITIZEN, value="+14155550100"))
    account = replace(REPLY, to=Address(AddressKind.ACCOUNT, "15990120"))

    def unsent(name: str, message: Outbound, error: type[Rejected] = Rejected) -> Sends:
        return Sends(name, message, [_SENT], error, _is_nothing)

    return [
        unsent("emoji", replace(REPLY, text="네 🙂")),
        unsent("too long", replace(REPLY, text="가" * 1001)),
        unsent("too long abroad", replace(foreign, text="a" * 336)),
        unsent("a picture abroad", replace(foreign, attachments=(jpeg(),))),
        unsent("four pictures", _pictures(*[jpeg()] * 4)),
        unsent("a large picture", _pictures(jpeg(size=300 * 1024 + 1))),
        unsent("a wide picture", _pictures(jpeg(width=1001))),
        unsent("three pictures that are large together", _pictures(*[jpeg(size=280 * 1024)] * 3)),
        unsent("a drawing", _pictures(Content(b"\x89PNG\r\n", "image/png"))),
        unsent("a picture without words", _pictures(jpeg(), text="")),
        unsent("no telephone", account, NotOnChannel),
    ]


def _refused_sends() -> list[Sends]:
    def refused(code: int, status: int = 200) -> Answer:
        header = {"isSuccessful": False, "resultCode": code, "resultMessage": "…"}
        return Answer.json({"header": header, "body": None}, status)

    def recipient(code: int) -> Answer:
        header = {"isSuccessful": True, "resultCode": 0}
        listed = {"requestId": SENT, "sendResultList": [{"recipientNo": "01055501234", "resultCode": code}]}
        return Answer.json({"header": header, "body": {"data": listed}})

    return [
        Sends("refused by 080", REPLY, [refused(-6001)], OptedOut),
        Sends("refused by 080, told of the recipient", REPLY, [recipient(-6001)], OptedOut),
        Sends("no such number", REPLY, [refused(-2019, 400)], NotOnChannel),
        Sends("a sender that is not registered", REPLY, [refused(-2312)], Misconfigured),
        Sends("a wrong app key", REPLY, [refused(-1000, 404)], Misconfigured),
        Sends("an address that is not allowed", REPLY, [refused(-1004)], Misconfigured),
        Sends("a wrong secret key", REPLY, [Answer(401)], Misconfigured),
        Sends("a full queue", REPLY, [refused(-2021)], Retry),
        Sends("too fast", REPLY, [Answer(429)], Throttled),
        Sends("nothing said", REPLY, [Answer(200, b"{}")], Unsure),
        Sends("nothing said of a picture", _pictures(jpeg()), [Answer(200, b"{}")], Retry),
        Sends("a picture that is refused", _pictures(jpeg()), [refused(-2005)], Rejected),
    ]


def _is_to(kind: str) -> Callable[[Sequence[Seen]], None]:
    def check(seen: Sequence[Seen]) -> None:
        assert seen[-1].path == f"/sms/v3.0/appKeys/{APP_KEY}/sender/{kind}"
        assert all(one.method == "POST" and one.headers["x-secret-key"] == SECRET for one in seen)

    return check


def _body(seen: Sequence[Seen]) -> dict[str, object]:
    body: dict[str, object] = json.loads(seen[-1].body)
    assert body["sendNo"] == SENDER
    return body


def _is_sms(seen: Sequence[Seen]) -> None:
    recipient = {"recipientNo": "01055501234", "recipientGroupingKey": REPLY.reply_id}
    assert _body(seen) == {"body": REPLY.text, "sendNo": SENDER, "recipientList": [recipient]}


def _is_lms(seen: Sequence[Seen]) -> None:
    assert seen[-1].path.endswith("/sender/mms")
    assert _body(seen)["title"] == TITLE
    assert "attachFileIdList" not in _body(seen)


def _is_mms(seen: Sequence[Seen]) -> None:
    assert [one.path.rsplit("/", 1)[1] for one in seen] == ["binaryUpload", "binaryUpload", "mms"]
    uploads = [json.loads(one.body) for one in seen[:2]]
    assert [b64decode(one["fileBody"]) for one in uploads] == [jpeg().data, jpeg(1000, 1000, 300 * 1024).data]
    assert [one["fileName"] for one in uploads] == ["picture1.jpg", "picture2.jpg"]
    assert _body(seen)["attachFileIdList"] == [1609178, 1609178]
    assert _body(seen)["title"] == TITLE


def _is_international(seen: Sequence[Seen]) -> None:
    assert seen[-1].path.endswith("/sender/sms")
    recipient = {"internationalRecipientNo": "14155550100", "recipientGroupingKey": REPLY.reply_id}
    assert _body(seen) == {"body": "네 🙂", "sendNo": SENDER, "recipientList": [recipient]}


def _is_nothing(seen: Sequence[Seen]) -> None:
    assert not seen
