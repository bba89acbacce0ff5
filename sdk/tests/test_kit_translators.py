"""The kit on machines that translate: the model keeps every promise, and each broken one is found by its check."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hub120_sdk import (
    ConnectorError,
    Context,
    Manifest,
    ManifestError,
    Rejected,
    Retry,
    Setting,
    Translation,
    Words,
)
from hub120_sdk.answers import good, word
from hub120_sdk.testing import CHECKS, Answer, Grade, Outcome, Suite, Translates, run
from hub120_sdk.text import split

MANIFEST = Manifest(
    "translator_model",
    "Translator model",
    frozenset({"translator"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the machine")},
)
WORDS = Words("session-1", 1, "message-1", 1, "안녕하세요", "ko", "vi")
HELLO = Translation("session-1", "message-1", "xin chào")


class Machine:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def languages(self) -> Sequence[str]:
        return ("vi", "en")

    def translate(self, words: Words) -> Translation:
        if not {words.source, words.target} <= {"ko", *self.languages()}:
            raise Rejected("it does not know that language")
        text = "".join(self.ask(piece) for piece in split(words.text, 1_000))
        return Translation(words.session_id, words.message_id, text)

    def ask(self, piece: str) -> str:
        body = json.dumps({"text": piece}, ensure_ascii=False).encode()
        said = word(good(self.context.http.request("POST", self.context.settings["api"], body=body)), "text")
        if not said.strip():
            raise Retry("the machine said nothing")
        return said


def suite(provider: str, now: datetime) -> Suite:
    return Suite(
        settings={"api": provider},
        translates=[
            Translates("hello", WORDS, [Answer.json({"text": "xin chào"})], HELLO),
            Translates("a language it lacks", replace(WORDS, target="mn"), [], Rejected),
        ],
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite)


def test_a_machine_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Machine))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results if result.outcome is Outcome.PASSED}
    assert {"translates_the_whole_text", "passes_no_nonsense_on", "slows_down_when_told", "works_in_a_crowd"} <= names
    assert not names & {"refuses_whoever_calls", "acknowledges_news", "relays_as_the_table_says"}


class NamesNone(Machine):
    def languages(self) -> Sequence[str]:
        return ()


class NamesTwice(Machine):
    def languages(self) -> Sequence[str]:
        return ("vi", "vi")


class MixesMessagesUp(Machine):
    def translate(self, words: Words) -> Translation:
        return replace(super().translate(words), message_id="another")


class TriesEveryLanguage(Machine):
    def translate(self, words: Words) -> Translation:
        return super().translate(replace(words, source="ko", target="vi"))


class Cuts(Machine):
    def translate(self, words: Words) -> Translation:
        return super().translate(replace(words, text=words.text[:1_000]))


class ShowsErrors(Machine):
    def ask(self, piece: str) -> str:
        try:
            return super().ask(piece)
        except ConnectorError as error:
            return error.reason


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (NamesNone, "names_what_it_translates"),
        (NamesTwice, "names_its_languages"),
        (MixesMessagesUp, "translates_as_the_table_says"),
        (TriesEveryLanguage, "refuses_a_language_that_it_does_not_know"),
        (Cuts, "translates_the_whole_text"),
        (ShowsErrors, "passes_no_nonsense_on"),
        (ShowsErrors, "retries_when_the_provider_fails"),
    ],
)
def test_a_machine_s_broken_promise_is_found_by_its_check(
    install: Callable[[type], str], connector: type, check: str
) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()


def test_a_translator_is_nothing_else() -> None:
    with pytest.raises(ManifestError, match="a translator is nothing else"):
        Manifest.parse('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel", "translator"]\n')
