"""Links with which agencies report."""

from __future__ import annotations

from chassis.database import Tx


def issue(tx: Tx, referral_id: str, dispatch_id: str) -> str:
    """A link of its own for a dispatch: the path of its URL."""
    return f"/agency/{dispatch_id}"


def kill(tx: Tx, referral_id: str) -> None:
    """No link of a referral opens any more."""
