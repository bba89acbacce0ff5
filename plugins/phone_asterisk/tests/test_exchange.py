"""A listener on an exchange: the recorded three-way call told again, and what went unheard found by looking."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    CallEvent,
    Conference,
    Context,
    Dial,
    EndReason,
    KeyPress,
    LegState,
    Manifest,
    Outbound,
    Rejected,
)
from hub120_sdk.hosts import AllowedHosts
from hub120_sdk.testing import Answer, fixture
from hub120_sdk.testing.ear import Ear, KitLine
from hub120_sdk.testing.http import PlainHttp

from plugins.phone_asterisk.ari import Ari
from plugins.phone_asterisk.channel import AsteriskPhone
from plugins.phone_asterisk.tests.conformance import CALLER, CONFERENCE, LEG
from plugins.phone_asterisk.tests.exchange import Exchange

pytestmark = pytest.mark.slow  # an exchange that says nothing is waited for

FOLDER = Path(__file__).parents[4] / "shared" / "formats" / "asterisk"
EVENTS, CALLS = FOLDER / "captured_ari_events_3way.json", FOLDER / "captured_ari_rest_calls_3way.json"
MANIFEST = Manifest.load("plugins.phone_asterisk")
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as found:
        yield found


def context(exchange: Exchange, **changes: str) -> Context:
    given = {"base_url": exchange.url, "username": "hub", "app": exchange.app, "timeout_s": "2", **changes}
    settings = {name: given.get(name, one.default) for name, one in MANIFEST.settings.items()}
    http = PlainHttp(AllowedHosts(MANIFEST.allowed_hosts, settings))
    return Context(settings, {"password": "secret"}, http, lambda: NOW)


def phone(exchange: Exchange, **changes: str) -> AsteriskPhone:
    return AsteriskPhone(context(exchange, **changes))


@contextmanager
def listening(exchange: Exchange, line: KitLine, **changes: str) -> Iterator[Ear]:
    with Ear(phone(exchange, **changes), line) as ear:
        ear.until(lambda: exchange.is_heard, "it listens")
        yield ear


def told(name: str, **changes: Any) -> bytes:
    return json.dumps({**json.loads(fixture("plugins.phone_asterisk", f"{name}.json")), **changes}).encode()


def channel(name: str, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(name))["channel"]
    return {**found, **changes}


def requests(exchange: Exchange, method: str) -> list[str]:
    paths = [urlsplit(one.path) for one in exchange.seen if one.method == method]
    return [f"{one.path.removeprefix('/ari')}{'?' * bool(one.query)}{one.query}" for one in paths]


def calls(line: KitLine, leg_id: str) -> list[tuple[LegState, str]]:
    return [(one.state, one.conference_id) for one in line.kept if isinstance(one, CallEvent) and one.leg_id == leg_id]


def test_a_caller_who_was_not_noticed_is_a_contact_once_somebody_listens(exchange: Exchange) -> None:
    exchange.channels[CALLER] = channel("stasis_start_caller")
    line = KitLine()
    with listening(exchange, line) as ear:
        ear.until(lambda: line.messages == [CALLER], "the caller was found")
    assert calls(line, CALLER) == [(LegState.UP, "")]


def test_a_leg_that_is_gone_has_ended_and_its_empty_conference_is_cleared_away(exchange: Exchange) -> None:
    exchange.channels[CALLER] = channel("stasis_start_caller")
    bridge = json.loads(fixture("plugins.phone_asterisk", "bridge.json"))
    exchange.bridges[CONFERENCE] = {**bridge, "channels": [CALLER]}
    first = KitLine()
    with listening(exchange, first) as ear:
        ear.until(lambda: first.kept, "the caller was found")
    assert calls(first, CALLER) == [(LegState.UP, CONFERENCE)]
    exchange.channels.clear()
    exchange.bridges[CONFERENCE] = {**bridge, "channels": []}
    second = KitLine(first.cursor)
    with listening(exchange, second) as ear:
        ear.until(lambda: second.kept, "the end was found")
        ear.until(lambda: requests(exchange, "DELETE") == [f"/bridges/{CONFERENCE}"], "it was cleared away")
    assert second.kept == [CallEvent(CALLER, LegState.ENDED, NOW, CONFERENCE)]


def test_a_leg_that_moved_while_nobody_listened_is_told_as_it_stands(exchange: Exchange) -> None:
    exchange.channels[CALLER] = channel("stasis_start_caller")
    first = KitLine()
    with listening(exchange, first) as ear:
        ear.until(lambda: first.kept, "the caller was found")
    bridge = json.loads(fixture("plugins.phone_asterisk", "bridge.json"))
    exchange.bridges[f"{CONFERENCE}.hold"] = {**bridge, "id": f"{CONFERENCE}.hold", "channels": [CALLER]}
    second = KitLine(first.cursor)
    with listening(exchange, second) as ear:
        ear.until(lambda: second.kept, "the move was found")
    assert second.kept == [CallEvent(CALLER, LegState.HELD, NOW, CONFERENCE)]


def test_other_applications_calls_are_none_of_ours(exchange: Exchange) -> None:
    other = channel("stasis_start_caller", id="other")
    other["dialplan"] = {**other["dialplan"], "app_data": "another,citizen"}
    exchange.channels["other"] = other
    line = KitLine()
    exchange.app = "another"
    with Ear(phone(exchange, app="hub120"), line) as ear:
        ear.until(lambda: requests(exchange, "GET").count("/bridges"), "it looked")
        exchange.app = "hub120"
    assert line.messages == []


def test_a_caller_is_answered_and_hears_music_until_somebody_speaks(exchange: Exchange) -> None:
    line = KitLine()
    exchange.bridges["hub120.waiting"] = {"id": "hub120.waiting", "channels": [], "name": "hub120"}
    ringing = channel("stasis_start_caller", state="Ring")
    with listening(exchange, line) as ear:
        ear.until(lambda: "/bridges" in requests(exchange, "GET"), "it looked")
        exchange.channels[CALLER] = ringing
        exchange.deliver(told("stasis_start_caller", channel=ringing))
        ear.until(lambda: line.messages, "the call was kept")
    assert requests(exchange, "POST") == [
        "/bridges/hub120.waiting?type=holding&name=hub120",
        f"/channels/{CALLER}/answer",
        f"/bridges/hub120.waiting/addChannel?channel={CALLER}",
    ]


def test_whom_the_hub_called_hears_what_was_to_be_said_and_then_the_conference(exchange: Exchange) -> None:
    line, answered = KitLine(), channel("stasis_start_dialled")
    answered["dialplan"]["app_data"] = f"hub120,dialled,{CONFERENCE},sound%3Ahub120%2Fcall-ko,-"
    exchange.bridges[CONFERENCE] = {"id": CONFERENCE, "channels": [], "name": "hub120"}
    with listening(exchange, line) as ear:
        exchange.deliver(told("stasis_start_dialled", channel=answered))
        played = f"/channels/{LEG}/play?playbackId=hub120.first.{LEG}"
        ear.until(lambda: requests(exchange, "POST") == [played], "it is played")
        ear.until(lambda: LEG in exchange.channels, "it is up")
        exchange.deliver(told("playback_finished", playback={"id": f"hub120.first.{LEG}", "state": "done"}))
        joined = f"/bridges/{CONFERENCE}/addChannel?channel={LEG}"
        ear.until(lambda: requests(exchange, "POST")[-1] == joined, "it is put into its conference")


def test_who_is_to_hear_only_hears_the_announcement_and_is_muted_before_the_conference_hears_them(
    exchange: Exchange,
) -> None:
    line, answered = KitLine(), channel("stasis_start_dialled")
    answered["dialplan"]["app_data"] = f"hub120,dialled,{CONFERENCE},sound%3Ahub120%2Fcall-ko,muted"
    exchange.bridges[CONFERENCE] = {"id": CONFERENCE, "channels": [], "name": "hub120"}
    with listening(exchange, line) as ear:
        for _ in range(2):
            exchange.deliver(told("stasis_start_dialled", channel=answered))
        ear.until(lambda: not exchange.unacknowledged(), "it is up")
        exchange.deliver(told("playback_finished", playback={"id": f"hub120.first.{LEG}", "state": "done"}))
        joined = f"/bridges/{CONFERENCE}/addChannel?channel={LEG}"
        ear.until(lambda: requests(exchange, "POST")[-1] == joined, "it is put into its conference")
    assert requests(exchange, "POST") == [
        f"/channels/{LEG}/play?playbackId=hub120.first.{LEG}",
        f"/channels/{LEG}/mute?direction=in",
        f"/bridges/{CONFERENCE}?type=mixing%2Cdtmf_events&name=hub120",
        joined,
    ]
    assert exchange.muted == {LEG}


def test_who_was_muted_is_heard_again_and_muted_again_also_while_held(exchange: Exchange) -> None:
    exchange.channels[LEG] = channel("stasis_start_dialled")
    exchange.bridges[f"{CONFERENCE}.hold"] = {"id": f"{CONFERENCE}.hold", "channels": [LEG], "name": "hub120"}
    for muted in (True, True, False, False):
        phone(exchange).mute(CONFERENCE, LEG, muted)
        assert (LEG in exchange.muted) is muted


def test_keys_are_told_of_whoever_presses_them(exchange: Exchange) -> None:
    line = KitLine()
    with listening(exchange, line) as ear:
        for key in "1#*B0":
            exchange.deliver(told("key_pressed", digit=key))
        ear.until(lambda: not exchange.unacknowledged(), "all was heard")
    keys = [one.key for one in line.kept if isinstance(one, KeyPress)]
    assert keys == list("1#*0")


def test_a_leg_that_was_taken_out_is_not_put_back_by_a_new_connection(exchange: Exchange) -> None:
    exchange.channels[LEG] = channel("stasis_start_dialled")
    line = KitLine(json.dumps([[LEG, "up", "", CONFERENCE]]))
    with listening(exchange, line) as ear:
        ear.until(lambda: requests(exchange, "GET").count("/bridges"), "it looked")
    assert requests(exchange, "POST") == []


def test_another_listener_of_the_application_ends_this_one(exchange: Exchange) -> None:
    line = KitLine()
    with listening(exchange, line) as ear:
        exchange.deliver(json.dumps({"type": "ApplicationReplaced", "application": "hub120"}).encode())
        ear.until(lambda: any("another listener" in error.reason for error in ear.errors), "it gave way")


def recorded(path: Path) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []
    return found


def test_the_recorded_three_way_call_is_told_as_it_went(exchange: Exchange) -> None:
    events = recorded(EVENTS) or [json.loads(told(name)) for name in SHORT]
    exchange.app = events[0]["application"]
    line, citizen = KitLine(), events[0]["channel"]["id"]
    with listening(exchange, line, waiting_music="no") as ear:
        for one in events:
            exchange.deliver(json.dumps(one).encode())
        ear.until(lambda: not exchange.unacknowledged(), "all was heard")
    assert line.messages == [citizen]
    (bridge,) = {one["bridge"]["id"] for one in events if "bridge" in one}
    entered = [one["channel"]["id"] for one in events if one["type"] == "ChannelEnteredBridge"]
    for leg_id in entered:
        assert calls(line, leg_id) == [
            (LegState.UP, ""),
            (LegState.UP, bridge),
            (LegState.UP, ""),
            (LegState.ENDED, ""),
        ]
    ends = [one for one in line.kept if isinstance(one, CallEvent) and one.state is LegState.ENDED]
    assert {one.reason for one in ends} == {EndReason.DONE}
    times = [one.occurred_at for one in line.kept if isinstance(one, CallEvent) and one.leg_id == citizen]
    assert times == sorted(set(times))


SHORT = ("short_start", "short_entered", "short_left", "short_end")
"""A call of one, for where the recording is not beside this repository."""


OWN: Sequence[dict[str, Any]] = [
    {"method": "POST", "path": "/bridges/b-1/addChannel", "query": {"channel": "c-1"}, "status": 204, "body": None},
    {"method": "GET", "path": "/bridges/b-1", "query": {}, "status": 200, "body": {"id": "b-1", "channels": []}},
    {
        "method": "DELETE",
        "path": "/channels/c-1",
        "query": {"reason": "normal"},
        "status": 404,
        "body": {"message": ""},
    },
]


@pytest.mark.parametrize(
    "call", recorded(CALLS) or OWN, ids=lambda call: f"{call['method']} {call['path'].split('/')[-1]}"
)
def test_what_the_exchange_answered_is_understood(exchange: Exchange, call: dict[str, Any]) -> None:
    answer = Answer(204, b"") if call["body"] is None else Answer.json(call["body"], call["status"])
    exchange.script([answer])
    path = [part for part in call["path"].split("/") if part]
    found = Ari(context(exchange)).ask(call["method"], *path, fine=(404,), **call["query"])
    assert found.status == call["status"]
    [seen] = exchange.seen
    assert (seen.method, urlsplit(seen.path).path) == (call["method"], f"/ari{call['path']}")
    assert urlsplit(seen.path).query == urlencode(call["query"])


def test_the_recorded_conference_is_seen_as_it_was(exchange: Exchange) -> None:
    [bridge] = [one["body"] for one in recorded(CALLS) if one["method"] == "GET"] or [
        json.loads(fixture("plugins.phone_asterisk", "bridge.json"))
    ]
    for leg_id in bridge["channels"]:
        exchange.channels[leg_id] = channel("stasis_start_caller", id=leg_id)
    exchange.bridges[bridge["id"]] = bridge
    found = phone(exchange).look(bridge["id"])
    assert [one.leg_id for one in found.legs] == bridge["channels"]
    assert {one.state for one in found.legs} == {LegState.UP}
    assert phone(exchange).look("another") == Conference("another")


def test_without_a_voice_nothing_is_said(exchange: Exchange) -> None:
    silent, somebody = phone(exchange), Address(AddressKind.PHONE, "+82311200000")
    with pytest.raises(Rejected, match="speak with them"):
        silent.send(Outbound("r-1", somebody, "안녕하세요", reply_context={"leg": CALLER}))
    with pytest.raises(Rejected, match="announcement_media"):
        silent.dial(Dial(LEG, somebody, announcement="통역"))
    assert exchange.seen == []
