"""The table of the ``email`` connector."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

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
    Throttled,
    Unsure,
)
from hub120_sdk.testing import Answer, Hears, Seen, Sends, Suite, fixture
from hub120_sdk.testing.mail import MailPeer

ADDRESS = "120@nuri.example"
PASSWORD = "bench-mail-password"
CITIZEN = Address(AddressKind.EMAIL, "nuri.kim@example.net", "김누리", verified=True)
FIRST = "20261122172000.7731@mail.example.net"
CONVERSATION = hashlib.sha256(FIRST.encode()).hexdigest()[:32]
SUBJECT = "마을 광장 가로등 고장"
REPLY = Outbound(
    "0199e0f2-7c00-7abc-8def-000000000001",
    CITIZEN,
    "담당 부서에 전달했습니다.\n.\n..고맙습니다. 😀",
    language="ko",
    reply_context={
        "conversation": CONVERSATION,
        "references": f"<older@mail.example.net> <{FIRST}>",
        "subject": f"RE: Re: {SUBJECT}",
    },
)
OUR_ID = f"hub120.{REPLY.reply_id}.{CONVERSATION}@nuri.example"


def peer(now: datetime) -> MailPeer:
    """A mail provider."""
    return MailPeer()


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    smtp, imap = provider.split()
    return Suite(
        settings={
            "address": ADDRESS,
            "imap_url": imap,
            "smtp_url": smtp,
            "name": "누리시 120",
            "own_addresses": "help@nuri.example desk@nuri.example",
            "authserv_id": "mx.nuri.example",
            "timeout_s": "1.5",
        },
        secrets={"password": PASSWORD},
        wrong_secrets={"password": "another-password"},
        hears=_hears(),
        sends=_sends(),
        waived={
            "knows_an_opt_out": "mail knows no opting out: a refusal is a refusal",
            "fetches_attachments": "files come with the mail itself",
        },
    )


def _hears() -> list[Hears]:
    def mail(name: str) -> bytes:
        return fixture("plugins.email", name).replace(b"\n", b"\r\n")

    failed = "there is no such address (5.1.1)"
    second, first = REPLY.reply_id[:-1] + "2", REPLY.reply_id
    return [
        Hears("a mail", mail("korean_plain.eml"), [plain()]),
        Hears("HTML, mislabelled", mail("korean_html_mislabelled.eml"), [html()]),
        Hears("an answer with history and photo", mail("answer_with_history_and_photo.eml"), [answer()]),
        Hears("a report of failure", mail("report_failed.eml"), [Receipt(Delivery.FAILED, "", second, failed)]),
        Hears("a report of delivery", mail("report_delivered.eml"), [Receipt(Delivery.DELIVERED, "", first)]),
        Hears("a notice of reading", mail("report_read.eml"), [Receipt(Delivery.READ, "", first)]),
        Hears("an out-of-office note", mail("out_of_office.eml"), []),
        Hears("a newsletter", mail("newsletter.eml"), []),
        Hears("nobody's mail", b"Subject: x\r\n\r\nwords", []),
    ]


def plain() -> Inbound:
    """``korean_plain.eml``."""
    return Inbound(
        FIRST,
        CITIZEN,
        f"{SUBJECT}\n\n안녕하세요. 마을 광장 앞 가로등이 끊는 소리가 납니다.",
        conversation=CONVERSATION,
        occurred_at=datetime(2026, 11, 22, 8, 20, tzinfo=UTC),
        reply_context={"conversation": CONVERSATION, "references": f"<{FIRST}>", "subject": SUBJECT},
    )


def html() -> Inbound:
    """``korean_html_mislabelled.eml``: letters that EUC-KR does not have, so it is code page 949."""
    lines = [
        "쓰레기 무단투기 신고",
        "",
        "뷁동 골목에 쓰레기가 쌓여 있습니다.",
        "",
        "사진: 여기 (https://photo.example.net/1)",
        "",
        "- 냉장고",
        "- 의자",
        "",
        "> 지난번 답변",
    ]
    conversation = hashlib.sha256(b"html-1@example.org").hexdigest()[:32]
    return Inbound(
        "html-1@example.org",
        Address(AddressKind.EMAIL, "ttom@example.org", "박똠방"),
        "\n".join(lines),
        conversation=conversation,
        occurred_at=datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
        reply_context={"conversation": conversation, "references": "<html-1@example.org>", "subject": lines[0]},
    )


def answer() -> Inbound:
    """``answer_with_history_and_photo.eml``: its conversation is in our Message-ID."""
    text = [
        "사진을 보냅니다.",
        "",
        "> 2026년 11월 22일 (일) 오후 6:00, 120 상담센터 <120@nuri.example>님이 작성:",
        ">",
        "> 담당 부서에 전달했습니다.",
    ]
    conversation = "93f0a1c2b4d5e6f708192a3b4c5d6e7f"
    own = "<20261123091000.7732@mail.example.net>"
    references = f"<{FIRST}> <hub120.{REPLY.reply_id}.{conversation}@nuri.example> {own}"
    photo = bytes.fromhex("ffd8ffe000104a46494600010101006000600000ffdb00430008060607060508070707090908")
    return Inbound(
        own.strip("<>"),
        replace(CITIZEN, verified=False),
        "\n".join(text),
        (Attachment("", "image/jpeg", "가로등.jpg", photo),),
        conversation=conversation,
        occurred_at=datetime(2026, 11, 23, 0, 10, tzinfo=UTC),
        reply_context={"conversation": conversation, "references": references, "subject": f"Re: {SUBJECT}"},
    )


def _sends() -> list[Sends]:
    sent = Receipt(Delivery.SENT, OUR_ID, REPLY.reply_id)
    notice = replace(REPLY, reply_context={})
    by_notice = Receipt(Delivery.SENT, f"hub120.{REPLY.reply_id}.0@nuri.example", REPLY.reply_id)
    files = tuple(Content(b"x", "application/pdf", f"{place}.pdf") for place in range(11))
    phone = Address(AddressKind.PHONE, "+821055501234")
    return [
        Sends("an answer", REPLY, [Answer()], sent, _is_in_its_thread),
        Sends("a notice", notice, [Answer()], by_notice, _is_automatic),
        Sends("with a file", replace(REPLY, attachments=files[:1]), [Answer()], sent, _has_a_file),
        Sends("with too many files", replace(REPLY, attachments=files), [Answer()], Rejected),
        Sends("no such address", REPLY, [Answer(404)], NotOnChannel),
        Sends("too large", REPLY, [Answer(413)], Rejected),
        Sends("refused", REPLY, [Answer(403)], Rejected),
        Sends("a wrong password", REPLY, [Answer(401)], Misconfigured),
        Sends("too fast", REPLY, [Answer(429)], Throttled),
        Sends("cut off after the mail", REPLY, [Answer(dropped=True)], Unsure),
        Sends("to a telephone", replace(REPLY, to=phone), [Answer()], Rejected),
        Sends("to no address", replace(REPLY, to=replace(CITIZEN, value="a b@x\r\nBcc: c")), [Answer()], NotOnChannel),
    ]


def _is_in_its_thread(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.path == CITIZEN.value
    assert one.headers["message-id"] == f"<{OUR_ID}>"
    assert one.headers["in-reply-to"] == f"<{FIRST}>"
    assert one.headers["references"] == f"<older@mail.example.net> <{FIRST}>"
    assert one.headers["subject"] == f"Re: {SUBJECT}"
    assert one.headers["from"] == f"누리시 120 <{ADDRESS}>"
    assert f"ENVID={OUR_ID}" in one.headers[":sender"]
    assert "auto-submitted" not in one.headers
    assert one.body.decode().replace("\r\n", "\n").rstrip("\n") == REPLY.text


def _is_automatic(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert one.headers["auto-submitted"] == "auto-generated"
    assert "in-reply-to" not in one.headers


def _has_a_file(seen: Sequence[Seen]) -> None:
    assert "filename*=utf-8''0.pdf" in seen[0].headers[":raw"]
