"""Referral's tables, a module for each matter. Cases, citizens and agents are known by their ids; what agencies are
told of a person, and what was said, is sealed."""

from services.referral.tables import directory, eligibility
from services.referral.tables.metadata import inbox, metadata, outbox

__all__ = ["directory", "eligibility", "inbox", "metadata", "outbox"]
