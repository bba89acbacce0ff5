"""How the model of topics is made: ``python -m plugins.classifier_korean.training [MORE.csv …]`` writes it anew.

``sentences.csv`` is ours, in the columns in which centres publish their questions (분류, 제목). Files of the same
columns, a centre's own questions or what agents corrected, may be given beside it. The same sentences make the same
model.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hub120_sdk.topics import topics

from plugins.classifier_korean.topics import grams

SENTENCES = Path(__file__).with_name("sentences.csv")
MODEL = Path(__file__).parents[1] / "topics.json"
SMOOTHING = 0.3
SCALE = 20
"""Weights are whole numbers of twentieths: the file stays small, and reads the same everywhere."""
Sentence = tuple[str, str]
"""A topic's id and a text about it."""


def read(paths: Iterable[Path]) -> list[Sentence]:
    """The sentences of files with the columns 분류 and 제목; those of other categories are left out."""
    ids = {one.ko: one.id for one in topics().values()}
    found = []
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as table:
            found += [(ids[row["분류"]], row["제목"]) for row in csv.DictReader(table) if row["분류"] in ids]
    return found


def train(sentences: Sequence[Sentence]) -> dict[str, list[int]]:
    """For each gram its weight for each topic, in the order of the table: complement naive Bayes, after which a gram
    counts against a topic as often as the sentences of all others hold it."""
    counts = {one: Counter[str]() for one in topics()}
    for topic, text in sentences:
        counts[topic].update(set(grams(text)))
    everywhere = sum(counts.values(), Counter())
    kept = sorted(everywhere)
    weights = [_weights(counts[topic], everywhere, kept) for topic in topics()]
    return {gram: row for gram, row in zip(kept, map(list, zip(*weights, strict=True)), strict=True) if any(row)}


def _weights(own: Mapping[str, int], everywhere: Mapping[str, int], kept: Sequence[str]) -> list[int]:
    """How much more often each gram stands in sentences of one topic than in those of all others."""
    here = sum(own[gram] for gram in kept) + SMOOTHING * len(kept)
    others = sum(everywhere[gram] - own[gram] for gram in kept) + SMOOTHING * len(kept)

    def weight(gram: str) -> int:
        share_here = (own[gram] + SMOOTHING) / here
        share_others = (everywhere[gram] - own[gram] + SMOOTHING) / others
        return round(SCALE * math.log(share_here / share_others))

    return [weight(gram) for gram in kept]


def written(model: Mapping[str, Sequence[int]]) -> str:
    """The model's file: one gram a line, so that a change of it can be read."""
    lines = ",\n".join(f'"{gram}":[{",".join(map(str, row))}]' for gram, row in model.items())
    ids = ",".join(f'"{one}"' for one in topics())
    return f'{{"topics":[{ids}],\n"grams":{{\n{lines}\n}}}}\n'
