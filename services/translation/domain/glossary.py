"""The glossary on words: which terms are in a text, and whether a translation has kept them.

Terms are found as they are written, letter case aside; Korean particles stand behind them and do not hide them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_TERMS = 50
"""Terms of one text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what it is called in the citizen's language."""

    korean: str
    translation: str


@dataclass(frozen=True, slots=True)
class Use:
    """How a term was treated in a translation."""

    korean: str
    translation: str
    kept: bool


def terms_in(text: str, entries: Iterable[Entry], *, korean: bool) -> list[Entry]:
    """The terms of a text in Korean, or in the citizen's language; of terms within each other the longest alone."""
    folded, found = text.casefold(), []
    for entry in sorted(entries, key=lambda one: -len(_side(one, korean=korean))):
        name = _side(entry, korean=korean).casefold()
        if name and name in folded:
            folded = folded.replace(name, "\n")
            found.append(entry)
    return found[:MOST_TERMS]


def as_words(entries: Iterable[Entry], *, korean: bool) -> Mapping[str, str]:
    """The terms of a text as interpreters get them: as they stand there, and what each is called on the other side."""
    return {_side(one, korean=korean): _side(one, korean=not korean) for one in entries}


def uses(translation: str, terms: Mapping[str, str], *, korean: bool) -> list[Use]:
    """Whether a translation has each term; ``korean`` says that it was translated from Korean."""
    folded = translation.casefold()
    return [
        Use(*((term, called) if korean else (called, term)), kept=called.casefold() in folded)
        for term, called in terms.items()
    ]


def written_out(text: str, terms: Mapping[str, str], missed: Sequence[Use], *, korean: bool) -> str:
    """A text with the terms that its translation missed put in as they are called on the other side: a machine leaves
    what is already there."""
    for use in missed:
        name = use.korean if korean else use.translation
        text = re.sub(re.escape(name), terms[name].replace("\\", r"\\"), text, flags=re.IGNORECASE)
    return text


def _side(entry: Entry, *, korean: bool) -> str:
    return entry.korean if korean else entry.translation
