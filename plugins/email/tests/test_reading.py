"""Mails as they are: charsets that are not what they say, broken headers, history, threads, machines and forgers."""

from __future__ import annotations

import base64
from email.header import Header
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP

import pytest
from hub120_sdk import Delivery, Inbound, Receipt, Unreadable, html_text
from hub120_sdk.testing import fixture

from plugins.email import authentication, charsets, quotations, threads
from plugins.email.inbound import MOST_FILES, TEXT_CHARACTERS, Reader
from plugins.email.mail import Mail

READER = Reader("120@nuri.example", frozenset({"120@nuri.example", "desk@nuri.example"}), "mx.nuri.example")
KOREAN = "안녕하세요. 뷁동 똠방각하입니다."
PLAIN_KOREAN = "가로등이 고장났습니다."


def read(raw: bytes | str) -> Inbound:
    [one] = READER.read(raw.encode() if isinstance(raw, str) else raw)
    assert isinstance(one, Inbound)
    return one


def mail(*headers: str, body: bytes = b"words", sender: str = "nuri.kim@example.net") -> bytes:
    return "\r\n".join([f"From: {sender}", *headers, "", ""]).encode("utf-8", "surrogateescape") + body


@pytest.mark.parametrize(
    ("text", "written", "claimed"),
    [
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (KOREAN, "cp949", "euc-kr"),
        (KOREAN, "cp949", "KS_C_5601"),
        (KOREAN, "cp949", "utf-8"),
        (KOREAN, "cp949", ""),
        (KOREAN, "cp949", "iso-8859-1"),
        (KOREAN, "cp949", "x-unknown"),
        (KOREAN, "utf-8", "euc-kr"),
        (KOREAN, "utf-8", "us-ascii"),
        (KOREAN, "utf-8", "windows-1252"),
        (PLAIN_KOREAN, "iso-2022-kr", "iso-2022-kr"),
        (PLAIN_KOREAN, "johab", "johab"),
        ("Grüße aus Köln", "latin-1", "iso-8859-1"),
        ("Xin chào, tôi cần giúp đỡ", "utf-8", "utf-8"),
        ("请帮助我", "gb18030", "gb2312"),
        ("お願いします", "iso-2022-jp", "iso-2022-jp"),
        ("처", "euc-kr", "euc-kr"),
    ],
)
def test_text_is_read_whatever_its_charset_is_called(text: str, written: str, claimed: str) -> None:
    assert charsets.decode(text.encode(written), claimed) == text


@pytest.mark.parametrize(
    "claimed", ["punycode", "idna", "unicode_escape", "undefined", "rot13", "hex", "\udcff", "utf-99"]
)
def test_a_charset_that_no_mail_is_written_in_is_ignored(claimed: str) -> None:
    assert charsets.decode(KOREAN.encode(), claimed) == KOREAN


def test_a_letter_that_is_broken_costs_no_other_letter() -> None:
    assert charsets.decode(KOREAN.encode("cp949") + b"\xff", "euc-kr").startswith(KOREAN)


def words(text: str, charset: str, cut: int = 0) -> str:
    data = text.encode(charset)
    pieces = [data[:cut], data[cut:]] if cut else [data]
    return "\r\n ".join(f"=?{charset}?B?{base64.b64encode(piece).decode()}?=" for piece in pieces)


@pytest.mark.parametrize(
    "raw",
    [
        words(PLAIN_KOREAN, "utf-8"),
        words(PLAIN_KOREAN, "euc-kr"),
        words(PLAIN_KOREAN, "utf-8", 4),
        words(PLAIN_KOREAN, "euc-kr", 3),
        words(PLAIN_KOREAN, "euc-kr").replace("euc-kr", "ks_c_5601-1987"),
        words(PLAIN_KOREAN, "utf-8").replace("utf-8", "euc-kr"),
        words(PLAIN_KOREAN, "utf-8").replace("=?=", "?="),
        words(PLAIN_KOREAN, "utf-8").replace("?B?", "?b?").replace("utf-8", "utf-8*ko"),
        f'"{words(PLAIN_KOREAN, "utf-8")}"'.strip('"'),
        PLAIN_KOREAN.encode("euc-kr").decode("ascii", "surrogateescape"),
        PLAIN_KOREAN.encode().decode("ascii", "surrogateescape"),
        "=?utf-8?Q?" + "".join(f"={byte:02X}" for byte in PLAIN_KOREAN.encode()).replace("=20", "_") + "?=",
    ],
)
def test_a_header_is_read_however_it_is_broken(raw: str) -> None:
    assert charsets.header(raw) == PLAIN_KOREAN


def test_words_beside_encoded_words_keep_their_place() -> None:
    assert charsets.header("Re: =?utf-8?B?6rCA?= (2)") == "Re: 가 (2)"
    assert charsets.header("=?utf-8?B?6rCA?= =?utf-8?B?64KY?=") == "가나"
    assert charsets.header("=?utf-8?X?no?= =?half") == "=?utf-8?X?no?= =?half"


@pytest.mark.parametrize(
    "disposition",
    [
        "attachment; filename*=UTF-8''%EC%82%AC%EC%A7%84.jpg",
        "attachment; filename*=euc-kr''%BB%E7%C1%F8.jpg",
        "attachment; filename*0*=UTF-8''%EC%82%AC; filename*1*=%EC%A7%84.jpg",
        f'attachment; filename="{words("사진.jpg", "euc-kr")}"',
        'attachment; filename="사진.jpg"',
        'attachment; filename="..\\\\사진.jpg"',
    ],
)
def test_the_name_of_a_file_is_read_in_every_spelling(disposition: str) -> None:
    headers = ("Content-Type: image/jpeg", f"Content-Disposition: {disposition}")
    [file] = read(mail(*headers, body=b"\xff\xd8\xff")).attachments
    assert file.filename.removeprefix(".._") == "사진.jpg"
    assert file.data == b"\xff\xd8\xff"


def test_html_reads_as_a_reader_sees_it() -> None:
    page = """<p>첫 줄<br>둘째&nbsp;줄 &lt;b&gt;</p><table><tr><td>이름</td><td>누리</td></tr></table>
    <pre>a\n  b</pre><img alt="약도"><a href="https://x.example/a">https://x.example/a</a>
    <a href="javascript:x">글</a><div style="DISPLAY: none">숨김<p>속</p></div>끝
    <blockquote>옛글<br>옛글2</blockquote>"""
    lines = html_text.to_text(page).split("\n")
    assert lines[:6] == ["첫 줄", "둘째 줄 <b>", "", "이름 누리", "", "a"]
    assert lines[6:8] == ["  b", "약도https://x.example/a 글"]
    assert lines[8:] == ["끝", "", "> 옛글", "> 옛글2"]


@pytest.mark.parametrize(
    "html", ["<" * 5_000, "<div>" * 20_000 + "x", "<a>" * 5_000, "<blockquote>" * 2_000 + "x", "&#x;"]
)
def test_html_of_any_depth_is_read(html: str) -> None:
    assert isinstance(html_text.to_text(html), str)


@pytest.mark.parametrize(
    "beginning",
    [
        "-----Original Message-----",
        "----- 원본 메일 -----",
        "On Sun, 22 Nov 2026 at 18:00, 120 <120@nuri.example> wrote:",
        "On Sun, 22 Nov 2026 at 18:00, 120 상담센터\n<120@nuri.example> wrote:",
        "2026년 11월 22일 (일) 오후 6:00, 120 상담센터 <120@nuri.example>님이 작성:",
        "보낸 사람: 120 상담센터\n보낸 날짜: 2026년 11월 22일\n받는 사람: 김누리",
        "From: 120\nSent: Sunday\nTo: Kim",
        "*From:* 120\n*Date:* Sunday",
    ],
)
def test_history_is_kept_and_told_apart(beginning: str) -> None:
    told = quotations.told_apart(f"새 글입니다.\n\n{beginning}\n옛 글입니다.\n\n끝")
    assert told.startswith("새 글입니다.\n\n> ")
    assert told.endswith("> 옛 글입니다.\n>\n> 끝")
    assert all(line in told for line in beginning.split("\n"))


def test_answers_between_quoted_lines_stay_where_they_are() -> None:
    text = "On Sunday the centre wrote:\n> 사진이 있나요?\n네, 보냅니다.\n> 주소는?\n광장 1"
    assert quotations.told_apart(text) == "> " + text
    assert quotations.told_apart("From: 여기서부터\n글") == "From: 여기서부터\n글"


def test_a_folded_paragraph_is_whole_again() -> None:
    raw = mail("Content-Type: text/plain; format=flowed; delsp=yes", body="긴 \r\n글\r\n> 옛 \r\n> 글\r\n".encode())
    assert read(raw).text == "긴글\n> 옛글"


def test_of_two_forms_of_one_text_the_plain_one_is_taken_with_all_files() -> None:
    whole, both = MIMEMultipart("related"), MIMEMultipart("alternative")
    both.attach(MIMEText("글", "plain", "utf-8"))
    both.attach(MIMEText("<p>글!</p>", "html", "utf-8"))
    whole.attach(both)
    picture = MIMEText("x", "css")
    picture["Content-Disposition"] = "inline; filename=p.css"
    whole.attach(picture)
    whole["From"] = "a@example.net"
    one = read(whole.as_bytes())
    assert (one.text, [file.filename for file in one.attachments]) == ("글", ["p.css"])


def test_a_forwarded_mail_comes_as_a_file() -> None:
    headers = ("Content-Type: message/rfc822",)
    [file] = read(mail(*headers, body=b"From: x@y.example\r\nSubject: inner\r\n\r\nhello")).attachments
    assert (file.filename, file.media_type) == ("inner.eml", "message/rfc822")
    assert b"hello" in (file.data or b"")


def test_a_text_beyond_bounds_comes_whole_as_a_file() -> None:
    text = "가" * (TEXT_CHARACTERS + 1)
    one = read(mail("Content-Type: text/plain; charset=utf-8", body=text.encode()))
    assert "일부만" in one.text
    assert len(one.text) < TEXT_CHARACTERS + 200
    assert one.attachments[0].data == text.encode()


def test_files_beyond_bounds_are_told() -> None:
    whole = MIMEMultipart()
    whole["From"] = "a@example.net"
    for place in range(MOST_FILES + 2):
        part = MIMEText("x", "csv")
        part["Content-Disposition"] = f"attachment; filename={place}.csv"
        whole.attach(part)
    one = read(whole.as_bytes())
    assert len(one.attachments) == MOST_FILES
    assert f"{MOST_FILES + 2}개 중 {MOST_FILES}개" in one.text


def test_of_a_mail_beyond_bounds_the_words_are_taken_and_it_is_told() -> None:
    [one] = READER.read(mail("Subject: 큰 메일", "Message-ID: <big@x>"), size=90 * 1_048_576)
    assert isinstance(one, Inbound)
    assert "words" in one.text
    assert "90 MB" in one.text


def test_a_thread_is_one_conversation_whoever_shortens_its_references() -> None:
    first = read(mail("Message-ID: <a@x>"))
    ours = threads.own_id("0199e0f2-7c00-7abc-8def-000000000001", first.conversation, "nuri.example")
    longer = read(mail("Message-ID: <b@x>", f"References: <a@x> <{ours}>"))
    shorter = read(mail("Message-ID: <c@x>", f"In-Reply-To: <{ours}>"))
    own_follow_up = read(mail("Message-ID: <d@x>", "In-Reply-To: <a@x>"))
    assert {one.conversation for one in (longer, shorter, own_follow_up)} == {first.conversation}
    assert read(mail("Message-ID: <e@x>")).conversation != first.conversation


def test_a_reference_that_was_folded_into_encoded_words_is_read() -> None:
    answer = EmailMessage(SMTP)
    answer["From"] = "nuri.kim@example.net"
    answer["In-Reply-To"] = f"<{threads.own_id('0199e0f2-7c00-7abc-8def-000000000001', 'a' * 32, 'nuri.example')}>"
    assert b"=?utf-8?" in answer.as_bytes()
    assert read(answer.as_bytes()).conversation == "a" * 32


def test_an_answer_to_a_notice_has_the_notices_conversation() -> None:
    ours = threads.own_id("0199e0f2-7c00-7abc-8def-000000000001", "", "nuri.example")
    assert read(mail("Message-ID: <b@x>", f"In-Reply-To: <{ours}>")).conversation == ""


def test_an_id_like_ours_from_another_domain_is_a_strangers() -> None:
    theirs = threads.own_id("0199e0f2-7c00-7abc-8def-000000000001", "0" * 32, "other.example")
    assert read(mail("Message-ID: <b@x>", f"In-Reply-To: <{theirs}>")).conversation not in {"", "0" * 32}


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    raw = mail("Subject: x")
    assert read(raw).provider_id == read(raw).provider_id != read(raw + b".").provider_id
    assert len(read(mail(f"Message-ID: <{'x' * 800}@x>")).provider_id) < 100


def test_references_never_grow_beyond_a_line() -> None:
    many = " ".join(f"<{place}{'x' * 40}@mail.example.net>" for place in range(500))
    chain = threads.references(Mail(mail(f"References: {many}", "Message-ID: <last@x>")))
    assert len(chain) <= 800
    assert chain.startswith("<0x")
    assert chain.endswith("<last@x>")


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; x=y",
        "Precedence: bulk",
        "Precedence: LIST",
        "List-Id: <a.b>",
        "List-Unsubscribe: <mailto:x@y>",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "Message-ID: <hub120.r1.0@nuri.example>",
    ],
)
def test_machines_are_not_answered(header: str) -> None:
    assert READER.read(mail(header)) == []


@pytest.mark.parametrize(
    "sender", ["120@NURI.example", "Desk <desk@nuri.example>", "MAILER-DAEMON@x.example", "noreply@x.kr"]
)
def test_neither_are_we_ourselves_and_daemons(sender: str) -> None:
    assert READER.read(mail(sender=sender)) == []


def test_what_says_that_it_is_not_automatic_is_a_citizens() -> None:
    assert read(mail("Auto-Submitted: no")).text == "words"


@pytest.mark.parametrize("sender", ["", "nobody", "<>", "a@b@c", "=?utf-8?B?6rCA?=", "undisclosed-recipients:;"])
def test_a_mail_that_nobody_can_be_answered_for_is_unreadable(sender: str) -> None:
    with pytest.raises(Unreadable):
        READER.read(mail(sender=sender))


PASS = "Authentication-Results: mx.nuri.example; dkim=pass; dmarc=pass (p=none; x) header.from=example.net"
FORGED = "Authentication-Results: mx.nuri.example; dmarc=pass header.from=example.net"


@pytest.mark.parametrize(
    ("headers", "verified"),
    [
        ([PASS], True),
        ([PASS.replace("mx.nuri.example;", "MX.nuri.example 1;")], True),
        ([PASS.replace("dmarc=pass", "dmarc=fail"), FORGED], False),
        ([PASS.replace("mx.nuri.example", "mx.evil.example")], False),
        ([PASS.replace("header.from=example.net", "header.from=evil.example")], False),
        ([PASS.replace("dmarc=pass", "dmarc=passed")], False),
        ([PASS.replace("dmarc=pass", "x (dmarc=pass)")], False),
        ([PASS, "From: other@example.net"], False),
        ([], False),
    ],
)
def test_a_sender_is_verified_by_the_own_server_alone(headers: list[str], verified: bool) -> None:
    assert read(mail(*headers)).sender.verified is verified
    assert not authentication.is_vouched_for(Mail(mail(*headers)), "nuri.kim@example.net", "")


def test_the_subject_of_an_answer_is_not_said_again() -> None:
    subject = f"Subject: {Header('가로등', 'utf-8').encode()}"
    assert read(mail(subject)).text == "가로등\n\nwords"
    assert read(mail("Subject: Re: x", "In-Reply-To: <a@x>")).text == "words"
    assert read(mail("Subject: Re: x", "In-Reply-To: <a@x>", body=b"")).text == "Re: x"


@pytest.mark.parametrize("date", ["yesterday", "Mon, 99 Foo 2026", "Mon, 23 Nov 1066 09:10:00 +0900", ""])
def test_an_impossible_time_is_no_time(date: str) -> None:
    assert read(mail(f"Date: {date}")).occurred_at is None


def test_a_report_on_somebody_elses_mail_is_nothing() -> None:
    report = fixture("plugins.email", "report_failed.eml").replace(b"@nuri.example", b"@other.example")
    assert READER.read(report) == []


@pytest.mark.parametrize(("action", "state"), [(b"relayed", Delivery.SENT), (b"delayed", Delivery.SENT)])
def test_a_report_of_no_end_leaves_a_reply_sent(action: bytes, state: Delivery) -> None:
    report = fixture("plugins.email", "report_delivered.eml").replace(b"Action: delivered", b"Action: " + action)
    [receipt] = READER.read(report)
    assert isinstance(receipt, Receipt)
    assert receipt.state is state


def test_a_report_repeats_no_address() -> None:
    [receipt] = READER.read(fixture("plugins.email", "report_failed.eml"))
    assert "@" not in repr(receipt)
