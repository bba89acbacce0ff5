"""The connector itself: requests and words out, reports and translations in, as ``openapi.yaml`` lays them out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hub120_sdk import (
    Context,
    InterpreterNews,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Misconfigured,
    Request,
    Response,
    SessionNoted,
    Translation,
    Unauthorised,
    Words,
    standardwebhooks,
)

from plugins.interpreter_http import mapping, outbound, reading

_LANGUAGE = re.compile(r"[a-z]{2,3}")


class HttpInterpreter:
    """The Interpreter."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._languages = tuple(dict.fromkeys(context.settings["languages"].lower().split()))
        odd = [one for one in self._languages if not _LANGUAGE.fullmatch(one)]
        if odd:
            raise Misconfigured(f"languages must be ISO 639 codes like vi or mn, not {odd[0]}")

    def languages(self) -> Sequence[str]:
        """What the operator wrote down."""
        return self._languages

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        """POST the request; a language that the partner does not have is declined without asking."""
        if self._languages and wanted.language not in self._languages:
            return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.DECLINED, reason="language")
        return outbound.request(self._context, wanted)

    def relay(self, words: Words) -> Translation | None:
        """POST the words."""
        return outbound.relay(self._context, words)

    def release(self, session_id: str, attempt: int) -> None:
        """POST the end."""
        outbound.release(self._context, session_id, attempt)

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        """Check the Standard Webhooks signature, then read one report or one translation."""
        secrets = self._context.secrets["signing_secret"]
        try:
            standardwebhooks.verify(secrets, request.headers, request.body, self._context.now())
        except Unauthorised as error:
            raise Unauthorised(error.reason, reading.refused(401, mapping.UNSIGNED, error.reason)) from error
        return [reading.news(request)]

    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        """Recorded, or why not: 404 for what is not here, 409 for what is over."""
        if not noted or not noted[0].known:
            return reading.refused(404, *mapping.UNKNOWN)
        if noted[0].duplicate:
            return Response.json({"status": mapping.DUPLICATE})
        if noted[0].over:
            return reading.refused(409, *mapping.OVER)
        return Response.json({"status": mapping.RECORDED})
