"""The table of the ``email_department`` connector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Handover,
    Misconfigured,
    Place,
    Rejected,
    Request,
    Ticket,
    TicketState,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.testing import Answer, Parses, Refuses, Seen, Submits, Suite, fixture
from hub120_sdk.testing.mail import MailPeer

from plugins.email_department.links import Link

SECRET = "bench-link-secret-of-32-characters-and-more"
URL = "https://hub.example/departments/email_department/status"
NUMBER = "26-0KX3M-7QHMZ"
HANDOVER = Handover(
    "0199e0f2-7c00-7abc-8def-000000000120",
    NUMBER,
    "가로등 고장",
    "마을 광장 앞 가로등이 꺼져 있습니다.",
    datetime.fromisoformat("2026-11-24T09:00:00+09:00"),
)
WHOLE = replace(
    HANDOVER,
    title="가로등 고장\r\nBcc: everybody@example.net",
    topic="streetlight",
    place=Place("누리시 광장로 1", 37.5, 127.0),
    citizen=Address(AddressKind.PHONE, "+821055501234", "김누리"),
    attachments=(Content(b"\xff\xd8\xff", "image/jpeg", "가로등.jpg"),),
    urgent=True,
    fields={"등주번호": "B-12"},
)


def peer(now: datetime) -> MailPeer:
    """A mail provider."""
    return MailPeer()


def event(name: str, revision: int) -> Request:
    """A posted form, its link not made yet: the revision stands in the token's place."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Request("POST", f"{URL}/{revision}", headers, fixture("plugins.email_department", name))


def sign(request: Request, at: datetime) -> Request:
    """Put the link in: what the department has in its mail."""
    where, _, revision = request.url.partition("?")[0].rpartition("/")
    expires = int((at + timedelta(days=60)).timestamp())
    link = Link(HANDOVER.handover_id, NUMBER, int(revision), expires)
    return replace(request, url=f"{where}/{link.token(SECRET)}")


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={
            "address": "roads@nuri.example",
            "from_address": "120@nuri.example",
            "smtp_url": provider.split(maxsplit=1)[0],
            "username": "120",
            "timeout_s": "1.5",
            "telephone": "+82310001200",
        },
        secrets={"link_secret": SECRET, "password": "bench-mail-password"},
        wrong_secrets={"link_secret": "another-link-secret-of-32-characters-and", "password": "x"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        submits=_submits(),
        waived={
            "refuses_a_replay": "a link holds for weeks; its second use changes nothing",
            "refuses_a_changed_body": "the link is a permission to report, not a seal over the form",
            "looks_as_the_table_says": "a department without a system cannot be asked",
        },
    )


def _parses() -> list[Parses]:
    def said(state: TicketState, revision: int, note: str = "") -> Ticket:
        ours = HANDOVER.handover_id
        return Ticket(state, handover_id=ours, update_id=f"{ours}/{revision}", note=note)

    opened = replace(event("received.form", 1), method="GET", body=b"")
    visit = said(TicketState.IN_PROGRESS, 2, "내일 현장을 확인합니다.\n김주무관")
    return [
        Parses("received", event("received.form", 1), [said(TicketState.ACKNOWLEDGED, 1)]),
        Parses("in progress, with a note", event("in_progress.form", 2), [visit]),
        Parses("done", event("done.form", 3), [said(TicketState.DONE, 3)]),
        Parses("not ours", event("not_ours.form", 4), [said(TicketState.REFUSED, 4, "도로과 업무입니다.")]),
        Parses("the link is opened", opened, []),
    ]


def _refuses() -> list[Refuses]:
    def body(written: bytes) -> Request:
        return replace(event("received.form", 1), body=written)

    return [
        Refuses("no button", body(b"note=x"), Unreadable),
        Refuses("a button that is not there", body(b"state=submitted"), Unreadable),
        Refuses("a note without end", body(b"state=done&note=" + b"x" * 2_001), Unreadable),
        Refuses("no form", body(b"\xff\xfe"), Unreadable),
        Refuses("put", replace(body(b"state=done"), method="PUT"), Unreadable),
        Refuses("half a link", event("done.form", 1), Unauthorised, signed=False),
        Refuses("no link", replace(event("done.form", 1), url=URL), Unauthorised, signed=False),
    ]


def _submits() -> list[Submits]:
    sent = Ticket(TicketState.SUBMITTED, handover_id=HANDOVER.handover_id)
    files = tuple(Content(b"x", "application/pdf", f"{place}.pdf") for place in range(11))
    return [
        Submits("mailed", HANDOVER, [Answer()], sent, _is_plain),
        Submits("mailed with all there is", WHOLE, [Answer()], sent, _is_whole),
        Submits("with too many files", replace(HANDOVER, attachments=files), [Answer()], Rejected),
        Submits("the department's address is gone", HANDOVER, [Answer(404)], Misconfigured),
        Submits("a wrong password", HANDOVER, [Answer(401)], Misconfigured),
        Submits("too large", WHOLE, [Answer(413)], Rejected),
    ]


def _is_plain(seen: Sequence[Seen]) -> None:
    [one] = seen
    text = one.body.decode()
    assert one.path == "roads@nuri.example"
    assert one.headers["subject"] == f"[120 이관] 가로등 고장 ({NUMBER})"
    assert one.headers["auto-submitted"] == "auto-generated"
    assert HANDOVER.text in text
    assert "/email_department/status/" in text
    assert "citizen" not in text


def _is_whole(seen: Sequence[Seen]) -> None:
    [one] = seen
    text = one.body.decode()
    assert one.headers["subject"].startswith("[긴급] [120 이관] 가로등 고장 Bcc: ")
    assert "bcc" not in one.headers
    for words in ("누리시 광장로 1 (37.500000, 127.000000)", "김누리 +821055501234", "등주번호: B-12", "streetlight"):
        assert words in text
    assert "filename*=utf-8''%EA%B0%80%EB%A1%9C%EB%93%B1.jpg" in one.headers[":raw"].replace("\r\n", "")
