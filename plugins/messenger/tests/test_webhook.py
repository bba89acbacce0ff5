"""Meta's check of the address, signatures by an independent implementation, and requests in the form Meta publishes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from hub120_sdk import Inbound, Request, Unauthorised
from hub120_sdk.testing import Answer, Bench

from plugins.messenger.tests.conformance import REPLY, SECRET, URL, event

PUBLISHED = Path(__file__).parents[4] / "shared" / "formats" / "meta" / "messenger-platform-api.postman_collection.json"


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.messenger") as bench:
        yield bench


def mac(body: bytes, secret: str = SECRET) -> str:
    made = HMAC(secret.encode(), SHA256())
    made.update(body)
    return f"sha256={made.finalize().hex()}"


def test_the_address_is_proved_by_repeating_the_challenge(bench: Bench) -> None:
    asked = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a-word-of-ours"
    request = Request("GET", f"{URL}?{asked}", {})
    assert bench.parse(request) == []
    answer = bench.channel.answer(request, [])
    assert (answer.status, answer.body) == (200, b"1158201444")


def test_a_signature_by_another_implementation_is_right_over_the_raw_bytes_alone(bench: Bench) -> None:
    request = event("message.json")
    assert b"\\u" in request.body
    signed = replace(request, headers={"x-hub-signature-256": mac(request.body)})
    assert isinstance(bench.parse(signed), list)
    again = json.dumps(json.loads(request.body), ensure_ascii=False).encode()
    assert isinstance(bench.parse(replace(signed, body=again)), Unauthorised)


@pytest.mark.parametrize("secret", ["an-older-secret", SECRET])
def test_each_of_several_secrets_is_right(bench: Bench, secret: str) -> None:
    request = event("message.json")
    assert isinstance(bench.parse(replace(request, headers={"x-hub-signature-256": mac(request.body, secret)})), list)


def test_messages_of_another_apps_conversation_are_taken_where_wanted(bench: Bench) -> None:
    bench.settings["standby"] = "yes"
    try:
        found = bench.make(bench.suite.secrets).parse(bench.signed(event("batch.json")))  # type: ignore[union-attr]
    finally:
        bench.settings["standby"] = "no"
    assert [one.text for one in found if isinstance(one, Inbound)][-1] == "챗봇과 대화 중"


def test_after_a_day_a_human_agent_answers_where_meta_allows_it(bench: Bench) -> None:
    bench.settings["human_agent"] = "yes"
    try:
        answer = Answer.json({"message_id": "m_1"})
        bench.send(REPLY, [answer])
        late = json.loads(bench.provider.seen[0].body)
        bench.send(replace(REPLY, reply_context={"platform": "page", "last_heard": bench.now.isoformat()}), [answer])
        soon = json.loads(bench.provider.seen[0].body)
        [asked] = bench.parse(bench.signed(event("message.json")))  # type: ignore[misc] # a list
    finally:
        bench.settings["human_agent"] = "no"
    assert (late["messaging_type"], late["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    assert (soon["messaging_type"], "tag" in soon) == ("RESPONSE", False)
    assert isinstance(asked, Inbound)
    assert asked.reply_until is not None
    assert asked.occurred_at is not None
    assert (asked.reply_until - asked.occurred_at).days == 7


def published() -> list[dict[str, Any]]:
    """The bodies of Meta's published examples that answer a text; none where they are not beside this repository."""
    if not PUBLISHED.exists():
        return []
    folders = json.loads(PUBLISHED.read_text())["item"]
    requests = [one["request"] for folder in folders for one in folder["item"] if one["name"] == "Text Message"]
    return [json.loads(request["body"]["raw"]) for request in requests]


@pytest.mark.parametrize("example", published())
def test_what_is_sent_has_the_published_form(bench: Bench, example: dict[str, Any]) -> None:
    bench.send(REPLY, [Answer.json({"message_id": "m_1"})])
    sent = json.loads(bench.provider.seen[0].body)
    assert sent.keys() - example.keys() <= {"messaging_type"}
    assert (sent["recipient"].keys(), sent["message"].keys()) == (
        example["recipient"].keys(),
        example["message"].keys(),
    )
