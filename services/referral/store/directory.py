"""The directory as it is read: services, organizations, places, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql

_SERVICE = Sql("SELECT * FROM service WHERE id = :id")
_HELD_SERVICE = held("SELECT * FROM service WHERE id = :id")
_ORGANIZATION = Sql("SELECT * FROM organization WHERE id = :id")
_SERVICES = Sql("SELECT * FROM service WHERE id IN :ids", lists=["ids"])
_ORGANIZATIONS = Sql("SELECT * FROM organization WHERE id IN :ids", lists=["ids"])
_AREAS = Sql("SELECT * FROM service_area WHERE service_id IN :ids ORDER BY service_id, area", lists=["ids"])
_TERMS = Sql("SELECT * FROM service_term WHERE service_id IN :ids ORDER BY service_id, taxonomy, term", lists=["ids"])
_PLACES = Sql("""
SELECT service_at_location.*, location.document AS location_document
FROM service_at_location JOIN location ON location.id = location_id
WHERE service_id IN :ids ORDER BY service_id, service_at_location.id
""", lists=["ids"])  # fmt: skip
_ASSURE = Sql("UPDATE service SET assured_at = :now, assured_by = :by, modified_at = :now WHERE id = :id")
_SOURCES = Sql("""
SELECT source.*, (SELECT count(*) FROM service WHERE source = source.id AND removed_at IS NULL) AS services,
    (SELECT count(DISTINCT source_key) FROM import_error WHERE import_error.source = source.id) AS refused
FROM source ORDER BY rank, id
""")
_ERRORS = Sql("""
SELECT * FROM import_error WHERE source = :source AND (source_key > :key OR (source_key = :key AND number > :number))
ORDER BY source_key, number LIMIT :limit
""")


def service(tx: Tx, service_id: str) -> Row | None:
    """A service by id, also one that was removed (``removed_at``) or stands behind another (``behind``)."""
    return tx.execute(_SERVICE, {"id": service_id}).one_or_none()


def hold_service(tx: Tx, service_id: str) -> Row | None:
    """The same; its row is held."""
    return tx.execute(_HELD_SERVICE[tx.dialect], {"id": service_id}).one_or_none()


def organization(tx: Tx, organization_id: str) -> Row | None:
    """An organization by id, also one that was removed (``removed_at``)."""
    return tx.execute(_ORGANIZATION, {"id": organization_id}).one_or_none()


def services(tx: Tx, ids: Iterable[str]) -> Mapping[str, Row]:
    """Services by id."""
    return {row.id: row for row in tx.execute(_SERVICES, {"ids": sorted(set(ids))})}


def organizations(tx: Tx, ids: Iterable[str]) -> Mapping[str, Row]:
    """Organizations by id."""
    return {row.id: row for row in tx.execute(_ORGANIZATIONS, {"ids": sorted(set(ids))})}


def areas(tx: Tx, ids: Sequence[str]) -> Mapping[str, list[str]]:
    """The district codes for which services are, by the service's id."""
    found: dict[str, list[str]] = {}
    for row in tx.execute(_AREAS, {"ids": list(ids)}):
        found.setdefault(row.service_id, []).append(row.area)
    return found


def terms(tx: Tx, ids: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    """Taxonomy and code of the terms of services, by the service's id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in tx.execute(_TERMS, {"ids": list(ids)}):
        found.setdefault(row.service_id, []).append((row.taxonomy, row.term))
    return found


def places(tx: Tx, ids: Iterable[str]) -> Mapping[str, list[Row]]:
    """Where services are, by the service's id; each with ``location_document``."""
    found: dict[str, list[Row]] = {}
    for row in tx.execute(_PLACES, {"ids": sorted(set(ids))}):
        found.setdefault(row.service_id, []).append(row)
    return found


def assure(tx: Tx, service_id: str, by: str) -> None:
    """Somebody says now that a service is right."""
    tx.execute(_ASSURE, {"id": service_id, "by": by, "now": tx.now.timestamp()})


def sources(tx: Tx) -> Sequence[Row]:
    """Every source, the most believed first, with the number of its ``services`` and of ``refused`` records."""
    return tx.execute(_SOURCES).all()


def errors(tx: Tx, source_id: str, after: tuple[str, int], limit: int) -> Sequence[Row]:
    """What was wrong in the last import of a source, by key."""
    values = {"source": source_id, "key": after[0], "number": after[1], "limit": limit}
    return tx.execute(_ERRORS, values).all()
