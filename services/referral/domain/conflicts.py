"""Conflicts of interest: whether an agency that is to help a citizen helps the other side already.

People are compared by keyed hashes of their name in one form and of their telephone. A name alone may be somebody
else's: it is flagged all the same, for a person to clear, because a conflict that is overlooked cannot be mended.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Final

from services.referral.domain.directory import likeness

MOST_PARTIES: Final = 20
"""Opposing parties of one referral."""


class Side(StrEnum):
    """On which side of a referral somebody stands."""

    CLIENT = "client"
    OPPONENT = "opponent"


class Flag(StrEnum):
    """Whether an agency may be on the other side of a referral."""

    NONE = ""
    POSSIBLE = "possible"
    CLEARED = "cleared"


class Match(StrEnum):
    """What was found to be the same."""

    NAME = "name"
    TELEPHONE = "telephone"
    BOTH = "both"


def one_form(name: str) -> str:
    """A name as it is compared: without spaces, signs and legal forms, letters of either case alike. Empty where
    nothing is left."""
    alike, _, _ = likeness(unicodedata.normalize("NFKC", name), "").partition("\n")
    return alike


def match(*, name: bool, telephone: bool) -> Match | None:
    """What is the same; None if nothing is."""
    if name and telephone:
        return Match.BOTH
    return Match.NAME if name else Match.TELEPHONE if telephone else None
