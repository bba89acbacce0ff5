"""Stopping: a consent has ended, and what another service wanted sent must not leave any more."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import NotFound
from services.intake.use_cases import handing_over, writing_to_partners


def stop_sending(tx: Tx, sending_id: str) -> bool:
    """Stop a handover or a message to a partner; False if it has left, or is just leaving. Raises ``NotFound``."""
    stopped = handing_over.stop(tx, sending_id)
    if stopped is None:
        stopped = writing_to_partners.stop(tx, sending_id)
    if stopped is None:
        raise NotFound("handover or message", sending_id)
    return stopped
