"""Calls in which an agency joins an agent and a citizen: where each stands, and how long it may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from services.referral.domain.referrals import AT_AGENCY, ReferralState

RING_S: Final = 40
"""How long it rings at the agency."""
EXPIRES_S: Final = 60.0
"""After this an agency that was not called yet is not called any more."""
UNHEARD_S: Final = 120.0
"""A call of which nothing was heard for so long has ended without a word."""
LONGEST_S: Final = 4 * 3600.0
"""So has one that was answered so long ago."""
LONGEST_ANNOUNCEMENT: Final = 500
ANNOUNCEMENT: Final = (
    "{centre}입니다. 도움이 필요하신 시민을 연계해 드리고자 전화드렸습니다. "
    "상담사와 시민이 함께 기다리고 있으니 바로 연결해 드리겠습니다."
)
LANGUAGE: Final = "ko"
EMERGENCY: Final = frozenset({"110", "111", "112", "113", "119"})
"""Safety conferences alone call these."""
_NO_VOICE: Final = frozenset({"fax", "text", "pager", "textphone", "video"})

CALLABLE: Final = AT_AGENCY | {ReferralState.CONSENTED, ReferralState.ESCALATED}
"""Where a referral stands whose agency may be called into a talk."""
SAYABLE: Final = frozenset({ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED, ReferralState.DECLINED})
"""What an agency says in a call."""


class CallState(StrEnum):
    """Where a call of an agency stands."""

    WANTED = "wanted"
    RINGING = "ringing"
    UP = "up"
    SILENT = "silent"
    """Nothing was heard of it for too long. What is heard late counts all the same."""
    ENDED = "ended"


_C = CallState

CALL_MOVES: Mapping[CallState, frozenset[CallState]] = {
    _C.WANTED: frozenset({_C.RINGING, _C.UP, _C.SILENT, _C.ENDED}),
    _C.RINGING: frozenset({_C.UP, _C.SILENT, _C.ENDED}),
    _C.UP: frozenset({_C.SILENT, _C.ENDED}),
    _C.SILENT: frozenset({_C.RINGING, _C.UP, _C.ENDED}),
    _C.ENDED: frozenset(),
}
"""News of an exchange come late, twice, or not at all."""

GOES_ON: Final = frozenset({_C.WANTED, _C.RINGING, _C.UP})
"""No other call is begun meanwhile."""

NO_WORD: Final = "no_word"
"""Why a call led nowhere: the agency hung up, or nothing was heard of it, before it had said anything."""
ANSWERED: Final = "answered"
CONSENT_ENDED: Final = "consent_ended"
"""It was taken back, since nobody agrees any more."""
BY_AGENT: Final = "by_agent"
"""It was taken back, since the agent wants it no more."""
CONFLICT: Final = "conflict_open"
"""It was taken back, since the agency may be on the other side."""
TAKEN_BACK: Final = frozenset({CONSENT_ENDED, BY_AGENT, CONFLICT})


def announcement(centre: str) -> str:
    """What whoever answers at the agency hears first: who calls, and nothing of the citizen."""
    return ANNOUNCEMENT.format(centre=centre)[:LONGEST_ANNOUNCEMENT]


def due_in(state: CallState) -> float | None:
    """How long a call may stand so, in seconds; None where nobody waits for it."""
    return {_C.WANTED: UNHEARD_S, _C.RINGING: UNHEARD_S, _C.UP: LONGEST_S}.get(state)


def voices(phones: Iterable[Mapping[str, Any]]) -> list[str]:
    """The numbers of an HSDS document that are for speaking, as they are written there."""
    spoken = (str(one.get("number") or "") for one in phones if str(one.get("type") or "voice") not in _NO_VOICE)
    return [one for one in spoken if one]
