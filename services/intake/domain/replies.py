"""What goes back to the citizen: where it stands and may go, and what a connector is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_TEXT = 10_000
"""Characters of one contact, reply or note."""
MAX_FILES = 10
"""Files of one reply."""
MAX_FILE_BYTES = 20_000_000
PARKED_IN_ANSWER = 10
"""Parked replies that are looked at for one answer; the channel says how many of them fit."""


class ReplyState(StrEnum):
    """How far a reply came."""

    QUEUED = "queued"
    SENDING = "sending"
    PARKED = "parked"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"


_ARRIVED = frozenset({ReplyState.DELIVERED, ReplyState.READ})

REPLY_MOVES: Mapping[ReplyState, frozenset[ReplyState]] = {
    ReplyState.QUEUED: frozenset({ReplyState.SENDING, ReplyState.FAILED}),
    ReplyState.SENDING: _ARRIVED
    | {ReplyState.QUEUED, ReplyState.PARKED, ReplyState.SENT, ReplyState.FAILED, ReplyState.UNKNOWN},
    ReplyState.PARKED: _ARRIVED | {ReplyState.SENT, ReplyState.FAILED},
    ReplyState.UNKNOWN: _ARRIVED | {ReplyState.QUEUED, ReplyState.SENT, ReplyState.FAILED},
    ReplyState.SENT: _ARRIVED | {ReplyState.FAILED},
    ReplyState.DELIVERED: frozenset({ReplyState.READ}),
    ReplyState.READ: frozenset(),
    ReplyState.FAILED: _ARRIVED,
}
"""Reports come late and out of order: what reached the citizen stays so; a report of arrival beats one of failure."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What a reply was translated from."""

    original: str
    """The agent's own words."""
    by_machine: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """A reply that waited for the citizen's next message and goes out with the answer to it."""

    reply_id: str
    text: str


@dataclass(frozen=True, slots=True)
class SendingFile:
    """A file that goes along with a reply."""

    blob_key: str
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class Sending:
    """A reply on its way to the connector."""

    reply_id: str
    channel: str
    kind: str
    address: str
    text: str
    conversation: str
    language: str
    reply_context: Mapping[str, str]
    case_id: str = ""
    files: tuple[SendingFile, ...] = ()
