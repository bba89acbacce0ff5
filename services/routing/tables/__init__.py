"""Routing's tables, a module for each matter. Cases and agents are known by their ids; what an agent may have said of a
citizen is sealed."""

from services.routing.tables import agents, conduct, conferences, floor, queues, rota, transfers, work
from services.routing.tables.metadata import inbox, metadata, outbox

__all__ = [
    "agents",
    "conduct",
    "conferences",
    "floor",
    "inbox",
    "metadata",
    "outbox",
    "queues",
    "rota",
    "transfers",
    "work",
]
