"""The table: what the partner gets, answers and reports. Add a row for each answer and report you know of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hub120_sdk import (
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Rejected,
    Request,
    Translation,
    Unreadable,
    Words,
)
from hub120_sdk.testing import Answer, Asks, Parses, Refuses, Relays, Releases, Suite, fixture

from plugins._template_interpreter.interpreter import signature

KEY = "the-key-of-the-tests"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
WANTED = InterpreterWanted("s-1", 1, "ar", "text", NOON, NOON + timedelta(seconds=30))
WORDS = Words("s-1", 1, "m-1", 1, "내일 오세요.", "ko", "ar")


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    body = fixture("plugins._template_interpreter", name)
    return Request("POST", "https://hub.example/interpreters/your_connector", {}, body)


def sign(request: Request, at: datetime) -> Request:
    """Sign as the partner does."""
    return replace(request, headers={**request.headers, "x-signature": signature(KEY, request.body)})


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the kit's fake partner, ``now`` the time of the kit's clock."""
    asked = InterpreterReport("s-1", 1, InterpreterState.ASKED)
    declined = replace(asked, state=InterpreterState.DECLINED, reason="language")
    found = replace(asked, state=InterpreterState.ACCEPTED, update_id="n-1")
    unknown = replace(event("report.json"), body=b'{"id": "n-1", "session": "s-1", "attempt": 1, "state": "?"}')
    return Suite(
        settings={"api_url": provider, "languages": "ar mn"},
        secrets={"webhook_key": KEY},
        wrong_secrets={"webhook_key": "another-key"},
        sign=sign,
        parses=[
            Parses("somebody takes it", event("report.json"), [found]),
            Parses("a translation", event("translation.json"), [Translation("s-1", "m-1", "내일 가도 됩니까?")]),
        ],
        refuses=[Refuses("a state that we do not know", unknown, Unreadable)],
        asks=[
            Asks("it looks for somebody", WANTED, [Answer.json({})], asked),
            Asks("a language it does not have", replace(WANTED, language="vi"), [], declined),
            Asks("not theirs", WANTED, [Answer.json({}, 422)], Rejected),
        ],
        relays=[Relays("called back", WORDS, [Answer.json({})], None)],
        releases=[Releases("released", "s-1", 1, [Answer.json({})])],
        waived={"refuses_a_replay": "the signature has no time in it; update_id recognises a second report"},
    )
