"""Whatever comes, in whichever dealer's form, ``parse`` gives records or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hub120_sdk import Inbound, Receipt, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.kakao_consult.tests.conformance import SENDER
from tests.anything import any_body, any_json

JSON = any_json()
TIMES = st.datetimes(timezones=st.timezones() | st.none()).map(lambda at: at.isoformat())
TEXTS = st.text() | st.sampled_from(["https://dn-m.talk.kakao.com/1.jpg", "01055501234", "A000", "text", "photo"])
PARTS = st.fixed_dictionaries({}, optional=dict.fromkeys(("url", "comment", "extra", "phone_number"), TEXTS | JSON))
NAMES = (
    *("msgKey", "userKey", "content", "reportCode", "ref", "user_key", "session_id", "type", "serial_number", "time"),
    *("contents", "content", "attachment", "reference", "personalInfo", "sendTime", "kakaoTime"),
)
VALUES = TEXTS | JSON | PARTS | st.lists(PARTS | TEXTS, max_size=4) | TIMES
KEYS = st.just({"senderKey": SENDER, "sender_key": SENDER})
BODIES = st.builds(lambda body, keys: {**body, **keys}, st.dictionaries(st.sampled_from(NAMES), VALUES), KEYS)
EVENTS = st.sampled_from(["message", "reference", "expired_session", "seen_info", "personal_info", "result", "x"])


@pytest.fixture(scope="module", params=["conformance", "conformance_happytalk"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with Bench("plugins.kakao_consult", table=request.param) as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=any_body(JSON, BODIES), event=EVENTS, signed=st.booleans())
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes, event: str, signed: bool) -> None:
    first = bench.suite.parses[0].request
    request = replace(first, body=body, url=first.url.replace("/message", f"/{event}"))
    outcome: Any = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)
