"""The table of the ``interpreter_http`` connector."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub120_sdk import (
    Address,
    AddressKind,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Misconfigured,
    Rejected,
    Request,
    Translation,
    Unauthorised,
    Unreadable,
    Words,
    standardwebhooks,
)
from hub120_sdk.testing import Answer, Asks, Parses, Refuses, Relays, Releases, Seen, Suite, fixture

SECRET = "whsec_aHViMTIwLWludGVycHJldGVyLXNpZ25pbmc="
WRONG = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWtleQ=="
URL = "https://hub.example/interpreters/interpreter_http"
SESSION = "0199e0f2-7c00-7abc-8def-000000000120"
MESSAGE = "0199e0f2-7c00-7abc-8def-0000000000aa"
NOON = datetime.fromisoformat("2026-11-24T12:00:00+09:00")
TELEPHONE = Address(AddressKind.PHONE, "+82215885644")
WANTED = InterpreterWanted(SESSION, 1, "ar", "text", NOON, NOON + timedelta(seconds=30))
WHOLE = replace(WANTED, medium="voice", residence_status="E-9", topic="housing")
ASKED = InterpreterReport(SESSION, 1, InterpreterState.ASKED)
WORDS = Words(SESSION, 1, MESSAGE, 1, "هل أذهب غداً؟", "ar", "ko")
WITH_TERMS = replace(WORDS, text="전입신고를 하세요.", source="ko", target="ar", terms={"전입신고": "تسجيل الإقامة"})


def event(name: str, path: str = "reports") -> Request:
    """A fixture as an unsigned request."""
    body = fixture("plugins.interpreter_http", name)
    return Request("POST", f"{URL}/{path}", {"content-type": "application/json"}, body)


def sign(request: Request, at: datetime) -> Request:
    """Sign as the partner does."""
    signed = standardwebhooks.sign(SECRET, "msg_1", at, request.body)
    return replace(request, headers={**request.headers, **signed})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"partner_url": f"{provider}/hub120", "languages": "ar fr"},
        secrets={"signing_secret": SECRET},
        wrong_secrets={"signing_secret": WRONG},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        asks=_asks(),
        relays=_relays(),
        releases=_releases(),
    )


def _parses() -> list[Parses]:
    at = datetime.fromisoformat("2026-11-24T12:00:04+09:00")
    accepted = InterpreterReport(
        SESSION, 1, InterpreterState.ACCEPTED, "K-120/2", "v-17", call=TELEPHONE, occurred_at=at
    )
    declined = InterpreterReport(f"{SESSION[:-1]}1", 2, InterpreterState.DECLINED, "K-121/1", reason="busy")
    joined = InterpreterReport(SESSION, 1, InterpreterState.JOINED, "K-120/3", "v-17")
    left = InterpreterReport(SESSION, 1, InterpreterState.LEFT, "K-120/4", reason="line_lost")
    ended = InterpreterReport(SESSION, 1, InterpreterState.ENDED, "K-120/5")
    translated = Translation(SESSION, MESSAGE, "내일 주민센터에 가면 됩니까?", "v-17")
    return [
        Parses("accepted", event("report_accepted.json"), [accepted]),
        Parses("declined", event("report_declined.json"), [declined]),
        Parses("joined", event("report_joined.json"), [joined]),
        Parses("left", event("report_left.json"), [left]),
        Parses("ended", event("report_ended.json"), [ended]),
        Parses("a translation", event("translation.json", "translations"), [translated]),
    ]


def _refuses() -> list[Refuses]:
    def changed(request: Request, fields: Mapping[str, object]) -> Request:
        return replace(request, body=json.dumps({**json.loads(request.body), **fields}).encode())

    def report(**fields: object) -> Request:
        return changed(event("report_accepted.json"), fields)

    def translation(**fields: object) -> Request:
        return changed(event("translation.json", "translations"), fields)

    return [
        Refuses("no update id", report(update_id=""), Unreadable),
        Refuses("an unknown state", report(state="busy"), Unreadable),
        Refuses("no attempt", report(attempt=None), Unreadable),
        Refuses("an attempt that is none", report(attempt=0), Unreadable),
        Refuses("a session of two lines", report(session_id="a\nb"), Unreadable),
        Refuses("a sentence for a reason", report(reason="no one is here"), Unreadable),
        Refuses("a telephone that cannot be dialled", report(call={"telephone": "내선 12"}), Unreadable),
        Refuses("no telephone in the call", report(call={"number": "+82215885644"}), Unreadable),
        Refuses("a time without zone", report(occurred_at="2026-11-24T12:00:00"), Unreadable),
        Refuses("words of nothing", translation(text=" "), Unreadable),
        Refuses("words without end", translation(text="가" * 20_001), Unreadable),
        Refuses("no message", translation(message_id=None), Unreadable),
        Refuses("an address that is none", event("report_ended.json", "status"), Unreadable),
        Refuses("no signature", event("report_ended.json"), Unauthorised, signed=False),
    ]


def _asks() -> list[Asks]:
    accepted = replace(ASKED, state=InterpreterState.ACCEPTED, interpreter="v-17")
    taken = Answer.json({"state": "accepted", "interpreter": "v-17"})
    called = Answer.json({"state": "accepted", "interpreter": "v-17", "call": {"telephone": "+82215885644"}})
    closed = Answer.json({"state": "declined", "reason": "closed"})
    other = replace(WANTED, language="mn")
    return [
        Asks("it looks for somebody", WANTED, [Answer.json({}, 202)], ASKED, _is_bare),
        Asks("without a word", WANTED, [Answer(204, b"", {})], ASKED),
        Asks("somebody takes it at once", WANTED, [taken], accepted),
        Asks("by voice", WHOLE, [called], replace(accepted, call=TELEPHONE), _is_whole),
        Asks("by voice, and nobody knows the telephone", WHOLE, [taken], ASKED),
        Asks("nobody there", WANTED, [closed], replace(ASKED, state=InterpreterState.DECLINED, reason="closed")),
        Asks("with words of no meaning", WANTED, [Answer.json({"state": "?"})], ASKED),
        Asks("not theirs", other, [], replace(ASKED, state=InterpreterState.DECLINED, reason="language")),
        Asks("refused", WANTED, [Answer.json({}, 422)], Rejected),
        Asks("a wrong secret", WANTED, [Answer(401)], Misconfigured),
        Asks("a wrong address", WANTED, [Answer(404)], Misconfigured),
        Asks("moved", WANTED, [Answer(308, b"", {"location": "https://new.example/"})], Misconfigured),
    ]


def _relays() -> list[Relays]:
    known = Translation(SESSION, MESSAGE, "내일 가면 됩니까?", "v-17")
    at_once = Answer.json({"text": "내일 가면 됩니까?", "interpreter": "v-17"})
    return [
        Relays("called back", WORDS, [Answer.json({}, 202)], None, _says_it),
        Relays("at once", WORDS, [at_once], known),
        Relays("with the centre's terms", WITH_TERMS, [Answer(204, b"", {})], None, _says_terms),
        Relays("a session that is over there", WORDS, [Answer.json({}, 410)], Rejected),
        Relays("a session that is not known there", WORDS, [Answer.json({}, 404)], Rejected),
        Relays("a wrong secret", WORDS, [Answer(403)], Misconfigured),
    ]


def _releases() -> list[Releases]:
    return [
        Releases("released", SESSION, 1, [Answer.json({})], check=_is_released),
        Releases("nobody there any more", SESSION, 1, [Answer.json({}, 410)]),
        Releases("a wrong secret", SESSION, 1, [Answer(401)], Misconfigured),
    ]


def _told(seen: Sequence[Seen], path: str, name: str) -> dict[str, object]:
    [one] = seen
    assert (one.method, one.path) == ("POST", f"/hub120/{path}")
    at = datetime.fromtimestamp(int(one.headers["webhook-timestamp"])).astimezone()
    assert standardwebhooks.verify(SECRET, one.headers, one.body, at) == name
    told: dict[str, object] = json.loads(one.body)
    return told


def _is_bare(seen: Sequence[Seen]) -> None:
    told = _told(seen, "sessions", f"{SESSION}/1")
    assert {"residence_status", "topic"}.isdisjoint(told)
    assert (told["language"], told["medium"], told["attempt"]) == ("ar", "text", 1)
    assert str(told["report_callback"]).endswith("/interpreter_http/reports")
    assert str(told["translation_callback"]).endswith("/interpreter_http/translations")


def _is_whole(seen: Sequence[Seen]) -> None:
    told = _told(seen, "sessions", f"{SESSION}/1")
    assert (told["residence_status"], told["topic"], told["medium"]) == ("E-9", "housing", "voice")
    assert told["answer_until"] == "2026-11-24T12:00:30+09:00"


def _says_it(seen: Sequence[Seen]) -> None:
    told = _told(seen, "words", f"{SESSION}/1/{MESSAGE}")
    assert (told["text"], told["source"], told["target"], told["number"]) == ("هل أذهب غداً؟", "ar", "ko", 1)
    assert "terms" not in told


def _says_terms(seen: Sequence[Seen]) -> None:
    assert _told(seen, "words", f"{SESSION}/1/{MESSAGE}")["terms"] == {"전입신고": "تسجيل الإقامة"}


def _is_released(seen: Sequence[Seen]) -> None:
    assert _told(seen, "releases", f"{SESSION}/1/release") == {"session_id": SESSION, "attempt": 1}
