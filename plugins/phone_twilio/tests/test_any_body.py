"""Whatever comes, signed rightly or not, ``parse`` gives records or says why not; and any order ends alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any
from urllib.parse import urlencode

import pytest
from hub120_sdk import CallEvent, Inbound, KeyPress, LegState, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.phone_twilio.tests.conformance import LEG, event

NAMES = ("CallSid", "From", "CallStatus", "StatusCallbackEvent", "FriendlyName", "ParticipantLabel", "Hold")
MORE = ("Timestamp", "SequenceNumber", "ReasonParticipantLeft", "StirVerstat", "Digits")
KNOWN = st.sampled_from(["ringing", "busy", "participant-join", "participant-hold", "true", "7", "-1", "+8210", "٣"])
TIMES = st.sampled_from(["Fri, 27 Nov 2026 08:40:28 +0000", "Mon, 01 Jan 0001 00:00:00 +1400", "x", "Fri, 99 Nov 2026"])
WORDS = st.text(st.characters(codec="utf-8"), max_size=30) | KNOWN | TIMES
FORMS = st.dictionaries(st.sampled_from(NAMES + MORE), WORDS).map(lambda fields: urlencode(fields).encode())
PATHS = st.sampled_from(["", "/calls", "/calls?leg=x", "/calls?leg=", "/keys?leg=x", "/keys", "/conferences", "/other"])


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.phone_twilio") as bench:
        yield bench


def is_told(outcome: Any) -> None:
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | CallEvent | KeyPress) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary() | FORMS, path=PATHS, signed=st.booleans())
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes, path: str, signed: bool) -> None:
    good = bench.suite.parses[0].request
    request = replace(good, body=body, url=good.url + path)
    is_told(bench.parse(bench.signed(request) if signed else request))


CALL = ("leg_initiated", "leg_ringing", "leg_answered", "conference_join", "conference_hold", "conference_unhold")


def test_callbacks_in_any_order_tell_the_same_story(bench: Bench) -> None:
    told: list[CallEvent] = []
    for name in CALL:
        path = "/conferences" if name.startswith("conference") else f"/calls?leg={LEG}"
        (one,) = bench.channel.parse(bench.signed(event(name, path)))
        assert isinstance(one, CallEvent)
        told.append(one)
    for order in permutations(told):
        last = max(order, key=lambda one: one.sequence)
        assert (last.state, bool(last.conference_id)) == (LegState.UP, True)
        assert sorted(order, key=lambda one: one.sequence) == told


def test_what_has_no_time_happened_now(bench: Bench) -> None:
    request = event("leg_busy", "/calls")
    (one,) = bench.channel.parse(bench.signed(replace(request, body=b"CallSid=CA1&CallStatus=busy")))
    assert isinstance(one, CallEvent)
    assert one.occurred_at == bench.now
    assert one.occurred_at.tzinfo is not None
    assert bench.now <= datetime.now(UTC)
