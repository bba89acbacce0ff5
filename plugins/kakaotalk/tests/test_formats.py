"""Skill calls and answers against an independent implementation of KakaoTalk's formats, and the captured calls."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hub120_sdk import Context, HttpAnswer, Inbound, Outbound, Received, Rejected, Request, Unauthorised
from hub120_sdk.testing import fixture

from plugins.kakaotalk.channel import KakaoTalk
from plugins.kakaotalk.mapping import CHECK, END
from plugins.kakaotalk.tests.conformance import BOT, CITIZEN, SECRET, URL, event, sign

with warnings.catch_warnings(action="ignore"):  # its docstrings have escapes that Python warns of
    theirs = import_module("kakao_chatbot")
    their_answers = import_module("kakao_chatbot.response")
    their_parts = import_module("kakao_chatbot.response.components")

CAPTURED = Path(__file__).parents[4] / "shared" / "formats" / "kakao" / "openbuilder_skill_requests.json"
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
NUMBER = "26-0KX3M-7QHMZ"


class NoHttp:
    def request(self, *_: Any, **__: Any) -> HttpAnswer:
        raise AssertionError("parse and answer call nobody")


def connector(now: datetime = NOW, **settings: str) -> KakaoTalk:
    given = {"secret_header": "X-Hub120-Secret", "bot_id": "", "provider_url": "", **settings}
    return KakaoTalk(Context(given, {"skill_secret": SECRET}, NoHttp(), lambda: now))


def parse(request: Request, now: datetime = NOW) -> Inbound:
    [one] = connector(now).parse(sign(request, now))
    assert isinstance(one, Inbound)
    return one


def answered(request: Request, *waiting: str, number: str = NUMBER) -> dict[str, Any]:
    inbound = parse(request)
    parked = [Outbound(str(place), CITIZEN, text) for place, text in enumerate(waiting)]
    response = connector().answer(sign(request, NOW), [Received(inbound, "c-1", number, waiting=parked)])
    assert response.content_type.startswith("application/json")
    answer: dict[str, Any] = json.loads(response.body)
    return answer


def bubbles(answer: dict[str, Any]) -> list[str]:
    return [output["simpleText"]["text"] for output in answer["template"]["outputs"]]


def taps(answer: dict[str, Any]) -> list[str]:
    return [one["label"] for one in answer["template"].get("quickReplies", ())]


def tapped(label: str, fixture_name: str = "text_message") -> Request:
    """What KakaoTalk sends when a quick reply was tapped: its words, as if they had been written."""
    body = json.loads(event(f"{fixture_name}.json").body)
    body["userRequest"]["utterance"] = label
    body["flow"] = {**body.get("flow", {}), "trigger": {"type": "QUICKREPLY_BUTTON_MESSAGE"}}
    return replace(event("text_message.json"), body=json.dumps(body).encode())


@pytest.mark.parametrize("name", ["text_message", "text_message_with_callback", "image_upload", "secure_images"])
def test_an_independent_reader_finds_the_same_in_our_fixtures(name: str) -> None:
    payload = theirs.Payload.from_json(fixture("plugins.kakaotalk", f"{name}.json").decode())
    ours = parse(event(f"{name}.json"))
    assert payload.user_request.user.id == ours.sender.value
    assert payload.bot.id == ours.conversation
    if name != "image_upload":
        assert payload.user_request.utterance == ours.text


def test_an_independent_writer_makes_the_same_answer() -> None:
    answer = answered(event("text_message.json"), "담당 부서에서 확인 중입니다.")
    written = their_answers.KakaoResponse([their_parts.SimpleTextComponent(text) for text in bubbles(answer)])
    for label in taps(answer):
        written.add_quick_reply(label, "message", label)
    assert json.loads(json.dumps(written.get_dict())) == answer


@pytest.mark.parametrize("captured", [json.loads(CAPTURED.read_text())] if CAPTURED.exists() else [], ids=["published"])
def test_captured_calls_are_read(captured: dict[str, Any]) -> None:

    def read(name: str) -> Inbound:
        return parse(replace(event("text_message.json"), body=json.dumps(captured[name]).encode()))

    called = read("with_callback")
    assert called.text == "aaa"
    assert called.reply_context["callback_url"] == captured["with_callback"]["userRequest"]["callbackUrl"]
    assert (called.language, called.conversation) == ("ko", "5ae9b76d7409b11ec845b746")
    assert read("text_plain").text == "!가격 btc"
    assert read("text_plain").reply_context == {}
    secure = read("secureimage_param")
    assert [one.reference.rpartition("/")[2] for one in secure.attachments] == ["img1.jpg", "img2.jpg"]


def test_a_citizen_is_told_the_case_number_in_their_language() -> None:
    [korean] = bubbles(answered(event("text_message.json")))
    [english] = bubbles(answered(event("snake_case_user.json")))
    assert f"접수번호: {NUMBER}" in korean
    assert f"case number is {NUMBER}" in english


def test_a_call_with_callback_is_told_to_wait_for_it() -> None:
    answer = answered(event("text_message_with_callback.json"))
    assert (answer["version"], answer["useCallback"], "template" in answer) == ("2.0", True, False)
    assert NUMBER in answer["data"]["text"]


def test_parked_replies_come_first_and_every_bubble_fits() -> None:
    long = "누리시 복지과에서 안내드립니다. " * 100
    answer = answered(event("text_message_with_callback.json"), long)
    assert "useCallback" not in answer
    shown = bubbles(answer)
    assert "".join(shown[:2]) == long
    assert NUMBER in shown[2]
    assert len(shown) == 3
    assert all(len(one) <= 1_000 for one in shown)


def test_a_citizen_is_offered_to_check_for_the_answer_and_to_end_in_their_language() -> None:
    assert taps(answered(event("text_message.json"))) == ["답변 확인", "상담 종료"]
    assert taps(answered(event("snake_case_user.json"))) == ["Check answer", "End chat"]
    assert all(len(label) <= 14 for label in (*CHECK.values(), *END.values()))


def test_one_tap_brings_what_was_parked() -> None:
    check = tapped(CHECK["ko"], "text_message_with_callback")
    shown = answered(check, "내일 오전에 수리합니다.")
    assert bubbles(shown) == ["내일 오전에 수리합니다.", f"접수번호: {NUMBER}"]
    assert taps(shown) == ["답변 확인", "상담 종료"]
    assert "아직" in answered(check)["data"]["text"]  # the callback stays open for an answer within the minute
    assert "There is no answer yet" in bubbles(answered(tapped(CHECK["en"], "snake_case_user")))[0]


def test_one_tap_ends_and_the_agent_reads_it() -> None:
    end = tapped(END["ko"], "text_message_with_callback")
    assert parse(end).text == "상담 종료"
    ended = answered(end)
    assert NUMBER in bubbles(ended)[0]
    assert taps(ended) == []


def test_who_says_nothing_is_asked_what_it_is_about() -> None:
    request = event("nothing_said.json")
    answer = json.loads(connector().answer(sign(request, NOW), []).body)
    assert "문의" in bubbles(answer)[0]


@pytest.mark.parametrize("url", [f"{URL}?secret={SECRET}", f"{URL}/{SECRET}", f"{URL}/{SECRET}/skill?x=1"])
def test_the_secret_may_be_in_the_url(url: str) -> None:
    assert connector().parse(replace(event("text_message.json"), url=url))


@pytest.mark.parametrize("url", [f"{URL}?secret=", f"{URL}?other={SECRET}", f"{URL}/{SECRET}x", f"{URL}?secret=x"])
def test_a_wrong_secret_in_the_url_is_refused(url: str) -> None:
    with pytest.raises(Unauthorised):
        connector().parse(replace(event("text_message.json"), url=url))


def test_another_bot_is_refused_where_one_is_named() -> None:
    request = sign(event("text_message.json"), NOW)
    assert connector(bot_id=BOT).parse(request)
    with pytest.raises(Unauthorised):
        connector(bot_id="another").parse(request)


def test_a_callback_that_leads_elsewhere_is_ignored() -> None:
    body = json.loads(event("text_message.json").body)
    for url in (
        "https://evil.example/callback",
        "http://bot-api.kakao.com/x",
        "https://bot-api.kakao.com@evil.example/",
    ):
        body["userRequest"]["callbackUrl"] = url
        request = replace(event("text_message.json"), body=json.dumps(body).encode())
        assert parse(request).reply_context == {}
        assert "template" in answered(request)


def test_the_same_words_are_one_turn_within_seconds_and_another_later() -> None:
    request = event("text_message.json")
    first = parse(request).provider_id
    assert parse(request, NOW + timedelta(seconds=3)).provider_id == first
    assert parse(request, NOW + timedelta(seconds=30)).provider_id != first


def test_the_request_id_names_the_turn() -> None:
    text, other = event("text_message.json", "req-1"), event("secure_images.json", "req-1")
    assert parse(text).provider_id == parse(other, NOW + timedelta(hours=1)).provider_id
    assert parse(event("text_message.json", "req-2")).provider_id != parse(text).provider_id


def test_secure_pictures_are_read_in_all_their_spellings() -> None:
    def pictures(value: object) -> Sequence[str]:
        body = json.loads(event("text_message.json").body)
        body["action"]["params"] = {"photo": value, "other": "가"}
        read = parse(replace(event("text_message.json"), body=json.dumps(body).encode()))
        return [one.reference for one in read.attachments]

    assert pictures('{"secureUrls":"List(https://a.kakao.com/1,https://a.kakao.com/2)"}') == [
        "https://a.kakao.com/1",
        "https://a.kakao.com/2",
    ]
    assert pictures('{"secureUrls":"List()"}') == []
    assert pictures('{"secureUrls" broken') == []
    assert pictures(None) == []


def test_a_text_for_more_bubbles_than_there_are_is_refused_not_cut() -> None:
    message = Outbound("r", CITIZEN, "가" * 3_001)
    with pytest.raises(Rejected):
        connector().send(message)
