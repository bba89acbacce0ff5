"""Work in a language that no agent at work speaks: who may take it then, by what translation says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from services.routing.domain.work import DEFAULT_LANGUAGE

LANGUAGE = "language:"
"""How a language begins among abilities."""


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
    return [one for one in needs if one.startswith(LANGUAGE) and _name(one) != DEFAULT_LANGUAGE]


def interpreted(needs: Sequence[str]) -> tuple[str, ...]:
    """What is needed of an agent with whom somebody interprets: the centre's own language in place of the citizen's."""
    others = [one for one in needs if one not in foreign(needs)]
    own = [LANGUAGE + DEFAULT_LANGUAGE] if len(others) < len(needs) else []
    return tuple(sorted({*others, *own}))


def _name(ability: str) -> str:
    """The language of an ability, whatever the level."""
    return ability.removeprefix(LANGUAGE).partition("/")[0]
