"""LINE's own library validates what we validate, reads in our fixtures what we read, and takes what we send."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hub120_sdk import Inbound, Request
from hub120_sdk.testing import Answer, Bench, fixture

from plugins.line import signature
from plugins.line.tests.conformance import REPLY, SECRET, event

with warnings.catch_warnings(action="ignore"):  # it uses parts of pydantic that are on their way out
    theirs = import_module("linebot.v3.webhook")
    models = import_module("linebot.v3.messaging.models")

EVENTS = Path(__file__).parents[4] / "shared" / "formats" / "line" / "line_webhook_all_event_types.json"
FIXTURES = ["text", "photos", "video", "voice", "file", "location", "sticker", "postback", "batch", "in_a_group"]


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.line") as bench:
        yield bench


def parsed(bench: Bench, request: Request) -> list[Inbound]:
    found = bench.parse(bench.signed(request))
    assert isinstance(found, list), found
    return [one for one in found if isinstance(one, Inbound)]


def test_the_published_signature_is_ours() -> None:
    assert signature.compute("channel_secret", b"bodybodybodybody") == "/gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k="


@pytest.mark.parametrize("name", FIXTURES)
def test_the_library_finds_the_same_in_our_fixtures(bench: Bench, name: str) -> None:
    request = bench.signed(event(f"{name}.json"))
    events = theirs.WebhookParser(SECRET).parse(request.body.decode(), request.headers["x-line-signature"])
    said = [one for one in events if one.type in {"message", "postback"} and one.source.type == "user"]
    ours = parsed(bench, request)
    assert [one.webhook_event_id for one in said] == [one.provider_id for one in ours]
    assert [one.source.user_id for one in said] == [one.sender.value for one in ours]
    assert [one.reply_token for one in said] == [one.reply_context["reply_token"] for one in ours]
    for their, our in zip(said, ours, strict=True):
        if their.type == "message" and their.message.type == "location":
            place = their.message
            assert our.place is not None
            assert (our.place.latitude, our.place.longitude) == (place.latitude, place.longitude)


def test_the_library_refuses_what_we_refuse(bench: Bench) -> None:
    request = bench.signed(event("text.json"))
    validator = theirs.SignatureValidator(SECRET)
    given = request.headers["x-line-signature"]
    assert validator.validate(request.body.decode(), given)
    assert not validator.validate(request.body.decode() + " ", given)
    assert not isinstance(bench.parse(replace(request, body=request.body + b" ")), list)


def test_a_redelivered_event_has_the_id_of_the_first(bench: Bench) -> None:
    [first] = parsed(bench, event("text.json"))
    [again] = parsed(bench, event("text_redelivered.json"))
    assert again.provider_id == first.provider_id


def test_the_library_takes_what_we_send(bench: Bench) -> None:
    bench.send(replace(REPLY, text="가나다 " * 3_000), [Answer.json({"sentMessages": [{"id": "1"}]})])
    body = json.loads(bench.provider.seen[0].body)
    with warnings.catch_warnings(action="ignore"):
        request = models.PushMessageRequest.from_dict(body)
    assert request.to == REPLY.to.value
    assert "".join(one.text for one in request.messages) == "가나다 " * 3_000
    assert all(len(one.text) <= 5_000 for one in request.messages)


def all_events() -> list[dict[str, Any]]:
    """One event of each kind, from the library's tests; none where they are not beside this repository."""
    return json.loads(EVENTS.read_text())["events"] if EVENTS.exists() else []


@pytest.mark.parametrize("their", all_events(), ids=lambda one: str(one["type"]))
def test_every_kind_of_event_is_read(bench: Bench, their: dict[str, Any]) -> None:
    body = json.dumps({"destination": "U123", "events": [their]}).encode()
    found = parsed(bench, replace(event("text.json"), body=body))
    alone = their["source"]["type"] == "user"
    assert len(found) == (their["type"] in {"message", "postback"} and alone and their["mode"] == "active")


def test_every_fixture_is_named_in_the_table(bench: Bench) -> None:
    rows = [row.request.body for row in bench.suite.parses]
    folder = Path(__file__).parents[1] / "fixtures"
    others = {path.name for path in folder.glob("*.json") if fixture("plugins.line", path.name) not in rows}
    assert others == {"text_redelivered.json"}
