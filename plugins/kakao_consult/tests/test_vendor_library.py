"""Bizgo's form against ``bizgo``, the vendor's own library, and the vendor's published schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hub120_sdk import Inbound, Receipt
from hub120_sdk.testing import Bench, fixture

from plugins.kakao_consult.tests.conformance import bizgo, sign
from plugins.kakao_consult.tests.test_dealers import made

theirs = import_module("bizgo.webhooks")
their_requests = import_module("bizgo.models._generated_request")
their_answers = import_module("bizgo.models._generated_response")

SCHEMAS = Path(__file__).parents[4] / "shared" / "formats" / "kakao" / "bizgo_counseltalk.schemas.json"
PUBLISHED = [json.loads(SCHEMAS.read_text())] if SCHEMAS.exists() else []
READERS = {
    "message": theirs.parse_counsel_message,
    "photos": theirs.parse_counsel_message,
    "long_message": theirs.parse_counsel_message,
    "reference": theirs.parse_counsel_reference,
    "expired_session": theirs.parse_counsel_expired_session,
    "seen_info": theirs.parse_counsel_seen_info,
    "personal_info": theirs.parse_counsel_personal_info,
    "result": theirs.parse_counsel_result,
    "result_closed": theirs.parse_counsel_result,
    "result_end": theirs.parse_counsel_result,
}
PAYLOADS = {
    **dict.fromkeys(("message", "photos", "long_message"), "CounselMessageWebhookPayload"),
    **dict.fromkeys(("result", "result_closed", "result_end"), "CounselResultWebhookPayload"),
    "reference": "CounselReferenceWebhookPayload",
    "expired_session": "CounselExpiredSessionWebhookPayload",
    "seen_info": "CounselSeenInfoWebhookPayload",
    "personal_info": "CounselPersonalInfoWebhookPayload",
}
REQUESTS = {
    "/cstalk/plain": "CounselPlainMessageRequest",
    "/cstalk/end": "CounselEndRequest",
    "/cstalk/endWithBot": "CounselEndWithBotRequest",
}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.kakao_consult") as bench:
        yield bench


def sent(bench: Bench) -> Iterator[tuple[str, Any]]:
    """Every JSON body that the table makes us send, and what the vendor calls it."""
    for row in bench.suite.sends:
        bench.send(row.message, row.answers)
        yield from _bodies(bench)
    ends: list[dict[str, str]] = [{}, {"end_event": "start_bot"}]
    for settings in ends:
        first = bench.suite.ends[0]
        bench.provider.script(first.answers)
        made(bench, **settings).end(first.session)
        yield from _bodies(bench)


def _bodies(bench: Bench) -> Iterator[tuple[str, Any]]:
    for one in bench.provider.seen:
        path = one.path.removeprefix("/api/comm/v1")
        if path in REQUESTS:
            yield REQUESTS[path], json.loads(one.body)


@pytest.mark.parametrize("kind", READERS)
def test_they_read_what_comes_in_as_we_do(bench: Bench, kind: str) -> None:
    read = READERS[kind](fixture("plugins.kakao_consult", f"bizgo_{kind}.json"))
    for ours in bench.channel.parse(sign(bizgo(kind), bench.now)):
        if isinstance(ours, Inbound):
            assert (ours.provider_id, ours.sender.value) == (read.msg_key, read.user_key)
            if kind in {"message", "long_message"}:
                assert ours.text == "\n".join(one.comment for one in read.contents)
        elif isinstance(ours, Receipt) and ours.to is None:
            assert (ours.provider_id, ours.reply_id) == (read.msg_key, read.ref or "")


def test_our_answer_is_theirs(bench: Bench) -> None:
    answer = bench.channel.answer(bizgo("message"), [])
    assert answer.status == 200
    assert json.loads(answer.body) == theirs.counsel_ack()


def test_what_we_send_is_what_they_would_send(bench: Bench) -> None:
    checked = set()
    for name, body in sent(bench):
        assert getattr(their_requests, name).model_validate(body).to_api() == body
        checked.add(name)
    assert checked == set(REQUESTS.values())


def test_they_read_the_recorded_answers_as_we_do() -> None:
    def read(name: str, answer: str) -> Any:
        return getattr(their_answers, answer).model_validate_json(fixture("plugins.kakao_consult", name)).data

    assert read("bizgo_sent.json", "CounselSendResponse").msg_key == "20261122083209220CS0000000042"
    assert read("bizgo_ended.json", "CounselEndResponse").data.msg_key == "20261122083209220CS0000000044"
    assert read("bizgo_image_uploaded.json", "CounselImageUploadResponse").data.img_url.endswith("i_answer.jpg")
    assert read("bizgo_file_uploaded.json", "CounselFileUploadResponse").data.file_url.endswith("form.pdf")
    assert read("bizgo_session_over.json", "CounselSendResponse").code == "A821"


@pytest.mark.parametrize("published", PUBLISHED, ids=["published"] * len(PUBLISHED))
def test_bodies_in_both_directions_are_of_the_published_schemas(bench: Bench, published: dict[str, Any]) -> None:
    for kind, name in PAYLOADS.items():
        body = json.loads(fixture("plugins.kakao_consult", f"bizgo_{kind}.json"))
        jsonschema_rs.validate(published[name], body)
    for name, body in sent(bench):
        jsonschema_rs.validate(published[name], body)
