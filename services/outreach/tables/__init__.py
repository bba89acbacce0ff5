"""Outreach's tables, a module for each matter. Cases and agents are known by their ids; whatever names a person or an
address is sealed, and looked up by keyed hash."""

from services.outreach.tables import check_ins, people, rounds
from services.outreach.tables.metadata import inbox, leases, metadata, outbox

__all__ = ["check_ins", "inbox", "leases", "metadata", "outbox", "people", "rounds"]
