"""Long texts go sentence by sentence and come back as they were; errors say how long to wait."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import Context, HttpAnswer, Misconfigured, Rejected, Retry, Throttled

from plugins.translator_papago.mapping import ERRORS
from plugins.translator_papago.tests.conformance import HELLO
from plugins.translator_papago.translator import Papago


class Echo:
    """Says everything back in capitals, without the blanks around it, and remembers how long it was."""

    def __init__(self, answer: HttpAnswer | None = None) -> None:
        self.lengths: list[int] = []
        self._answer = answer

    def request(self, *_: Any, body: bytes = b"", **__: Any) -> HttpAnswer:
        text = json.loads(body)["text"]
        self.lengths.append(len(text))
        said = json.dumps({"message": {"result": {"translatedText": text.upper().strip()}}}).encode()
        return self._answer or HttpAnswer(200, {}, said)


def papago(echo: Echo, **given: str) -> Papago:
    settings = {
        "client_id": "i",
        "honorific": "true",
        "glossary_key": "",
        "base_url": "https://papago.example",
        **given,
    }
    return Papago(Context(settings, {"client_secret": "s"}, echo, lambda: datetime.now(UTC)))


def test_a_long_text_goes_in_pieces_and_comes_back_whole() -> None:
    echo = Echo()
    text = "".join(f"Sentence number {number} of many.{' ' if number % 7 else chr(10) * 2}" for number in range(600))
    translated = papago(echo).translate(replace(HELLO, text=text))
    assert translated.text == text.upper()
    assert len(echo.lengths) > 3
    assert max(echo.lengths) <= 5_000


def test_a_text_of_what_one_call_takes_goes_in_one() -> None:
    echo = Echo()
    papago(echo).translate(replace(HELLO, text="a" * 5_000))
    assert echo.lengths == [5_000]


@pytest.mark.parametrize(
    ("headers", "body", "pause_s"),
    [
        ({}, {"error": {"errorCode": "400"}}, 3600.0),
        ({}, {"error": {"errorCode": "420"}}, 1.0),
        ({"retry-after": "7"}, {"error": {"errorCode": "400"}}, 7.0),
        ({}, [], 1.0),
    ],
)
def test_an_exhausted_quota_is_waited_for_longer_than_haste(
    headers: dict[str, str], body: object, pause_s: float
) -> None:
    answer = HttpAnswer(429, headers, json.dumps(body).encode())
    with pytest.raises(Throttled) as told:
        papago(Echo(answer)).translate(HELLO)
    assert told.value.after_s == pause_s


@pytest.mark.parametrize("code", sorted(ERRORS))
@pytest.mark.parametrize("wrapped", [True, False])
def test_every_code_has_its_meaning(code: str, wrapped: bool) -> None:
    body = {"errorCode": code, "errorMessage": "…"}
    answer = HttpAnswer(400, {}, json.dumps({"error": body} if wrapped else body).encode())
    with pytest.raises((Rejected, Retry, Misconfigured)) as told:
        papago(Echo(answer)).translate(HELLO)
    assert type(told.value) is ERRORS[code][0]
    assert code in told.value.reason


def test_a_switch_that_is_none_is_refused() -> None:
    with pytest.raises(Misconfigured, match="honorific"):
        papago(Echo(), honorific="sometimes")
