"""What is read of the directory and decided about it, beside imports: one service, its assurance, sources."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.referral.store import directory as store
from services.referral.store import directory_imports
from services.referral.use_cases import comparing


def assure(tx: Tx, service_id: str, by: str) -> Row:
    """Somebody of the centre says that a service is right as it stands; saying it again changes the date. Raises
    ``NotFound``, also for a service that was removed."""
    row = store.hold_service(tx, service_id)
    if row is None or row.removed_at is not None:
        raise NotFound("service", service_id)
    store.assure(tx, service_id, by)
    found: Row = store.service(tx, service_id)
    return found


def put_source(tx: Tx, source_id: str, name: str, rank: int) -> Row:
    """Say what a source is called and how far it is believed. Raises ``NotFound``."""
    source = directory_imports.source(tx, source_id)
    if source is None:
        raise NotFound("source", source_id)
    directory_imports.name_source(tx, source_id, name, rank)
    if source.rank != rank:
        comparing.arrange(tx)
    return next(row for row in store.sources(tx) if row.id == source_id)
