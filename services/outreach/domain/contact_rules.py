"""Who does not want to be called or written to, and what that stops."""

from __future__ import annotations

from enum import StrEnum

from services.outreach.domain.mailings import Reason, Urgency


class RuleKind(StrEnum):
    """What somebody does not want."""

    OPTED_OUT = "opted_out"
    DO_NOT_CALL = "do_not_call"


def stops(kind: str, urgency: Urgency) -> Reason | None:
    """Why a mailing is not sent to somebody with this rule; None if it is. Life safety cannot be refused."""
    if urgency is Urgency.LIFE_SAFETY:
        return None
    return Reason(RuleKind(kind).value)
