"""Where mail servers listen, what is composed for them, and what their refusals mean."""

from __future__ import annotations

import email
import email.policy

import pytest
from hub120_sdk import Content, Misconfigured, NotOnChannel, Rejected, Retry, Throttled, Unsure, mime
from hub120_sdk.mail import Envelope, Login, MailServer, deliver
from hub120_sdk.testing import Answer
from hub120_sdk.testing.mail import MailPeer

ENVELOPE = Envelope("120@nuri.example", "kim@example.net", "id-1")


def test_every_server_but_one_on_this_machine_is_spoken_to_in_tls() -> None:
    assert MailServer.parse("smtps://mail.example") == MailServer("smtps", "mail.example", 465)
    assert MailServer.parse("smtp://mail.example").starttls
    assert not MailServer.parse("smtps://mail.example").starttls
    assert MailServer.parse("imap://mail.example", ("imaps", "imap")).port == 143
    for here in ("localhost", "127.0.0.1", "[::1]"):
        assert not MailServer.parse(f"smtp://{here}:25").starttls


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://a:b@mail.example", "smtp://m:x", "imap://m"]
)
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(Misconfigured):
        MailServer.parse(url)


def test_a_mail_holds_what_was_put_in_and_no_header_more() -> None:
    files = [Content(b"\x00\xff", "image/png", "약도.png"), Content(b"x", "message/rfc822", "a\r\nb.eml")]
    headers = {"Subject": "가로등\r\nBcc: all@example.net", "From": mime.mailbox("누리시\n120", "120@nuri.example")}
    raw = mime.compose(headers, "네.\n.\n끝 😀", files)
    assert raw.isascii()
    got = email.message_from_bytes(raw, policy=email.policy.default)
    text, picture, other = got.iter_parts()
    assert text.get_content() == "네.\n.\n끝 😀"
    assert (got["subject"], got["bcc"]) == ("가로등 Bcc: all@example.net", None)
    assert got["from"] == "누리시 120 <120@nuri.example>"
    assert (picture.get_filename(), picture.get_content()) == ("약도.png", b"\x00\xff")
    assert (other.get_filename(), other.get_content_type()) == ("a b.eml", "application/octet-stream")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(400), Rejected),
        (Answer(401), Misconfigured),
        (Answer(404), NotOnChannel),
        (Answer(413), Rejected),
        (Answer(429), Throttled),
        (Answer(503), Retry),
        (Answer(dropped=True), Unsure),
        (Answer(slow=True), Retry),
    ],
)
def test_every_answer_of_a_mail_server_has_its_meaning(answer: Answer, error: type[Exception]) -> None:
    with MailPeer() as peer:
        peer.script([answer])
        server = MailServer.parse(peer.url.split()[0])
        with pytest.raises(error) as raised:
            deliver(server, Login("desk", "pw"), ENVELOPE, b"Subject: x\n\n.\n", timeout_s=0.5)
        assert type(raised.value) is error


def test_a_mail_arrives_as_it_was_handed_over() -> None:
    with MailPeer() as peer:
        server = MailServer.parse(peer.url.split()[0])
        deliver(server, Login("", ""), ENVELOPE, b"Subject: x\n\n.\n..a\nb", timeout_s=5)
        [seen] = peer.seen
        assert (seen.path, seen.body) == ("kim@example.net", b".\r\n..a\r\nb\r\n")
        assert "ENVID=id-1" in seen.headers[":sender"]


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with MailPeer() as peer:
        server = MailServer.parse(peer.url.split()[0])
    with pytest.raises(Retry) as raised:
        deliver(server, Login("", ""), ENVELOPE, b"Subject: x\n\n")
    assert type(raised.value) is Retry
