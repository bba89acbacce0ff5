"""Papago, as NAVER Cloud offers it: text translation over its own API, by a small table; other texts come back marked.

Bad manners: one call in some is told to slow down, one finds Papago in trouble.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

from demo import provider
from demo.phrases import translated
from demo.program import Program
from demo.provider import Answer, Asked

PATH = "/nmt/v1/translation"
CLIENT_ID = "demo-client-id"
LONGEST = 5_000
SLOW_EVERY, TROUBLE_EVERY = 13, 23
_CODES = {
    "ko": "ko", "en": "en", "ja": "ja", "zh-CN": "zh", "zh-TW": "zh", "vi": "vi", "th": "th", "id": "id", "fr": "fr",
    "es": "es", "ru": "ru", "de": "de", "it": "it",
}  # fmt: skip
"""Papago's codes to those of our table."""


def nobody(_: str) -> None:
    """Nobody is told."""


class Papago:
    """The API. ``seed`` None: good manners. ``down`` answers 503 to everything."""

    def __init__(self, secret: str, seed: int | None = None, misbehaves: Callable[[str], None] = nobody) -> None:
        self._secret, self._seed, self._misbehaves = secret, seed, misbehaves
        self._numbers = itertools.count(1)
        self.down = False
        self.asked: list[dict[str, Any]] = []
        self.address = provider.serve(self.answer)

    def answer(self, asked: Asked) -> Answer:
        """What NAVER Cloud answers."""
        if self.down:
            return _gateway(503, "500", "Endpoint Error")
        if asked.method != "POST" or asked.path != PATH:
            return _gateway(404, "300", "Not Found Exception")
        given = (asked.headers.get("x-ncp-apigw-api-key-id"), asked.headers.get("x-ncp-apigw-api-key"))
        if given != (CLIENT_ID, self._secret):
            return _gateway(401, "200", "Authentication Failed")
        return self._misbehaved() or self._translate(self._read(asked))

    def _read(self, asked: Asked) -> dict[str, Any]:
        """JSON or a form, as the documents have it."""
        is_form = asked.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        said = asked.form() if is_form else Answer(0, asked.body).read()
        self.asked.append(said)
        return dict(said)

    def _misbehaved(self) -> Answer | None:
        if self._seed is None:
            return None
        luck = random.Random(f"papago {self._seed} {next(self._numbers)}")
        if luck.randrange(SLOW_EVERY) == 0:
            self._misbehaves("calls to Papago too fast")
            return Answer.json(429, _error("410", "Throttle Limited"), retry_after="1")
        if luck.randrange(TROUBLE_EVERY) == 0:
            self._misbehaves("troubles of Papago")
            return Answer.json(500, {"errorCode": "N2MT99", "errorMessage": "Internal server errors"})
        return None

    def _translate(self, said: dict[str, Any]) -> Answer:
        source, target, text = (str(said.get(name, "")) for name in ("source", "target", "text"))
        code = trouble(source, target, text)
        if code:
            return Answer.json(400, {"errorCode": code, "errorMessage": "see the documents"})
        result = {
            "srcLangType": source,
            "tarLangType": target,
            "translatedText": translated(text, _CODES[source], _CODES[target]),
        }
        return Answer.json(200, {"message": {"result": result}})


def trouble(source: str, target: str, text: str) -> str:
    """Why Papago does not translate that; empty if it does."""
    checks = (
        ("N2MT01", not source),
        ("N2MT02", source not in _CODES),
        ("N2MT03", not target),
        ("N2MT04", target not in _CODES),
        ("N2MT05", source == target),
        ("N2MT07", not text),
        ("N2MT08", len(text) > LONGEST),
    )
    return next((code for code, is_so in checks if is_so), "")


def _gateway(status: int, code: str, message: str) -> Answer:
    return Answer.json(status, _error(code, message))


def _error(code: str, message: str) -> dict[str, object]:
    return {"error": {"errorCode": code, "message": message}}


def main() -> None:
    """Run until the demonstration ends."""
    program = Program()
    secret = program.order.secrets["translator_papago"]
    papago = Papago(secret, program.order.seed, lambda words: program.report("manners", words=words))
    program.report("ready", words=papago.address)
    program.stay()


if __name__ == "__main__":
    main()
