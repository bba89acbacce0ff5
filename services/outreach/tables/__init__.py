"""Outreach's tables, a module for each matter. Cases and agents are known by their ids; whatever names a person or an
address is sealed, and looked up by keyed hash."""

from services.outreach.tables import alerts, campaigns, check_ins, mailings, notices, people, rounds, surveys
from services.outreach.tables.metadata import inbox, leases, metadata, outbox

__all__ = [
    "alerts",
    "campaigns",
    "check_ins",
    "inbox",
    "leases",
    "mailings",
    "metadata",
    "notices",
    "outbox",
    "people",
    "rounds",
    "surveys",
]
