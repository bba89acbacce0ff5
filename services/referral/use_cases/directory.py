"""What is read of the directory and decided about it, beside imports: one service, its assurance, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.referral.hsds import writing
from services.referral.store import directory as store
from services.referral.store import directory_imports
from services.referral.use_cases import comparing


@dataclass(frozen=True, slots=True)
class Entry:
    """A service with everything that belongs to it; ``document`` is the whole of it in HSDS 3.0."""

    row: Row
    areas: Sequence[str]
    terms: Sequence[tuple[str, str]]
    document: writing.Document


def entry(tx: Tx, service_id: str) -> Entry:
    """A service, also one that was removed or stands behind another. Raises ``NotFound``."""
    service_id = service_id.lower()
    row = store.service(tx, service_id)
    if row is None:
        raise NotFound("service", service_id)
    organization = store.organizations(tx, [row.organization_id])[row.organization_id]
    places = store.places(tx, [service_id]).get(service_id, ())
    return Entry(
        row=row,
        areas=store.areas(tx, [service_id]).get(service_id, ()),
        terms=store.terms(tx, [service_id]).get(service_id, ()),
        document=writing.service(row, organization, places),
    )


def assure(tx: Tx, service_id: str, by: str) -> Entry:
    """Somebody of the centre says that a service is right as it stands; saying it again changes the date. Raises
    ``NotFound``, also for a service that was removed."""
    row = store.hold_service(tx, service_id.lower())
    if row is None or row.removed_at is not None:
        raise NotFound("service", service_id)
    store.assure(tx, row.id, by)
    return entry(tx, row.id)


def put_source(tx: Tx, source_id: str, name: str, rank: int) -> Row:
    """Say what a source is called and how far it is believed. Raises ``NotFound``."""
    source = directory_imports.source(tx, source_id)
    if source is None:
        raise NotFound("source", source_id)
    directory_imports.name_source(tx, source_id, name, rank)
    if source.rank != rank:
        comparing.arrange(tx)
    return next(row for row in store.sources(tx) if row.id == source_id)
