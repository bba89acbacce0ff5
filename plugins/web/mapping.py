"""Their words and ours."""

from __future__ import annotations

from hub120_sdk import Delivery

STATES = {"delivered": Delivery.DELIVERED, "read": Delivery.READ, "failed": Delivery.FAILED}
"""The reports a site may send."""
