"""What of a service or an article is searched, and how much each word of it counts.

Either becomes terms, each with its impact: a number from 1 to 255 that says how much it is about the term
(BM25F: occurrences weigh by the field in which they stand, a long field counts less, and repeating a word gains
little). The index keeps impacts, so that a search only adds up. How rare a term is comes in when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from services.referral.domain import korean

COUNTRY = "KR"
"""The area of a service that is there for the whole country."""
UNNAMED = "none"
"""Stands for the area, age, life stage or target of a service that names none."""
LARGEST_IMPACT = 255
_SATURATES = 1.2
_LENGTH_COUNTS = 0.6
_PROVINCE, _DISTRICT, _OLDEST = 2, 5, 139


class Collection(StrEnum):
    """What is searched together: each is numbered, counted and ranked by itself."""

    SERVICE = "service"
    ARTICLE = "article"


class Field(StrEnum):
    """Where in a service a word stands; an article has a name, a category and a text."""

    NAME = "name"
    ALTERNATE_NAME = "alternate_name"
    ORGANIZATION = "organization"
    TAXONOMY = "taxonomy"
    DESCRIPTION = "description"
    ELIGIBILITY = "eligibility"


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much a field counts, and how many words it usually has."""

    weight: float
    words: int


SERVICE_FIELDS: Mapping[Field, Weighed] = {
    Field.NAME: Weighed(3.0, 3),
    Field.ALTERNATE_NAME: Weighed(2.5, 3),
    Field.ORGANIZATION: Weighed(0.8, 3),
    Field.TAXONOMY: Weighed(1.0, 6),
    Field.DESCRIPTION: Weighed(1.0, 25),
    Field.ELIGIBILITY: Weighed(0.6, 20),
}
ARTICLE_FIELDS: Mapping[Field, Weighed] = {
    Field.NAME: Weighed(3.0, 4),
    Field.TAXONOMY: Weighed(0.8, 1),
    Field.DESCRIPTION: Weighed(1.2, 80),
}
_NAMES = (Field.NAME, Field.ALTERNATE_NAME)

Texts = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """What a service is filtered by."""

    areas: Sequence[str]
    """District codes, or ``KR``."""
    terms: Sequence[tuple[str, str]]
    """Taxonomy and code."""
    kind: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    """The youngest and the oldest."""


def word_term(word: str) -> str:
    """The index's term for a whole word."""
    return f"={word}"


def pair_term(pair: str) -> str:
    """The index's term for two syllables."""
    return f"~{pair}"


def initials_term(gram: str) -> str:
    """The index's term for some initial consonants of a name."""
    return f"^{gram}"


def mark_term(kind: str, value: str) -> str:
    """The index's term for what services are filtered by: ``area``, ``age``, ``kind`` or a taxonomy."""
    return f"@{kind}:{value}"


def impacts(texts: Texts, fields: Mapping[Field, Weighed], marked: Marked | None = None) -> dict[str, int]:
    """Everything a service, or an article that is marked by nothing, is found by, with how much it counts."""
    strength: dict[str, float] = {}
    for field, text in texts.items():
        found = korean.words(text)
        if not found:
            continue
        weighed = fields[field]
        counts = weighed.weight / (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * len(found) / weighed.words)
        for term in _terms(found):
            strength[term] = strength.get(term, 0.0) + counts
    known = {term: _impact(one) for term, one in strength.items()}
    for field in _NAMES:
        known.update(
            (initials_term(gram), LARGEST_IMPACT) for gram in korean.grams(korean.initials(texts.get(field, "")))
        )
    if marked is not None:
        known.update((term, LARGEST_IMPACT) for term in _marks(marked))
    return known


def _impact(strength: float) -> int:
    return max(1, round(LARGEST_IMPACT * strength / (strength + _SATURATES)))


def _terms(found: Sequence[korean.Word]) -> Iterator[str]:
    for word in found:
        yield from terms_of(word.stem)
    yield from map(pair_term, korean.pairs_over_spaces(found))


@lru_cache(maxsize=65_536)
def terms_of(stem: str) -> tuple[str, ...]:
    """What a word is found by; nothing for one that says nothing."""
    if stem in korean.STOP_WORDS:
        return ()
    return (word_term(stem), *map(pair_term, korean.pairs(stem)))


def _marks(marked: Marked) -> Iterator[str]:
    named = {"area": [*marked.areas], "life_stage": [], "target": [], "age": decades(*marked.ages)}
    for taxonomy, code in marked.terms:
        named.setdefault(taxonomy, []).append(code)
    for kind, values in named.items():
        yield from (mark_term(kind, value) for value in values or [UNNAMED])
    if marked.kind:
        yield mark_term("kind", marked.kind)


def decades(youngest: int | None, oldest: int | None) -> list[str]:
    """The decades of age in which somebody may be, for a first look; none where no age is named."""
    if youngest is None and oldest is None:
        return []
    first, last = youngest or 0, _OLDEST if oldest is None else oldest
    return [str(decade) for decade in range(first // 10, min(last, _OLDEST) // 10 + 1)]


def containing(area: str) -> tuple[str, ...]:
    """A district and what it lies in, the smallest first; the whole country is the last."""
    sizes = [size for size in (len(area), _DISTRICT, _PROVINCE) if size <= len(area)]
    return (*dict.fromkeys(area[:size] for size in sizes), COUNTRY)
