"""``hub120 events dead|redrive``: dead messages on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from chassis import logs
from chassis.bus.ports import Bus
from chassis.operations import dead_letters
from chassis.process import open_bus
from chassis.settings import Settings

BY = "command-line"


def table(settings: Settings, queue: str, limit: int) -> None:
    """Print the dead messages of a queue, oldest first."""
    with _bus(settings) as bus:
        found = dead_letters.letters(bus, queue, limit)
    shown = Table("id", "type", "case or subject", "attempts", "reason", title=f"dead messages of {queue}")
    for one in found:
        shown.add_row(one.id, one.type, one.subject, str(one.attempts), one.reason)
    Console().print(shown if found else f"{queue} has no dead messages")


def redrive(settings: Settings, queue: str, ids: Sequence[str]) -> int:
    """Put dead messages back; returns how many."""
    logs.configure(settings.log_level, "hub120")
    with _bus(settings) as bus:
        return dead_letters.put_back(bus, queue, ids, BY)


@contextmanager
def _bus(settings: Settings) -> Iterator[Bus]:
    bus = open_bus(settings)
    try:
        yield bus
    finally:
        bus.close()
