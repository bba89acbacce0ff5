"""Requests as an app's server makes them with independent libraries: the standard's own, and an HTTP client's forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from hub120_sdk import CaseStatus, Inbound, Outbound, Progress, Received, Request, Unauthorised
from hub120_sdk.testing import Answer, Bench
from standardwebhooks import Webhook

from plugins.app.tests.conformance import REPLY, REPORTER, SECRET, URL, WRONG, event

REPORT = {"id": "app-1", "reporter": {"id": "device-5a1c"}, "text": "A street light is out"}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.app") as bench:
        yield bench


def posted(bench: Bench, made: httpx.Request, secret: str = SECRET) -> Request:
    """A client's request, signed over its body by the library, which signs ASCII alone."""
    body = made.read()
    signature = Webhook(secret).sign("msg_7", bench.now, body.decode("ascii"))
    stamp = {"webhook-id": "msg_7", "webhook-timestamp": str(int(bench.now.timestamp()))}
    headers = {"content-type": made.headers["content-type"], **stamp, "webhook-signature": signature}
    return Request("POST", URL, headers, body)


def parsed(bench: Bench, request: Request) -> Inbound:
    found = bench.parse(request)
    assert isinstance(found, list), found
    [one] = found
    assert isinstance(one, Inbound)
    return one


def test_a_form_made_and_signed_by_libraries_is_read(bench: Bench) -> None:
    files = [("photo", (f"{number}.jpg", b"\x01\x02" * number, "image/jpeg")) for number in (1, 2)]
    made = httpx.Request("POST", URL, data={"report": json.dumps(REPORT)}, files=files)
    found = parsed(bench, posted(bench, made))
    assert [(one.filename, one.data) for one in found.attachments] == [
        ("1.jpg", b"\x01\x02"),
        ("2.jpg", b"\x01\x02" * 2),
    ]
    assert isinstance(bench.parse(posted(bench, made, WRONG)), Unauthorised)


def test_a_report_sent_again_hours_later_is_the_same_and_answered_the_same(bench: Bench) -> None:
    request = event("report_form.multipart")
    first = parsed(bench, bench.signed(request))
    before = bench.now
    bench.now = before.replace(year=before.year + 1)
    again = parsed(bench, bench.signed(request))
    bench.now = before
    assert again == first
    answers = [
        bench.channel.answer(request, [Received(one, "c-1", "26-0KX3M-7QHMZ", duplicate=late)])
        for one, late in ((first, False), (again, True))
    ]
    assert answers[0] == answers[1]
    assert json.loads(answers[0].body)["case_number"] == "26-0KX3M-7QHMZ"


def test_replies_that_waited_come_with_the_answer_to_the_next_report(bench: Bench) -> None:
    found = parsed(bench, bench.signed(event("report_more.json")))
    waiting = [Outbound("r-1", REPORTER, "어제 답변"), Outbound("r-2", REPORTER, "오늘 답변")]
    answer = bench.channel.answer(event("report_more.json"), [Received(found, "c-1", "26-1", waiting=waiting)])
    assert json.loads(answer.body)["replies"] == [
        {"id": "r-1", "text": "어제 답변"},
        {"id": "r-2", "text": "오늘 답변"},
    ]


def test_the_library_verifies_what_is_pushed(bench: Bench) -> None:
    bench.now = datetime.now(UTC)
    bench.send(REPLY, [Answer.json({"id": "x"})])
    [seen] = bench.provider.seen
    told = Webhook(SECRET).verify(seen.body, dict(seen.headers))
    assert told["id"] == seen.headers["webhook-id"] == REPLY.reply_id


def test_more_than_fits_into_an_answer_is_said_to_be_more(bench: Bench) -> None:
    long = tuple(replace(REPLY, reply_id=str(number), text="가" * 10_000) for number in range(10))
    case = CaseStatus("26-1", Progress.OPEN, bench.now, bench.now, replies=long)
    request = bench.signed(event("inquiry_by_report.json"))
    answer = bench.inquiries.tell(request, [case] * 9)
    told = json.loads(answer.body)
    assert len(answer.body) < 1_000_000
    assert (len(told["cases"]), told["more"]) == (2, True)


def test_without_a_push_address_every_answer_is_fetched(bench: Bench) -> None:
    bench.settings["push_url"], before = "", bench.settings["push_url"]
    try:
        receipt = bench.make(bench.suite.secrets).send(REPLY)  # type: ignore[union-attr] # a channel
    finally:
        bench.settings["push_url"] = before
    assert receipt.state == "parked"
