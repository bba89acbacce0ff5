"""What imports write: sources and where they are, services with all that belongs to them, and what was refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.referral.domain.directory import Fault

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_SOURCE = held("SELECT * FROM source WHERE id = :id")
_ADD_SOURCE = Sql("""
INSERT INTO source (id, name, kind, cursor, rank, generation) VALUES (:id, :name, :kind, '', :rank, 0)
""")
_NAME_SOURCE = Sql("UPDATE source SET name = :name, rank = :rank WHERE id = :id RETURNING *")
_BEGIN = Sql("""
UPDATE source SET kind = :kind, cursor = '', generation = generation + 1, begun_at = :now, moved_at = :now
WHERE id = :id
""")
_MOVE = Sql("UPDATE source SET cursor = :cursor, moved_at = :now WHERE id = :id")
_FINISH = Sql("UPDATE source SET cursor = '', begun_at = NULL, moved_at = :now, imported_at = :now WHERE id = :id")
_COMPARED = Sql("UPDATE source SET compared_at = :now WHERE id = :id")

_PLAN_ANEW = Sql("SET LOCAL plan_cache_mode = force_custom_plan")
_PLAN_AS_BEFORE = Sql("SET LOCAL plan_cache_mode = auto")
_KNOWN = {
    "service": Sql(
        "SELECT id, source_key, digest, removed_at FROM service WHERE source = :source AND source_key IN :keys",
        lists=["keys"],
    ),
    "organization": Sql(
        "SELECT id, source_key, digest, removed_at FROM organization WHERE source = :source AND source_key IN :keys",
        lists=["keys"],
    ),
    "location": Sql(
        "SELECT id, source_key, document, removed_at FROM location WHERE source = :source AND source_key IN :keys",
        lists=["keys"],
    ),
}
_TAKEN = {
    table: Sql(f"SELECT id, source, source_key FROM {table} WHERE id IN :ids", lists=["ids"])  # noqa: S608 - our names
    for table in _KNOWN
}
_PLACES_TAKEN = Sql("SELECT id, service_id FROM service_at_location WHERE id IN :ids", lists=["ids"])

_PUT_SERVICE = Sql("""
INSERT INTO service (id, organization_id, source, source_key, name, status, kind, minimum_age, maximum_age, document,
    digest, likeness, behind, generation, assured_at, assured_by, modified_at, removed_at)
VALUES (:id, :organization_id, :source, :source_key, :name, :status, :kind, :minimum_age, :maximum_age, :document,
    :digest, :likeness, '', :generation, :assured_at, '', :now, NULL)
ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id, name = excluded.name,
    status = excluded.status, kind = excluded.kind, minimum_age = excluded.minimum_age,
    maximum_age = excluded.maximum_age, document = excluded.document, digest = excluded.digest,
    likeness = excluded.likeness, generation = excluded.generation, modified_at = excluded.modified_at,
    removed_at = NULL,
    assured_by = CASE WHEN service.assured_at >= COALESCE(excluded.assured_at, 0) THEN service.assured_by ELSE '' END,
    assured_at = CASE WHEN service.assured_at >= COALESCE(excluded.assured_at, 0) THEN service.assured_at
        ELSE excluded.assured_at END
""")
_PUT_ORGANIZATION = Sql("""
INSERT INTO organization (id, source, source_key, name, document, digest, modified_at, removed_at)
VALUES (:id, :source, :source_key, :name, :document, :digest, :now, NULL)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, document = excluded.document, digest = excluded.digest,
    modified_at = excluded.modified_at, removed_at = NULL
""")
_PUT_LOCATION = Sql("""
INSERT INTO location (id, organization_id, source, source_key, name, latitude, longitude, document, modified_at,
    removed_at)
VALUES (:id, :organization_id, :source, :source_key, :name, :latitude, :longitude, :document, :now, NULL)
ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id, name = excluded.name,
    latitude = excluded.latitude, longitude = excluded.longitude, document = excluded.document,
    modified_at = excluded.modified_at, removed_at = NULL
""")
_PUT_PLACE = Sql("""
INSERT INTO service_at_location (id, service_id, location_id, document, modified_at)
VALUES (:id, :service_id, :location_id, :document, :now)
""")
_ADD_AREA = Sql("INSERT INTO service_area (service_id, area) VALUES (:service_id, :area)")
_ADD_TERM = Sql("INSERT INTO service_term (service_id, taxonomy, term) VALUES (:service_id, :taxonomy, :term)")
_CLEAR = tuple(
    Sql(f"DELETE FROM {table} WHERE service_id IN :ids", lists=["ids"])  # noqa: S608 - our names
    for table in ("service_at_location", "service_area", "service_term")
)
_SEEN = Sql("""
UPDATE service SET generation = :generation
WHERE source = :source AND source_key IN :keys AND generation <> :generation
""", lists=["keys"])  # fmt: skip
_TOUCH_OF = Sql("UPDATE service SET modified_at = :now WHERE organization_id IN :ids", lists=["ids"])
_TOUCH_AT = Sql("""
UPDATE service SET modified_at = :now
WHERE id IN (SELECT service_id FROM service_at_location WHERE location_id IN :ids)
""", lists=["ids"])  # fmt: skip

_COUNTED = Sql("""
SELECT COALESCE(SUM(CASE WHEN generation = :generation THEN 1 ELSE 0 END), 0) AS seen, count(*) AS live
FROM service WHERE source = :source AND removed_at IS NULL
""")
_REMOVE = Sql("""
UPDATE service SET removed_at = :now, modified_at = :now
WHERE source = :source AND generation <> :generation AND removed_at IS NULL
""")
_REMOVE_ORGANIZATIONS = Sql("""
UPDATE organization SET removed_at = :now, modified_at = :now WHERE source = :source AND removed_at IS NULL
AND NOT EXISTS (SELECT 1 FROM service WHERE organization_id = organization.id AND service.removed_at IS NULL)
""")
_REMOVE_LOCATIONS = Sql("""
UPDATE location SET removed_at = :now, modified_at = :now WHERE source = :source AND removed_at IS NULL
AND NOT EXISTS (SELECT 1 FROM service_at_location JOIN service ON service.id = service_at_location.service_id
    WHERE location_id = location.id AND service.removed_at IS NULL)
""")

_ADD_ERROR = Sql("""
INSERT INTO import_error (source, source_key, number, place, path, message, found_at)
VALUES (:source, :source_key, :number, :place, :path, :message, :now)
ON CONFLICT (source, source_key, number) DO UPDATE SET place = excluded.place, path = excluded.path,
    message = excluded.message, found_at = excluded.found_at
""")
_FORGET_ERRORS = Sql("DELETE FROM import_error WHERE source = :source")
_MENDED = Sql("DELETE FROM import_error WHERE source = :source AND source_key IN :keys", lists=["keys"])


def source(tx: Tx, source_id: str) -> Row | None:
    """A source; its row is held, so that of one source one import moves at a time."""
    return tx.execute(_SOURCE[tx.dialect], {"id": source_id}).one_or_none()


def add_source(tx: Tx, source_id: str, name: str, kind: str, rank: int) -> None:
    """Write a new source down."""
    tx.execute(_ADD_SOURCE, {"id": source_id, "name": name, "kind": kind, "rank": rank})


def name_source(tx: Tx, source_id: str, name: str, rank: int) -> Row:
    """Change what a source is called and how far it is believed."""
    return tx.execute(_NAME_SOURCE, {"id": source_id, "name": name, "rank": rank}).one()


def begin(tx: Tx, source_id: str, kind: str) -> None:
    """An import begins: nothing is seen yet, nothing refused."""
    tx.execute(_BEGIN, {"id": source_id, "kind": kind, "now": tx.now.timestamp()})
    tx.execute(_FORGET_ERRORS, {"source": source_id})


def move(tx: Tx, source_id: str, cursor: str) -> None:
    """Where the import goes on."""
    tx.execute(_MOVE, {"id": source_id, "cursor": cursor, "now": tx.now.timestamp()})


def finish(tx: Tx, source_id: str) -> None:
    """The import is complete."""
    tx.execute(_FINISH, {"id": source_id, "now": tx.now.timestamp()})


def compared(tx: Tx, source_id: str) -> None:
    """The source was compared with the others."""
    tx.execute(_COMPARED, {"id": source_id, "now": tx.now.timestamp()})


def plan_anew(tx: Tx) -> None:
    """From now on in this transaction PostgreSQL plans by how large tables are now: an import fills them, and a plan
    that was kept from when they were empty reads them whole every time."""
    if tx.dialect == "postgresql":
        tx.later(_PLAN_ANEW)


def plan_as_before(tx: Tx) -> None:
    """What writes single rows is planned once."""
    if tx.dialect == "postgresql":
        tx.later(_PLAN_AS_BEFORE)


def known(tx: Tx, table: str, source_id: str, keys: Iterable[str]) -> Mapping[str, Row]:
    """What there is of a source in service, organization or location, by the source's key."""
    found = tx.execute(_KNOWN[table], {"source": source_id, "keys": sorted(set(keys))})
    return {row.source_key: row for row in found}


def taken(tx: Tx, table: str, ids: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Whose an id is already: source and key."""
    found = tx.execute(_TAKEN[table], {"ids": sorted(set(ids))})
    return {row.id: (row.source, row.source_key) for row in found}


def places_taken(tx: Tx, ids: Iterable[str]) -> Mapping[str, str]:
    """Of which service an id of a service_at_location is already."""
    return {row.id: row.service_id for row in tx.execute(_PLACES_TAKEN, {"ids": sorted(set(ids))})}


def put_service(tx: Tx, values: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    """Write a service; its places, areas and terms are written anew after ``clear``."""
    tx.later(_PUT_SERVICE, {**values, "document": _JSON.encode(document), "now": tx.now.timestamp()})


def put_organization(tx: Tx, values: Mapping[str, Any], document: str) -> None:
    """Write an organization."""
    tx.later(_PUT_ORGANIZATION, {**values, "document": document, "now": tx.now.timestamp()})


def put_location(tx: Tx, values: Mapping[str, Any], document: str) -> None:
    """Write a location."""
    tx.later(_PUT_LOCATION, {**values, "document": document, "now": tx.now.timestamp()})


def put_place(tx: Tx, place_id: str, service_id: str, location_id: str, document: Mapping[str, Any]) -> None:
    """A service is at a location."""
    values = {"id": place_id, "service_id": service_id, "location_id": location_id, "now": tx.now.timestamp()}
    tx.later(_PUT_PLACE, {**values, "document": _JSON.encode(document)})


def clear(tx: Tx, ids: Sequence[str]) -> None:
    """Services without places, areas and terms, before they are written."""
    for statement in _CLEAR if ids else ():
        tx.execute(statement, {"ids": list(ids)})


def add_area(tx: Tx, service_id: str, area: str) -> None:
    """A service is for an area."""
    tx.later(_ADD_AREA, {"service_id": service_id, "area": area})


def add_term(tx: Tx, service_id: str, taxonomy: str, term: str) -> None:
    """A service has a term."""
    tx.later(_ADD_TERM, {"service_id": service_id, "taxonomy": taxonomy, "term": term})


def seen(tx: Tx, source_id: str, generation: int, keys: Sequence[str]) -> None:
    """The source still has these."""
    tx.execute(_SEEN, {"source": source_id, "generation": generation, "keys": list(keys)})


def touch(tx: Tx, organizations: Sequence[str], locations: Sequence[str]) -> None:
    """What is shown of the services of these organizations and at these locations has changed."""
    now = tx.now.timestamp()
    if organizations:
        tx.execute(_TOUCH_OF, {"ids": list(organizations), "now": now})
    if locations:
        tx.execute(_TOUCH_AT, {"ids": list(locations), "now": now})


def counted(tx: Tx, source_id: str, generation: int) -> tuple[int, int]:
    """Services that this import has seen, and all that are not removed."""
    row = tx.execute(_COUNTED, {"source": source_id, "generation": generation}).one()
    return int(row.seen), row.live


def remove_unseen(tx: Tx, source_id: str, generation: int) -> int:
    """Mark as removed what this import has not seen, and whatever belongs to no service any more; how many services."""
    values = {"source": source_id, "generation": generation, "now": tx.now.timestamp()}
    removed = tx.execute(_REMOVE, values).rowcount
    tx.execute(_REMOVE_ORGANIZATIONS, values)
    tx.execute(_REMOVE_LOCATIONS, values)
    return removed


def refuse(tx: Tx, source_id: str, key: str, place: str, faults: Sequence[Fault]) -> None:
    """Write down what is wrong with a record, instead of what was before."""
    for number, fault in enumerate(faults, 1):
        values = {"source": source_id, "source_key": key, "number": number, "place": place}
        tx.later(_ADD_ERROR, {**values, "path": fault.path, "message": fault.message, "now": tx.now.timestamp()})


def forget_errors(tx: Tx, source_id: str, keys: Sequence[str]) -> None:
    """Nothing is known to be wrong with these."""
    tx.execute(_MENDED, {"source": source_id, "keys": list(keys)})


def encoded(document: Mapping[str, Any]) -> str:
    """A document as its column keeps it."""
    return _JSON.encode(document)
