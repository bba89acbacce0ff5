"""Whom a service is for: place, age, life stage, target, need, kind. What a service says nothing of is no reason to
hide it, except a need and a kind that were asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from services.referral.domain.search import UNNAMED, containing, decades, mark_term

STALE_AFTER_S = 180 * 86_400.0
STALE, VERY_STALE, NEVER_ASSURED = 0.93, 0.85, 0.9
"""What is left of the score of a service that nobody has said to be right for half a year, for a year, or ever."""
NO_AREA = 0.9
"""What is left where a place was asked for and the service names none."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom help is looked for."""

    needs: Collection[str] = ()
    area: str = ""
    """The digits of a district code, 2, 5 or 10 of them."""
    age: int | None = None
    """In years."""
    life_stages: Collection[str] = ()
    targets: Collection[str] = ()
    kind: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        asked = (self.needs, self.area, self.life_stages, self.targets, self.kind)
        return any(asked) or self.age is not None


@dataclass(frozen=True, slots=True)
class Offered:
    """What a service says of whom it is for."""

    kind: str
    minimum_age: int | None
    maximum_age: int | None
    areas: Collection[str]
    terms: Collection[str]
    """``life_stage:…``, ``target:…`` and ``need:…``."""
    assured_at: float | None


def marks(asked: Filters) -> Iterator[Sequence[str]]:
    """For each filter the terms of the index of which a service that passes has at least one. Those that have one need
    not pass: only ``passes`` knows."""
    if asked.area:
        yield [mark_term("area", area) for area in (*containing(asked.area), UNNAMED)]
    if asked.needs:
        yield [mark_term("need", need) for need in asked.needs]
    if asked.kind:
        yield [mark_term("kind", asked.kind)]
    if asked.age is not None:
        yield [mark_term("age", decade) for decade in (*decades(asked.age, asked.age), UNNAMED)]
    for taxonomy, wanted in (("life_stage", asked.life_stages), ("target", asked.targets)):
        if wanted:
            yield [mark_term(taxonomy, one) for one in (*wanted, UNNAMED)]


def passes(asked: Filters, offered: Offered) -> bool:
    """Whether a service is for them."""
    return (
        (not asked.kind or asked.kind == offered.kind)
        and (not asked.area or not offered.areas or area_of(asked, offered) != "")
        and _age_fits(asked.age, offered)
        and (not asked.needs or _named(asked.needs, "need", offered))
        and _fits(asked.life_stages, "life_stage", offered)
        and _fits(asked.targets, "target", offered)
    )


def area_of(asked: Filters, offered: Offered) -> str:
    """The area of the service in which the place lies, the smallest; empty if there is none."""
    return next((area for area in containing(asked.area) if area in offered.areas), "")


def freshness(assured_at: float | None, now: float) -> float:
    """What is left of a score: 1 for what somebody said to be right within half a year."""
    if not assured_at:
        return NEVER_ASSURED
    age_s = now - assured_at
    return 1.0 if age_s <= STALE_AFTER_S else STALE if age_s <= 2 * STALE_AFTER_S else VERY_STALE


def placing(asked: Filters, offered: Offered) -> float:
    """What is left of a score for the place."""
    return NO_AREA if asked.area and not offered.areas else 1.0


def names_any(taxonomy: str, offered: Offered) -> bool:
    """Whether a service says anything of a taxonomy."""
    return any(term.startswith(f"{taxonomy}:") for term in offered.terms)


def _age_fits(age: int | None, offered: Offered) -> bool:
    if age is None:
        return True
    lowest, highest = offered.minimum_age, offered.maximum_age
    return (lowest is None or age >= lowest) and (highest is None or age <= highest)


def _named(wanted: Collection[str], taxonomy: str, offered: Offered) -> bool:
    return any(f"{taxonomy}:{one}" in offered.terms for one in wanted)


def _fits(wanted: Collection[str], taxonomy: str, offered: Offered) -> bool:
    return not wanted or not names_any(taxonomy, offered) or _named(wanted, taxonomy, offered)
