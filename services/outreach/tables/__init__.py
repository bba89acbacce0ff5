"""Outreach's tables, a module for each matter. Cases and agents are known by their ids; whatever names a person or an
address is sealed, and looked up by keyed hash."""

from services.outreach.tables import alerts, check_ins, notices, people, rounds
from services.outreach.tables.metadata import inbox, leases, metadata, outbox

__all__ = ["alerts", "check_ins", "inbox", "leases", "metadata", "notices", "outbox", "people", "rounds"]
