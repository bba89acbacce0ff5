"""Offers: one agent asked to take one work item."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

DECLINED_REST_S = 15.0
"""How long work is not offered again to an agent who declined or missed it."""
MISSED_BEFORE_PAUSE = 3
"""Offers missed in a row after which an agent counts as away."""


class OfferState(StrEnum):
    """Where an offer stands; every state but the first is final."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    RESCINDED = "rescinded"
    CANCELLED = "cancelled"


OFFER_MOVES: Mapping[OfferState, frozenset[OfferState]] = {
    OfferState.PENDING: frozenset(OfferState) - {OfferState.PENDING},
    **{state: frozenset() for state in OfferState if state is not OfferState.PENDING},
}


class Why(StrEnum):
    """What decided for an agent."""

    KNOWS = "knows_the_case"
    PREFERRED = "has_what_is_preferred"
    IDLE = "longest_idle"
    NEXT = "came_free"
    DIRECT = "asked_by_name"
