"""Signatures, bodies and answers against ``bizgo``, the vendor's own library, and its schemas."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hub120_sdk import Context, Inbound, Misconfigured, Received, Request, Unauthorised
from hub120_sdk.testing import Bench, fixture
from hypothesis import given
from hypothesis import strategies as st

from plugins.sms_bizgo.channel import BizgoSms
from plugins.sms_bizgo.origin import Origin
from plugins.sms_bizgo.tests.conformance import BIZGO, REPLY, SECRET, URL, event, sign

theirs = import_module("bizgo.webhooks")
their_tests = import_module("bizgo.testing")
their_requests = import_module("bizgo.models._generated_request")
their_answers = import_module("bizgo.models._generated_response")

SCHEMAS = Path(__file__).parents[4] / "shared" / "formats" / "sms" / "bizgo_mo_report.schemas.json"
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MESSAGES = ("mo_received.json", "mo_with_typed_number.json", "mo_from_short_number.json")
REPORTS = ("report_delivered.json", "report_failed.json")


def signed_by_them(payload: Any, secret: str = SECRET, encoding: str = "hex", at: datetime = NOW) -> Request:
    stamp = round(at.timestamp() * 1000)
    headers, body = their_tests.sign_webhook(secret, payload, timestamp=stamp, encoding=encoding)
    return Request("POST", URL, {name.lower(): value for name, value in headers.items()}, body, BIZGO)


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1), st.sampled_from(["hex", "base64"]))
def test_we_verify_what_they_sign(secret: str, encoding: str) -> None:
    Origin(f"older-secret {secret}", "").verify(signed_by_them({}, secret, encoding), NOW)


def test_they_verify_what_we_sign() -> None:
    request = sign(event("mo_received.json"), datetime.now(UTC))
    message = theirs.WebhookReceiver(SECRET).mo(request.headers, request.body)
    assert message.msg_key == "20261122083011482MO0099120001"


@pytest.mark.parametrize("off", [timedelta(minutes=5, seconds=1), timedelta(minutes=-5, seconds=-1)])
def test_a_request_is_good_for_five_minutes(off: timedelta) -> None:
    origin = Origin(SECRET, "")
    origin.verify(signed_by_them({}, at=NOW - off * 0.99), NOW)
    with pytest.raises(Unauthorised):
        origin.verify(signed_by_them({}, at=NOW - off), NOW)


def test_the_networks_let_bizgo_in_and_nobody_else() -> None:
    origin = Origin(SECRET, "203.0.113.0/24 2001:db8::/64")
    request = signed_by_them({})
    for known in ("203.0.113.1", "::ffff:203.0.113.1", "2001:db8::7"):
        origin.verify(replace(request, remote_address=known), NOW)
    for unknown in ("198.51.100.1", "::ffff:198.51.100.1", "2001:db8:1::7", "unix:", ""):
        with pytest.raises(Unauthorised):
            origin.verify(replace(request, remote_address=unknown), NOW)


def test_networks_and_titles_that_are_none_are_refused_at_the_start() -> None:
    good = {"from_number": "1", "title": "답변", "source_networks": "", "base_url": ""}
    secrets = {"api_key": "k", "webhook_secret": SECRET}
    for wrong in ({"source_networks": "203.0.113.1/24"}, {"title": "가" * 21}, {"title": "답변 🙂"}):
        with Bench("plugins.sms_bizgo") as bench, pytest.raises(Misconfigured):
            BizgoSms(Context({**good, **wrong}, secrets, bench.http, lambda: NOW))


@pytest.mark.parametrize("name", MESSAGES)
def test_they_read_our_messages_as_we_do(name: str) -> None:
    body = fixture("plugins.sms_bizgo", name)
    message = theirs.parse_mo(body)
    with Bench("plugins.sms_bizgo") as bench:
        [ours] = bench.channel.parse(sign(event(name), bench.now))
        assert isinstance(ours, Inbound)
        assert (ours.provider_id, ours.text) == (message.msg_key, message.content)
        answer = bench.channel.answer(event(name), [Received(ours, "contact", "26-0KX3M-7QHMZ")])
    assert json.loads(answer.body) == theirs.ack(message.msg_key)


@pytest.mark.parametrize("name", REPORTS)
def test_they_read_our_reports(name: str) -> None:
    report = theirs.parse_report(fixture("plugins.sms_bizgo", name))
    with Bench("plugins.sms_bizgo") as bench:
        assert json.loads(bench.channel.answer(event(name), []).body) == theirs.ack(report.msg_key)


def test_what_we_send_is_what_they_would_send() -> None:
    with Bench("plugins.sms_bizgo") as bench:
        for row in bench.suite.sends[:3]:
            bench.send(row.message, row.answers)
            sent = json.loads(bench.provider.seen[0].body)
            assert their_requests.SendOmniRequest.model_validate(sent).to_api() == sent


def test_the_recorded_answer_is_one_of_theirs() -> None:
    answer = their_answers.SendOmniResponse.model_validate_json(fixture("plugins.sms_bizgo", "sent.json"))
    assert answer.data.ref == REPLY.reply_id
    assert answer.data.data.destinations[0].code == "A000"


@pytest.mark.parametrize("schemas", [json.loads(SCHEMAS.read_text())] if SCHEMAS.exists() else [])
def test_our_fixtures_are_of_the_vendors_schemas(schemas: dict[str, Any]) -> None:
    for name in (*MESSAGES, *REPORTS):
        schema = schemas["MoWebhookPayload" if name in MESSAGES else "ReportWebhookPayload"]
        fields = json.loads(fixture("plugins.sms_bizgo", name))
        assert set(schema["required"]) <= set(fields)
        fixed = {field: one["const"] for field, one in schema["properties"].items() if "const" in one}
        assert fixed.items() <= fields.items()
