"""Outreach's tables, a module for each matter. Cases and agents are known by their ids; whatever names a person or an
address is sealed, and looked up by keyed hash."""

from services.outreach.tables import campaigns, check_ins, mailings, people, rounds, surveys
from services.outreach.tables.metadata import inbox, leases, metadata, outbox

__all__ = [
    "campaigns",
    "check_ins",
    "inbox",
    "leases",
    "mailings",
    "metadata",
    "outbox",
    "people",
    "rounds",
    "surveys",
]
