"""The terms on which a process matches work: its settings, and plans and flags as they were a moment ago."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.database import Tx
from chassis.settings import Settings
from services.routing.domain.conduct import BUILT_IN
from services.routing.domain.work import USUAL_COSTS
from services.routing.store import conduct, plans
from services.routing.use_cases.matching import Terms

KEPT_S = 5.0
"""How soon a plan, a flag or a policy that was changed counts in every process."""


class TermsNow:
    """What is written in tables is read once every few seconds, not for every contact."""

    def __init__(self, settings: Settings) -> None:
        self._offer_s = float(settings.offer_seconds)
        self._costs = {**USUAL_COSTS, **{str(medium): cost for medium, cost in settings.medium_costs.items()}}
        self._terms = Terms(self._offer_s, self._costs)
        self._read_at = 0.0

    def read(self, tx: Tx) -> Terms:
        """The terms for this transaction."""
        now = tx.now.timestamp()
        if not 0 <= now - self._read_at < KEPT_S:
            self._terms, self._read_at = read_terms(tx, self._offer_s, self._costs), now
        return self._terms


def read_terms(tx: Tx, offer_s: float, costs: Mapping[str, int]) -> Terms:
    """The terms as they are now."""
    policy = conduct.policy(tx) or BUILT_IN
    return Terms(offer_s, costs, plans.all_plans(tx), conduct.flagged(tx), policy.team_skill, float(policy.team_wait_s))
