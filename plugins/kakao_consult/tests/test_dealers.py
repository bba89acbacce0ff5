"""What the two tables do not show: the older HappyTalk form, events as published, settings that are wrong, secrets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hub120_sdk import Content, Context, Delivery, Inbound, Misconfigured, Outbound, Receipt, Rejected, Request
from hub120_sdk.testing import Answer, Bench, fixture

from plugins.kakao_consult.channel import KakaoConsult
from plugins.kakao_consult.dealer import IMAGE_BYTES, Bubble
from plugins.kakao_consult.happytalk import serial_number
from plugins.kakao_consult.tests.conformance import FORM, PHOTO, REPLY, SECRET, SENDER, URL, bizgo, sign
from plugins.kakao_consult.tests.conformance_happytalk import FILE, GOOD, IMAGE

PUBLISHED = Path(__file__).parents[4] / "shared" / "formats" / "kakao" / "happytalk_consult_inbound.json"


def made(bench: Bench, **settings: str) -> KakaoConsult:
    """The connector with other settings."""
    return KakaoConsult(Context({**bench.settings, **settings}, bench.suite.secrets, bench.http, lambda: bench.now))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"dealer": "nexus"}, "DEALER"),
        ({"dealer": "happytalk"}, "CLIENT_ID"),
        ({"dealer": "happytalk_v1", "client_id": "hub120", "end_event": "start_bot"}, "END_EVENT"),
        ({"source_networks": "203.0.113.1/24"}, "SOURCE_NETWORKS"),
    ],
)
def test_wrong_settings_are_refused_at_the_start(settings: dict[str, str], told: str) -> None:
    with Bench("plugins.kakao_consult") as bench, pytest.raises(Misconfigured, match=told):
        made(bench, **settings)


def test_the_secret_may_be_in_a_header_that_the_operator_names() -> None:
    with Bench("plugins.kakao_consult") as bench:
        request = bizgo("message")
        for name in ("X-Hub120-Secret", "X-Our-Word"):
            carried = replace(request, headers={**request.headers, name.lower(): SECRET})
            assert made(bench, secret_header=name).parse(carried)


def v1(message: Outbound, *answers: Answer) -> tuple[Receipt, list[tuple[str, Any]]]:
    """What HappyTalk's older API gets, except files; and what became of the reply."""
    with Bench("plugins.kakao_consult", table="conformance_happytalk") as bench:
        bench.provider.script(answers)
        receipt = made(bench, dealer="happytalk_v1").send(message)
        return receipt, [
            (one.path, json.loads(one.body))
            for one in bench.provider.seen
            if "multipart" not in one.headers["content-type"]
        ]


def test_the_older_form_writes_texts_images_and_files() -> None:
    receipt, seen = v1(replace(REPLY, attachments=(PHOTO, FORM)), IMAGE, FILE, GOOD)
    assert receipt == Receipt(Delivery.SENT, serial_number(Bubble(REPLY.reply_id, 0, "")), REPLY.reply_id)
    assert [path for path, _ in seen] == ["/v1/chat/write"] * 3
    told = [{key: one[key] for key in one.keys() - {"user_key", "sender_key", "serial_number"}} for _, one in seen]
    assert told == [
        {"message_type": "TX", "message": REPLY.text},
        {"message_type": "IM", "image_url": "http://api1-kage.kakao.com/dn/hub120/img_l.jpg"},
        {
            "message_type": "FI",
            "file_url": "http://api1-kage.kakao.com/dn/hub120/f.pdf",
            "file_name": "신청서.pdf",
            "file_size": 8,
        },
    ]
    numbers = [one["serial_number"] for _, one in seen]
    assert len(set(numbers)) == 3
    assert all(len(number) <= 30 for number in numbers)


@pytest.mark.parametrize(
    ("table", "settings", "path", "body"),
    [
        ("conformance", {"end_event": "start_bot"}, "/api/comm/v1/cstalk/endWithBot", {"botEvent": "start_bot"}),
        (
            "conformance_happytalk",
            {"end_event": "start_bot"},
            "/kakaoWebhook/v3/bzc/chat/endWithBot",
            {"bot_event": "start_bot"},
        ),
        ("conformance_happytalk", {"dealer": "happytalk_v1"}, "/v1/chat/end", {}),
    ],
)
def test_a_session_ends_in_the_dealers_form(
    table: str, settings: dict[str, str], path: str, body: dict[str, str]
) -> None:
    with Bench("plugins.kakao_consult", table=table) as bench:
        first = bench.suite.ends[0]
        bench.provider.script(first.answers)
        made(bench, **settings).end(first.session)
        [seen] = bench.provider.seen
        assert seen.path == path
        assert body.items() <= json.loads(seen.body).items()


def test_a_message_has_the_same_serial_number_at_every_attempt() -> None:
    [first], [second] = (v1(REPLY, GOOD)[1] for _ in range(2))
    assert first == second


def test_a_picture_too_large_to_be_shown_goes_as_a_file() -> None:
    with Bench("plugins.kakao_consult") as bench:
        uploaded = Answer(200, fixture("plugins.kakao_consult", "bizgo_file_uploaded.json"))
        sent = Answer(200, fixture("plugins.kakao_consult", "bizgo_sent.json"))
        for file, kind in [
            (Content(b"x" * (IMAGE_BYTES + 1), "image/png", "도면.png"), "file"),
            (Content(b"x", "image/heic", "사진.heic"), "file"),
            (Content(b"x", "video/mp4", "누수.mp4"), "video"),
            (Content(b"x", "audio/mp4", "소음.m4a"), "audio"),
        ]:
            bench.send(replace(REPLY, text="", attachments=(file,)), [uploaded, sent])
            upload, message = bench.provider.seen
            assert f'name="fileType"\r\n\r\n{kind}'.encode() in upload.body
            assert json.loads(message.body)["msgType"] == kind.upper()


def test_how_much_of_a_reply_the_citizen_got_is_told() -> None:
    with Bench("plugins.kakao_consult", table="conformance_happytalk") as bench:
        closed = Answer.json({"code": -502, "message": "NotFoundSessionException(userKey: secret)"})
        outcome = bench.send(replace(REPLY, attachments=(FORM,)), [FILE, GOOD, closed])
        assert isinstance(outcome, Rejected)
        assert "the citizen got 1 of 2 messages" in outcome.reason
        assert "secret" not in outcome.reason


@pytest.mark.parametrize(
    "published", [json.loads(PUBLISHED.read_text())] if PUBLISHED.exists() else [], ids=["published"]
)
def test_published_events_are_read_and_published_requests_are_ours(published: dict[str, Any]) -> None:
    with Bench("plugins.kakao_consult", table="conformance_happytalk") as bench:

        def read(body: dict[str, Any]) -> list[Inbound]:
            request = Request("POST", f"{URL}/message", {}, json.dumps(body).encode())
            return [one for one in bench.channel.parse(sign(request, bench.now)) if isinstance(one, Inbound)]

        [message] = read(published["v1_message"])
        assert (message.provider_id, message.text) == ("2914978254845711401", "sandeza")
        assert message.sender.value == published["v1_message"]["user_key"]
        [newer] = read({**published["v3_message_shape"], "sender_key": SENDER, "contents": ["가로등"]})
        assert newer.text == "가로등"
        assert read({**published["v3_metadata_shape"], "sender_key": SENDER, "user_key": "u"})
        bench.send(REPLY, [GOOD])
        assert json.loads(bench.provider.seen[0].body).keys() == published["send_plain_v3"].keys()
    _, [(_, older)] = v1(REPLY, GOOD)
    assert older.keys() == published["write_request_v1"].keys()
