"""What a Korean text is about: a small linear model over the grams of two to four characters that its words are made
of. Korean needs no morphemes for this: the stem of a word is among its grams, whatever particle hangs on it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

READ_CHARACTERS = 600
"""What a message is about stands at its beginning; more is not read."""
SURE = 0.5
"""Below this a topic is not said: an agent sees none rather than a wrong one."""
_SCALE = 20.0
_SHORTEST, _LONGEST = 2, 4
_WORDS = re.compile(r"[가-힣a-z0-9]+")


def grams(text: str) -> list[str]:
    """Every gram of two to four characters of each word, the word's beginning marked."""
    words = [f"^{word}" for word in _WORDS.findall(text[:READ_CHARACTERS].casefold())]
    return [
        word[start : start + size]
        for word in words
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(word) - size + 1)
    ]


@dataclass(frozen=True, slots=True)
class Topics:
    """The model: for each gram the weight it has for each topic."""

    ids: Sequence[str]
    weights: Mapping[str, Sequence[int]]

    @classmethod
    def read(cls) -> Topics:
        """As ``training`` has written it."""
        found = json.loads(files(__package__).joinpath("topics.json").read_text(encoding="utf-8"))
        return cls(tuple(found["topics"]), {gram: tuple(row) for gram, row in found["grams"].items()})

    def of(self, text: str) -> tuple[str, float]:
        """As ``likeliest``, empty where it is too unsure."""
        topic, confidence = self.likeliest(text)
        return (topic, confidence) if confidence >= SURE else ("", confidence)

    def likeliest(self, text: str) -> tuple[str, float]:
        """The most likely topic and how sure it is; empty where nothing of the text is known."""
        rows = [row for gram in set(grams(text)) if (row := self.weights.get(gram))]
        if not rows:
            return "", 0.0
        scores = [sum(column) / _SCALE / math.sqrt(len(rows)) for column in zip(*rows, strict=True)]
        best = max(scores)
        confidence = 1 / sum(math.exp(score - best) for score in scores)
        return self.ids[scores.index(best)], confidence
