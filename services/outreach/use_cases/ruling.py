"""Rules by which alerts make notices propose themselves: supervisors write them."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from services.outreach.domain.notices import Rule
from services.outreach.store import notice_rules

MOST_RULES = 200


def put_rule(tx: Tx, rule: Rule, by: str) -> None:
    """Write a rule, in the place of one with its id."""
    if notice_rules.others(tx, rule.id) >= MOST_RULES:
        raise PreconditionFailed("TOO_MANY_RULES", f"there are {MOST_RULES} rules: remove one first")
    notice_rules.put(tx, rule, by)


def rules(tx: Tx) -> Sequence[Rule]:
    """Every rule."""
    return notice_rules.every(tx)


def remove_rule(tx: Tx, rule_id: str) -> None:
    """There is no such rule any more. Raises ``NotFound``."""
    if not notice_rules.remove(tx, rule_id):
        raise NotFound("notice rule", rule_id)
