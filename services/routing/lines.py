"""Whom this centre calls, as its settings say."""

from __future__ import annotations

from chassis.settings import Settings
from services.routing.domain.ladders import Lines


def lines_of(settings: Settings) -> Lines:
    """The lines of this installation."""
    return Lines(
        emergency=settings.emergency_numbers,
        drill=settings.drill_line,
        supervisor=settings.supervisor_line,
        agent=settings.agent_line,
        exchange=settings.exchange,
        connects=settings.connect_calls,
        key=settings.acknowledge_key,
    )
