"""Proving that a number is somebody's own, with a code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CODE_LIFE_S = 600.0
CODE_TRIES = 5
CODES_PER_HOUR = 3


class CodeRefused(StrEnum):
    """Why a verification code does not prove a number."""

    WRONG = "CODE_WRONG"
    USED = "CODE_USED"
    EXPIRED = "CODE_EXPIRED"
    TRIED_TOO_OFTEN = "CODE_TRIED_TOO_OFTEN"


@dataclass(frozen=True, slots=True)
class Verification:
    """The proof of a number under way."""

    id: str
    citizen_id: str
    code: str
    tries: int
    expires_at: float
    confirmed_at: float | None


def judge_code(verification: Verification, code: str, now: float) -> CodeRefused | None:
    """None if the code proves the number."""
    if verification.confirmed_at is not None:
        return CodeRefused.USED
    if now >= verification.expires_at:
        return CodeRefused.EXPIRED
    if verification.tries >= CODE_TRIES:
        return CodeRefused.TRIED_TOO_OFTEN
    return None if code == verification.code else CodeRefused.WRONG
