"""The kit on sources of knowledge: the model keeps every promise, and each broken one is found by its check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hub120_sdk import (
    Article,
    ConnectorError,
    Context,
    Manifest,
    ManifestError,
    Question,
    Setting,
    Throttled,
    Unreadable,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.testing import CHECKS, Answer, Finds, Grade, Outcome, Suite, run

MANIFEST = Manifest(
    "knowledge_model",
    "Knowledge model",
    frozenset({"knowledge"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the help centre")},
)
ASKED = Question("여권을 잃어버렸어요")


def article(key: str) -> Article:
    return Article(key, f"여권 {key}", "바로 신고하세요.")


class Source:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def search(self, question: Question) -> Sequence[Article]:
        return [self.article(key) for key in self.keys(question)[: question.limit]]

    def keys(self, question: Question) -> list[Any]:
        said = json_body(
            good(self.context.http.request("GET", f"{self.context.settings['api']}/?{self.query(question)}"))
        )
        if not isinstance(said, dict) or not isinstance(said.get("keys"), list):
            raise Unreadable("the help centre's answer is no list")
        return list(said["keys"])

    def query(self, question: Question) -> str:
        return urlencode({"q": question.text})

    def article(self, key: str) -> Article:
        return article(key)


def suite(provider: str, now: datetime) -> Suite:
    return Suite(
        settings={"api": provider},
        finds=[
            Finds("two", ASKED, [Answer.json({"keys": ["a", "b"]})], (article("a"), article("b"))),
            Finds("none", ASKED, [Answer.json({"keys": []})], ()),
            Finds("too often", ASKED, [Answer.json({}, 429)], Throttled),
        ],
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite)


def test_a_source_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Source))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results if result.outcome is Outcome.PASSED}
    assert {"carries_any_question", "tells_garbage_from_nothing", "slows_down_when_told", "works_in_a_crowd"} <= names
    assert not names & {"refuses_whoever_calls", "reaches_citizens", "reads_to_the_end"}


class CallsAllTheSame(Source):
    def article(self, key: str) -> Article:
        return replace(article(key), key="a")


class ShowsMarkup(Source):
    def article(self, key: str) -> Article:
        return replace(article(key), text="<b>바로</b> 신고하세요.")


class AnswersSomethingElse(Source):
    def article(self, key: str) -> Article:
        return replace(article(key), title="날씨")


class CutsTheQuestion(Source):
    def query(self, question: Question) -> str:
        return "q=" + quote(question.text, safe="&#? ").replace(" ", "+")


class GivesAllThereIs(Source):
    def search(self, question: Question) -> Sequence[Article]:
        return [self.article(key) for key in self.keys(question)]


class TakesGarbageForNothing(Source):
    def keys(self, question: Question) -> list[Any]:
        try:
            return super().keys(question)
        except Unreadable:
            return []


class TakesAnOutageForNothing(Source):
    def keys(self, question: Question) -> list[Any]:
        try:
            return super().keys(question)
        except ConnectorError:
            return []


class IsOffended(Source):
    failed = False

    def keys(self, question: Question) -> list[Any]:
        if self.failed:
            return []
        try:
            return super().keys(question)
        except ConnectorError:
            self.failed = True
            raise


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (CallsAllTheSame, "finds_articles_that_can_be_read"),
        (ShowsMarkup, "finds_articles_that_can_be_read"),
        (AnswersSomethingElse, "answers_as_the_table_says"),
        (CutsTheQuestion, "carries_any_question"),
        (GivesAllThereIs, "keeps_to_the_limit"),
        (TakesGarbageForNothing, "tells_garbage_from_nothing"),
        (TakesAnOutageForNothing, "retries_when_the_provider_fails"),
        (IsOffended, "answers_again_after_an_error"),
    ],
)
def test_a_source_s_broken_promise_is_found_by_its_check(
    install: Callable[[type], str], connector: type, check: str
) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()


def test_a_source_of_knowledge_is_nothing_else() -> None:
    with pytest.raises(ManifestError, match="a source of knowledge is nothing else"):
        Manifest.parse('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel", "knowledge"]\n')
