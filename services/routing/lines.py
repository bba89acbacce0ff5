"""Whom this centre calls, and whom routing asks, as its settings say."""

from __future__ import annotations

from chassis.process import Process
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


def asks_translation(process: Process) -> bool:
    """There is a translation service: at an address, or in this installation's one process."""
    return bool(process.settings.translation_address) or any(one.name == "translation" for one in process.services)
