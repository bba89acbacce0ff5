"""The table of the ``interpreter_phone`` connector: nobody is asked over the network, so no row has answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hub120_sdk import (
    Address,
    AddressKind,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Rejected,
    Words,
)
from hub120_sdk.testing import Asks, Relays, Releases, Suite

SESSION = "0199e0f2-7c00-7abc-8def-000000000120"
NIGHT = datetime.fromisoformat("2026-11-24T03:00:00+09:00")
WANTED = InterpreterWanted(SESSION, 1, "mn", "voice", NIGHT, NIGHT + timedelta(seconds=30))
WORDS = Words(SESSION, 1, "0199e0f2-7c00-7abc-8def-0000000000aa", 1, "안녕하세요.", "ko", "mn")


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    ours = InterpreterReport(SESSION, 1, InterpreterState.ACCEPTED, call=Address(AddressKind.PHONE, "+82215550100"))
    theirs = replace(ours, call=Address(AddressKind.PHONE, "15885644"))
    declined = InterpreterReport(SESSION, 1, InterpreterState.DECLINED)
    return Suite(
        settings={"telephones": "fr,ar=15885644 mn=+82215550100"},
        asks=[
            Asks("a number of their own", WANTED, [], ours),
            Asks("one number for several languages", replace(WANTED, language="ar"), [], theirs),
            Asks(
                "a language they do not have", replace(WANTED, language="sw"), [], replace(declined, reason="language")
            ),
            Asks("in writing", replace(WANTED, medium="text"), [], replace(declined, reason="medium")),
        ],
        relays=[Relays("they cannot read", WORDS, [], Rejected)],
        releases=[Releases("they hang up", SESSION, 1, [])],
    )
