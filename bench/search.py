"""How fast services are found among 100,000, and how well among those that are judged.

``python -m bench.search``. Agents' queries are asked in turn of the hub's search and of a plain search as most
directories have it (every word somewhere in the name or the text, ILIKE), on the same rows in the same database, each
with and without a place and an age. How well: see ``bench.relevance``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bench import machine, many_services, relevance
from bench.figures import CONSOLE, Figure, finish
from bench.outside import milliseconds_since, percentile
from chassis.database import Database, Tx
from services.referral import SERVICE, indexing
from services.referral.domain.search_filters import Filters
from services.referral.synonyms import synonyms
from services.referral.tables import directory, metadata
from services.referral.use_cases import searching
from services.referral.use_cases.searching import Asked
from tests import servers
from tests.integration import databases

SERVICES, PAGE = 100_000, 10
ASKED, SCANNED, WARM_UP = 300, 30, 20
"""Searches of the hub and plain ones, as those take long; before them some that do not count."""
FOR_WHOM = (
    Filters(),
    Filters(area="41110"),
    Filters(area="11110", age=30, life_stages=frozenset({"004"})),
    Filters(area="26110", kind="legal"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One database's figures, in milliseconds and services a second."""

    name: str
    found: Sequence[float]
    processor: float
    """Milliseconds of this process's processor for a search; the database's own are not in it."""
    scanned: Sequence[float]
    indexed: float


def opened(address: str) -> AbstractContextManager[Database]:
    """A referral database with empty tables, at the time of the services made."""
    now = datetime.fromtimestamp(many_services.NOW, UTC)
    return databases.opened(address, SERVICE.name, metadata, lambda: now)


def asked(count: int) -> Iterator[Asked]:
    """Queries as agents ask them, for different people."""
    luck, judged = random.Random(120), [one.query for one in relevance.queries()]
    for _ in range(count):
        yield Asked(luck.choice(judged), luck.choice(FOR_WHOM))


def plain(tx: Tx, one: Asked) -> Sequence[Any]:
    """What a plain search does."""
    service = directory.service
    conditions: list[sa.ColumnElement[bool]] = [service.c.status == "active", service.c.removed_at.is_(None)]
    for word in one.query.split():
        conditions.append(service.c.name.ilike(f"%{word}%") | service.c.document.ilike(f"%{word}%"))
    if area := one.filters.area:
        areas = sa.select(directory.service_area.c.service_id)
        conditions.append(
            service.c.id.in_(areas.where(directory.service_area.c.area.in_([area, area[:2], many_services.COUNTRY])))
        )
    return tx.execute(sa.select(service.c.id).where(*conditions).order_by(service.c.name).limit(PAGE)).all()


def timed(searches: Iterator[Asked], search: Callable[[Asked], object]) -> list[float]:
    """Milliseconds of each."""
    found = []
    for one in searches:
        started = time.perf_counter()
        search(one)
        found.append(milliseconds_since(started))
    return found


def on(name: str, database: Database) -> Measured:
    """One database."""
    many_services.fill(database, SERVICES)
    CONSOLE.print(f"  {name}: {SERVICES:,} services are there")
    started = time.perf_counter()
    indexing.follow(database)
    indexed = SERVICES / (time.perf_counter() - started)
    CONSOLE.print(f"  {name}: {indexed:,.0f} indexed a second")
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))  # a server of tests does not by itself

    def ours(one: Asked) -> object:
        return database.read(searching.search, one, synonyms(), 0, PAGE)

    timed(asked(WARM_UP), ours)
    before = time.process_time()
    found = timed(asked(ASKED), ours)
    processor = 1000 * (time.process_time() - before) / ASKED
    scanned = timed(asked(SCANNED), lambda one: database.read(plain, one))
    return Measured(name, found, processor, scanned, indexed)


def figures(one: Measured, p50_ms: float, p99_ms: float | None) -> list[Figure]:
    """One database's, beside their bars."""
    p50, p99 = percentile(one.found, 0.5), percentile(one.found, 0.99)
    scan = percentile(one.scanned, 0.5)
    among = f"search among {SERVICES:,} services on {one.name}"
    spent = f"{one.processor:.1f} ms of the hub's processor each; load {machine.load()}"
    return [
        Figure(f"{among}: p50", p50, "ms", p50_ms, at_most=True, ratio=scan / p50, note=spent),
        Figure(f"{among}: p99", p99, "ms", p99_ms, at_most=True),
        Figure(f"{among}: times as fast as an ILIKE scan", scan / p50, "×", 5, ratio=scan / p50,
               note=f"the scan: p50 {scan:.0f} ms, p99 {percentile(one.scanned, 0.99):.0f} ms"),
        Figure(f"indexed on {one.name}", one.indexed, "/s", note="100,000 services from the beginning"),
    ]  # fmt: skip


def relevant() -> list[Figure]:
    """How well, beside plain substrings."""
    with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/{{service}}.db") as database:
        relevance.fill(database)
        indexing.follow(database)
        ours, plainly = relevance.ours(database), relevance.substrings(database)
        judged = relevance.queries()
        found = []
        for half, told in (
            ("held", "of which only the mean was looked at before"),
            ("tune", "looked at when weights were chosen"),
        ):
            good, baseline = relevance.of_half(half, ours), relevance.of_half(half, plainly)
            count = sum(one.half == half for one in judged)
            note = f"{count} queries {told}; plain substrings {baseline:.2f}"
            found.append(Figure(f"search: nDCG@10, {half}", good, "", ratio=good / baseline, note=note))
        return found


def measure() -> list[Figure]:
    """Everything."""
    with servers.own_database(servers.postgres_server()) as address, opened(address) as database:
        postgres = on("PostgreSQL", database)
    with TemporaryDirectory(dir=Path.cwd()) as folder, opened(f"sqlite:///{folder}/{{service}}.db") as database:
        sqlite = on("SQLite", database)
    return [*relevant(), *figures(postgres, 20, 80), *figures(sqlite, 100, None)]


if __name__ == "__main__":
    finish("Search", measure())
