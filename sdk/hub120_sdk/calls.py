"""Calls: what telephony is asked to do with a leg or a conference, and what it tells of them.

A leg is one telephone connected to the exchange, a conference is where legs hear each other. Their ids are the hub's
own, chosen before anything is dialled, so that after a crash the exchange can be asked what became of them; the leg of
a citizen who called has the ``provider_id`` of that ``Inbound``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub120_sdk.records import Address


class LegState(StrEnum):
    """Where a leg stands. It only moves down this list, save that it may be held and taken up again."""

    DIALLING = "dialling"
    RINGING = "ringing"
    UP = "up"
    HELD = "held"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a leg ended."""

    DONE = "done"
    """Somebody hung up after it was answered."""
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    """The hub hung up before it was answered, or the caller gave up."""
    FAILED = "failed"
    """The exchange or the network could not do it."""


@dataclass(frozen=True, slots=True)
class Dial:
    """A telephone to be called."""

    leg_id: str
    to: Address
    caller_id: str = ""
    """The number shown; empty: the connector's own."""
    conference_id: str = ""
    """Where the leg goes when it is answered; empty: it waits for ``add_party``."""
    ring_s: float = 45.0
    """How long it may ring."""
    announcement: str = ""
    """What whoever answers hears first, for example the language that is needed."""
    language: str = ""
    """Of the announcement, BCP 47."""
    muted: bool = False
    """It hears the others, and they do not hear it, until ``mute`` says otherwise."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One telephone, as the exchange sees it."""

    leg_id: str
    state: LegState
    reason: EndReason | None = None
    """Why it ended, if it has."""


@dataclass(frozen=True, slots=True)
class Conference:
    """Who hears whom, as the exchange sees it. One without legs is over, or never began."""

    conference_id: str
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something happened to a leg: parsed from a status callback, or heard by a listener.

    Events come twice and in any order. The hub keeps a leg's last state by ``sequence`` where the exchange numbers its
    events, else by ``occurred_at``, and lets no leg come back from its end.
    """

    leg_id: str
    state: LegState
    occurred_at: datetime
    conference_id: str = ""
    """The conference it is in now; empty: none. Of a leg that ended nothing need be told."""
    sequence: int = 0
    """The exchange's own number of the event, ascending within a call; zero: it has none."""
    reason: EndReason | None = None


KEYS = frozenset("0123456789*#")
"""Of a telephone."""


@dataclass(frozen=True, slots=True)
class KeyPress:
    """Somebody pressed a key of their telephone: parsed from a callback, or heard by a listener.

    Told of every leg, whoever dialled it: the hub knows which are its business, and keeps nothing of the others.
    """

    leg_id: str
    key: str
    """One of ``KEYS``."""
    occurred_at: datetime
