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

NAMES = (
    *("type", "id", "created_timestamp", "message_create", "sender_id", "message_data", "text", "entities", "urls"),
    *("url", "expanded_url", "attachment", "media", "media_url_https", "video_info", "variants", "bitrate"),
    *("location", "shared_coordinate", "coordinates", "id_str", "user", "user_mentions", "last_read_event_id"),
    *("extended_tweet", "full_text", "content_type", "users", "in_reply_to_user_id_str"),
)
JSON = any_json(NAMES, ["message_create", "video/mp4", "1995000000000000001", "1795335600123"])
BATCHES = st.builds(
    lambda event, name: {"for_user_id": "1", "users": event, name: [event]},
    JSON,
    st.sampled_from(["direct_message_events", "direct_message_mark_read_events", "tweet_create_events"]),
)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.x") as bench:
        bench.settings["mentions"] = "yes"
        bench.connector = bench.make(bench.suite.secrets)
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=any_body(JSON, BATCHES), signed=st.booleans())
def test_parse_gives_records_or_says_why_not(bench: Bench, body: bytes, signed: bool) -> None:
    request = replace(bench.suite.parses[0].request, body=body)
    outcome: Any = bench.parse(bench.signed(request) if signed else request)
    if isinstance(outcome, list):
        assert all(isinstance(record, Inbound | Receipt) for record in outcome)
    else:
        assert isinstance(outcome, Unreadable | Unauthorised)
