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
    *("message_id", "from", "chat", "id", "type", "is_bot", "date", "text", "caption", "photo", "file_id", "width"),
    *("height", "file_size", "document", "file_name", "mime_type", "location", "venue", "latitude", "longitude"),
    *("contact", "phone_number", "user_id", "sticker", "emoji", "first_name", "data", "edit_date"),
)
JSON = any_json(NAMES, ["private", "/start", "/start road", "+821055501234"])
SAID = {"message_id": 1, "from": {"id": 1}, "chat": {"id": 1, "type": "private"}}
BATCHES = st.builds(
    lambda more, name: {"update_id": 1, name: {**SAID, **more} if isinstance(more, dict) else more},
    JSON,
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.telegram") as bench:
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
