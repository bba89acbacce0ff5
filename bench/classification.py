"""How well texts are classified, on sentences that nothing was made from: language, topic, crisis words.

``python -m bench.classification``. The sentences are in ``bench/classified``; each figure stands beside what always
saying the most frequent answer would reach. With ``HUB120_MINWON`` naming a folder of questions that a centre published
(CSV with the columns 분류 and 제목) the shipped model is tried on all of them, and one trained on four fifths of them
on the rest.
"""

from __future__ import annotations

import csv
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from hub120_sdk import Context, Urgency
from hub120_sdk.testing.http import PlainHttp
from hub120_sdk.topics import topics

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from plugins.classifier_korean import training
from plugins.classifier_korean.classifier import KoreanClassifier
from plugins.classifier_korean.topics import SURE, Topics

HELD_OUT = Path(__file__).with_name("classified")
LOADED_WITHIN_S, TIMED = 20.0, 2_000
USUAL = "우리 골목 가로등이 사흘째 꺼져 있어요. 밤에 너무 어두워서 걱정입니다. 언제 고쳐 주시나요?"
Labelled = Sequence[tuple[str, str]]
"""What a text is, and the text."""


def labelled(name: str) -> Labelled:
    """A table of held-out sentences."""
    with (HELD_OUT / name).open(encoding="utf-8", newline="") as table:
        return [(label, text) for label, text in list(csv.reader(table))[1:]]


def majority(told: Labelled) -> float:
    """The percentage that always saying the most frequent answer reaches."""
    return 100 * Counter(label for label, _ in told).most_common(1)[0][1] / len(told)


def accuracy(what: str, told: Labelled, say: Callable[[str], str], bar: float | None = None) -> Figure:
    """How many of a hundred are right, beside the most frequent answer."""
    right, baseline = 100 * statistics.mean(say(text) == label for label, text in told), majority(told)
    note = f"{len(told)} sentences; always the most frequent: {baseline:.0f} %"
    return Figure(what, right, "%", bar, ratio=right / baseline, note=note)


def sure(what: str, told: Labelled, model: Topics) -> Figure:
    """As ``accuracy``, with how many texts the model says nothing of, and how good the rest is."""
    said = [(label, *model.of(text)) for label, text in told]
    known = [(label, topic) for label, topic, _ in said if topic]
    right = 100 * statistics.mean(label == topic for label, topic in known)
    share = 100 * len(known) / len(said)
    return Figure(what, right, "%", note=f"says a topic of {share:.0f} %, from a confidence of {SURE:g} on")


def best(model: Topics) -> Callable[[str], str]:
    """The most likely topic, however unsure."""
    return lambda text: model.likeliest(text)[0]


def crisis(classifier: KoreanClassifier) -> list[Figure]:
    """Of the urgent texts, how many are seen; of those taken for urgent, how many are."""
    told = labelled("crisis.csv")
    said = [(Urgency(label), classifier.classify(text).urgency) for label, text in told]
    urgent = {Urgency.LIFE_SAFETY, Urgency.SAFETY}
    seen = [found in urgent for wanted, found in said if wanted in urgent]
    true = [wanted in urgent for wanted, found in said if found in urgent]
    note = f"{len(seen)} urgent sentences, {len(said) - len(seen)} that look like it; always saying normal sees none"
    return [
        Figure("crisis words: urgent texts seen (recall)", 100 * statistics.mean(seen), "%", 90, note=note),
        Figure("crisis words: alarms that are true (precision)", 100 * statistics.mean(true), "%", 85),
        accuracy("crisis words: class", told, lambda text: classifier.classify(text).urgency),
    ]


def speed(classifier: KoreanClassifier) -> Figure:
    """How long a usual Korean message takes."""
    took = []
    for _ in range(TIMED):
        started = time.perf_counter()
        classifier.classify(USUAL)
        took.append(time.perf_counter() - started)
    note = f"{len(USUAL)} characters; load {machine.load()}"
    return Figure("classify a Korean message, median", statistics.median(took) * 1000, "ms", 0.3, True, note=note)


def published(folder: Path) -> list[Figure]:
    """On the questions that a centre published: the shipped model, and one that has seen four fifths of them."""
    told = training.read(sorted(folder.glob("*.csv")))
    rest, seen = told[::5], [one for number, one in enumerate(told) if number % 5]
    trained = model_of([*training.read([training.SENTENCES]), *seen])
    return [
        accuracy("topic of published questions, as shipped", told, best(Topics.read())),
        accuracy("topic of published questions, trained on others of them", rest, best(trained)),
        sure("topic of published questions, trained, where it is sure", rest, trained),
    ]


def model_of(sentences: Sequence[training.Sentence]) -> Topics:
    """A model made of these sentences."""
    weights = {gram: tuple(row) for gram, row in training.train(sentences).items()}
    return Topics(tuple(topics()), weights)


def loaded(classifier: KoreanClassifier) -> None:
    """Wait until the library of languages is there, as it is after the first text that needs it."""
    until = time.monotonic() + LOADED_WITHIN_S
    while not classifier.languages.loaded() and time.monotonic() < until:
        classifier.classify("Quo usque tandem abutere?")


def measure() -> list[Figure]:
    """Everything."""
    http: PlainHttp = None  # type: ignore[assignment] # it has no way out, and needs none
    classifier = KoreanClassifier(Context({}, {}, http, lambda: datetime.now(UTC)))
    loaded(classifier)
    ids = {one.ko: one.id for one in topics().values()}
    own = [(ids[label], text) for label, text in labelled("topics.csv")]
    shared = {text for _, text in training.read([training.SENTENCES])} & {text for _, text in own}
    assert not shared, f"in the training, too: {shared}"
    found = [
        accuracy("language", labelled("languages.csv"), lambda text: classifier.classify(text).language, 90),
        accuracy("topic", own, best(Topics.read()), 70),
        sure("topic, where it is sure", own, Topics.read()),
        *crisis(classifier),
        speed(classifier),
    ]
    folder = os.environ.get("HUB120_MINWON")
    if folder:
        return [*found, *published(Path(folder))]
    CONSOLE.print("  HUB120_MINWON names no folder of published questions: only our own sentences are tried")
    return found


if __name__ == "__main__":
    finish("Classification", measure())
