"""Links: how one leads an agency without a system to its page, once, and what the page offers there.

A link is opened by pressing a button, never by looking at it: mail scanners and previews fetch every address. Whoever
opens it first has a session of their browser's; anybody later is told that it was used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from services.referral.domain.ladders import ZONE
from services.referral.domain.referrals import DeclineReason, ReferralState, allows

SESSION_S: Final = 30 * 86_400.0
"""How long a page stays with the browser that opened its link."""
AGAIN_S: Final = 600.0
"""At most one new link is sent in this time."""
AGAIN_A_DAY: Final = 5
"""And at most so many in a day."""
MOST_REPORTS: Final = 200
"""So many reports of one referral are taken from its page."""
LONGEST_NOTE: Final = 2_000
LONGEST_PLACE: Final = 200
FURTHEST: Final = timedelta(days=366)
"""How far ahead an agency may say that it will be done."""
_S = ReferralState


class LinkState(StrEnum):
    """Where a link stands."""

    NEW = "new"
    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"
    """A newer one was sent, or opened."""
    ENDED = "ended"
    """Nobody may read any more what it leads to: the consent or the referral is over."""


def standing(*, ended: bool, killed: str, opened: bool, expires_at: float, now: float) -> LinkState:
    """Where a link stands; ``killed`` is why it was ended by itself, empty: it was not."""
    if ended or killed == LinkState.ENDED:
        return LinkState.ENDED
    if opened:
        return LinkState.USED
    if killed:
        return LinkState.REPLACED
    return LinkState.NEW if now < expires_at else LinkState.EXPIRED


def may_send_again(sent_at: Sequence[float], now: float) -> bool:
    """Whether a new link may be sent after those that were asked for."""
    return all(at <= now - AGAIN_S for at in sent_at) and sum(at > now - 86_400 for at in sent_at) < AGAIN_A_DAY


_STEPS: Final = (_S.ACKNOWLEDGED, _S.ACCEPTED, _S.IN_PROGRESS, _S.COMPLETED, _S.DECLINED)
_ONCE_TAKEN: Final = frozenset({_S.IN_PROGRESS, _S.COMPLETED})


def offered(state: ReferralState, reached: ReferralState | None) -> tuple[ReferralState, ...]:
    """What an agency may report next: work begins where it was accepted."""
    taken = reached in {_S.ACCEPTED, _S.IN_PROGRESS}
    return tuple(one for one in _STEPS if allows(state, reached, one) and (taken or one not in _ONCE_TAKEN))


@dataclass(frozen=True, slots=True)
class Said:
    """What an agency writes into the page, as it was sent."""

    state: str
    reason: str = ""
    place: str = ""
    """For ``wrong_agency``: where to instead."""
    note: str = ""
    expected: str = ""
    """A day as ``2026-05-04``."""


def faults(said: Said, now: float) -> list[tuple[str, str]]:
    """What is wrong, as field and code; empty if it can be taken."""
    found = []
    if said.state == _S.DECLINED and (not said.reason or said.reason not in set(DeclineReason)):
        found.append(("reason", "required"))
    if len(said.note) > LONGEST_NOTE:
        found.append(("note", "too_long"))
    if len(said.place) > LONGEST_PLACE:
        found.append(("place", "too_long"))
    if said.expected and expected_at(said.expected, now) is None:
        found.append(("expected", "no_day"))
    return found


def expected_at(day: str, now: float) -> float | None:
    """The end of a day in Korea, from today on and at most a year ahead; None if it is none."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    today = datetime.fromtimestamp(now, UTC).astimezone(ZONE).date()
    if not today <= found <= today + FURTHEST:
        return None
    return (datetime.combine(found, datetime.min.time(), ZONE) + timedelta(days=1)).timestamp()
