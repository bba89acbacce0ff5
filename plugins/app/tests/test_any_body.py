"""Whatever comes, signed rightly or not, ``parse`` gives records or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hub120_sdk import Inbound, Inquiry, Receipt, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.anything import any_body, any_json

NAMES = (
    *("id", "reporter", "phone", "email", "text", "category", "place", "latitude", "longitude", "accuracy_m"),
    *("address", "photos", "data", "url", "media_id", "language", "occurred_at", "answers", "about", "reply_id"),
    *("state", "until", "case_numbers", "report_ids", "updated_from", "skip"),
)
JSON = any_json(NAMES, ["read", "fetch", "2026-11-22T17:20:00+09:00", "/9j/4A=="])
SAID = {"id": "1", "reporter": {"id": "1"}, "text": "?"}
BATCHES = st.builds(
    lambda more, name: {name: {**SAID, **more} if isinstance(more, dict) else [more]},
    JSON,
    st.sampled_from(["report", "receipts", "inquiry"]),
)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.app") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=any_body(JSON, BATCHES),
    signed=st.booleans(),
    form=st.booleans(),
)
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes, signed: bool, form: bool) -> None:
    row = bench.suite.parses[-1 if form else 0]
    request = replace(row.request, body=body)
    outcome: Any = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | Receipt | Inquiry) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)
