"""Coverage as people write and ask it: rules, and who interprets at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis import calendars
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from services.translation.domain.coverage import (
    MEDIA,
    ZONE,
    Abilities,
    Answer,
    Asked,
    Calendar,
    Rule,
    answer,
    changes_at,
    languages,
)
from services.translation.sample import sample
from services.translation.store import coverage as store

MOST_RULES = 200


@dataclass(frozen=True, slots=True)
class Covered:
    """The answer for one language, medium and moment, and when it changes."""

    asked: Asked
    answer: Answer
    changes_at: float | None


def calendar_at(at: float) -> Calendar:
    """The clocks of the centre, and the public holidays around a moment."""
    year = datetime.fromtimestamp(at, ZONE).year
    return Calendar(calendars.of_years(year - 1, year + 1))


def rules_now(tx: Tx, extra_language: str) -> Sequence[Rule]:
    """The rules of the centre; the sample, as long as it has written none."""
    return store.rules(tx) or sample(extra_language)


def put_rule(tx: Tx, rule: Rule, extra_language: str) -> Rule:
    """Create or change a rule. Whoever writes the first one changes the sample, and keeps the rest of it."""
    known = _written(tx, extra_language)
    if rule.id not in known and len(known) >= MOST_RULES:
        raise PreconditionFailed("TOO_MANY_RULES", f"there are {MOST_RULES} rules: change or remove one of them")
    store.put_rule(tx, rule)
    return rule


def remove_rule(tx: Tx, rule_id: str, extra_language: str) -> None:
    """Drop a rule. Without any there is the sample again."""
    _written(tx, extra_language)
    if not store.remove_rule(tx, rule_id):
        raise NotFound("coverage rule", rule_id)


def _written(tx: Tx, extra_language: str) -> set[str]:
    """The ids of the rules, the sample written down where there were none."""
    found: Sequence[Rule] = store.rules(tx)
    if not found:
        found = sample(extra_language)
        for rule in found:
            store.put_rule(tx, rule)
    return {rule.id for rule in found}


def list_coverage(
    tx: Tx, wanted: Sequence[str], medium: str, residence_status: str, at: float, abilities: Abilities, extra: str
) -> list[Covered]:  # fmt: skip
    """Who interprets at a moment, by language, then medium; without languages for all that are covered."""
    rules, calendar = rules_now(tx, extra), calendar_at(at)
    found = []
    for language in sorted(set(wanted)) or languages(rules):
        for one in (medium,) if medium else MEDIA:
            asked = Asked(language, one, residence_status)
            now = answer(rules, asked, at, calendar, abilities)
            found.append(Covered(asked, now, changes_at(rules, asked, at, calendar, abilities)))
    return found


def list_languages(tx: Tx, extra_language: str) -> list[str]:
    """The languages that are covered, by code."""
    return languages(rules_now(tx, extra_language))
