"""Referrals in metrics: how many are open, by where they stand, and for how many a supervisor is wanted. Each worker
tells them, so dashboards take the largest."""

from __future__ import annotations

from chassis import telemetry
from chassis.telemetry.attributes import STATE
from services.referral.domain.referrals import OVER, ReferralState
from services.referral.use_cases.figures import Now

_open = telemetry.gauge("hub120.referral.open", "{referral}", "Referrals that are open, by where they stand", (STATE,))
_escalated = telemetry.gauge("hub120.referral.escalated", "{referral}", "Referrals for which a supervisor is wanted")
_longest = telemetry.gauge("hub120.referral.longest_escalation", "s", "How long the first of them has waited")


def show(now: Now) -> None:
    """Tell how referrals stand. Agencies are no attribute: there may be thousands."""
    for state in ReferralState:
        if state not in OVER:
            _open.set(now.open.get(state, 0), {STATE: state.value})
    _escalated.set(now.escalated)
    _longest.set(now.first_waits_s)
