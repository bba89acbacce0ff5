"""Links with which agencies report that have no system of their own.

The page behind them is not there yet (issue 6), and so no agency can be given the road by e-mail or SMS
(``domain.agencies.AgencyRoad``): nothing leaves by it.
"""

from __future__ import annotations

from chassis.database import Tx


def issue(tx: Tx, referral_id: str, dispatch_id: str) -> str:
    """A link of its own for a dispatch: the path of its URL."""
    return f"/agency/{dispatch_id}"


def kill(tx: Tx, referral_id: str) -> None:
    """No link of a referral opens any more."""
