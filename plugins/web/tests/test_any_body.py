"""Whatever comes, signed rightly or not, ``parse`` gives records or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hub120_sdk import Inbound, Receipt, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.anything import any_body, any_json

JSON = any_json()
NAMES = ("id", "from", "text", "language", "conversation", "attachments", "occurred_at", "receipt")
MESSAGES = st.dictionaries(st.sampled_from(NAMES), JSON)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.web") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=any_body(JSON, MESSAGES), signed=st.booleans())
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes, signed: bool) -> None:
    request = replace(bench.suite.parses[0].request, body=body)
    outcome: Any = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)
