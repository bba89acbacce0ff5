"""An independent library finds in our fixtures what we find, and takes what the answer to an update carries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import telegram
from hub120_sdk import Inbound, Response
from hub120_sdk.testing import Answer, Bench

from plugins.telegram.tests.conformance import REPLY, event

FIXTURES = sorted(path.stem for path in (Path(__file__).parents[1] / "fixtures").glob("*.json"))


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.telegram") as bench:
        yield bench


def answered(bench: Bench, name: str) -> Response:
    request = bench.signed(event(f"{name}.json"))
    assert isinstance(bench.parse(request), list)
    return bench.channel.answer(request, [])


@pytest.mark.parametrize("name", FIXTURES)
def test_the_library_finds_the_same(bench: Bench, name: str) -> None:
    update = telegram.Update.de_json(json.loads(event(f"{name}.json").body), None)
    assert update.effective_user is not None
    assert not update.api_kwargs, "the library does not know all of it"
    found = bench.parse(bench.signed(event(f"{name}.json")))
    assert isinstance(found, list)
    for ours in found:
        assert isinstance(ours, Inbound)
        assert ours.sender.value == str(update.effective_user.id)
        assert ours.language == update.effective_user.language_code
        if message := update.message or update.edited_message:
            assert ours.occurred_at == (message.edit_date or message.date)
            assert (message.text or message.caption or "") in ours.text
            assert bool(ours.place) == bool(message.location)
            file = message.effective_attachment
            if isinstance(file, tuple):
                assert ours.attachments[0].reference == max(file, key=lambda size: size.width).file_id


def test_who_begins_a_chat_is_greeted_and_opens_no_case(bench: Bench) -> None:
    call = json.loads(answered(bench, "start").body)
    assert (call["method"], call["chat_id"]) == ("sendMessage", 7310012001)
    assert "120" in call["text"]
    assert json.loads(answered(bench, "start_with_topic").body)["method"] == "sendMessage"


def test_a_pressed_button_stops_turning(bench: Bench) -> None:
    call = json.loads(answered(bench, "button").body)
    assert call == {"method": "answerCallbackQuery", "callback_query_id": "4382001200120012"}


@pytest.mark.parametrize("name", ["text", "in_a_group", "blocked", "edited_text"])
def test_nothing_else_is_said_in_the_answer(bench: Bench, name: str) -> None:
    assert answered(bench, name) == Response(200)


def test_an_edit_is_a_message_of_its_own_and_comes_once(bench: Bench) -> None:
    first, edited = (bench.parse(bench.signed(event(name))) for name in ("text.json", "edited_text.json"))
    again = bench.parse(bench.signed(event("edited_text.json")))
    assert edited == again
    assert isinstance(first, list)
    assert isinstance(edited, list)
    assert isinstance(first[0], Inbound)
    assert isinstance(edited[0], Inbound)
    assert first[0].provider_id != edited[0].provider_id


def test_a_file_is_fetched_by_what_the_library_calls_its_path(bench: Bench) -> None:
    file = telegram.File("AgAC", "AQAD", 182_000, "photos/file_0.jpg")
    told = Answer.json({"ok": True, "result": {**file.to_dict(), "file_path": "photos/file_0.jpg"}})
    found = bench.parse(bench.signed(event("photo.json")))
    assert isinstance(found, list)
    assert isinstance(found[0], Inbound)
    bench.fetch(found[0].attachments[0], [told, Answer(200, b"\xff\xd8\xff", {})])
    assert bench.provider.seen[1].path.endswith("/photos/file_0.jpg")


def test_four_thousand_letters_fit_and_more_do_not(bench: Bench) -> None:
    ok = Answer.json({"ok": True, "result": {"message_id": 1}})
    bench.send(replace(REPLY, text="가" * telegram.constants.MessageLimit.MAX_TEXT_LENGTH), [ok])
    assert len(json.loads(bench.provider.seen[0].body)["text"]) == bench.manifest.limits.text_characters
