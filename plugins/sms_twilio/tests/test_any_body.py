"""Whatever comes, signed rightly or not, ``parse`` gives records or says why not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from hub120_sdk import Inbound, Receipt, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = (
    "MessageSid",
    "SmsSid",
    "From",
    "To",
    "Body",
    "NumMedia",
    "MediaUrl0",
    "MessageStatus",
    "ErrorCode",
    "ProfileName",
)
WORDS = st.text(st.characters(codec="utf-8")) | st.sampled_from(["delivered", "0", "1", "99", "-1", "+821055501234"])
FORMS = st.dictionaries(st.sampled_from(NAMES), WORDS).map(lambda fields: urlencode(fields).encode())
OBJECTS = st.dictionaries(st.sampled_from(NAMES), WORDS | st.none() | st.integers() | st.lists(st.text()))


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.sms_twilio") as bench:
        yield bench


def is_told(outcome: Any) -> None:
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary() | FORMS, path=st.sampled_from(["", "/receipts", "/receipts?reply=x"]), signed=st.booleans())
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes, path: str, signed: bool) -> None:
    good = bench.suite.parses[0].request
    request = replace(good, body=body, url=good.url + path)
    is_told(bench.parse(bench.signed(request) if signed else request))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary() | OBJECTS.map(lambda value: json.dumps(value).encode()))
def test_a_json_body_is_read_or_refused_too(bench: Bench, body: bytes) -> None:
    good = bench.suite.parses[0].request
    url = f"{good.url}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    is_told(bench.parse(bench.signed(replace(good, body=body, url=url))))
