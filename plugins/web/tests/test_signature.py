"""What a site with the standard's own library signs is read, and what we send it can verify."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hub120_sdk import Inbound, Unauthorised
from hub120_sdk.testing import Answer, Bench
from standardwebhooks import Webhook

from plugins.web.tests.conformance import REPLY, SECRET, WRONG, event


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.web") as bench:
        yield bench


def test_a_message_signed_by_the_library_is_read(bench: Bench) -> None:
    request = event("message.json")
    signature = Webhook(SECRET).sign("msg_7", bench.now, request.body.decode())
    headers = {
        "webhook-id": "msg_7",
        "webhook-timestamp": str(int(bench.now.timestamp())),
        "webhook-signature": signature,
    }
    outcome = bench.parse(replace(request, headers=headers))
    assert isinstance(outcome, list)
    assert isinstance(outcome[0], Inbound)
    forged = {**headers, "webhook-signature": Webhook(WRONG).sign("msg_7", bench.now, request.body.decode())}
    assert isinstance(bench.parse(replace(request, headers=forged)), Unauthorised)


def test_the_library_verifies_our_replies(bench: Bench) -> None:
    bench.now = datetime.now(UTC)
    bench.send(REPLY, [Answer.json({"id": "x"})])
    [seen] = bench.provider.seen
    told = Webhook(SECRET).verify(seen.body, dict(seen.headers))
    assert told == json.loads(seen.body)
    assert told["id"] == seen.headers["webhook-id"] == REPLY.reply_id
