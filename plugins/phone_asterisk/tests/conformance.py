"""The table of the ``phone_asterisk`` connector."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    CallEvent,
    Conference,
    Content,
    Delivery,
    Dial,
    EndReason,
    Inbound,
    KeyPress,
    Leg,
    LegState,
    Misconfigured,
    Outbound,
    Receipt,
    Record,
    Rejected,
    Throttled,
)
from hub120_sdk.testing import Answer, Hears, Operates, Seen, Sends, Suite, fixture

from plugins.phone_asterisk.tests.exchange import Exchange, parameters

WRITTEN = "2026-11-27T08:30:00.000+0000"
"""The time in the fixtures, which the table replaces by its own."""
PASSWORD = "ari-password-7c1f"
CALLER = "1795336900.10"
CONFERENCE = "0199e0f2-7c00-7abc-8def-0000000000c0"
LEG = "0199e0f2-7c00-7abc-8def-0000000000d1"
DEPARTMENT = Address(AddressKind.PHONE, "+82311200000")
REPLY = Outbound(
    "0199e0f2-7c00-7abc-8def-000000000001",
    Address(AddressKind.PHONE, "+821055501234"),
    "담당 부서가 확인하고 있습니다. 잠시만 기다려 주세요.",
    language="ko",
    reply_context={"leg": CALLER},
)
DIAL = Dial(LEG, DEPARTMENT, conference_id=CONFERENCE, ring_s=30.0)


def peer(now: datetime) -> Exchange:
    """An exchange."""
    return Exchange()


def event(name: str, now: datetime) -> bytes:
    """A fixture, told at that time."""
    told = f"{now:%Y-%m-%dT%H:%M:%S}.000+0000"
    return fixture("plugins.phone_asterisk", f"{name}.json").replace(WRITTEN.encode(), told.encode())


def shown(name: str, **changes: Any) -> Answer:
    """A fixture as an answer of the exchange."""
    return Answer.json({**json.loads(fixture("plugins.phone_asterisk", f"{name}.json")), **changes})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={
            "base_url": provider,
            "username": "hub",
            "caller_id": "120",
            "account_endpoint": "PJSIP/{account}",
            "announcement_media": "sound:https://speech.example/say.wav?lang={language}&text={text}",
            "timeout_s": "1",
        },
        secrets={"password": PASSWORD},
        wrong_secrets={"password": "another-password"},
        hears=_hears(now),
        sends=_sends(),
        operates=[*_dials(), *_conferences(), *_partings(), *_mutes()],
        waived={
            "knows_an_opt_out": "a telephone knows no opting out",
            "fetches_attachments": "a call has no files",
        },
    )


def _hears(now: datetime) -> list[Hears]:
    def leg(leg_id: str, state: LegState, conference: str = "", reason: EndReason | None = None) -> list[Record]:
        return [CallEvent(leg_id, state, now, conference, reason=reason)]

    def row(name: str, fixture_name: str, records: Sequence[Record]) -> Hears:
        return Hears(name, event(fixture_name, now), records)

    dialled, up, held, ended = CONFERENCE[:-2] + "d{}", LegState.UP, LegState.HELD, LegState.ENDED
    caller = Address(AddressKind.PHONE, "+821055501234", "김누리")
    withheld = Address(AddressKind.ACCOUNT, "withheld:1795336900.12")
    return [
        row("a caller", "stasis_start_caller", [_call(CALLER, caller, now), *leg(CALLER, up)]),
        row(
            "a caller who shows no number",
            "stasis_start_withheld",
            [_call("1795336900.12", withheld, now), *leg("1795336900.12", up)],
        ),
        row("whom the hub called answers", "stasis_start_dialled", leg(dialled.format(1), up)),
        row("a call begins", "dial_begun", leg(dialled.format(2), LegState.DIALLING)),
        row("busy", "dial_busy", leg(dialled.format(6), ended, reason=EndReason.BUSY)),
        row("it rings", "state_ringing", leg(dialled.format(3), LegState.RINGING)),
        row("a telephone holds", "hold", leg("1795336900.20", held)),
        row("a telephone holds no more", "unhold", leg("1795336900.21", up)),
        row("into a conference", "entered_bridge", leg("1795336900.30", up, CONFERENCE)),
        row("held", "entered_hold", leg("1795336900.31", held, CONFERENCE)),
        row("out of a conference", "left_bridge", leg("1795336900.32", up)),
        row("hung up", "stasis_end", leg("1795336900.40", ended, reason=EndReason.DONE)),
        row("nobody answers", "destroyed_no_answer", leg(dialled.format(4), ended, reason=EndReason.NO_ANSWER)),
        row("refused", "destroyed_refused", leg(dialled.format(5), ended, reason=EndReason.REFUSED)),
        row("a key", "key_pressed", [KeyPress(dialled.format(7), "1", now)]),
        Hears("a key of no telephone", event("key_pressed", now).replace(b'"1"', b'"D"'), []),
        row("a variable", "varset", []),
        row("a reply was heard", "playback_finished", [_said(Delivery.DELIVERED)]),
    ]


def _call(leg_id: str, sender: Address, now: datetime) -> Inbound:
    return Inbound(leg_id, sender, occurred_at=now, reply_context={"leg": leg_id})


def _said(state: Delivery) -> Receipt:
    return Receipt(state, f"hub120.said.{REPLY.reply_id}", REPLY.reply_id)


def _sends() -> list[Sends]:
    playing = Answer.json({"id": "x", "state": "queued"}, 201)
    return [
        Sends("spoken", REPLY, [playing], _said(Delivery.SENT), _is_spoken),
        Sends("after the call", REPLY, [Answer.json({"message": "Channel not found"}, 404)], Rejected),
        Sends("in a conference", REPLY, [Answer.json({"message": "…"}, 409)], Rejected),
        Sends("to nobody on the line", replace(REPLY, reply_context={}), [playing], Rejected),
        Sends("a file", replace(REPLY, attachments=(Content(b"x"),)), [playing], Rejected),
        Sends("a wrong password", REPLY, [Answer(401)], Misconfigured),
        Sends("too fast", REPLY, [Answer(429)], Throttled),
    ]


def _is_spoken(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, urlsplit(one.path).path) == ("POST", f"/ari/channels/{CALLER}/play")
    assert one.body.decode() == REPLY.text
    assert base64.b64decode(one.headers["authorization"].removeprefix("Basic ")) == f"hub:{PASSWORD}".encode()


def _row(
    name: str, do: Callable[[Any], object], answers: Sequence[Answer], expected: object, *requests: str
) -> Operates:
    return Operates(name, do, answers, expected, lambda seen: _asked(seen, requests))


def _dials() -> list[Operates]:
    made, up = shown("channel_created"), shown("channel_created", state="Up")
    there = Answer.json({"message": "Channel with given unique ID already exists"}, 409)
    no_road = Answer.json({"error": "Allocation failed"}, 500)
    dialling = Leg(LEG, LegState.DIALLING)
    told = replace(DIAL, announcement="베트남어 통역 부탁드립니다", language="ko")
    unheard = replace(told, muted=True)
    softphone = replace(DIAL, to=Address(AddressKind.ACCOUNT, "agent-7"), caller_id="+827047001200")
    return [
        Operates("dial", lambda exchange: exchange.dial(DIAL), [made], dialling, _is_dialled),
        Operates("dial and announce", lambda exchange: exchange.dial(told), [made], dialling, _is_announced),
        Operates("dial, announce and mute", lambda exchange: exchange.dial(unheard), [made], dialling, _is_unheard),
        Operates("dial a softphone", lambda exchange: exchange.dial(softphone), [made], dialling, _is_softphone),
        _row("dial what rings already", lambda exchange: exchange.dial(DIAL), [there, up], Leg(LEG, LegState.UP)),
        _row("dial where no way leads", lambda exchange: exchange.dial(DIAL), [no_road], Rejected),
        _row(
            "dial what is no number",
            lambda exchange: exchange.dial(replace(DIAL, to=Address(AddressKind.PHONE, "1&PJSIP/x"))),
            [made],
            Rejected,
        ),
    ]


def _conferences() -> list[Operates]:
    made, up = shown("channel_created"), shown("channel_created", state="Up")
    caller = shown("channel_created", id=CALLER, state="Ring")
    bridge, empty = shown("bridge"), shown("bridge", channels=[])
    done, gone = Answer(204, b""), Answer.json({"message": "not found"}, 404)
    both = (Leg(CALLER, LegState.UP), Leg(LEG, LegState.UP))
    return [
        _row(
            "bridge",
            lambda exchange: exchange.bridge(CONFERENCE, [CALLER, LEG]),
            [bridge, empty, caller, done, done, empty, up, done, bridge, up, up, gone],
            Conference(CONFERENCE, both),
            f"POST /bridges/{CONFERENCE}",
            f"GET /bridges/{CONFERENCE}",
            f"GET /channels/{CALLER}",
            f"POST /channels/{CALLER}/answer",
            f"POST /bridges/{CONFERENCE}/addChannel",
            f"GET /bridges/{CONFERENCE}",
            f"GET /channels/{LEG}",
            f"POST /bridges/{CONFERENCE}/addChannel",
        ),
        _row(
            "add",
            lambda exchange: exchange.add_party(CONFERENCE, LEG),
            [empty, up, done],
            None,
            *(f"GET /bridges/{CONFERENCE}", f"GET /channels/{LEG}", f"POST /bridges/{CONFERENCE}/addChannel"),
        ),
        _row("add who is in it", lambda exchange: exchange.add_party(CONFERENCE, LEG), [bridge, up], None),
        _row(
            "add who has not answered",
            lambda exchange: exchange.add_party(CONFERENCE, LEG),
            [empty, made, Answer.json({"message": "Channel not in Stasis application"}, 422)],
            Rejected,
        ),
    ]


def _partings() -> list[Operates]:
    up, done = shown("channel_created", state="Up"), Answer(204, b"")
    bridge, empty = shown("bridge"), shown("bridge", channels=[])
    gone = Answer.json({"message": "not found"}, 404)
    both = (Leg(CALLER, LegState.UP), Leg(LEG, LegState.UP))
    return [
        _row(
            "remove",
            lambda exchange: exchange.remove_party(CONFERENCE, LEG),
            [done],
            None,
            f"POST /bridges/{CONFERENCE}/removeChannel",
        ),
        _row(
            "hold",
            lambda exchange: exchange.hold(CONFERENCE, LEG, True),
            [bridge, empty, empty, up, done],
            None,
            *(f"GET /bridges/{CONFERENCE}", f"POST /bridges/{CONFERENCE}.hold"),
            *(f"GET /bridges/{CONFERENCE}.hold", f"GET /channels/{LEG}"),
            f"POST /bridges/{CONFERENCE}.hold/addChannel",
        ),
        _row("hold a stranger", lambda exchange: exchange.hold(CONFERENCE, "x", True), [bridge, empty], Rejected),
        _row("hang up", lambda exchange: exchange.hang_up(LEG), [done], None, f"DELETE /channels/{LEG}"),
        _row("look", lambda exchange: exchange.look(CONFERENCE), [bridge, up, up, gone], Conference(CONFERENCE, both)),
        _row(
            "look at one who is held",
            lambda exchange: exchange.look(CONFERENCE),
            [empty, shown("bridge", channels=[LEG]), up],
            Conference(CONFERENCE, (Leg(LEG, LegState.HELD),)),
        ),
    ]


def _mutes() -> list[Operates]:
    done, bridge, empty = Answer(204, b""), shown("bridge"), shown("bridge", channels=[])
    return [
        Operates(
            "mute", lambda exchange: exchange.mute(CONFERENCE, LEG, True), [bridge, done], None, _is_muted("POST")
        ),
        Operates(
            "let it be heard",
            lambda exchange: exchange.mute(CONFERENCE, LEG, False),
            [bridge, done],
            None,
            _is_muted("DELETE"),
        ),
        _row(
            "mute one who is held",
            lambda exchange: exchange.mute(CONFERENCE, LEG, True),
            [empty, bridge, done],
            None,
            *(f"GET /bridges/{CONFERENCE}", f"GET /bridges/{CONFERENCE}.hold", f"POST /channels/{LEG}/mute"),
        ),
        _row("mute a stranger", lambda exchange: exchange.mute(CONFERENCE, "x", True), [bridge, empty], Rejected),
        _row(
            "mute who has just hung up",
            lambda exchange: exchange.mute(CONFERENCE, LEG, True),
            [bridge, Answer.json({"message": "Channel in invalid state"}, 412)],
            Rejected,
        ),
    ]


def _asked(seen: Sequence[Seen], wanted: Sequence[str]) -> None:
    """The requests begin with these."""
    found = [f"{one.method} {urlsplit(one.path).path.removeprefix('/ari')}" for one in seen]
    assert found[: len(wanted)] == list(wanted), found


def _is_dialled(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, urlsplit(one.path).path) == ("POST", "/ari/channels")
    assert parameters(one) == {
        "endpoint": "PJSIP/0311200000@trunk",
        "app": "hub120",
        "appArgs": f"dialled,{CONFERENCE},-,-",
        "channelId": LEG,
        "timeout": "30",
        "callerId": "120",
    }


def _is_announced(seen: Sequence[Seen]) -> None:
    [_, conference, media, heard] = parameters(seen[0])["appArgs"].split(",")
    assert (conference, heard) == (CONFERENCE, "-")
    assert unquote(unquote(media)).endswith("lang=ko&text=베트남어 통역 부탁드립니다")
    assert "text" not in seen[0].path


def _is_unheard(seen: Sequence[Seen]) -> None:
    assert parameters(seen[0])["appArgs"].endswith(",muted")


def _is_muted(method: str) -> Callable[[Sequence[Seen]], None]:
    def check(seen: Sequence[Seen]) -> None:
        assert f"{seen[-1].method} {seen[-1].path}" == f"{method} /ari/channels/{LEG}/mute?direction=in"

    return check


def _is_softphone(seen: Sequence[Seen]) -> None:
    dialled = parameters(seen[0])
    assert (dialled["endpoint"], dialled["callerId"]) == ("PJSIP/agent-7", "+827047001200")
