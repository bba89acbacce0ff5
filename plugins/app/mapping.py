"""Their words and ours."""

from __future__ import annotations

from hub120_sdk import Delivery

PUSH, FETCH = "push", "fetch"
"""How the app wants to have its answers."""
STATES = {"delivered": Delivery.DELIVERED, "read": Delivery.READ, "failed": Delivery.FAILED}
"""The reports an app may send."""
REPORT, RECEIPTS, INQUIRY = "report", "receipts", "inquiry"
"""What one request may hold."""


def accuracy(metres: object) -> str:
    """How exact the place is, for the agent to read; empty where it is not told."""
    is_number = isinstance(metres, int | float) and not isinstance(metres, bool) and 0 < metres < 1_000_000
    return f"[위치 오차 약 {metres:.0f}m]" if is_number else ""
