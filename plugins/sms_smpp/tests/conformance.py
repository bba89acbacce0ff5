"""The table of the ``sms_smpp`` connector. Its deliveries are PDUs that the npm package ``smpp`` wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Delivery,
    Inbound,
    Misconfigured,
    NotOnChannel,
    Outbound,
    Receipt,
    Rejected,
    Retry,
    Throttled,
)
from hub120_sdk.testing import Answer, Hears, Seen, Sends, Suite, fixture

from plugins.sms_smpp import inbound, pdus
from plugins.sms_smpp.memory import Memory, digest
from plugins.sms_smpp.tests.smsc import STATUS, Smsc

PASSWORD = "pw-8c2f4"
OURS = "0315550120"
CITIZEN = Address(AddressKind.PHONE, "+821055501234", verified=True)
REPLY = Outbound("0199e0f2-7c00-7abc-8def-00000000000a", CITIZEN, "담당 부서에 전달했습니다. 🙂", conversation=OURS)
SETTINGS = {"system_id": "nuri120", "from_number": "0315550121", "timeout_s": "1.5", "enquire_link_s": "0.3"}
LONG = (
    "우리 동네 놀이터 미끄럼틀이 부서져서 아이들이 다칠까 걱정됩니다. 나사가 빠져 있고 판이 흔들립니다. " * 3
).strip()


def frames(name: str) -> list[bytes]:
    """The PDUs of a fixture, one on each line."""
    return [bytes.fromhex(line) for line in fixture("plugins.sms_smpp", f"{name}.hex").decode().split()]


def peer(now: datetime) -> Smsc:
    """The message centre."""
    return Smsc()


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"url": provider, **SETTINGS},
        secrets={"password": PASSWORD},
        wrong_secrets={"password": "wrong"},
        sends=[*_sends(), *_refused()],
        hears=_hears(now.timestamp()),
        waived={
            "knows_an_opt_out": "SMPP has no status that says so",
            "fetches_attachments": "SMS brings no files",
        },
    )


def _hears(now: float) -> list[Hears]:
    foreign = replace(CITIZEN, value="+14155550100")
    bank = Address(AddressKind.ACCOUNT, "NURIBANK", verified=True)
    refused = "the carrier refused the message (REJECTD)"
    late = "the phone could not be reached in time (EXPIRED, error 034)"

    def heard(name: str, fixture_name: str, text: str, sender: Address = CITIZEN) -> Hears:
        message = Inbound(provider_id(fixture_name, now), sender, text, conversation=OURS)
        return Hears(name, b"".join(frames(fixture_name)), [message])

    def told(name: str, fixture_name: str, *receipts: Receipt) -> Hears:
        return Hears(name, b"".join(frames(fixture_name)), receipts)

    return [
        heard("a message", "message_in_ucs2", "누리초등학교 정문 앞 가로등이 꺼졌어요 🙂"),
        heard("in the default alphabet", "message_in_gsm", "Streetlight out at #3, {A} €5.@", foreign),
        heard(
            "in KS C 5601",
            "message_in_ks_c_5601",
            "쓰레기 수거 요일 알려주세요",
            replace(CITIZEN, value="+821055509876"),
        ),
        heard("from a name", "message_from_a_name", "Auto reply", bank),
        heard("parts in disorder, one of them twice", "long_message_reordered", LONG),
        heard("parts with 16-bit references", "long_message_16_bit", ("불법 주정차가 매일 있습니다. " * 8).strip()),
        heard("parts told by parameters", "long_message_sar", ("횡단보도 신호등이 고장 났습니다. " * 6).strip()),
        heard("a long payload", "long_message_payload", ("공원 화장실 물이 나오지 않습니다. " * 10).strip()),
        told("a receipt in words", "receipt_in_words", Receipt(Delivery.DELIVERED, "ID-1")),
        told("a receipt in parameters", "receipt_in_parameters", Receipt(Delivery.FAILED, "ID-2", reason=refused)),
        told("a failure", "receipt_of_a_failure", Receipt(Delivery.FAILED, "0000012345", reason=late)),
    ]


def provider_id(name: str, now: float) -> str:
    """The id that a message gets which arrives now."""
    memory, whole = Memory(), []
    for frame in frames(name):
        whole += memory.take(inbound.piece(pdus.delivered(frame)), now)
    return digest(PASSWORD, ["message", whole[-1].seal])


def _sends() -> list[Sends]:
    taken = Answer(200, b"ID-1")
    accepted = Receipt(Delivery.SENT, "ID-1", REPLY.reply_id)
    ours_first = replace(REPLY, conversation="")
    number = Address(AddressKind.ACCOUNT, "15990120")
    ids = [Answer(200, b"ID-1"), Answer(200, b"ID-2"), Answer(200, b"ID-3")]
    busy = Answer(429)
    return [
        Sends("a message", REPLY, [taken], accepted, _is(coding="8", source=f"0:1:{OURS}", registered="1")),
        Sends("the citizen did not write first", ours_first, [taken], accepted, _is(source="0:1:0315550121")),
        Sends("in letters of every alphabet", replace(REPLY, text="OK, 3 pm."), [taken], accepted, _is(coding="0")),
        Sends("to a representative number", replace(REPLY, to=number), [taken], accepted, _is(to="0:1:15990120")),
        Sends("in parts", replace(REPLY, text=LONG), ids, Receipt(Delivery.SENT, "ID-3", REPLY.reply_id), _is_long),
        Sends(
            "slower in the middle",
            replace(REPLY, text="가" * 100),
            [taken, busy, Answer(200, b"ID-2")],
            Receipt(Delivery.SENT, "ID-2", REPLY.reply_id),
        ),
    ]


def _refused() -> list[Sends]:
    def status(code: str) -> list[Answer]:
        return [Answer(200, headers={STATUS: code})]

    name = replace(REPLY, to=Address(AddressKind.ACCOUNT, "NURIBANK"))
    return [
        Sends("no such number", REPLY, status("0x0b"), NotOnChannel),
        Sends("a wrong sender", REPLY, status("0x0a"), Misconfigured),
        Sends("a wrong kind of number", REPLY, status("0x50"), Misconfigured),
        Sends("too fast", REPLY, status("0x58"), Throttled),
        Sends("a full queue", REPLY, status("0x14"), Throttled),
        Sends("passing trouble", REPLY, status("0x64"), Retry),
        Sends("too long for the carrier", REPLY, status("0x01"), Rejected),
        Sends("a status of the carrier's own", REPLY, status("0x4a1"), Rejected),
        Sends("to a name", name, [Answer(200)], NotOnChannel, _is_nothing),
        Sends("too long", replace(REPLY, text="가" * 1001), [Answer(200)], Rejected, _is_nothing),
        Sends("a file", replace(REPLY, attachments=(Content(b"x"),)), [Answer(200)], Rejected, _is_nothing),
    ]


def _is(to: str = "1:1:821055501234", **headers: str) -> Callable[[Sequence[Seen]], None]:
    def check(seen: Sequence[Seen]) -> None:
        [one] = seen
        wanted: Mapping[str, str] = {"destination": to, **headers}
        assert wanted.items() <= one.headers.items()

    return check


def _is_long(seen: Sequence[Seen]) -> None:
    assert [one.headers["registered"] for one in seen] == ["0", "0", "1"]
    headers = [bytes.fromhex(one.headers["header"]) for one in seen]
    assert [one[3:] for one in headers] == [b"\x03\x01", b"\x03\x02", b"\x03\x03"]
    assert len({one[:3] for one in headers}) == 1
    assert seen[-1].body.decode() == LONG


def _is_nothing(seen: Sequence[Seen]) -> None:
    assert not seen
