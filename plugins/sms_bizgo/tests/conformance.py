"""The table of the ``sms_bizgo`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Delivery,
    Inbound,
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

from plugins.sms_bizgo.origin import digest

API_KEY = "bz-5f1e0d7c2b3a49586f7e8d9c"
SECRET = "wh-8c2f4e6a0b1d3c5e7f9a8b6c"
URL = "https://hub.example/channels/sms_bizgo"
CITIZEN = Address(AddressKind.PHONE, "+821055501234", verified=True)
SENDER = "0315550120"
SENT = "20261122083502118POM101182450000"
REPLY = Outbound("0199e0f2-7c00-7abc-8def-00000000000a", CITIZEN, "담당 부서에 전달했습니다.", conversation="#120000")
BIZGO = "203.0.113.20"


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    body = fixture("plugins.sms_bizgo", name)
    return Request("POST", URL, {"content-type": "application/json"}, body, BIZGO)


def sign(request: Request, at: datetime) -> Request:
    """Sign as Bizgo does: the time, in milliseconds, and nothing else."""
    timestamp = str(round(at.timestamp() * 1000))
    signature = digest(SECRET, timestamp).hex()
    signed = {**request.headers, "x-ib-timestamp": timestamp, "x-ib-signature": signature}
    return replace(request, headers=signed)


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"from_number": SENDER, "base_url": provider, "source_networks": "203.0.113.0/24 2001:db8::/64"},
        secrets={"api_key": API_KEY, "webhook_secret": SECRET},
        wrong_secrets={"api_key": API_KEY, "webhook_secret": "another-secret"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        letters="euc-kr",
        waived={
            "refuses_a_changed_body": "Bizgo signs the time alone; source_networks keeps others out",
            "fetches_attachments": "messages to an MO number bring text alone",
        },
    )


def _parses() -> list[Parses]:
    def at(second: int, minute: int) -> datetime:
        return datetime.fromisoformat(f"2026-11-22T17:{minute}:{second:02}+09:00")

    lamp = Inbound(
        "20261122083011482MO0099120001",
        CITIZEN,
        "누리초등학교 정문 앞 가로등이 꺼졌어요",
        conversation="#120000",
        occurred_at=at(9, 30),
    )
    typed = Inbound(
        "20261122083107015MO0099120002",
        replace(CITIZEN, value="+821055509876"),
        "쓰레기 수거 요일 알려주세요",
        conversation="0315550120",
        occurred_at=at(5, 31),
    )
    bank = Inbound(
        "20261122083240331MO0099120003",
        Address(AddressKind.ACCOUNT, "15990120", verified=True),
        "[누리은행] 자동 응답",
        conversation="#120000",
        occurred_at=at(38, 32),
    )
    failed = "the carrier could not deliver it (20012)"
    return [
        Parses("a message", event("mo_received.json"), [lamp]),
        Parses("the sender typed another number", event("mo_with_typed_number.json"), [typed]),
        Parses("from a representative number", event("mo_from_short_number.json"), [bank]),
        Parses("delivered", event("report_delivered.json"), [Receipt(Delivery.DELIVERED, SENT, REPLY.reply_id)]),
        Parses(
            "not delivered", event("report_failed.json"), [Receipt(Delivery.FAILED, SENT[:-1] + "1", reason=failed)]
        ),
    ]


def _refuses() -> list[Refuses]:
    message = event("mo_received.json")

    def without(*names: str, **other: object) -> Request:
        fields = {**json.loads(message.body), **other}
        kept = {name: value for name, value in fields.items() if name not in names}
        return replace(message, body=json.dumps(kept).encode())

    return [
        Refuses("no key", without("msgKey"), Unreadable),
        Refuses("no sender", without("originator", "from"), Unreadable),
        Refuses("an odd time", without(occurredTime="yesterday"), Unreadable),
        Refuses("a time without its zone", without(occurredTime="2026-11-22T17:30:09"), Unreadable),
        Refuses("a report without a code", without(serviceType="SMS"), Unreadable),
        Refuses("from elsewhere", replace(message, remote_address="198.51.100.7"), Unauthorised),
        Refuses("from nowhere", replace(message, remote_address=""), Unauthorised),
        Refuses("no signature", replace(message, headers={"x-ib-timestamp": "1"}), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    taken = Answer(200, fixture("plugins.sms_bizgo", "sent.json"))
    accepted = Receipt(Delivery.SENT, SENT, REPLY.reply_id)
    foreign = replace(CITIZEN, value="+14155550100")

    def refused(code: str, status: int = 200) -> Answer:
        return Answer.json({"common": {"authCode": "A000"}, "data": {"code": code, "result": "…"}}, status)

    def recipient(code: str, key: str = "") -> Answer:
        listed = [{"to": "01055501234", "code": code, "msgKey": key}]
        return Answer.json({"common": {"authCode": "A000"}, "data": {"code": "A000", "data": {"destinations": listed}}})

    def gateway(code: str, status: int) -> Answer:
        return Answer.json({"common": {"authCode": code, "authResult": "…"}}, status)

    return [
        Sends("an SMS", REPLY, [taken], accepted, _is_sms),
        Sends("an LMS", replace(REPLY, text="가" * 46), [taken], accepted, _is_lms),
        Sends("abroad, with emoji", replace(REPLY, to=foreign, text="네 🙂"), [taken], accepted, _is_international),
        Sends("sent by an earlier attempt", REPLY, [recipient("A301", SENT)], accepted),
        Sends("emoji", replace(REPLY, text="네 🙂"), [taken], Rejected, _is_nothing),
        Sends("too long", replace(REPLY, text="가" * 1001), [taken], Rejected, _is_nothing),
        Sends("too long abroad", replace(REPLY, to=foreign, text="a" * 1001), [taken], Rejected, _is_nothing),
        Sends("a file", replace(REPLY, attachments=(Content(b"x"),)), [taken], Rejected, _is_nothing),
        Sends("no telephone", replace(REPLY, to=Address(AddressKind.ACCOUNT, "15990120")), [taken], NotOnChannel),
        Sends("blocked by the citizen", REPLY, [recipient("A324")], OptedOut),
        Sends("no such number", REPLY, [recipient("A306")], NotOnChannel),
        Sends("spam", REPLY, [recipient("A322")], Rejected),
        Sends("a sender that is not registered", REPLY, [refused("A327", 400)], Misconfigured),
        Sends("a wrong key", REPLY, [gateway("A401", 401)], Misconfigured),
        Sends("an address that is not allowed", REPLY, [gateway("A403", 403)], Misconfigured),
        Sends("a body that the gateway refuses", REPLY, [gateway("A400", 400)], Rejected),
        Sends("too fast", REPLY, [refused("A020", 429)], Throttled),
        Sends("too fast, told with 200", REPLY, [refused("A020")], Throttled),
        Sends("passing trouble, told with 200", REPLY, [refused("A920")], Retry),
        Sends("nothing said", REPLY, [Answer(200, b"{}")], Unsure),
    ]


def _sent(seen: Sequence[Seen]) -> dict[str, object]:
    [one] = seen
    assert (one.method, one.path) == ("POST", "/api/comm/v1/send/omni")
    assert one.headers["authorization"] == API_KEY
    body: dict[str, object] = json.loads(one.body)
    assert body["idempotencyKey"] == body["ref"] == REPLY.reply_id
    assert body["idempotencyTtl"] == timedelta(days=1).total_seconds()
    return body


def _is_sms(seen: Sequence[Seen]) -> None:
    body = _sent(seen)
    assert body["destinations"] == [{"to": "01055501234"}]
    assert body["messageFlow"] == [{"sms": {"from": SENDER, "text": REPLY.text}}]


def _is_lms(seen: Sequence[Seen]) -> None:
    assert _sent(seen)["messageFlow"] == [{"mms": {"from": SENDER, "title": "120 상담 답변", "text": "가" * 46}}]


def _is_international(seen: Sequence[Seen]) -> None:
    body = _sent(seen)
    assert body["destinations"] == [{"to": "14155550100"}]
    assert body["messageFlow"] == [{"international": {"from": SENDER, "text": "네 🙂"}}]


def _is_nothing(seen: Sequence[Seen]) -> None:
    assert not seen
