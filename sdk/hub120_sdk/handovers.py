"""Handing a case to a department, and what the department says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hub120_sdk.records import Address, Content, Place


class TicketState(StrEnum):
    """Where the department stands with it."""

    SUBMITTED = "submitted"
    """Its system took it."""
    ACKNOWLEDGED = "acknowledged"
    """A person there has seen it."""
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REFUSED = "refused"
    """Not theirs, or not possible; the note says why."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a department gets. ``citizen`` is there only if the citizen agreed to be named to it."""

    handover_id: str
    """The same over every attempt: the department's idempotency key."""
    case_number: str
    title: str
    text: str
    requested_at: datetime
    topic: str = ""
    """The department's code for what it is about (a service code), where one is known."""
    place: Place | None = None
    citizen: Address | None = None
    attachments: tuple[Content, ...] = ()
    language: str = "ko"
    urgent: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    """Answers to the department's own questions, by their names."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a department says of a handover: returned by ``submit``, polled, or parsed from a callback.

    At least one of ``ticket_id`` and ``handover_id`` names the handover.
    """

    state: TicketState
    ticket_id: str = ""
    """The department's own number."""
    handover_id: str = ""
    update_id: str = ""
    """What tells this report from any other: a second one with the same id changes nothing. Empty for a plain look."""
    note: str = ""
    """What the department adds, for the agent and the citizen to read."""
    expected_at: datetime | None = None
    """When it expects to be done."""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """What changed at a department since a cursor, and the cursor to ask with next time."""

    tickets: tuple[Ticket, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What the hub did with a ticket from a callback, for the answer to it."""

    ticket: Ticket
    known: bool
    """The hub has such a handover."""
    duplicate: bool = False
    """The same ``update_id`` came before."""
    allowed: bool = True
    """False: from where it stands the handover cannot move there, and did not."""
