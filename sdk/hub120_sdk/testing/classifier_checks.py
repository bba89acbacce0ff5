"""Classifiers: what the table says of its texts, an answer to any text at all, the same to everyone, and soon."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from hub120_sdk.classification import Classification, Urgency
from hub120_sdk.crisis import alarm
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.grading import Grade, check, expect, must, undisturbed_s
from hub120_sdk.topics import topics

BUDGET_S = 0.025
_THREADS, _TIMED = 8, 50
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_RANK = list(Urgency)
_ANY = (
    *("", " ", "\n\n", "?", "ㅋㅋㅋ", "😀", "12345", "<html>&nbsp;</html>", "\u202e\u200b\ufffd", "가" * 100_000),
    *("a" * 100_000, "?! " * 30_000, "ㄱㄴㄷ", "é́́́", "https://example.org/" + "x" * 2_000),
)
"""What also comes in: nothing, signs alone, one endless word."""


@check(Grade.BRONZE, capability="classifier")
def classifies_as_the_table_says(bench: Bench) -> None:
    """Language, topic and urgency of every text of the table are what it says."""
    must(bench.suite.classifies, "the table has no text to classify")
    for row in bench.suite.classifies:
        said = _classified(bench, row.text, row.name)
        for field in ("language", "topic", "urgency"):
            wanted, got = getattr(row, field), getattr(said, field)
            must(wanted is None or got == wanted, f"{row.name}: {field} is {got!r}, not {wanted!r}")


@check(Grade.BRONZE, capability="classifier")
def answers_to_any_text(bench: Bench) -> None:
    """Nothing, signs, endless words: each is classified, with known topics and confidences between 0 and 1."""
    for text in _ANY:
        _classified(bench, text, f"a text of {len(text)} characters")


@check(Grade.SILVER, capability="classifier")
def heeds_crisis_words(bench: Bench) -> None:
    """A text of the table is at least as urgent as its crisis words make it."""
    for row in bench.suite.classifies:
        said, found = _classified(bench, row.text, row.name).urgency, alarm(row.text).urgency
        calm = found is Urgency.NORMAL or _RANK.index(said) <= _RANK.index(found)
        must(calm, f"{row.name}: it is {said}, its crisis words make it {found}")


@check(Grade.GOLD, capability="classifier")
def classifies_alike_in_a_crowd(bench: Bench) -> None:
    """Eight threads at once are told what one is told."""
    texts = [row.text for row in bench.suite.classifies]
    wanted = [bench.classifier.classify(text) for text in texts]
    with ThreadPoolExecutor(_THREADS) as pool:
        outcomes = list(pool.map(bench.classifier.classify, texts * _THREADS))
    must(outcomes == wanted * _THREADS, "a text was classified otherwise in a crowd")


@check(Grade.GOLD, capability="classifier")
def classifies_soon(bench: Bench) -> None:
    """A text of the table takes 25 ms at most, where nothing else disturbs it: a citizen's message waits for it."""
    for row in bench.suite.classifies:
        took_s = undisturbed_s(partial(bench.classifier.classify, row.text), _TIMED)
        must(took_s <= BUDGET_S, f"{row.name}: it takes {took_s * 1000:.1f} ms")


def _classified(bench: Bench, text: str, where: str) -> Classification:
    """What the classifier says, if it is a classification through and through."""
    said = expect(bench.classifier.classify(text), Classification, where)
    must(not said.language or _LANGUAGE.fullmatch(said.language), f"{where}: {said.language!r} is no BCP 47 tag")
    must(not said.topic or said.topic in topics(), f"{where}: {said.topic!r} is no topic of hub120_sdk.topics")
    sane = 0 <= said.confidence <= 1 and 0 <= said.language_confidence <= 1
    must(sane, f"{where}: a confidence is not between 0 and 1")
    must(isinstance(said.urgency, Urgency), f"{where}: {said.urgency!r} is no Urgency")
    return said


CHECKS = (
    classifies_as_the_table_says,
    answers_to_any_text,
    heeds_crisis_words,
    classifies_alike_in_a_crowd,
    classifies_soon,
)
