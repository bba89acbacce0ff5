"""Their words and ours: status words of GeoReport v2 and of FixMyStreet's extension, and a row as a ticket."""

from __future__ import annotations

import hashlib

from hub120_sdk import Ticket, TicketState

from plugins.open311_department.reading import Row, moment

TOKEN = "token:"  # noqa: S105 - a prefix
"""A ticket whose number is not known yet goes by its token."""

_STATES = {
    "open": TicketState.SUBMITTED,
    "confirmed": TicketState.ACKNOWLEDGED,
    "acknowledged": TicketState.ACKNOWLEDGED,
    "investigating": TicketState.IN_PROGRESS,
    "in_progress": TicketState.IN_PROGRESS,
    "planned": TicketState.IN_PROGRESS,
    "action_scheduled": TicketState.IN_PROGRESS,
    "closed": TicketState.DONE,
    "fixed": TicketState.DONE,
    "no_further_action": TicketState.DONE,
    "duplicate": TicketState.DONE,
    "not_responsible": TicketState.REFUSED,
    "not_councils_responsibility": TicketState.REFUSED,
    "internal_referral": TicketState.REFUSED,
    "cancelled": TicketState.REFUSED,
}
"""Anything else counts as open: an unknown word ends nothing."""


def ticket(row: Row) -> Ticket:
    """A service request, or an update of one, as a ticket."""
    status = row.get("extended_status") or row.get("status", "")
    word = status.lower().replace(" ", "_").replace("-", "_")
    note = row.get("status_notes") or (row.get("description", "") if "update_id" in row else "")
    updated = row.get("updated_datetime", "")
    return Ticket(
        state=_STATES.get(word, TicketState.SUBMITTED),
        ticket_id=row.get("service_request_id", ""),
        update_id=row.get("update_id") or _digest(row.get("service_request_id", ""), updated, word, note),
        note=note,
        expected_at=moment(row.get("expected_datetime", "")),
        updated_at=moment(updated),
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
