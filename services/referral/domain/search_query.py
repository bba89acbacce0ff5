"""What somebody looks for: the words of a query, what else they are called, and the terms of the index for all of it.

Synonyms come in as data. Each word of a query is one matter: of a service that speaks of it in several ways only the
best way counts, so that one that answers two matters comes before one that has three names for the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.referral.domain import korean
from services.referral.domain.search import initials_term, pair_term, word_term

WORD, PART, OVER_SPACE, SYNONYM, INITIALS = 1.0, 0.6, 0.5, 0.7, 1.0
"""How much a whole word counts, the pairs of one together, a pair over a space, what else it is called, initials."""
MOST_WORDS = 12
"""What a query says after so many words is not read."""
_MOST_SYNONYMS = 8


class Match(StrEnum):
    """How a word of a query was found."""

    WORD = "word"
    PART = "part"
    SYNONYM = "synonym"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to speak of a matter, with the terms it is found by and how much each counts."""

    matter: int
    """The place of the word in the text."""
    match: Match
    text: str
    """The word, or what else it is called."""
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Query:
    """A query, read."""

    matters: Mapping[int, str]
    """What of it means something, without what hangs on it, by place."""
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What people say, and what else it is called. ``by_start`` has what is said without spaces and endings, by its
    first syllable."""

    by_start: Mapping[str, Sequence[tuple[str, Sequence[str]]]]

    @classmethod
    def of(cls, groups: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Synonyms:
        """From groups of what is said and what it means to those who help."""
        known: dict[str, dict[str, list[str]]] = {}
        for said, meant in groups:
            for one in said:
                squeezed = "".join(word.stem for word in korean.words(one))
                others = known.setdefault(squeezed[0], {}).setdefault(squeezed, [])
                others.extend(other for other in meant if other != one and other not in others)
        return cls({start: [*by_said.items()] for start, by_said in known.items()})


def read(text: str, synonyms: Synonyms) -> Query:
    """What a query looks for; no ways if it says nothing useful."""
    found = korean.words(text)
    places = [place for place, word in enumerate(found) if _useful(word)][:MOST_WORDS]
    ways = [_own(place, found) for place in places]
    ways.extend(_otherwise(found, {found[place].stem for place in places}, synonyms))
    return Query({place: found[place].stem for place in sorted({way.matter for way in ways})}, ways)


def _useful(word: korean.Word) -> bool:
    if korean.is_initials(word.stem):
        return len(word.stem) > 1
    if word.stem in korean.STOP_WORDS or word.written in korean.STOP_WORDS:
        return False
    return len(word.stem) > 1 or korean.stands_alone(word.stem)


def _own(place: int, found: Sequence[korean.Word]) -> Way:
    word = found[place].stem
    if korean.is_initials(word):
        consonants = korean.simple(word)
        size = min(3, len(consonants))
        grams = {consonants[at : at + size] for at in range(len(consonants) - size + 1)}
        return Way(place, Match.INITIALS, consonants, {initials_term(gram): INITIALS for gram in grams})
    terms = _terms(word)
    if found[place].follows:
        before = found[place - 1].stem
        terms[pair_term(before[-1] + word[0])] = OVER_SPACE
        terms[word_term(before + word)] = OVER_SPACE
    return Way(place, Match.WORD, word, terms)


def _terms(word: str) -> dict[str, float]:
    pairs = korean.pairs(word)
    each = PART / len(pairs) ** 0.5 if pairs else 0.0
    return {word_term(word): WORD} | {pair_term(pair): each for pair in pairs}


def _otherwise(found: Sequence[korean.Word], told: set[str], synonyms: Synonyms) -> Iterator[Way]:
    """What else the words of a query are called; what is said in several words is looked for from each on."""
    stems = [word.stem for word in found[: 2 * MOST_WORDS]]
    for place in range(len(stems)):
        for other in _called(stems[place:], synonyms):
            if other not in told:
                told.add(other)
                yield _way(place, other)


def _called(stems: Sequence[str], synonyms: Synonyms) -> list[str]:
    """What else these words are called, whose first begins what is said, or ends in it."""
    squeezed = "".join(stems)
    others: list[str] = []
    for said, meant in synonyms.by_start.get(squeezed[:1], ()):
        if squeezed.startswith(said) and (len(said) > 1 or said == stems[0]):
            others.extend(meant)
    first = stems[0]
    for at in range(1, len(first) - 1):
        for said, meant in synonyms.by_start.get(first[at], ()):
            if len(said) > 1 and first[at:] == said:
                others.extend(meant)
    return others[:_MOST_SYNONYMS]


def _way(matter: int, other: str) -> Way:
    terms: dict[str, float] = {}
    found = korean.words(other)
    for word in found:
        terms.update(_terms(word.stem))
    terms.update((pair_term(pair), OVER_SPACE) for pair in korean.pairs_over_spaces(found))
    return Way(matter, Match.SYNONYM, other, {term: SYNONYM * weight for term, weight in terms.items()})
