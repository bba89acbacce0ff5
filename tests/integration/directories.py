"""Directories as tests fill them: documents of services, imports, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from chassis.database import Database
from services.referral.domain.directory import Counts, Record, SourceKind
from services.referral.use_cases import importing


def document(name: str = "긴급복지지원", **more: Any) -> dict[str, Any]:
    """A service as a source gives it."""
    organization = {"name": "보건복지부", "description": "보건복지부"}
    return {"name": name, "status": "active", "organization": organization, **more}


def records(*names: str, **more: Any) -> list[Record]:
    """One record for each name, which is its key too."""
    return [Record(name, document(name, **more)) for name in names]


def imported(database: Database, source: str, given: Sequence[Record], rank: int = 10) -> Counts:
    """A whole import."""

    def use_case(tx: Any) -> Counts:
        importing.begin(tx, source, source, SourceKind.HSDS_JSON, rank)
        counts = importing.take(tx, source, given)
        importing.finish(tx, source)
        return counts

    return database.run(use_case)


def kept(database: Database, read: Callable[..., Any], *arguments: Any) -> Any:
    """What the store tells."""
    return database.read(read, *arguments)
