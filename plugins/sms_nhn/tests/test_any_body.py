"""Whatever comes, ``parse`` gives records or says why not; whatever a picture is, it is measured or refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hub120_sdk import Receipt, Rejected, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.sms_nhn.pictures import dimensions
from plugins.sms_nhn.tests.conformance import jpeg

NAMES = (
    "hookId", "requestId", "recipientSeq", "messageStatus", "resultCode", "recipientGropuingKey", "dlrStatus",
    "errorCode", "_link", "_links",
)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8")) | st.sampled_from(["1000", "COMPLETED", "DELIVERED", "E999"])
HOOKS = st.dictionaries(st.sampled_from(NAMES), WORDS | st.none() | st.integers() | st.lists(st.text()))
EVENTS = st.sampled_from(["MESSAGE_RESULT_UPDATE", "INTERNATIONAL_DELIVERY_RECEIPT", "UNSUBSCRIBE", "CONVERSION_BLOCK"])
BODIES = st.fixed_dictionaries({"event": EVENTS | WORDS, "hooks": st.lists(HOOKS | WORDS)})


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.sms_nhn") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary() | BODIES.map(lambda value: json.dumps(value).encode()))
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes) -> None:
    good = bench.suite.parses[0].request
    outcome = bench.parse(bench.signed(replace(good, body=body)))
    if isinstance(outcome, list):
        assert all(isinstance(record, Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable)


@given(st.binary().map(lambda noise: b"\xff\xd8" + noise) | st.binary().map(lambda noise: jpeg().data[:24] + noise))
def test_a_picture_is_measured_or_refused(data: bytes) -> None:
    try:
        width, height = dimensions(data)
    except Rejected:
        return
    assert 0 <= width < 1 << 16
    assert 0 <= height < 1 << 16
