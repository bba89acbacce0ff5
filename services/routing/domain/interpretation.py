"""Work in a language that no agent at work speaks: who may take it then, by what translation says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import product

from services.routing.domain.work import DEFAULT_LANGUAGE

LANGUAGE = "language:"
"""How a language begins among abilities."""
EITHER = "|"
"""Between two abilities of which one is needed: ``language:ar|language:ko``."""


class Interpretation(StrEnum):
    """What is done about the language of a work item."""

    ASKED = "asked"
    INTERPRETER = "interpreter"
    MACHINE = "machine"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


ANSWERED = frozenset(Interpretation) - {Interpretation.ASKED}
"""Any agent may take it."""

INTERPRETATION_MOVES: Mapping[Interpretation, frozenset[Interpretation]] = {
    Interpretation.ASKED: ANSWERED,
    Interpretation.INTERPRETER: frozenset(),
    Interpretation.MACHINE: frozenset(),
    Interpretation.NOBODY: frozenset(),
    Interpretation.UNKNOWN: frozenset(),
}


def foreign(needs: Iterable[str]) -> list[str]:
    """Of what is needed, the languages other than the centre's own."""
    return [one for one in needs if one.startswith(LANGUAGE) and EITHER not in one and _name(one) != DEFAULT_LANGUAGE]


def interpreted(needs: Sequence[str]) -> tuple[str, ...]:
    """What is needed of an agent where somebody interprets: the citizen's language, or the centre's own."""
    others = [one for one in needs if one not in foreign(needs)]
    return tuple(sorted({*others, *(f"{one}{EITHER}{LANGUAGE}{DEFAULT_LANGUAGE}" for one in foreign(needs))}))


def alternatives(needs: Iterable[str]) -> list[tuple[str, ...]]:
    """What is enough, one way or the other; an agent who speaks with the citizen first."""
    return [tuple(sorted(set(one))) for one in product(*(need.split(EITHER) for need in needs))]


def has(able: Collection[str], need: str) -> bool:
    """Whether somebody with these abilities has what is needed, one way or the other."""
    return any(one in able for one in need.split(EITHER))


def _name(ability: str) -> str:
    """The language of an ability, whatever the level."""
    return ability.removeprefix(LANGUAGE).partition("/")[0]
