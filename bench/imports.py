"""A whole import of 복지로: 10,000 services, lists and details, from the simulated 복지로 (another program) through
the connector, the checks and the schemas into the directory, on PostgreSQL and on SQLite; then the same once more.

``python -m bench.imports``. The true 복지로 allows 30 requests a second, which the connector keeps to: there the same
takes 10,200 requests, five minutes and forty seconds at least. Here it may ask as fast as it can.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

import sqlalchemy as sa

import plugins.bokjiro
from bench import machine
from bench.figures import Figure, finish
from bench.surroundings import surroundings
from chassis.connectors.host import Host
from chassis.connectors.registry import discover
from chassis.database import Database
from demo.bokjiro import SECRET
from services.referral.directories import Imports
from services.referral.tables import metadata
from services.referral.tables.directory import service, source
from tests.integration.databases import opened

SERVICES = 10_000
WITHIN_S = 60.0
_AT = time_of_day(3, 30)


class Days:
    """The time, some days ahead of the machine's."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Now, and so much later."""
        return datetime.now(UTC) + self.ahead


@contextmanager
def bokjiro() -> Iterator[str]:
    """The simulated 복지로's address."""
    command = [sys.executable, "-m", "demo.bokjiro", "--services", str(SERVICES)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as program:
        if program.stdout is None or program.stdin is None:
            raise RuntimeError("the simulated 복지로 has no pipes")
        yield program.stdout.readline().strip()
        program.stdin.close()


def imports(address: str, clock: Days) -> Imports:
    """A process that imports, as fast as it can."""
    own = {"base_url": address, "service_key": SECRET, "requests_per_second": "10000", "parallel_requests": "4"}
    environ = {f"HUB120_CONNECTOR_BOKJIRO_{name.upper()}": value for name, value in own.items()}
    return Imports(Host(discover([plugins.bokjiro], "none"), environ, clock), clock, _AT)


def timed(one: Imports, database: Database) -> float:
    """Seconds of one import, which must have come to its end."""
    before = time.perf_counter()
    one.go(database)
    took_s = time.perf_counter() - before
    with database.engine.begin() as connection:
        taken = connection.execute(sa.select(sa.func.count()).where(service.c.removed_at.is_(None))).scalar_one()
        begun = connection.execute(sa.select(source.c.begun_at)).scalar_one()
    assert (taken, begun) == (SERVICES, None), f"{taken} services, an import is under way: {begun is not None}"
    return took_s


def measured(kind: str, address: str, source_address: str, bar: float | None) -> list[Figure]:
    """Everything new, then everything known."""
    clock = Days()
    with opened(address, "referral", metadata, clock) as database:
        one = imports(source_address, clock)
        new_s = timed(one, database)
        clock.ahead = timedelta(days=30)
        same_s = timed(one, database)
    note = f"{SERVICES / new_s:,.0f} services a second, {SERVICES:,} details each in a request; load {machine.load()}"
    return [
        Figure(f"import {SERVICES:,} services of 복지로, {kind}", new_s, "s", bar, at_most=True, note=note),
        Figure(f"the same again, nothing changed, {kind}", same_s, "s", note=f"{SERVICES / same_s:,.0f} a second"),
    ]


def measure() -> list[Figure]:
    """On both databases."""
    with ExitStack() as ends:
        own, address = ends.enter_context(surroundings()), ends.enter_context(bokjiro())
        on_postgresql = measured("PostgreSQL", own.database, address, WITHIN_S)
        return [*on_postgresql, *measured("SQLite", f"sqlite:///{own.folder}/{{service}}.db", address, None)]


if __name__ == "__main__":
    finish("Imports", measure())
