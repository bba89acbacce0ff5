"""A legal referral as its own use cases find it, and who reads."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.referral.domain.referrals import Kind
from services.referral.use_cases.moving import found


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads what was said about a person, by which call, and why."""

    subject: str
    action: str
    purpose: str


def legal_one(tx: Tx, referral_id: str, *, lock: bool = False) -> Row:
    """A legal referral. Raises ``NotFound``, and ``PreconditionFailed`` with NOT_LEGAL for any other."""
    row = found(tx, referral_id, lock=lock)
    if row.kind != Kind.LEGAL:
        raise PreconditionFailed("NOT_LEGAL", f"referral {row.id} is no legal one")
    return row
