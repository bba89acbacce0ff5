"""Against Twilio's own library: what it signs is taken, what we tell a call is what it would write, and its client asks
for the same as we do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from hub120_sdk import Context, Inbound, KeyPress, Received, Request
from hub120_sdk.testing import Answer, Bench, Seen
from hub120_sdk.twiliosignature import verify
from hypothesis import given
from hypothesis import strategies as st

from plugins.phone_twilio import twiml
from plugins.phone_twilio.channel import TwilioPhone
from plugins.phone_twilio.tests.conformance import (
    ACCOUNT,
    CALLER,
    CONFERENCE,
    CONFERENCE_SID,
    DIAL,
    DIALLED,
    LEG,
    OURS,
    TOKEN,
    URL,
    event,
    fields,
    shown,
)

RequestValidator = import_module("twilio.request_validator").RequestValidator
VoiceResponse = import_module("twilio.twiml.voice_response").VoiceResponse
Client = import_module("twilio.rest").Client
TheirAnswer = import_module("twilio.http.response").Response
VECTORS = Path(__file__).parents[4] / "shared" / "formats" / "twilio" / "signature_vectors.json"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.phone_twilio") as bench:
        yield bench


def phone(bench: Bench) -> TwilioPhone:
    assert isinstance(bench.connector, TwilioPhone)
    return bench.connector


@pytest.mark.parametrize(("name", "path"), [("call_incoming", ""), ("leg_busy", f"/calls?leg={LEG}")])
def test_what_twilio_signs_is_taken(bench: Bench, name: str, path: str) -> None:
    request = event(name, path)
    signature = RequestValidator(TOKEN).compute_signature(request.url, dict(parse_qsl(request.body.decode())))
    assert phone(bench).parse(replace(request, headers={**request.headers, "x-twilio-signature": signature}))


OWN_VECTOR: Mapping[str, Any] = {
    "uri": f"{URL}/calls",
    "params": {"CallSid": "CA1"},
    "signature": "IcsryxYHy8b3ghyjDOi4pQv+/04=",
}


def test_the_published_vectors_are_signed_rightly() -> None:
    published = json.loads(VECTORS.read_text())["vectors"] if VECTORS.exists() else []
    for vector in [*published, OWN_VECTOR]:
        body = urlencode(vector["params"]).encode()
        verify("12345", "", Request("POST", vector["uri"], {"x-twilio-signature": vector["signature"]}, body))


def same(ours: str, theirs: object) -> None:
    """The same XML, whatever the order of attributes."""
    assert ElementTree.canonicalize(ours) == ElementTree.canonicalize(str(theirs))


def attributes(start: bool, label: str) -> dict[str, Any]:
    return {
        "start_conference_on_enter": start,
        "end_conference_on_exit": False,
        "beep": "false",
        "participant_label": label,
        "status_callback": f"{URL}/conferences",
        "status_callback_event": "join leave hold",
    }


def test_a_caller_is_told_what_the_library_would_write(bench: Bench) -> None:
    request = bench.signed(event("call_incoming"))
    contact = next(one for one in phone(bench).parse(request) if isinstance(one, Inbound))
    response = phone(bench).answer(request, [Received(contact, "c-1", "26-0KX3M-7QHMZ")])
    theirs = VoiceResponse()
    theirs.dial().conference(f"wait-{CALLER}", **attributes(False, CALLER))
    assert response.content_type.startswith("text/xml")
    same(response.body.decode(), theirs)


ANNOUNCED = replace(DIAL, announcement="120 상담센터입니다. 1번을 누르세요.", language="ko")


@pytest.mark.parametrize("muted", [False, True])
@pytest.mark.parametrize("conference_id", [CONFERENCE, ""])
def test_who_is_called_hears_the_words_and_is_led_on_with_a_key_or_without(
    bench: Bench, conference_id: str, muted: bool
) -> None:
    bench.provider.script([Answer.json({"conferences": []}), shown("call")])
    phone(bench).dial(replace(ANNOUNCED, conference_id=conference_id, muted=muted))
    told = fields(bench.provider.seen[-1])["Twiml"]
    action = f"{URL}/keys?leg={LEG}" + f"&conference={CONFERENCE}" * bool(conference_id) + "&muted=true" * muted
    place = {**attributes(bool(conference_id), LEG), **({"muted": True} if muted else {})}
    led_on, theirs = VoiceResponse(), VoiceResponse()
    theirs.gather(action=action, num_digits=1, finish_on_key="", timeout=3).say(
        ANNOUNCED.announcement, language="ko-KR"
    )
    for one in (theirs, led_on):
        one.dial().conference(conference_id or f"wait-{LEG}", **place)
    same(told, theirs)
    request = bench.signed(event("key_pressed", action.removeprefix(URL)))
    assert phone(bench).parse(request) == [KeyPress(LEG, "1", bench.now)]
    same(phone(bench).answer(request, []).body.decode(), led_on)


def test_callbacks_are_answered_with_nothing(bench: Bench) -> None:
    response = phone(bench).answer(bench.signed(event("leg_busy", "/calls")), [])
    same(response.body.decode(), VoiceResponse())


@given(words=WORDS, language=st.sampled_from(["ko", "vi-VN", "en", "xx", ""]))
def test_any_words_are_said_as_the_library_would(words: str, language: str) -> None:
    theirs, known = VoiceResponse(), {"ko": "ko-KR", "vi-VN": "vi-VN", "en": "en-US"}.get(language)
    theirs.say(words, **({"language": known} if known else {}))
    same(twiml.document(twiml.say(words, language)), theirs)


class Overhearing:
    """Twilio's client speaks into this."""

    def __init__(self, answer: Answer) -> None:
        self.seen: list[tuple[str, str, Mapping[str, Any]]] = []
        self._answer = answer

    def request(self, method: str, uri: str, params: Any = None, data: Any = None, **_: Any) -> object:
        self.seen.append((method, urlsplit(uri).path, {**(params or {}), **(data or {})}))
        return TheirAnswer(self._answer.status, self._answer.body.decode())


def asks_the_same(seen: Seen, client: Overhearing) -> None:
    [(method, path, words)] = client.seen
    assert (seen.method, urlsplit(seen.path).path) == (method, path)
    spaced = {name: " ".join(one) if isinstance(one, list) else str(one) for name, one in words.items()}
    assert fields(seen) == {name: {"True": "true", "False": "false"}.get(one, one) for name, one in spaced.items()}


def test_the_client_dials_a_participant_as_we_do(bench: Bench) -> None:
    bench.provider.script([Answer.json({"conferences": []}), shown("participant_queued", 201)])
    phone(bench).dial(DIAL)
    client = Overhearing(shown("participant_queued", 201))
    Client(ACCOUNT, TOKEN, http_client=client).conferences(CONFERENCE).participants.create(
        to=DIAL.to.value,
        from_=OURS,
        timeout=30,
        label=LEG,
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=False,
        status_callback=f"{URL}/calls?leg={LEG}",
        status_callback_event=["initiated ringing answered completed"],
        conference_status_callback=f"{URL}/conferences",
        conference_status_callback_event=["join leave hold"],
    )
    asks_the_same(bench.provider.seen[-1], client)


def test_the_client_holds_a_participant_as_we_do(bench: Bench) -> None:
    bench.provider.script([shown("conferences"), shown("participant")])
    phone(bench).hold(CONFERENCE, LEG, True)
    client = Overhearing(shown("participant"))
    Client(ACCOUNT, TOKEN, http_client=client).conferences(CONFERENCE_SID).participants(DIALLED).update(hold=True)
    asks_the_same(bench.provider.seen[-1], client)


def test_the_client_mutes_a_participant_as_we_do(bench: Bench) -> None:
    bench.provider.script([shown("conferences"), shown("participant")])
    phone(bench).mute(CONFERENCE, LEG, True)
    client = Overhearing(shown("participant"))
    Client(ACCOUNT, TOKEN, http_client=client).conferences(CONFERENCE_SID).participants(DIALLED).update(muted=True)
    asks_the_same(bench.provider.seen[-1], client)


def test_the_client_ends_a_call_as_we_do(bench: Bench) -> None:
    bench.provider.script([shown("call")])
    phone(bench).hang_up(CALLER)
    client = Overhearing(shown("call"))
    Client(ACCOUNT, TOKEN, http_client=client).calls(CALLER).update(status="completed")
    asks_the_same(bench.provider.seen[-1], client)


def test_greeting_and_own_music_are_told(bench: Bench) -> None:
    own = {**bench.settings, "greeting": "120 상담센터입니다.", "music_url": "https://music.example/a&b.mp3"}
    secrets = {"auth_token": TOKEN, "webhook_key": ""}
    context = Context(own, secrets, bench.http, lambda: bench.now, URL)
    request: Request = bench.signed(event("call_incoming"))
    contact = Inbound(CALLER, next(one for one in phone(bench).parse(request) if isinstance(one, Inbound)).sender)
    told = TwilioPhone(context).answer(request, [Received(contact, "c-1", "26-0KX3M-7QHMZ")]).body.decode()
    theirs = VoiceResponse()
    theirs.say("120 상담센터입니다.", language="ko-KR")
    theirs.dial().conference(f"wait-{CALLER}", **attributes(False, CALLER), wait_url="https://music.example/a&b.mp3")
    same(told, theirs)
