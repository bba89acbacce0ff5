"""The table of the ``phone_twilio`` connector."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

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
    Request,
    Throttled,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.testing import Answer, Operates, Parses, Refuses, Seen, Sends, Suite, fixture
from hub120_sdk.twiliosignature import compute

ACCOUNT = "AC5f1e0d7c2b3a49586f7e8d9c0b1a2f3e"
TOKEN = "8c2f4e6a0b1d3c5e7f9a8b6c4d2e0f1a"
URL = "https://hub.example/channels/phone_twilio"
OURS = "+827047001200"
CALLER = "CA8b1d2e3f405162738495a6b7c8d9e0f1"
DIALLED = "CA1c2d3e4f5061728394a5b6c7d8e9f0a1"
CONFERENCE_SID = "CF0a1b2c3d4e5f60718293a4b5c6d7e8f9"
CONFERENCE = "0199e0f2-7c00-7abc-8def-0000000000c0"
LEG = "0199e0f2-7c00-7abc-8def-0000000000d1"
DEPARTMENT = Address(AddressKind.PHONE, "+82311200000")
DIAL = Dial(LEG, DEPARTMENT, conference_id=CONFERENCE, ring_s=30.0)
REPLY = Outbound(
    "0199e0f2-7c00-7abc-8def-000000000001",
    Address(AddressKind.PHONE, "+821055501234"),
    "담당 부서가 확인하고 있습니다 <잠시만요> & 고맙습니다.",
    language="ko",
    reply_context={"leg": CALLER},
)


def event(name: str, path: str = "") -> Request:
    """A fixture as an unsigned request."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Request("POST", URL + path, headers, fixture("plugins.phone_twilio", f"{name}.form"))


def changed(request: Request, **fields: str) -> Request:
    """The same form with other values."""
    return replace(request, body=urlencode({**dict(parse_qsl(request.body.decode())), **fields}).encode())


def shown(name: str, answered: int = 200, **changes: Any) -> Answer:
    """A fixture as an answer of Twilio."""
    return Answer.json({**json.loads(fixture("plugins.phone_twilio", f"{name}.json")), **changes}, answered)


def sign(request: Request, at: datetime) -> Request:
    """Sign as Twilio does: no time is in it."""
    fields = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return replace(request, headers={**request.headers, "x-twilio-signature": compute(TOKEN, request.url, fields)})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"account_sid": ACCOUNT, "from_number": OURS, "base_url": provider},
        secrets={"auth_token": TOKEN},
        wrong_secrets={"auth_token": "0" * 32},
        sign=sign,
        parses=[*_callers(now), *_legs(now)],
        refuses=_refuses(),
        sends=_sends(),
        operates=[*_dials(), *_conferences(), *_during(), *_mutes()],
        waived={
            "refuses_a_replay": "the signature has no time in it; the call's SID recognises a second delivery",
            "knows_an_opt_out": "a telephone knows no opting out",
            "fetches_attachments": "a call has no files",
        },
    )


def second(number: int) -> datetime:
    """The fixtures' times are within one minute."""
    return datetime(2026, 11, 27, 8, 40, number, tzinfo=UTC)


def numbered(moment: datetime, own: int) -> int:
    """The number that the hub orders by."""
    return int(moment.timestamp()) * 1_000 + own


def _told(
    leg_id: str, state: LegState, at: int, own: int, conference: str = "", reason: EndReason | None = None
) -> list[Record]:
    return [CallEvent(leg_id, state, second(at), conference, numbered(second(at), own), reason)]


def _callers(now: datetime) -> list[Parses]:
    def call(leg_id: str, sender: Address) -> list[Record]:
        inbound = Inbound(leg_id, sender, reply_context={"leg": leg_id})
        return [inbound, CallEvent(leg_id, LegState.RINGING, now, sequence=numbered(now, 0))]

    shown_number = Address(AddressKind.PHONE, "+821055501234")
    withheld, attested = f"{CALLER[:-1]}2", f"{CALLER[:-1]}3"
    over = _told(CALLER, LegState.ENDED, 59, 0, reason=EndReason.DONE)
    return [
        Parses("a call", event("call_incoming"), call(CALLER, shown_number)),
        Parses(
            "a call that shows no number",
            event("call_withheld"),
            call(withheld, Address(AddressKind.ACCOUNT, f"withheld:{withheld}")),
        ),
        Parses(
            "a call whose number is attested",
            event("call_attested"),
            call(attested, replace(shown_number, verified=True)),
        ),
        Parses("a caller hung up", event("call_completed", "/calls"), over),
        Parses("a caller hung up, told at the first address", event("call_completed"), over),
    ]


def _legs(now: datetime) -> list[Parses]:
    calls, conferences, keys = f"/calls?leg={LEG}", "/conferences", f"/keys?leg={LEG}&conference={CONFERENCE}"
    up, held, ended = LegState.UP, LegState.HELD, LegState.ENDED
    return [
        Parses("a leg begins", event("leg_initiated", calls), _told(LEG, LegState.DIALLING, 10, 0)),
        Parses("it rings", event("leg_ringing", calls), _told(LEG, LegState.RINGING, 11, 1)),
        Parses("it is answered", event("leg_answered", calls), _told(LEG, up, 15, 2)),
        Parses("it is busy", event("leg_busy", calls), _told(LEG, ended, 15, 2, reason=EndReason.BUSY)),
        Parses("nobody answers", event("leg_no_answer", calls), _told(LEG, ended, 40, 2, reason=EndReason.NO_ANSWER)),
        Parses("into a conference", event("conference_join", conferences), _told(LEG, up, 15, 102, CONFERENCE)),
        Parses("held", event("conference_hold", conferences), _told(LEG, held, 20, 103, CONFERENCE)),
        Parses("held no more", event("conference_unhold", conferences), _told(LEG, up, 25, 104, CONFERENCE)),
        Parses("out of it", event("conference_leave", conferences), _told(LEG, up, 30, 105)),
        Parses(
            "hung up in it",
            event("conference_hung_up", conferences),
            _told(LEG, ended, 31, 106, CONFERENCE, EndReason.DONE),
        ),
        Parses("a key during the announcement", event("key_pressed", keys), [KeyPress(LEG, "1", now)]),
        Parses("no key after all", changed(event("key_pressed", keys), Digits=""), []),
        Parses("a conference ends", event("conference_end", conferences), []),
        Parses("into the room to wait", event("room_join", conferences), _told(CALLER, up, 5, 101)),
        Parses("out of the room", event("room_leave", conferences), []),
    ]


def _refuses() -> list[Refuses]:
    call, told, key = event("call_incoming"), event("leg_busy", "/calls"), event("key_pressed", "/keys")
    return [
        Refuses("no caller", replace(call, body=b"CallSid=CA1&CallStatus=ringing"), Unreadable),
        Refuses("no id", replace(call, body=b"From=%2B821055501234&CallStatus=ringing"), Unreadable),
        Refuses("an unknown status", replace(told, body=b"CallSid=CA1&CallStatus=lost"), Unreadable),
        Refuses("no name", replace(call, url=f"{URL}/conferences", body=b"StatusCallbackEvent=x"), Unreadable),
        Refuses("nobody's key", key, Unreadable),
        Refuses("an empty signature", replace(call, headers={"x-twilio-signature": ""}), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    room = [shown("conferences"), shown("participant", call_sid=CALLER, label=CALLER), shown("call")]
    none = Answer.json({"conferences": []})
    return [
        Sends("spoken to who waits", REPLY, room, Receipt(Delivery.SENT, reply_id=REPLY.reply_id), _is_spoken),
        Sends("who is in a conversation", REPLY, [none], Rejected),
        Sends("who has just hung up", REPLY, [*room[:2], shown("error_call_over", 400)], Rejected),
        Sends("nobody on the line", replace(REPLY, reply_context={}), room, Rejected),
        Sends("a file", replace(REPLY, attachments=(Content(b"x"),)), room, Rejected),
        Sends("a wrong token", REPLY, [Answer.json({"code": 20003}, 401)], Misconfigured),
        Sends("too fast", REPLY, [Answer.json({"code": 20429}, 429)], Throttled),
    ]


def fields(seen: Seen) -> Mapping[str, str]:
    """The form that Twilio got."""
    return dict(parse_qsl(seen.body.decode(), keep_blank_values=True))


def asked(seen: Sequence[Seen]) -> list[str]:
    """What Twilio was asked, without the account."""
    base = f"/2010-04-01/Accounts/{ACCOUNT}"
    return [f"{one.method} {urlsplit(one.path).path.removeprefix(base).removesuffix('.json')}" for one in seen]


def _is_spoken(seen: Sequence[Seen]) -> None:
    assert asked(seen)[-1] == f"POST /Calls/{CALLER}"
    assert parse_qs(urlsplit(seen[0].path).query)["FriendlyName"] == [f"wait-{CALLER}"]
    said = fields(seen[-1])["Twiml"]
    assert '<Say language="ko-KR">담당 부서가 확인하고 있습니다 &lt;잠시만요&gt; &amp; 고맙습니다.</Say><Dial>' in said
    credentials = seen[0].headers["authorization"].removeprefix("Basic ")
    assert base64.b64decode(credentials) == f"{ACCOUNT}:{TOKEN}".encode()


PARTICIPANTS = f"GET /Conferences/{CONFERENCE_SID}/Participants"
BOTH = Conference(CONFERENCE, (Leg(CALLER, LegState.UP), Leg(LEG, LegState.HELD)))


def _row(name: str, do: Callable[[Any], object], answers: Sequence[Answer], expected: object, *wanted: str) -> Operates:
    def check(seen: Sequence[Seen]) -> None:
        assert asked(seen)[: len(wanted)] == list(wanted), asked(seen)

    return Operates(name, do, answers, expected, check)


def _dials() -> list[Operates]:
    none, there = Answer.json({"conferences": []}), shown("conferences")
    queued, up, call = shown("participant_queued", 201), shown("participant"), shown("call")
    dialling = Leg(LEG, LegState.DIALLING)
    said = replace(DIAL, announcement="베트남어 통역 부탁드립니다", language="ko")
    unheard = replace(DIAL, muted=True)
    return [
        Operates("dial", lambda exchange: exchange.dial(DIAL), [none, queued], dialling, _is_dialled),
        Operates("dial and announce", lambda exchange: exchange.dial(said), [none, call], dialling, _is_announced),
        Operates("dial muted", lambda exchange: exchange.dial(unheard), [none, queued], dialling, _is_dialled_muted),
        Operates(
            "dial, announce and mute",
            lambda exchange: exchange.dial(replace(said, muted=True)),
            [none, call],
            dialling,
            _is_announced_muted,
        ),
        _row(
            "dial to wait",
            lambda exchange: exchange.dial(replace(DIAL, conference_id="")),
            [none, queued],
            dialling,
            *("GET /Conferences", f"POST /Conferences/wait-{LEG}/Participants"),
        ),
        _row("dial who is there", lambda exchange: exchange.dial(DIAL), [there, up], Leg(LEG, LegState.UP)),
        _row(
            "dial no number", lambda exchange: exchange.dial(DIAL), [none, Answer.json({"code": 21211}, 400)], Rejected
        ),
    ]


def _conferences() -> list[Operates]:
    none, there, participants = Answer.json({"conferences": []}), shown("conferences"), shown("participants")
    up, call, over = shown("participant"), shown("call"), shown("error_call_over", 400)
    return [
        _row(
            "bridge",
            lambda exchange: exchange.bridge(CONFERENCE, [CALLER, LEG]),
            [none, call, there, up, there, participants],
            BOTH,
            *("GET /Conferences", f"POST /Calls/{CALLER}", "GET /Conferences", f"{PARTICIPANTS}/{LEG}"),
            *("GET /Conferences", PARTICIPANTS),
        ),
        _row(
            "add who waits",
            lambda exchange: exchange.add_party(CONFERENCE, LEG),
            [none, there, up, call],
            None,
            *("GET /Conferences", "GET /Conferences", f"{PARTICIPANTS}/{LEG}", f"POST /Calls/{DIALLED}"),
        ),
        _row("add who is gone", lambda exchange: exchange.add_party(CONFERENCE, CALLER), [none, over], Rejected),
        _row(
            "remove",
            lambda exchange: exchange.remove_party(CONFERENCE, LEG),
            [there, up, call],
            None,
            *("GET /Conferences", f"{PARTICIPANTS}/{LEG}", f"POST /Calls/{DIALLED}"),
        ),
    ]


def _during() -> list[Operates]:
    none, there, participants = Answer.json({"conferences": []}), shown("conferences"), shown("participants")
    up, call, over = shown("participant"), shown("call"), shown("error_call_over", 400)
    gone = Answer.json({"code": 20404}, 404)
    return [
        Operates("hold", lambda exchange: exchange.hold(CONFERENCE, LEG, True), [there, up, up], None, _is_held),
        _row("hold a stranger", lambda exchange: exchange.hold(CONFERENCE, LEG, True), [there, gone], Rejected),
        _row("hang up", lambda exchange: exchange.hang_up(CALLER), [call], None, f"POST /Calls/{CALLER}"),
        _row(
            "hang up who has hung up",
            lambda exchange: exchange.hang_up(CALLER),
            [over, shown("call", status="completed")],
            None,
        ),
        _row(
            "hang up a leg in any conference",
            lambda exchange: exchange.hang_up(LEG),
            [none, there, gone, up, call],
            None,
            *("GET /Conferences", "GET /Conferences", f"{PARTICIPANTS}/{LEG}"),
        ),
        _row(
            "look",
            lambda exchange: exchange.look(CONFERENCE),
            [there, participants],
            BOTH,
            "GET /Conferences",
            PARTICIPANTS,
        ),
        _row("look at none", lambda exchange: exchange.look(CONFERENCE), [none], Conference(CONFERENCE)),
    ]


def _mutes() -> list[Operates]:
    none, there, gone = Answer.json({"conferences": []}), shown("conferences"), Answer.json({"code": 20404}, 404)
    up, call = shown("participant"), shown("call")
    return [
        Operates("mute", lambda one: one.mute(CONFERENCE, LEG, True), [there, up, up], None, _is_muted("true")),
        Operates(
            "let it be heard",
            lambda exchange: exchange.mute(CONFERENCE, LEG, False),
            [there, up, up],
            None,
            _is_muted("false"),
        ),
        _row("mute a stranger", lambda exchange: exchange.mute(CONFERENCE, LEG, True), [there, gone], Rejected),
        Operates(
            "add who was dialled muted",
            lambda exchange: exchange.add_party(CONFERENCE, LEG),
            [none, there, shown("participant", muted=True), call],
            None,
            _is_still_muted,
        ),
        Operates(
            "remove who is muted",
            lambda exchange: exchange.remove_party(CONFERENCE, LEG),
            [there, shown("participant", muted=True), call],
            None,
            _is_still_muted,
        ),
    ]


def _is_dialled(seen: Sequence[Seen]) -> None:
    assert asked(seen) == ["GET /Conferences", f"POST /Conferences/{CONFERENCE}/Participants"]
    assert fields(seen[1]) == {
        "To": DEPARTMENT.value,
        "From": OURS,
        "Timeout": "30",
        "Label": LEG,
        "Beep": "false",
        "StartConferenceOnEnter": "true",
        "EndConferenceOnExit": "false",
        "StatusCallback": f"{URL}/calls?leg={LEG}",
        "StatusCallbackEvent": "initiated ringing answered completed",
        "ConferenceStatusCallback": f"{URL}/conferences",
        "ConferenceStatusCallbackEvent": "join leave hold",
    }


def _is_announced(seen: Sequence[Seen]) -> None:
    assert asked(seen) == ["GET /Conferences", "POST /Calls"]
    twiml = fields(seen[1])["Twiml"]
    assert '<Say language="ko-KR">베트남어 통역 부탁드립니다</Say></Gather><Dial><Conference' in twiml
    assert f'action="{URL}/keys?leg={LEG}&amp;conference={CONFERENCE}"' in twiml
    assert f'participantLabel="{LEG}"' in twiml
    assert f">{CONFERENCE}</Conference>" in twiml
    assert "muted" not in twiml


def _is_dialled_muted(seen: Sequence[Seen]) -> None:
    assert fields(seen[1])["Muted"] == "true"


def _is_announced_muted(seen: Sequence[Seen]) -> None:
    twiml = fields(seen[1])["Twiml"]
    assert f'conference={CONFERENCE}&amp;muted=true"' in twiml
    assert 'muted="true"' in twiml


def _is_still_muted(seen: Sequence[Seen]) -> None:
    assert 'muted="true"' in fields(seen[-1])["Twiml"]


def _is_muted(muted: str) -> Callable[[Sequence[Seen]], None]:
    def check(seen: Sequence[Seen]) -> None:
        assert asked(seen)[-1] == f"POST /Conferences/{CONFERENCE_SID}/Participants/{DIALLED}"
        assert fields(seen[-1]) == {"Muted": muted}

    return check


def _is_held(seen: Sequence[Seen]) -> None:
    assert asked(seen)[-1] == f"POST /Conferences/{CONFERENCE_SID}/Participants/{DIALLED}"
    assert fields(seen[-1]) == {"Hold": "true"}
