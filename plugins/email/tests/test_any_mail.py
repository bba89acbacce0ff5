"""Whatever lies in the mailbox, reading gives records or says that it cannot."""

from __future__ import annotations

import pytest
from hub120_sdk import Inbound, Receipt, Unreadable
from hub120_sdk.testing import fixture, garbage
from hypothesis import given
from hypothesis import strategies as st

from plugins.email.tests.test_reading import READER

FIXTURES = (
    "korean_plain",
    "korean_html_mislabelled",
    "answer_with_history_and_photo",
    "report_failed",
    "report_delivered",
    "report_read",
)
NAMES = (
    *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Content-Type", "MIME-Version"),
    *("Content-Disposition", "Content-Transfer-Encoding", "Auto-Submitted", "Authentication-Results", "Return-Path"),
)
VALUES = st.sampled_from(
    (
        *("a@b.example", "text/html", 'multipart/mixed; boundary="b"', "multipart/alternative; boundary=b", "base64"),
        *("multipart/report; report-type=delivery-status; boundary=b", "message/delivery-status", "message/rfc822"),
        *(
            "quoted-printable",
            "x-uuencode",
            "<a@b>",
            "attachment; filename*=x''%FF",
            "=?x?B?AAAA?=",
            "--b",
            "text/plain",
        ),
    )
) | st.text(max_size=30)
HEADERS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8)
BODIES = st.lists(
    st.sampled_from([b"--b", b"--b--", b"", b"From: x@y.example", b"Content-Type: text/html"]) | st.binary(max_size=40)
)


def stands(raw: bytes) -> None:
    try:
        records = READER.read(raw)
    except Unreadable:
        return
    assert all(isinstance(one, Inbound | Receipt) for one in records)


@given(headers=HEADERS, lines=BODIES)
def test_any_mail_is_read_or_left(headers: list[tuple[str, str]], lines: list[bytes]) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("utf-8", "surrogatepass")
    stands(head + b"\r\n" + b"\r\n".join(lines))


@given(raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_left(raw: bytes) -> None:
    stands(raw)
    stands(b"From: a@b.example\r\n" + raw)


@pytest.mark.parametrize("name", FIXTURES)
def test_a_good_mail_with_something_wrong_is_read_or_left(name: str) -> None:
    for raw in garbage.bodies(fixture("plugins.email", f"{name}.eml")):
        stands(raw)


def test_parts_within_parts_within_parts_are_read_or_left() -> None:
    depth = 300
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    try:
        stands(b"From: a@b.example\r\n" + head.encode() + b"\r\nwords")
    except RecursionError:
        return  # the listener leaves such a mail, as any that cannot be read
