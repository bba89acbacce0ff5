"""Whatever comes, signed rightly or not, ``parse`` gives news or says why not, in the contract's form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hub120_sdk import InterpreterReport, Refusal, Translation
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.anything import any_body, any_json

JSON = any_json()
NAMES = ("update_id", "session_id", "attempt", "state", "call", "reason", "occurred_at", "message_id", "text")
WORDS = st.sampled_from(["s-1", "accepted", "left", "2026-11-25T18:00:00+09:00", "9999-12-31T23:59:59-12:00", "", 1])
NEWS = st.dictionaries(st.sampled_from(NAMES), JSON | WORDS)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.interpreter_http") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=any_body(JSON, NEWS), signed=st.booleans(), row=st.sampled_from([0, -1]))
def test_parse_gives_news_or_says_why_not(bench: Bench, body: bytes, signed: bool, row: int) -> None:
    request = replace(bench.suite.parses[row].request, body=body)
    outcome: Any = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, InterpreterReport | Translation) for record in outcome)
    else:
        assert isinstance(outcome, Refusal)
        assert outcome.response is not None
        assert set(json.loads(outcome.response.body)) == {"error", "message"}
