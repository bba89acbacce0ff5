"""X's challenge, its signatures by an independent implementation, the signature it publishes, and its own samples."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from hub120_sdk import Inbound, Receipt, Request
from hub120_sdk.testing import Answer, Bench

from plugins.x import signature
from plugins.x.tests.conformance import REPLY, SECRET, URL, event

SAMPLES = Path(__file__).parents[4] / "shared" / "formats" / "x" / "account_activity_samples.json"


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.x") as bench:
        yield bench


def mac(body: bytes, secret: str = SECRET) -> str:
    made = HMAC(secret.encode(), SHA256())
    made.update(body)
    return "sha256=" + base64.b64encode(made.finalize()).decode()


def test_the_challenge_is_answered_with_the_newest_secret(bench: Bench) -> None:
    token = "NmYzZDhhNDItMTI4Ny00YjE2LWI2ZDQtN2E1YjQ5NGM2YjRl"
    request = Request("GET", f"{URL}?crc_token={token}&nonce=1", {})
    assert bench.parse(request) == []
    answer = bench.channel.answer(request, [])
    assert answer.content_type.startswith("application/json")
    assert json.loads(answer.body) == {"response_token": mac(token.encode())}


@pytest.mark.parametrize("secret", [SECRET, "an-older-consumer-secret"])
def test_a_signature_by_another_implementation_is_right(bench: Bench, secret: str) -> None:
    request = event("direct_message.json")
    headers = {"x-twitter-webhooks-signature": mac(request.body, secret)}
    assert isinstance(bench.parse(replace(request, headers=headers)), list)


def test_the_signature_that_x_publishes_is_ours() -> None:
    signs = {
        "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog",
        "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "1318622958",
        "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "oauth_version": "1.0",
    }
    secrets = ("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")
    url = "https://api.twitter.com/1/statuses/update.json?include_entities=true"
    form = "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21"
    header = signature.oauth("POST", url, signs, secrets, form=form)
    assert 'oauth_signature="tnnArxj06cWHq44gCs1OSKk%2FjLY%3D"' in header


def test_no_nonce_is_used_twice(bench: Bench) -> None:
    for _ in range(3):
        bench.provider.script([Answer.json({"data": {}}, 201)] * 3)
    seen = []
    for _ in range(3):
        bench.send(REPLY, [Answer.json({"data": {}}, 201)])
        seen.append(bench.provider.seen[0].headers["authorization"])
    assert len(set(seen)) == 3


def test_mentions_are_read_where_they_are_wanted(bench: Bench) -> None:
    bench.settings["mentions"] = "yes"
    try:
        found = bench.make(bench.suite.secrets).parse(bench.signed(event("mentions.json")))  # type: ignore[union-attr]
    finally:
        bench.settings["mentions"] = "no"
    read = [one for one in found if isinstance(one, Inbound)]
    assert [one.text for one in read] == [
        "@nuri120 버스 정류장 지붕이 새요",
        "@nuri120 긴 글입니다. 마지막 문장까지 읽어 주세요.",
    ]
    assert [file.reference for file in read[0].attachments] == ["https://pbs.twimg.com/media/Nuri0301.jpg"]
    assert {one.reply_context["came_by"] for one in read} == {"post"}


def samples() -> dict[str, Any]:
    """X's own samples by name; none where they are not beside this repository."""
    return json.loads(SAMPLES.read_text()) if SAMPLES.exists() else {}


@pytest.mark.parametrize("name", samples())
def test_the_samples_of_x_are_read(bench: Bench, name: str) -> None:
    request = replace(event("direct_message.json"), body=json.dumps(samples()[name]).encode())
    found = bench.parse(bench.signed(request))
    assert isinstance(found, list)
    if name == "direct_message_events":
        [message] = found
        assert isinstance(message, Inbound)
        assert (message.provider_id, message.text) == ("954491830116155396", "Hello World!")
        assert message.sender.display_name == "Jordan Brinks"
    else:
        assert all(isinstance(one, Receipt) for one in found)
        assert len(found) == (name == "direct_message_mark_read_events")
