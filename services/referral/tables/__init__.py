"""Referral's tables, a module for each matter. Cases, citizens and agents are known by their ids; what agencies are
told of a person, and what was said, is sealed."""

from services.referral.tables import (
    agencies,
    agency_calls,
    articles,
    capacity,
    directory,
    eligibility,
    leases,
    legal,
    links,
    referrals,
    search,
)
from services.referral.tables.metadata import inbox, metadata, outbox

__all__ = [
    "agencies",
    "agency_calls",
    "articles",
    "capacity",
    "directory",
    "eligibility",
    "inbox",
    "leases",
    "legal",
    "links",
    "metadata",
    "outbox",
    "referrals",
    "search",
]
