"""The audit trail of referrals: who read what was said about a person, and why."""

from __future__ import annotations

from chassis.trail import Trail

_REFERRALS = Trail("audit", "referral_id")
audit, trail = _REFERRALS.add, _REFERRALS.of
