"""Duplicates between sources: found, decided by a person, and one of them put behind the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.referral.domain import sameness
from services.referral.domain.directory import Decision
from services.referral.domain.sameness import Difference
from services.referral.store import directory, directory_imports
from services.referral.store import directory_duplicates as store


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two services that are the same and say different things; ``believed`` is the id of the one that is shown."""

    pair: Row
    believed: str
    differences: tuple[Difference, ...]


def compare(tx: Tx) -> int:
    """Compare one source that was imported with the others; how many pairs are new. For a timer: what two workers do at
    once is found once."""
    for source_id in store.due(tx)[:1]:
        directory_imports.source(tx, source_id)
        found = store.find(tx, source_id)
        directory_imports.compared(tx, source_id)
        return found
    return 0


def decide(tx: Tx, one: str, other: str, decision: Decision, decided_by: str) -> Row:
    """Say of two services whether they are the same; it can be said anew. Raises ``NotFound``."""
    first, second = sorted((one, other))
    if store.hold(tx, first, second) is None or store.pair(tx, first, second) is None:
        raise NotFound("duplicate", first)
    store.decide(tx, first, second, decision, decided_by)
    arrange(tx)
    found: Row = store.pair(tx, first, second)
    return found


def arrange(tx: Tx) -> None:
    """Put each service that is the same as a better one behind it, and show again what stands behind nothing.

    The better one is of the source with the lower rank; between equals the order of their ids decides.
    """
    wanted, now = sameness.behind(map(_pair, store.same(tx))), store.hidden(tx)
    for service_id in sorted({*wanted, *now}):
        if wanted.get(service_id, "") != now.get(service_id, ""):
            store.hide(tx, service_id, wanted.get(service_id, ""))


def _pair(row: Row) -> tuple[sameness.Candidate, sameness.Candidate]:
    return (
        sameness.Candidate(row.first_rank, row.first_source, row.first),
        sameness.Candidate(row.second_rank, row.second_source, row.second),
    )


def conflicts(tx: Tx, after: tuple[str, str], limit: int) -> tuple[list[Conflict], Row | None]:
    """Pairs that are the same and differ, and the last pair that was looked at; None if there is no further one."""
    pairs = store.listed(tx, [Decision.SAME], after, limit + 1)
    looked = pairs[:limit]
    services = directory.services(tx, [one for row in looked for one in (row.first, row.second)])
    organizations = directory.organizations(tx, [row.organization_id for row in services.values()])
    areas = directory.areas(tx, list(services))
    told = {
        service_id: _told(row, organizations[row.organization_id], areas.get(service_id, ()))
        for service_id, row in services.items()
    }
    found = []
    for row in looked:
        differences = sameness.differences(told[row.first], told[row.second])
        if differences:
            found.append(Conflict(row, row.second if row.first_behind else row.first, differences))
    return found, looked[-1] if len(pairs) > limit else None


def _told(service: Row, organization: Row, areas: Sequence[str]) -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(service.document)
    return {**document, "organization": organization.name, "areas": ", ".join(areas)}
