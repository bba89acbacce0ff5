"""Whatever comes, ``parse`` gives receipts or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hub120_sdk import Receipt, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.anything import any_body, any_json

JSON = any_json()
BARE = st.dictionaries(st.sampled_from(["messageId", "statusCode", "groupId", "customFields"]), JSON | st.text())
REPORT = BARE | st.fixed_dictionaries({"eventDataId": JSON}, optional={"data": BARE | JSON})


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.kakao_alimtalk") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=any_body(JSON, st.lists(REPORT)), signed=st.booleans())
def test_parse_gives_receipts_or_says_why_not(bench: Bench, body: bytes, signed: bool) -> None:
    request = replace(bench.suite.parses[0].request, body=body)
    outcome: Any = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)
