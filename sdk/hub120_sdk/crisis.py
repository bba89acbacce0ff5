"""Crisis words: they raise how urgent a text is, whatever else is said of it.

A pure function over the tables of ``crisis_words``, which connectors and the hub share: the hub looks for itself, so a
classifier that overlooks a word changes nothing. It never lowers anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hub120_sdk.classification import Urgency
from hub120_sdk.crisis_words import Danger, foreign, korean

READ_CHARACTERS = 12_000
"""Of a longer text, the beginning and the end are read, half of this each."""
_APART = re.compile(r"(?<![가-힣])([가-힣]) (?=[가-힣](?![가-힣]))")
"""Between syllables that stand alone one after the other: 가 스 is 가스."""
_AROUND_CHARACTERS = 14
_LONGEST_WORD, _MOST_WORDS = 60, 10

_SCRIPTS = {
    "korean": re.compile(r"[가-힣]"),
    "latin": re.compile(r"[a-z]"),
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]{2}"),
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """What crisis words make of a text: how urgent it is because of them, which kinds of danger, and the words."""

    urgency: Urgency = Urgency.NORMAL
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sought:
    """A danger, ready to be looked for."""

    urgency: Urgency
    kind: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


def alarm(text: str) -> Alarm:
    """How urgent the crisis words in a text make it; ``NORMAL`` where there are none. Never raises."""
    folded = _folded(text)
    hits = [hit for script in _SCRIPTS if _SCRIPTS[script].search(folded) for hit in _hits(folded, script)]
    if not hits:
        return Alarm()
    urgency = Urgency.LIFE_SAFETY if any(one.urgency is Urgency.LIFE_SAFETY for one, _ in hits) else Urgency.SAFETY
    kinds = dict.fromkeys(one.kind for one, _ in hits if one.urgency is urgency)
    words = dict.fromkeys(word[:_LONGEST_WORD] for one, word in hits if one.urgency is urgency)
    return Alarm(urgency, tuple(kinds), tuple(words)[:_MOST_WORDS])


def _folded(text: str) -> str:
    half = READ_CHARACTERS // 2
    read = text if len(text) <= READ_CHARACTERS else f"{text[:half]}\n{text[-half:]}"
    lines = unicodedata.normalize("NFC", read).casefold().replace("\u2019", "'").splitlines()
    return _APART.sub(r"\1", "\n".join(" ".join(line.split()) for line in lines))


def _hits(folded: str, script: str) -> Iterator[tuple[_Sought, str]]:
    for sought in _sought(script):
        for match in sought.words.finditer(folded):
            if sought.unless is None or not sought.unless.search(folded, *_around(folded, match)):
                yield sought, match[0]
                break


def _around(folded: str, match: re.Match[str]) -> tuple[int, int]:
    """Where a word would take the alarm back: in the same sentence, close by."""
    first, last = max(0, match.start() - _AROUND_CHARACTERS), min(len(folded), match.end() + _AROUND_CHARACTERS)
    before = max(folded.rfind(sign, first, match.start()) for sign in ".!?\n")
    ends = [end for sign in ".!?\n" if (end := folded.find(sign, match.end(), last)) >= 0]
    return max(first, before + 1), min([last, *ends])


@cache
def _sought(script: str) -> Sequence[_Sought]:
    life, safety = (
        (korean.LIFE_SAFETY, korean.SAFETY)
        if script == "korean"
        else (foreign.LIFE_SAFETY[script], foreign.SAFETY[script])
    )
    blank = r"\s?" if script in {"korean", "han"} else r"\s"
    both = ((Urgency.LIFE_SAFETY, life), (Urgency.SAFETY, safety))
    return [_compiled(urgency, one, blank) for urgency, dangers in both for one in dangers]


def _compiled(urgency: Urgency, danger: Danger, blank: str) -> _Sought:
    unless = re.compile(danger.unless.replace(" ", blank)) if danger.unless else None
    return _Sought(urgency, danger.kind, re.compile(danger.words.replace(" ", blank)), unless)
