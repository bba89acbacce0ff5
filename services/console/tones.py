"""How a state looks beside its word: well, to be looked at, or bad. By the names of the contracts; what is not named
here looks like nothing in particular.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TONES: Final[Mapping[str, tuple[str, ...]]] = {
    "good": (
        "CALL_STATE_UP",
        "CONFERENCE_STATE_ACKNOWLEDGED",
        "CONFERENCE_STATE_HANDED_OVER",
        "LIKELIHOOD_LIKELY",
        "MAILING_STATE_RUNNING",
        "NOTICE_STATE_RELEASED",
        "OFFER_STATE_ACCEPTED",
        "PRESENCE_READY",
        "REFERRAL_STATE_ACCEPTED",
        "REFERRAL_STATE_COMPLETED",
        "REFERRAL_STATE_CONFIRMED",
        "REFERRAL_STATE_IN_PROGRESS",
        "SESSION_STATE_CONNECTED",
        "SESSION_STATE_RELAYING",
        "STEP_STATE_JOINED",
        "TRANSFER_STATE_COMPLETED",
        "TRANSFER_STATE_JOINED",
    ),
    "warn": (
        "BREAKER_STATE_HALF_OPEN",
        "CALL_STATE_HELD",
        "MAILING_STATE_PAUSED",
        "NOTICE_CLASS_URGENT",
        "NOTICE_STATE_PROPOSED",
        "OFFER_STATE_DECLINED",
        "OFFER_STATE_TIMED_OUT",
        "PRESENCE_PAUSED",
        "STEP_STATE_EXPIRED",
        "SWAP_STATE_ACCEPTED",
        "TEXT_FORM_NONE",
    ),
    "bad": (
        "BREAKER_STATE_OPEN",
        "CONFERENCE_STATE_CITIZEN_LOST",
        "CONFERENCE_STATE_CLIMBING",
        "CONFERENCE_STATE_ESCALATED",
        "CONFERENCE_STATE_FAILED",
        "HANDOVER_STATE_FAILED",
        "HANDOVER_STATE_REFUSED",
        "HANDOVER_STATE_UNKNOWN",
        "LIKELIHOOD_UNLIKELY",
        "MAILING_URGENCY_LIFE_SAFETY",
        "NOTICE_CLASS_LIFE_SAFETY",
        "PRIORITY_CLASS_LIFE_SAFETY",
        "PRIORITY_CLASS_SAFETY",
        "REFERRAL_STATE_DECLINED",
        "REFERRAL_STATE_ESCALATED",
        "REFERRAL_STATE_EXPIRED",
        "REFERRAL_STATE_NOT_HELPED",
        "REPLY_STATE_FAILED",
        "REPLY_STATE_UNKNOWN",
        "SESSION_STATE_CALLBACK",
        "SESSION_STATE_EXHAUSTED",
        "SIGN_CLASS_LIFE_SAFETY",
        "TRANSFER_STATE_DECLINED",
        "TRANSFER_STATE_EXPIRED",
    ),
}
TONES: Final[Mapping[str, str]] = {name: tone for tone, names in _TONES.items() for name in names}
"""The tone of a state, by its name."""
