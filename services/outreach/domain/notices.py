"""Notices to the public: what class each is, who must approve it, where it stands.

Nothing leaves by itself and nothing to many leaves on one person's word: a false alarm to a whole province has been
sent by one hand before. A life-safety notice needs the same two people as any other; what differs is that they are
called at once. Only its class overrides quiet hours. Moments are seconds since 1970.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.outreach.domain.alerts import CERTAINTIES, SEVERITIES, URGENCIES, reaches
from services.outreach.domain.areas import Area, lies_in
from services.outreach.domain.hazards import Hazard

CHANNELS = ("app", "kakaotalk", "sms", "voice")
"""In the order in which they are tried unless another is chosen."""
SMS_BYTES, LMS_BYTES = 90, 2_000
"""What one short and one long message of a Korean carrier hold, in EUC-KR."""
LONGEST_S = 7 * 86_400.0
BY_RULE = "rule"
"""Who proposed a notice that a rule made of an alert."""
CLOCK = "clock"


class NoticeClass(StrEnum):
    """How much a notice may demand."""

    LIFE_SAFETY = "life_safety"
    """위급: must be sent; the only one that overrides quiet hours."""
    URGENT = "urgent"
    INFORMATION = "information"


class NoticeAct(StrEnum):
    """What a notice is to those who read it."""

    FIRST = "first"
    UPDATE = "update"
    """Something has changed: to those who got the first."""
    CANCEL = "cancel"
    """It is over: to those who got the first."""


class NoticeState(StrEnum):
    """Where a notice stands."""

    PROPOSED = "proposed"
    RELEASED = "released"
    """Approved: it is sent, or waits to be."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """Called off: what has not left does not leave."""
    OVER = "over"
    """Its time has passed."""


NOTICE_MOVES: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.PROPOSED: frozenset(
        {NoticeState.RELEASED, NoticeState.REJECTED, NoticeState.WITHDRAWN, NoticeState.OVER}
    ),
    NoticeState.RELEASED: frozenset({NoticeState.WITHDRAWN, NoticeState.OVER}),
    NoticeState.REJECTED: frozenset(),
    NoticeState.WITHDRAWN: frozenset(),
    NoticeState.OVER: frozenset(),
}


class Entry(StrEnum):
    """What happens to a notice."""

    PROPOSED = "proposed"
    EDITED = "edited"
    COUNTED = "counted"
    APPROVED = "approved"
    RELEASED = "released"
    SENDING = "sending"
    """Its list is full: it leaves."""
    HELD = "held"
    """Its list has grown beyond what one person may send to: its mailing waits for another."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SIGHTED = "sighted"
    """A citizen says that they saw whoever is looked for."""
    ERASED = "erased"
    """The photo and the name of somebody who was looked for are gone."""


class Refusal(StrEnum):
    """Why somebody may not approve, or not now."""

    NOT_PROPOSED = "NOTICE_NOT_PROPOSED"
    NO_DRY_RUN = "NO_DRY_RUN"
    """Nobody has looked yet how many would get this text, and what it costs."""
    APPROVED_BEFORE = "APPROVED_BEFORE"
    """The same person has approved it: another must."""
    NOT_BY_AUTHOR = "NOT_BY_AUTHOR"
    """Whoever wrote the text may approve it first, never second."""
    NO_KOREAN_TEXT = "NO_KOREAN_TEXT"
    NO_AREA = "NO_AREA"
    NO_CHANNEL = "NO_CHANNEL"
    """None of its channels has a connector that runs."""
    NOT_FOR_THE_PUBLIC = "NOT_FOR_THE_PUBLIC"
    """The alert behind it is an exercise, a test, a draft, or not for everybody."""
    ALERT_OVER = "ALERT_OVER"
    """The alert behind it was updated, cancelled or has expired."""


class Form(StrEnum):
    """What a text is to a carrier in Korea."""

    SMS = "sms"
    LMS = "lms"
    NONE = "none"
    """Letters that EUC-KR does not have, or too long: no carrier takes it, other channels do."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many would get a notice, counted without sending anything."""

    recipients: int
    by_channel: Mapping[str, int] = field(default_factory=dict)
    """By the first channel on which each can be reached; ``none`` for those on no road."""
    by_language: Mapping[str, int] = field(default_factory=dict)
    unplaced: int = 0
    """Further people of whom nobody can say whether they are in the area; they do not get it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice as far as its approval goes."""

    state: NoticeState
    author: str
    """Who wrote the present text."""
    version: int
    recipients: int | None
    """As counted for this version; None: nobody can say."""
    counted: bool
    approved_by: Sequence[str] = ()
    """Who has approved this version, in their order."""


def needed(recipients: int | None, one_may_send_to: int) -> int:
    """How many people must approve: two where more get it than one may send to, or where nobody knows how many."""
    return 1 if recipients is not None and recipients <= one_may_send_to else 2


def refused(standing: Standing, by: str) -> Refusal | None:
    """Why this person may not approve now; None if they may."""
    if standing.state is not NoticeState.PROPOSED:
        return Refusal.NOT_PROPOSED
    if not standing.counted:
        return Refusal.NO_DRY_RUN
    if by in standing.approved_by:
        return Refusal.APPROVED_BEFORE
    return Refusal.NOT_BY_AUTHOR if standing.approved_by and by == standing.author else None


def form(text: str) -> Form:
    """How a carrier takes a text."""
    try:
        length = len(text.encode("euc-kr"))
    except UnicodeEncodeError:
        return Form.NONE
    if length <= SMS_BYTES:
        return Form.SMS
    return Form.LMS if length <= LMS_BYTES else Form.NONE


@dataclass(frozen=True, slots=True)
class Rule:
    """When an alert makes a notice propose itself, and of which class."""

    id: str
    area_code: str
    """The district that the alert must touch; KR: any."""
    hazard: str
    """A ``Hazard``; empty: any."""
    category: str
    """CAP's; empty: any."""
    severity: str
    urgency: str
    certainty: str
    """Each at least this, in CAP's words."""
    notice_class: NoticeClass
    channels: tuple[str, ...] = CHANNELS


@dataclass(frozen=True, slots=True)
class Warned:
    """An alert as rules look at it."""

    hazard: Hazard
    category: str
    severity: str
    urgency: str
    certainty: str
    area: Area


_RANK = {one: place for place, one in enumerate(NoticeClass)}


def rule_for(warned: Warned, rules: Sequence[Rule]) -> Rule | None:
    """The rule that an alert meets; of several the one with the gravest class, then the smallest area."""
    met = [one for one in rules if _meets(warned, one)]
    return min(met, key=lambda one: (_RANK[one.notice_class], -len(one.area_code), one.id), default=None)


def _meets(warned: Warned, rule: Rule) -> bool:
    touches = rule.area_code == "KR" or any(
        lies_in(code, rule.area_code) or lies_in(rule.area_code, code) for code in warned.area.codes
    )
    return (
        touches
        and rule.hazard in {"", warned.hazard.value}
        and rule.category in {"", warned.category}
        and reaches(warned.severity, rule.severity, SEVERITIES)
        and reaches(warned.urgency, rule.urgency, URGENCIES)
        and reaches(warned.certainty, rule.certainty, CERTAINTIES)
    )


def costs(counts: Counts, prices: Mapping[str, float]) -> Mapping[str, int]:
    """What it costs by channel, in won rounded up, if everybody is reached on their first."""
    return {channel: math.ceil(number * prices.get(channel, 0)) for channel, number in counts.by_channel.items()}


def surges(notice_class: NoticeClass, act: NoticeAct) -> bool:
    """Whether so many will call that the centre prepares for it."""
    return act is not NoticeAct.CANCEL and notice_class is not NoticeClass.INFORMATION
