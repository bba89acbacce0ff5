"""Where a referral stands and may go, and what an agency's report means for it.

A referral leads one citizen to one agency, in the words of an agent. It is proposed, the citizen agrees, it is sent,
the agency says how far it is, and in the end the citizen says whether it helped. Who is silent too long is escalated by
the clock (``ladders``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReferralState(StrEnum):
    """Where a referral stands."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    NOT_HELPED = "not_helped"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    REROUTED = "rerouted"
    EXPIRED = "expired"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"


_S = ReferralState
_REPORTED = frozenset({_S.ACKNOWLEDGED, _S.ACCEPTED, _S.IN_PROGRESS, _S.COMPLETED, _S.DECLINED})
_STOPS = frozenset({_S.EXPIRED, _S.ESCALATED, _S.WITHDRAWN})
_ANSWERED = frozenset({_S.CONFIRMED, _S.NOT_HELPED})

REFERRAL_MOVES: Mapping[ReferralState, frozenset[ReferralState]] = {
    _S.PROPOSED: frozenset({_S.CONSENTED, _S.WITHDRAWN}),
    _S.CONSENTED: _REPORTED | {_S.PROPOSED, _S.SENT, _S.ESCALATED, _S.WITHDRAWN},
    _S.SENT: _REPORTED | _STOPS,
    _S.ACKNOWLEDGED: (_REPORTED | _STOPS) - {_S.ACKNOWLEDGED},
    _S.ACCEPTED: frozenset({_S.IN_PROGRESS, _S.COMPLETED, _S.DECLINED}) | _STOPS,
    _S.IN_PROGRESS: frozenset({_S.COMPLETED, _S.DECLINED}) | _STOPS,
    _S.COMPLETED: _ANSWERED | {_S.UNREACHABLE},
    _S.CONFIRMED: frozenset(),
    _S.NOT_HELPED: frozenset({_S.REROUTED}),
    _S.UNREACHABLE: _ANSWERED,
    _S.DECLINED: frozenset({_S.REROUTED}),
    _S.REROUTED: frozenset(),
    _S.EXPIRED: frozenset({_S.ESCALATED}),
    _S.ESCALATED: _REPORTED | _ANSWERED | {_S.CONSENTED, _S.SENT, _S.REROUTED, _S.WITHDRAWN},
    _S.WITHDRAWN: frozenset(),
}
"""Agencies skip what they do not report. Expired is passed through at once. A consent that ends before anything was
sent leads back to proposed."""

OVER = frozenset({_S.CONFIRMED, _S.NOT_HELPED, _S.UNREACHABLE, _S.DECLINED, _S.REROUTED, _S.WITHDRAWN})
"""Nobody waits for anything any more."""
AT_AGENCY = frozenset({_S.SENT, _S.ACKNOWLEDGED, _S.ACCEPTED, _S.IN_PROGRESS})
"""The agency is to say how far it is."""
REROUTABLE = frozenset(state for state, to in REFERRAL_MOVES.items() if _S.REROUTED in to)
WITHDRAWABLE = frozenset(state for state, to in REFERRAL_MOVES.items() if _S.WITHDRAWN in to)

_STAGES = (_S.SENT, _S.ACKNOWLEDGED, _S.ACCEPTED, _S.IN_PROGRESS, _S.COMPLETED)
_STAGE = {state: place for place, state in enumerate(_STAGES, 1)}


class Kind(StrEnum):
    """What help is about."""

    WELFARE = "welfare"
    LEGAL = "legal"


class DeclineReason(StrEnum):
    """Why an agency does not take it; ``NONE`` for everything that is no refusal."""

    NONE = ""
    FULL = "full"
    NOT_ELIGIBLE = "not_eligible"
    WRONG_AGENCY = "wrong_agency"
    OTHER = "other"


class Outcome(StrEnum):
    """Whether it helped, as the citizen says; ``NONE`` until they do."""

    NONE = ""
    HELPED = "helped"
    PARTLY = "partly"
    NOT_HELPED = "not_helped"
    NOBODY_CAME = "nobody_came"


class Reason(StrEnum):
    """Why a referral came where it stands, besides what agencies say; ``NONE`` where nothing is to be said."""

    NONE = ""
    SILENT = "silent"
    """The agency did not say anything in time."""
    NOT_SENT = "not_sent"
    """It could not be brought to the agency."""
    SENDING_UNKNOWN = "sending_unknown"
    """Nobody knows whether the agency has got it."""
    CONSENT_REVOKED = "consent_revoked"
    CONSENT_EXPIRED = "consent_expired"
    BY_CITIZEN = "by_citizen"
    BY_AGENT = "by_agent"
    DELETION_BY_TELEPHONE = "deletion_by_telephone"
    """The agency is to be told by telephone that it must delete what it got."""
    DELETION_NOT_SENT = "deletion_not_sent"
    """The agency could not be told that it must delete what it got."""
    DEADLINE_NEAR = "deadline_near"
    """A deadline comes near, and no agency has it in hand."""
    DEADLINE_PASSED = "deadline_passed"
    """A deadline is over, and nobody has said that it was kept."""
    DEADLINE_OPEN = "deadline_open"
    """An agency says that it is done, and a deadline is open."""
    APPOINTMENT_NOT_TOLD = "appointment_not_told"
    """The agency could not be told of an appointment."""
    NO_ANSWER = "no_answer"
    """The citizen could not be asked."""


@dataclass(frozen=True, slots=True)
class AgencyReport:
    """How far an agency is. ``report_id`` makes a second delivery harmless; ``expected_at`` is when it will be done, in
    seconds since 1970."""

    state: ReferralState
    reason: DeclineReason = DeclineReason.NONE
    note: str = field(default="", repr=False)
    expected_at: float | None = None
    report_id: str = ""


REPORTABLE = _REPORTED | {_S.SENT}
"""What an agency's report may say."""


def furthest(reached: ReferralState | None, state: ReferralState) -> ReferralState | None:
    """How far the agency ever was, when a referral comes to a state."""
    if state not in _STAGE:
        return reached
    return state if reached is None or _STAGE[state] > _STAGE[reached] else reached


def allows(state: ReferralState, reached: ReferralState | None, said: ReferralState) -> bool:
    """Whether a report still changes something: never back behind where the agency was. An agency that was silent says
    the same again to show that it is there, and one at work says so again with another date."""
    if said not in REPORTABLE:
        return False
    if said is state:
        return said is _S.IN_PROGRESS
    if said not in REFERRAL_MOVES[state]:
        return False
    if said is _S.DECLINED or reached is None:
        return True
    behind = _STAGE[said] < _STAGE[reached]
    return not behind and (state is _S.ESCALATED or said is not reached)


def answered(outcome: Outcome) -> ReferralState:
    """Where an answer of the citizen leads."""
    return _S.CONFIRMED if outcome in {Outcome.HELPED, Outcome.PARTLY} else _S.NOT_HELPED
