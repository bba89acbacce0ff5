"""What real endpoints answer is read, from the recordings where they are at hand and from what was seen in them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hub120_sdk import HttpAnswer, Rejected, Retry, TicketState
from hypothesis import given
from hypothesis import strategies as st

from plugins.open311_department import mapping, reading

RECORDED = Path(__file__).parents[4] / "shared" / "formats" / "open311"
REQUESTS = sorted([*RECORDED.glob("*service_request*.*"), *RECORDED.glob("*requests*.xml")])


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.name)
def test_every_recorded_answer_is_read(path: Path) -> None:
    if "not_found" in path.name:
        with pytest.raises(Rejected, match="not found"):
            reading.rows(HttpAnswer(404, {}, path.read_bytes()))
        return
    rows = reading.rows(HttpAnswer(200, {}, path.read_bytes()))
    assert all(row["service_request_id"] for row in rows)
    assert ("empty" in path.name) == (not rows)
    assert all(mapping.ticket(row).state in TicketState for row in rows)


@pytest.mark.parametrize(
    ("body", "description"),
    [
        (b'[{"code": 400, "description": "lat is missing"}]', "lat is missing"),
        (b'{"code": 400, "description": "lat is missing"}', "lat is missing"),
        (b'{"errors": [{"code": "400", "description": "lat is missing"}]}', "lat is missing"),
        (
            b"<errors><error><code>400</code><description>lat is missing</description></error></errors>",
            "lat is missing",
        ),
        (b"<html>", "no reason given"),
    ],
)
def test_an_error_is_told_in_the_endpoints_words(body: bytes, description: str) -> None:
    with pytest.raises(Rejected, match=description):
        reading.rows(HttpAnswer(400, {}, body))


def test_numbers_where_strings_belong_are_read() -> None:
    [row] = reading.rows(HttpAnswer(200, {}, b'[{"service_request_id": 7, "lat": 1.5, "status": "open"}]'))
    assert row == {"service_request_id": "7", "lat": "1.5", "status": "open"}


def test_an_unknown_status_ends_nothing() -> None:
    assert mapping.ticket({"service_request_id": "1", "status": "Mystery"}).state is TicketState.SUBMITTED


def test_an_xml_bomb_is_no_answer() -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    bomb = entities + b"<errors><error><description>&b;</description></error></errors>"
    with pytest.raises(Rejected, match="no reason given"):
        reading.rows(HttpAnswer(400, {}, bomb))


@given(body=st.binary())
def test_no_answer_makes_it_raise_anything_else(body: bytes) -> None:
    for status in (200, 400, 404):
        with contextlib.suppress(Rejected, Retry):
            reading.rows(HttpAnswer(status, {}, body))
