"""Where a day is replayed: routing's own tables, on either database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.day.timeline import Timeline
from chassis.database import Database
from services.routing.tables import metadata
from tests.integration.databases import opened


@contextmanager
def day_database(address: str, timeline: Timeline) -> Iterator[Database]:
    """Routing's tables at an address, or in a file that is gone afterwards and need not outlive a crash."""
    with tempfile.TemporaryDirectory(prefix="hub120-day-") as folder:
        where = address or f"sqlite:///{Path(folder)}/{{service}}.db"
        with opened(where, "routing", metadata, timeline) as database:
            if database.engine.dialect.name == "sqlite":
                with database.engine.connect() as connection:
                    connection.exec_driver_sql("ROLLBACK")
                    connection.exec_driver_sql("PRAGMA synchronous=OFF")
                    connection.exec_driver_sql("BEGIN")
            yield database
