"""Whatever comes, signed rightly or not, ``parse`` gives records or says why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hub120_sdk import Inbound, Receipt, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = (
    "msgKey", "serviceType", "msgType", "to", "from", "originator", "content", "occurredTime", "reportCode", "ref",
)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8")) | st.sampled_from(["MO", "SMS", "10000", "01055501234", "2026-11-22"])
VALUES = WORDS | st.none() | st.integers() | st.lists(st.text()) | st.datetimes().map(str)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), VALUES).map(lambda fields: json.dumps(fields).encode())


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.sms_bizgo") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary() | OBJECTS, signed=st.booleans(), timestamp=st.text(max_size=20), signature=st.text(max_size=70))
def test_parse_gives_records_or_says_why_not(
    bench: Bench, body: bytes, signed: bool, timestamp: str, signature: str
) -> None:
    good = bench.suite.parses[0].request
    headers = {"x-ib-timestamp": timestamp, "x-ib-signature": signature}
    request = replace(good, body=body, headers={**good.headers, **headers})
    outcome = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)
