"""Consent: one disclosure to one agency, and what the law wants said and agreed before it.

The Personal Information Protection Act (개인정보 보호법) wants five things said, each by itself, before anything is
given to a third party (articles 17 (2) and 18 (3)): who gets it, what for, which items, how long they keep it, and that
one may refuse and what that costs. What is sensitive (article 23) wants an agreement of its own. Resident numbers are
never given.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_S: Final = 365 * 86_400.0
"""Nobody agrees for longer than this."""


class Item(StrEnum):
    """What may be given to an agency."""

    NAME = "name"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    HOUSEHOLD = "household"
    INCOME = "income"
    DEBTS = "debts"
    HEALTH = "health"
    DISABILITY = "disability"
    RESIDENCE_STATUS = "residence_status"
    CRISIS = "crisis"
    CASE_SUMMARY = "case_summary"
    ATTACHMENTS = "attachments"
    """Files: a packet holds none, an agent brings them."""


SENSITIVE: Final = frozenset({Item.HEALTH, Item.DISABILITY})
"""Article 23: these want an agreement of their own."""
VALUED: Final = frozenset(Item) - {Item.CASE_SUMMARY, Item.ATTACHMENTS}
"""Items that an agent may write a value for."""


class Purpose(StrEnum):
    """What an agency needs it for."""

    APPLICATION = "application"
    COUNSELLING = "counselling"
    LEGAL_AID = "legal_aid"
    HOUSING = "housing"
    MEDICAL = "medical"
    CRISIS_SUPPORT = "crisis_support"


class How(StrEnum):
    """How somebody agreed."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    SIGNED = "signed"


class Ended(StrEnum):
    """Why a consent counts no more; ``NOT`` while it does."""

    NOT = ""
    REVOKED = "revoked"
    EXPIRED = "expired"
    REPLACED = "replaced"
    DONE = "done"
    """The referral ended, and with it what the consent was for."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody agreed to. ``until`` is in seconds since 1970."""

    purpose: Purpose
    items: frozenset[Item]
    until: float
    how: How
    refusal_told: bool
    """They were told that they may refuse, and what that costs."""
    sensitive_agreed: bool = False
    """They agreed by itself to what is sensitive."""
    evidence: str = ""
    """What holds their words: the contact, the call or the document, by id; a spoken one may have none."""
    language: str = "ko"
    """In which language it was said to them."""


def faults(given: Given, now: float) -> list[tuple[str, str]]:
    """What is missing, as field and words; empty if it counts."""
    found = []
    if not given.items:
        found.append(("items", "names what may be given"))
    if not given.refusal_told:
        found.append(("refusal_told", "must be true: who may not refuse does not agree (articles 17 and 18)"))
    if not now < given.until <= now + LONGEST_S:
        found.append(("expire_time", "lies in the future, at most a year from now"))
    if given.items & SENSITIVE and not given.sensitive_agreed:
        found.append(("sensitive_agreed", "must be true for health and disability: article 23"))
    if given.how is not How.SPOKEN and not given.evidence:
        found.append(("evidence_id", "names what they wrote or signed"))
    return found


def counts(ended: str, until: float, now: float) -> bool:
    """Whether a consent counts now."""
    return ended == Ended.NOT and now < until


def names_citizen(items: Collection[str]) -> bool:
    """Whether the agency may be told who it is and how to reach them."""
    return {Item.NAME, Item.TELEPHONE} <= set(items)
