"""Translation's tables, a module for each matter. Cases and agents are known by their ids; what may lead to a person,
and what was said, is sealed."""

from services.translation.tables import audit, coverage, relaying, sessions
from services.translation.tables.metadata import inbox, metadata, outbox

__all__ = ["audit", "coverage", "inbox", "metadata", "outbox", "relaying", "sessions"]
