"""``hub120 events dead|redrive``: what was given up, with the reason, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from chassis.process import open_bus
from chassis.settings import Settings


def table(settings: Settings, queue: str, limit: int) -> None:
    """Print the dead messages of a queue, oldest first."""
    bus = open_bus(settings)
    try:
        found = bus.dead(queue, limit)
    finally:
        bus.close()
    shown = Table("id", "type", "case or subject", "attempts", "reason", title=f"dead messages of {queue}")
    for one in found:
        headers = one.headers
        shown.add_row(
            one.id,
            headers.get("cloudEvents_type", one.key),
            headers.get("cloudEvents_subject", ""),
            str(one.attempts),
            one.reason,
        )
    Console().print(shown if found else f"{queue} has no dead messages")


def redrive(settings: Settings, queue: str, ids: Sequence[str]) -> int:
    """Put dead messages back; returns how many."""
    bus = open_bus(settings)
    try:
        return bus.redrive(queue, ids)
    finally:
        bus.close()
