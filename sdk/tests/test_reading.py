"""Requests, JSON of unknown shape, and HTTP answers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hub120_sdk import HttpAnswer, Rejected, Request, Retry, Throttled, Unreadable, shapes
from hub120_sdk.answers import good, json_body, retry_after_s, word
from hub120_sdk.version import compatible

BODY: object = {"a": {"b": "text", "n": None, "list": [1], "number": 5}}


def request(body: bytes) -> Request:
    return Request("POST", "https://hub.example/x", {}, body)


def test_a_form_keeps_its_order_and_its_blanks() -> None:
    assert request(b"b=1&a=%EA%B0%80+&b=&c").form() == [("b", "1"), ("a", "가 "), ("b", ""), ("c", "")]


@pytest.mark.parametrize("body", [b"\xff", b"a=1&" * 2_000])
def test_what_is_no_form_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        request(body).form()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"-" + b"9" * 5_000])
def test_what_is_no_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        request(body).json()


def test_values_are_found_by_their_path() -> None:
    assert shapes.text(BODY, "a", "b") == "text"
    assert shapes.text(BODY, "a", "n") == shapes.text(BODY, "a", "missing", "deeper") == ""
    assert shapes.mapping(BODY, "x") == {}
    assert shapes.items(BODY, "a", "list") == [1]


@pytest.mark.parametrize(
    ("read", "where"),
    [
        (lambda: shapes.text(BODY, "a", "number"), "a.number must be a string"),
        (lambda: shapes.text(BODY, "a", "b", "c"), "a.b must be an object"),
        (lambda: shapes.text(BODY, "a", "n", required=True), "a.n is missing"),
        (lambda: shapes.mapping(BODY, "a", "list"), "a.list must be an object"),
        (lambda: shapes.mapping([], required=True), "the body must be an object"),
        (lambda: shapes.mapping(None, required=True), "the body is missing"),
        (lambda: shapes.items(BODY, "a", "b"), "a.b must be an array"),
        (lambda: shapes.items(BODY, "a", "list", limit=0), "a.list has more than 0 entries"),
        (lambda: shapes.identifier(BODY, "a", "b", most=3), "a.b must be up to 3 visible ASCII characters"),
        (lambda: shapes.identifier({"id": "a b"}, "id", most=9), "id must be up to 9 visible"),
        (lambda: shapes.identifier({"id": "가"}, "id", most=9), "id must be up to 9 visible"),
        (lambda: shapes.identifier({}, "id", most=9, required=True), "id is missing"),
        (lambda: shapes.rfc3339({"at": "2026-11-25T18:00:00"}, "at"), "at must be an RFC 3339 time with its zone"),
        (lambda: shapes.rfc3339({"at": "2026-11-25 18:00:00Z"}, "at"), "at must be an RFC 3339"),
        (lambda: shapes.rfc3339({"at": "2026-13-25T18:00:00Z"}, "at"), "at must be an RFC 3339"),
    ],
)
def test_the_wrong_shape_is_told_by_its_path(read: Callable[[], object], where: str) -> None:
    with pytest.raises(Unreadable, match=where):
        read()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2026-11-25T18:00:00+09:00", datetime(2026, 11, 25, 9, tzinfo=UTC)),
        ("2026-11-25t09:00:00.123456789z", datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)),
        ("", None),
        ("1969-12-31T00:00:00Z", None),
        ("2200-01-01T00:00:00Z", None),
    ],
)
def test_a_time_is_read_to_the_letter(written: str, found: datetime | None) -> None:
    assert shapes.rfc3339({"at": written}, "at") == found


def answer(status: int, body: bytes = b"", **headers: str) -> HttpAnswer:
    return HttpAnswer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("status", "error"),
    [(301, Rejected), (400, Rejected), (408, Retry), (425, Retry), (429, Throttled), (500, Retry), (599, Retry)],
)
def test_a_status_says_what_to_do(status: int, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        good(answer(status))
    assert type(raised.value) is error
    assert good(answer(204)).status == 204


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 3.0),
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "99999999"}, 3600.0),
        ({"retry_after": "-5"}, 3.0),
        ({"retry_after": "soon"}, 3.0),
        ({"retry_after": "Sun, 22 Nov 2026 08:00:30 GMT", "date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 30.0),
        ({"retry_after": "Sun, 22 Nov 2026 08:00:30 GMT"}, 3.0),
    ],
)
def test_the_pause_is_read_in_all_its_forms(headers: dict[str, str], seconds: float) -> None:
    assert retry_after_s(answer(429, b"", **headers), 3.0) == seconds


def test_a_word_of_an_answer_is_a_string_or_nothing() -> None:
    assert word(answer(200, b'{"id": "x"}'), "id") == "x"
    assert [word(answer(200, body), "id") for body in (b"", b"[]", b'{"id": 5}', b"{}", b"<html>")] == [""] * 5
    assert json_body(answer(200, b"\xff")) is None


@pytest.mark.parametrize(
    ("written", "offered", "fits"),
    [
        ("0.1", "0.1", True),
        ("0.1", "0.2", False),
        ("0.2", "0.1", False),
        ("1.2", "1.3", True),
        ("1.3", "1.2", False),
        ("2.0", "1.9", False),
        ("1", "1.0", False),
        ("", "1.0", False),
        ("1.x", "1.0", False),
    ],
)
def test_versions_fit_as_the_contract_says(written: str, offered: str, fits: bool) -> None:
    assert compatible(written, offered) is fits
