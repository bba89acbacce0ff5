"""The kit on classifiers: the model keeps every promise, and each broken one is found by its check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hub120_sdk import Classification, Context, Manifest, ManifestError, Urgency
from hub120_sdk.crisis import alarm
from hub120_sdk.testing import CHECKS, Classifies, Grade, Outcome, Suite, run
from hub120_sdk.topics import topics

MANIFEST = Manifest("classifier_model", "Classifier model", frozenset({"classifier"}), "tests")


class Model:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def classify(self, text: str) -> Classification:
        topic = "transport" if "bus" in text else ""
        return Classification("en" if text else "", topic, alarm(text).urgency, confidence=float(bool(topic)))


def suite(provider: str, now: datetime) -> Suite:
    return Suite(
        classifies=[
            Classifies("a bus", "the bus is late", "en", "transport", Urgency.NORMAL),
            Classifies("a fire", "the bus is on fire", "en", urgency=Urgency.LIFE_SAFETY),
            Classifies("anything", "hello"),
        ]
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite)


def test_a_classifier_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Model))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results if result.outcome is Outcome.PASSED}
    assert {"classifies_as_the_table_says", "answers_to_any_text", "heeds_crisis_words", "classifies_soon"} <= names


class SaysOtherwise(Model):
    def classify(self, text: str) -> Classification:
        return replace(super().classify(text), topic="health" if "bus" in text else "")


class InventsTopics(Model):
    def classify(self, text: str) -> Classification:
        return replace(super().classify(text), topic="aliens")


class IsTooSure(Model):
    def classify(self, text: str) -> Classification:
        return replace(super().classify(text), confidence=7.0)


class SpeaksNoLanguage(Model):
    def classify(self, text: str) -> Classification:
        return replace(super().classify(text), language="what?!")


class NeedsWords(Model):
    def classify(self, text: str) -> Classification:
        return replace(super().classify(text), language=text.split(maxsplit=1)[0][:2])


class StaysCalm(Model):
    def classify(self, text: str) -> Classification:
        return replace(super().classify(text), urgency=Urgency.NORMAL)


class Remembers(Model):
    count = 0

    def classify(self, text: str) -> Classification:
        self.count += 1
        return replace(super().classify(text), confidence=1 / self.count)


class TakesItsTime(Model):
    def classify(self, text: str) -> Classification:
        time.sleep(0.04)
        return super().classify(text)


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (SaysOtherwise, "classifies_as_the_table_says"),
        (InventsTopics, "answers_to_any_text"),
        (IsTooSure, "answers_to_any_text"),
        (SpeaksNoLanguage, "answers_to_any_text"),
        (NeedsWords, "answers_to_any_text"),
        (StaysCalm, "heeds_crisis_words"),
        (Remembers, "classifies_alike_in_a_crowd"),
        (TakesItsTime, "classifies_soon"),
    ],
)
def test_a_broken_promise_is_found_by_its_check(install: Callable[[type], str], connector: type, check: str) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()


def test_a_classifier_is_nothing_else() -> None:
    with pytest.raises(ManifestError, match="a classifier is nothing else"):
        Manifest.parse('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel", "classifier"]\n')


def test_topics_have_stable_ids_and_both_names() -> None:
    assert list(topics()) == [
        *("administration", "economy", "welfare", "culture_tourism", "environment"),
        *("safety", "transport", "health", "family", "housing"),
    ]
    assert all(one.ko and one.en for one in topics().values())
