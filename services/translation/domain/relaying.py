"""Relayed words: where each message stands and may go, when it is sent again, and when it is given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_TEXT = 10_000
"""Characters of what is said."""
MAX_TRANSLATION = 30_000
"""Characters of a translation."""
ANSWER_S = 30.0
"""How long an interpreter who has the words is left alone before they are sent again: they may have been lost there."""
FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 30.0
"""How long words wait that did not reach the interpreter; twice as long each time."""
GIVE_UP_S = 900.0
"""How long an interpreter may have a message without translating it."""
REJECTED_S, REJECTED_WAIT_S = 60.0, 10.0
"""How long words wait for another interpreter when the one there does not take them, perhaps because they have just
left; and how long until they are sent to the same one again."""
END_WAIT_S = 60.0
"""How long an interpreter may still finish when the session is over."""
CARRY_LEASE_S = 15.0
"""How long one api has to carry words between a conversation and its case before another may."""
CARRY_WAIT_S, LONGEST_CARRY_WAIT_S = 1.0, 15.0
"""How long words wait when intake does not answer; twice as long each time."""


class Direction(StrEnum):
    """Which way words go."""

    TO_AGENT = "to_agent"
    TO_CITIZEN = "to_citizen"


class RelayState(StrEnum):
    """Where relayed words stand."""

    PENDING = "pending"
    SENT = "sent"
    TRANSLATED = "translated"
    DELIVERED = "delivered"
    FAILED = "failed"


RELAY_MOVES: Mapping[RelayState, frozenset[RelayState]] = {
    RelayState.PENDING: frozenset({RelayState.SENT, RelayState.FAILED}),
    RelayState.SENT: frozenset({RelayState.TRANSLATED, RelayState.FAILED}),
    RelayState.TRANSLATED: frozenset({RelayState.DELIVERED, RelayState.FAILED}),
    RelayState.DELIVERED: frozenset(),
    RelayState.FAILED: frozenset(),
}
"""Only the agent's words are delivered; the citizen's end as translated. What has failed is said anew."""

UNTRANSLATED = (RelayState.PENDING, RelayState.SENT)


class RelayFailure(StrEnum):
    """Why words were not relayed, as the agent sees it."""

    NO_TRANSLATION = "NO_TRANSLATION"
    """The interpreter had them and did not translate them in time."""
    SESSION_OVER = "SESSION_OVER"
    """The session ended first."""
    REJECTED = "REJECTED"
    """The interpreter does not take them."""
    TRANSLATION_UNUSABLE = "TRANSLATION_UNUSABLE"
    """The translation is empty or too long."""
    MACHINE_NEEDS_CONFIRMATION = "MACHINE_NEEDS_CONFIRMATION"
    """They are about law, and only a machine is left to translate them."""
    CASE_CLOSED = "CASE_CLOSED"
    """The case was closed before they could be sent to the citizen."""
    NOT_DELIVERED = "NOT_DELIVERED"
    """The case does not take them."""


class Refusal(StrEnum):
    """Why what an agent says is not taken."""

    SESSION_OVER = "SESSION_OVER"
    MACHINE_NEEDS_CONFIRMATION = "MACHINE_NEEDS_CONFIRMATION"
    REQUEST_ID_MISSING = "REQUEST_ID_MISSING"
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"


@dataclass(frozen=True, slots=True)
class Saying:
    """What an agent says to a citizen."""

    request_id: str
    text: str
    confirmed: bool
    """The agent answers for it that a machine translates."""

    def fault(self) -> Refusal | None:
        """What is wrong with it whatever the session."""
        if not 1 <= len(self.request_id) <= 64:
            return Refusal.REQUEST_ID_MISSING
        if not self.text.strip() or "\x00" in self.text:
            return Refusal.TEXT_EMPTY
        return Refusal.TEXT_TOO_LONG if len(self.text) > MAX_TEXT else None


def usable(translation: str) -> bool:
    """Whether a translation can be shown and sent."""
    return len(translation.strip()) >= 1 and len(translation) <= MAX_TRANSLATION and "\x00" not in translation


def wait_s(tries: int) -> float:
    """How long words wait after so many tries that did not reach the interpreter."""
    return min(FIRST_WAIT_S * 2.0 ** min(max(tries - 1, 0), 10), LONGEST_WAIT_S)


def carry_wait_s(tries: int) -> float:
    """How long words wait after so many tries that did not reach intake."""
    return min(CARRY_WAIT_S * 2.0 ** min(max(tries - 1, 0), 10), LONGEST_CARRY_WAIT_S)
