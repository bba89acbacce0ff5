"""The connector itself: it knows whom to call for a language and when they answer; the rest is the exchange's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hub120_sdk import (
    Address,
    AddressKind,
    Context,
    InterpreterNews,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Misconfigured,
    Rejected,
    Request,
    Response,
    SessionNoted,
    Translation,
    Unauthorised,
    Words,
)

from plugins.interpreter_phone.hours import Hours

_TELEPHONE = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ANY = "*"


class PhoneInterpreter:
    """The Interpreter."""

    def __init__(self, context: Context) -> None:
        self._now = context.now
        self._telephones = telephones(context.settings["telephones"])
        self._hours = Hours.read(context.settings)

    def languages(self) -> Sequence[str]:
        """Those that have a telephone; none named where one answers for all."""
        return () if _ANY in self._telephones else tuple(self._telephones)

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        """Somebody answers there, or not: nobody is asked before the exchange calls."""
        number = self._telephones.get(wanted.language) or self._telephones.get(_ANY, "")
        reason = self._reason(wanted, number)
        if reason:
            return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.DECLINED, reason=reason)
        accepted = InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.ACCEPTED)
        return replace(accepted, call=Address(AddressKind.PHONE, number))

    def _reason(self, wanted: InterpreterWanted, number: str) -> str:
        """Why nobody there takes it; empty if somebody does."""
        if wanted.medium != "voice":
            return "medium"
        if not number:
            return "language"
        return "" if self._hours.are_open(self._now()) else "closed"

    def relay(self, words: Words) -> Translation | None:
        """They have nothing to read it on."""
        raise Rejected("this partner is reached by telephone alone: it relays nothing in writing")

    def release(self, session_id: str, attempt: int) -> None:
        """They hang up, or the exchange does."""

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        """They have nothing to call it with."""
        raise Unauthorised("this partner is reached by telephone alone: it reports nothing")

    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        """Nothing comes."""
        return Response(404)


def telephones(written: str) -> Mapping[str, str]:
    """Numbers by language, as an operator wrote them: ``en,fr=15885644 *=+82215550100``. Raises ``Misconfigured``."""
    found: dict[str, str] = {}
    for one in written.split():
        languages, _, number = one.partition("=")
        if not _TELEPHONE.fullmatch(number):
            raise Misconfigured(f"telephones must be written like en,fr=15885644, not {one[:60]}")
        for language in languages.lower().split(","):
            if language != _ANY and not _LANGUAGE.fullmatch(language):
                raise Misconfigured(f"telephones names {language[:20]!r}, which is no ISO 639 code like vi or mn")
            if language in found:
                raise Misconfigured(f"telephones has two numbers for {language}")
            found[language] = number
    if not found:
        raise Misconfigured("telephones names nobody")
    return found
