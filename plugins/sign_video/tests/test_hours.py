"""When a call is a call, and what a citizen is offered when it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hub120_sdk import Context, HttpAnswer, Inbound, Manifest, Misconfigured, Received, Request
from standardwebhooks import Webhook

from plugins.sign_video.channel import SignVideo
from plugins.sign_video.tests.conformance import CALL, SECRET, call, event, sign

NUMBER = "26-0KX3M-7QHMZ"


class NoHttp:
    def request(self, *_: Any, **__: Any) -> HttpAnswer:
        raise AssertionError("parse and answer call nobody")


def at(written: str) -> datetime:
    """A time in Korea."""
    return datetime.fromisoformat(f"{written}+09:00")


def connector(now: datetime, **settings: str) -> SignVideo:
    given = {name: one.default for name, one in Manifest.load("plugins.sign_video").settings.items()}
    given |= {"video_url": "https://video.nuri.example", "reply_url": "https://www.nuri.example/r", **settings}
    return SignVideo(Context(given, {"signing_secret": SECRET}, NoHttp(), lambda: now))


def asked(now: datetime, request: Request | None = None, **settings: str) -> tuple[Inbound, dict[str, Any]]:
    signed, channel = sign(request or event("call_requested.json"), now), connector(now, **settings)
    [one] = channel.parse(signed)
    assert isinstance(one, Inbound)
    return one, json.loads(channel.answer(signed, [Received(one, "c-1", NUMBER)]).body)


OPEN = ["2026-11-23T09:00:00", "2026-11-23T17:59:59", "2026-11-27T12:00:00"]
CLOSED = [
    ("2026-11-23T08:59:59", "2026-11-23T09:00"),
    ("2026-11-23T18:00:00", "2026-11-24T09:00"),
    ("2026-11-27T20:00:00", "2026-11-30T09:00"),
    ("2026-11-28T12:00:00", "2026-11-30T09:00"),
    ("2026-02-16T10:00:00", "2026-02-19T09:00"),
    ("2026-03-02T10:00:00", "2026-03-03T09:00"),
    ("2026-09-24T10:00:00", "2026-09-28T09:00"),
    ("2026-12-25T10:00:00", "2026-12-28T09:00"),
]
"""The lunar new year, the substitute for the first of March, the harvest festival, Christmas."""


@pytest.mark.parametrize("now", OPEN)
def test_on_weekdays_from_nine_to_six_a_call_is_a_video_call(now: str) -> None:
    one, told = asked(at(now))
    assert (one.medium, one.language, one.conversation) == ("video", "kvk", CALL)
    assert one.join_url.startswith("https://video.nuri.example/")
    assert told["status"] == "open"
    assert NUMBER in told["message"]["ko"]
    assert "agent who signs" in told["message"]["en"]


@pytest.mark.parametrize(("now", "opens"), CLOSED)
def test_at_other_times_it_is_taken_in_text_and_the_next_opening_is_told(now: str, opens: str) -> None:
    one, told = asked(at(now))
    assert (one.medium, one.join_url, one.topic) == ("text", "", "welfare")
    assert "상담 시간 외" in one.text
    assert (told["status"], told["offers"]) == ("closed", ["message", "callback"])
    assert told["opens_at"] == at(opens).isoformat()
    assert told["case_number"] == NUMBER


def test_the_offer_says_day_and_time_in_korean_and_english() -> None:
    _, told = asked(at("2026-11-27T20:00:00"))
    assert "11월 30일(월) 09:00부터" in told["message"]["ko"]
    assert "from Monday, 30 November, 09:00" in told["message"]["en"]


def test_the_hours_are_the_centres_wherever_the_clock_stands() -> None:
    one, _ = asked(datetime.fromisoformat("2026-11-23T01:00:00-09:00"))
    assert one.medium == "text"
    one, _ = asked(datetime.fromisoformat("2026-11-22T20:00:00-05:00"))
    assert one.medium == "video"


def test_more_closed_days_and_other_hours_are_set() -> None:
    _, told = asked(at("2026-11-23T10:00:00"), closed_days="2026-11-23")
    assert told["opens_at"] == at("2026-11-24T09:00").isoformat()
    _, told = asked(at("2026-11-23T12:30:00"), hours="13:00-18:00 09:00-12:00")
    assert told["opens_at"] == at("2026-11-23T13:00").isoformat()
    assert asked(at("2026-11-28T10:00:00"), days="mon-fri sat")[0].medium == "video"
    assert asked(at("2026-12-25T10:00:00"), holidays="none")[0].medium == "video"


def test_a_centre_that_stays_closed_offers_writing_alone() -> None:
    days = [date(2026, 12, 27) + timedelta(weeks=week) for week in range(10)]
    closed = " ".join(day.isoformat() for day in days)
    _, told = asked(at("2026-12-25T10:00:00"), days="sun", closed_days=closed)
    assert (told["opens_at"], told["offers"]) == (None, ["message"])


@pytest.mark.parametrize(
    ("now", "wanted", "promised"),
    [
        ("2026-11-27T20:00:00", "", "2026-11-30T09:00"),
        ("2026-11-27T20:00:00", "2026-12-01T15:30:00+09:00", "2026-12-01T15:30"),
        ("2026-11-27T20:00:00", "2026-12-01T20:00:00+09:00", "2026-12-02T09:00"),
        ("2026-11-27T20:00:00", "2026-11-20T10:00:00+09:00", "2026-11-30T09:00"),
        ("2026-11-23T10:00:00", "", "2026-11-24T09:00"),
    ],
)
def test_a_callback_is_promised_for_when_somebody_is_there(now: str, wanted: str, promised: str) -> None:
    request = call("callback_wanted.json", callback_at=wanted, text="약을 먹는 시간은 빼 주세요.")
    one, told = asked(at(now), request)
    assert (one.medium, one.conversation) == ("text", CALL)
    assert one.text.startswith("수어 영상상담 다시 연락 요청: ")
    assert one.text.endswith("약을 먹는 시간은 빼 주세요.")
    assert (told["status"], told["callback_at"]) == ("callback", at(promised).isoformat())


def test_what_is_written_instead_is_taken() -> None:
    one, told = asked(at("2026-11-28T10:00:00"), event("message_left.json"))
    assert one.conversation == CALL
    assert told["status"] == "taken"


def test_a_call_signed_by_the_standards_own_library_is_read() -> None:
    now = at("2026-11-23T10:00:00")
    request = event("call_requested.json")
    signature = Webhook(SECRET).sign("msg_7", now.astimezone(UTC), request.body.decode())
    headers = {"webhook-id": "msg_7", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    assert len(connector(now).parse(replace(request, headers=headers))) == 1


@pytest.mark.parametrize(
    "settings",
    [
        {"hours": "9-18"},
        {"hours": "18:00-09:00"},
        {"hours": "25:00-26:00"},
        {"hours": ""},
        {"days": "monday"},
        {"days": "fri-mon"},
        {"days": ""},
        {"holidays": "Korea"},
        {"closed_days": "24.12.2026"},
        {"timezone": "Seoul/Asia"},
        {"timezone": "../etc/passwd"},
        {"video_url": "video.nuri.example"},
    ],
)
def test_hours_that_cannot_be_are_refused_at_the_start(settings: dict[str, str]) -> None:
    with pytest.raises(Misconfigured):
        connector(at("2026-11-23T10:00:00"), **settings)
