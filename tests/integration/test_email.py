"""The e-mail connector with servers that others wrote: pymap and aiosmtpd."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Context,
    Delivery,
    HttpAnswer,
    Manifest,
    Misconfigured,
    NotOnChannel,
    Outbound,
    Rejected,
    Retry,
    Throttled,
)
from hub120_sdk.testing.ear import Ear, KitLine

from plugins.email import mailbox
from plugins.email.channel import Email
from tests.certificates import ANY_HOST, self_signed, speaking_tls
from tests.integration import mail_servers
from tests.integration.mail_servers import PASSWORD, USER, Imap
from tests.waiting import eventually
from tests.wires import relayed

ADDRESS = "120@nuri.example"
CITIZEN = Address(AddressKind.EMAIL, "nuri.kim@example.net")
REPLY = Outbound("0199e0f2-7c00-7abc-8def-000000000001", CITIZEN, "네.\n.\n담당 부서에 전달했습니다.", language="ko")
NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


class NoHttp:
    def request(self, *_: Any, **__: Any) -> HttpAnswer:
        raise AssertionError("mail goes over no HTTP")


def connector(password: str = PASSWORD, **settings: str) -> Email:
    named = Manifest.load("plugins.email").settings
    nowhere = {"imap_url": "imap://127.0.0.1:9", "smtp_url": "smtp://127.0.0.1:9", "timeout_s": "5"}
    given = {name: one.default for name, one in named.items()} | {"address": ADDRESS, "username": USER, **nowhere}
    return Email(Context(given | settings, {"password": password, "smtp_password": ""}, NoHttp(), lambda: NOW))


def mail(number: int, *headers: str, body: bytes = b"words") -> bytes:
    fixed = ("From: nuri.kim@example.net", f"To: {ADDRESS}", f"Subject: mail {number}", f"Message-ID: <{number}@x>")
    return "\r\n".join([*fixed, *headers, "", ""]).encode() + body + b"\r\n"


def ids(*numbers: int) -> list[str]:
    return [f"{number}@x" for number in numbers]


@pytest.fixture(scope="module")
def running() -> Iterator[Imap]:
    with mail_servers.pymap("--no-tls") as imap:
        yield imap


@pytest.fixture
def imap(running: Imap) -> Imap:
    for folder in ("INBOX", "Desk"):
        with running.client() as client:
            if client.folder_exists(folder):
                client.select_folder(folder)
                client.delete_messages(client.search("ALL"))
                client.expunge()
    running.begin_anew("Desk")
    return running


def reading(imap: Imap, folder: str = "Desk") -> Email:
    return connector(imap_url=f"imap://127.0.0.1:{imap.port}", folder=folder)


def hear(imap: Imap, *expected: int, cursor: str = "", connected: Email | None = None) -> KitLine:
    """Listen until these mails are kept."""
    line = KitLine(cursor)
    with Ear(connected or reading(imap), line):
        eventually(lambda: set(ids(*expected)) <= set(line.messages), what=f"mails {expected} were kept")
    return line


def test_mails_are_kept_in_order_and_marked_read_while_idle_waits(imap: Imap) -> None:
    imap.append(mail(1), mail(2), folder="Desk")
    line = KitLine()
    with Ear(reading(imap), line):
        eventually(lambda: line.messages == ids(1, 2))
        imap.append(mail(3), folder="Desk")
        eventually(lambda: line.messages == ids(1, 2, 3))
        imap.append(mail(4), mail(5), folder="Desk")
        eventually(lambda: line.messages == ids(1, 2, 3, 4, 5))
        eventually(lambda: set(map(frozenset, imap.flags("Desk").values())) == {frozenset({b"\\Seen"})})


def test_a_mail_that_comes_before_idle_does_not_wait_for_its_end(imap: Imap) -> None:
    """The server tells of it with the answer to a search that does not find it yet, and says nothing of it in IDLE."""
    imap.append(mail(1), folder="Desk", flags=(b"\\Seen",))
    line, coming = KitLine(), [mail(2)]

    def come() -> None:
        imap.append(*coming, folder="Desk")
        coming.clear()

    line.keeping = come
    with Ear(reading(imap), line):
        eventually(lambda: line.messages == ids(2), mailbox.IDLE_S / 2)


def test_a_mail_is_marked_read_only_after_it_is_kept(imap: Imap) -> None:
    line = KitLine()
    line.hub_is_away = True
    with Ear(reading(imap), line):
        imap.append(mail(1), folder="Desk")
        eventually(lambda: line.asked >= 2)
        assert set(map(frozenset, imap.flags("Desk").values())) == {frozenset()}
        line.hub_is_away = False
        eventually(lambda: set(map(frozenset, imap.flags("Desk").values())) == {frozenset({b"\\Seen"})})
    assert line.messages == ids(1)


def test_mails_that_cannot_be_read_are_left_and_nothing_waits_behind_them(imap: Imap) -> None:
    automatic = mail(2, "Auto-Submitted: auto-replied")
    imap.append(mail(1), b"Subject: nobody's\r\n\r\n", automatic, mail(4), folder="Desk")
    line = hear(imap, 1, 4)
    assert line.messages == ids(1, 4)
    flags = sorted(imap.flags("Desk").items())
    assert [one for _, one in flags] == [{b"\\Seen"}, {b"\\Flagged"}, set(), {b"\\Seen"}]


def test_the_first_time_only_unread_mails_count_and_then_all(imap: Imap) -> None:
    imap.append(mail(1), folder="Desk", flags=(b"\\Seen",))
    imap.append(mail(2), folder="Desk")
    imap.append(mail(3), folder="Desk", flags=(b"\\Seen",))
    line = hear(imap, 2)
    imap.append(mail(4), folder="Desk", flags=(b"\\Seen",))
    later = hear(imap, 4, cursor=line.cursor)
    assert (line.messages, later.messages) == (ids(2), ids(4))


def test_a_new_uidvalidity_loses_nothing_and_the_same_mails_have_the_same_ids(imap: Imap) -> None:
    imap.append(mail(1), mail(2), folder="Desk")
    line = hear(imap, 1, 2)
    imap.begin_anew("Desk")
    imap.append(mail(1), mail(2), folder="Desk", flags=(b"\\Seen",))
    imap.append(mail(3), folder="Desk")
    again = hear(imap, 3, cursor=line.cursor)
    assert again.messages == ids(1, 2, 3)
    assert again.cursor.partition(":")[0] != line.cursor.partition(":")[0]


def test_a_new_uidvalidity_does_not_bring_old_mails_that_were_read(imap: Imap) -> None:
    line = KitLine("1:7")
    with imap.client() as client:
        client.append("Desk", mail(1), (b"\\Seen",), NOW - timedelta(days=30))
        client.append("Desk", mail(2), (), NOW - timedelta(days=30))
    with Ear(reading(imap), line):
        eventually(lambda: line.messages == ids(2))
        imap.append(mail(3), folder="Desk", flags=(b"\\Seen",))
        eventually(lambda: line.messages == ids(2, 3))


def test_what_came_while_nobody_listened_is_found_where_it_stopped(imap: Imap) -> None:
    imap.append(mail(1), folder="Desk")
    line = hear(imap, 1)
    imap.append(*(mail(number) for number in range(2, 70)), folder="Desk")
    later = hear(imap, *range(2, 70), cursor=line.cursor)
    assert later.messages == ids(*range(2, 70))


def test_of_a_large_mail_the_beginning_is_taken(imap: Imap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MAIL_BYTES", 50_000)
    monkeypatch.setattr(mailbox, "BEGINNING_BYTES", 1_000)
    imap.append(mail(1, body=b"words " * 20_000), mail(2), folder="Desk")
    line = hear(imap, 1, 2)
    assert "메일함에 있습니다" in getattr(line.kept[0], "text", "")
    assert len(getattr(line.kept[0], "text", "")) < 1_200


def test_raw_korean_bytes_come_through_a_true_server(imap: Imap) -> None:
    subject = "Subject: 가로등".encode("euc-kr").decode("latin-1")
    raw = f"From: a@example.net\r\n{subject}\r\nMessage-ID: <1@x>\r\n\r\n".encode("latin-1") + "고장".encode("cp949")
    imap.append(raw, folder="Desk")
    assert getattr(hear(imap, 1).kept[0], "text", "") == "가로등\n\n고장"


def test_a_wrong_password_and_an_unknown_folder_need_an_operator(imap: Imap) -> None:
    url = f"imap://127.0.0.1:{imap.port}"
    for broken in (connector("wrong", imap_url=url), connector(imap_url=url, folder="Nowhere")):
        with pytest.raises(Misconfigured):
            broken.listen(KitLine())


def test_a_server_that_goes_away_is_told_and_one_that_is_not_there_too() -> None:
    line = KitLine()
    with mail_servers.pymap("--no-tls") as imap:
        with Ear(reading(imap, "INBOX"), line) as ear:
            imap.append(mail(1))
            eventually(lambda: line.messages == ids(1))
            imap.process.kill()
            eventually(lambda: ear.errors, what="the lost connection was told")
            assert isinstance(ear.errors[0], Retry)
        with pytest.raises(Retry):
            reading(imap, "INBOX").listen(KitLine())


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return self_signed(tmp_path)


def test_imap_speaks_tls_to_every_other_machine(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_servers.pymap("--cert", str(files[0]), "--key", str(files[1])) as imap:
        away = connector(imap_url=f"imap://{ANY_HOST}:{imap.port}")
        with pytest.raises(Misconfigured, match="certificate"):
            away.listen(KitLine())
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        imap.append(mail(1))
        hear(imap, 1, connected=away)
        with relayed(imap.port, speaking_tls(files)) as wire:
            imap.append(mail(2))
            hear(imap, 1, 2, cursor="1:1", connected=connector(imap_url=f"imaps://127.0.0.1:{wire.port}"))


def test_no_password_is_sent_where_there_is_no_tls(imap: Imap) -> None:
    with pytest.raises(Misconfigured, match="STARTTLS"):
        connector(imap_url=f"imap://{ANY_HOST}:{imap.port}").listen(KitLine())
    with mail_servers.smtp_server(auth_require_tls=False) as (took, port):
        with pytest.raises(Misconfigured, match="STARTTLS"):
            connector(smtp_url=f"smtp://{ANY_HOST}:{port}").send(REPLY)
        assert (took.logins, took.envelopes) == ([], [])


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_smtp_speaks_tls(scheme: str, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    trust = speaking_tls(files)
    options: dict[str, Any] = (
        {"trust": trust, "auth_require_tls": False}
        if scheme == "smtps"
        else {"tls_context": trust, "require_starttls": True}
    )
    with mail_servers.smtp_server(**options) as (took, port):
        away = connector(smtp_url=f"{scheme}://{ANY_HOST}:{port}")
        with pytest.raises(Misconfigured, match="certificate"):
            away.send(REPLY)
        monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        assert away.send(REPLY).state is Delivery.SENT
        assert took.logins == [(USER, PASSWORD)]


@pytest.fixture
def smtp() -> Iterator[tuple[mail_servers.Took, int]]:
    with mail_servers.smtp_server(auth_require_tls=False) as running:
        yield running


def test_a_reply_arrives_letter_for_letter_and_its_answer_is_of_the_same_conversation(
    imap: Imap, smtp: tuple[mail_servers.Took, int]
) -> None:
    took, port = smtp
    imap.append(mail(1), folder="Desk")
    first: Any = hear(imap, 1).kept[0]
    picture = Content(bytes(range(256)), "image/png", "약도 1.png")
    reply = Outbound(
        REPLY.reply_id, first.sender, REPLY.text, (picture,), language="ko", reply_context=dict(first.reply_context)
    )
    receipt = connector(smtp_url=f"smtp://127.0.0.1:{port}").send(reply)
    [envelope] = took.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (ADDRESS, [CITIZEN.value])
    raw = envelope.content if isinstance(envelope.content, bytes) else b""
    got = email.message_from_bytes(raw, policy=email.policy.default)
    text, file = list(got.iter_parts())
    assert text.get_content().rstrip("\n") == REPLY.text
    assert (file.get_filename(), file.get_content()) == (picture.filename, picture.data)
    assert (got["subject"], got["in-reply-to"], got["references"]) == ("Re: mail 1", "<1@x>", "<1@x>")
    assert got["message-id"].strip() == f"<{receipt.provider_id}>"
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    imap.append(mail(2, f"In-Reply-To: {got['message-id']}"), folder="Desk")
    answer: Any = hear(imap, 2).kept[-1]
    assert answer.conversation == first.conversation


@pytest.mark.parametrize(
    ("to_recipient", "to_data", "error"),
    [
        ("550 5.1.1 no such user", "", NotOnChannel),
        ("550 5.7.1 no", "", Rejected),
        ("550 no", "", Rejected),
        ("450 4.2.0 greylisted", "", Retry),
        ("452 4.5.3 too many", "", Throttled),
        ("421 4.7.0 slow down", "", Throttled),
        ("", "451 4.3.0 later", Retry),
        ("", "552 5.3.4 too big", Rejected),
        ("", "554 5.7.1 spam", Rejected),
    ],
)
def test_every_refusal_has_its_meaning(
    smtp: tuple[mail_servers.Took, int], to_recipient: str, to_data: str, error: type[Exception]
) -> None:
    took, port = smtp
    took.to_recipient, took.to_data = to_recipient, to_data or took.to_data
    with pytest.raises(error) as raised:
        connector(smtp_url=f"smtp://127.0.0.1:{port}").send(REPLY)
    assert type(raised.value) is error
    assert "@" not in str(raised.value)


def test_a_wrong_smtp_password_needs_an_operator_and_none_is_sent_where_none_is_asked(
    smtp: tuple[mail_servers.Took, int],
) -> None:
    took, port = smtp
    with pytest.raises(Misconfigured):
        connector("wrong", smtp_url=f"smtp://127.0.0.1:{port}").send(REPLY)
    took.logins.clear()
    assert connector("wrong", smtp_url=f"smtp://127.0.0.1:{port}", smtp_login="no").send(REPLY)
    assert took.logins == []
