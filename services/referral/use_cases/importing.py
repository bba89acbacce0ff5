"""Imports of services, from connectors and files alike: begun, taken by the hundred, finished.

An import that stops goes on at its cursor, and whatever comes twice changes nothing. What is refused is written down,
and the rest is taken. Only a finished import says what a source no longer has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chassis.database import Tx
from chassis.errors import Conflict, InvalidArgument, NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain.directory import (
    MOST_RECORDS,
    Counts,
    Fault,
    Record,
    SourceKind,
    likeness,
    own_id,
)
from services.referral.hsds import reading
from services.referral.hsds.reading import Part, Read, Refused
from services.referral.store import directory_imports as store
from services.referral.use_cases import comparing

GIVEN_UP_S = 24 * 3600.0
"""An import that has not moved for so long begins anew instead of going on."""
BUSY_S = 60.0
"""An import that moved so lately is not begun afresh beside itself."""


def begin(tx: Tx, source_id: str, name: str, kind: SourceKind, rank: int, *, afresh: bool = False) -> str:
    """Begin an import, or go on with one that stopped: the cursor at which, empty for the start.

    A source that is new is written down with name and rank; of one that is known they stay as a supervisor set them.
    ``afresh`` goes on with none. Raises ``Conflict`` (IMPORT_UNDER_WAY) if one is moving right now.
    """
    source = store.source(tx, source_id)
    if source is None:
        store.add_source(tx, source_id, name, kind, rank)
    elif source.begun_at is not None:
        idle_s = tx.now.timestamp() - source.moved_at
        if afresh and idle_s < BUSY_S:
            raise Conflict(f"source {source_id} is being imported by somebody else: wait a minute", "IMPORT_UNDER_WAY")
        if not afresh and idle_s < GIVEN_UP_S:
            return str(source.cursor)
    store.begin(tx, source_id, kind)
    return ""


def keep_cursor(tx: Tx, source_id: str, cursor: str) -> None:
    """Where the import goes on if it stops here; in the transaction of the records before it.

    Raises ``NotFound`` or ``PreconditionFailed`` (NO_IMPORT).
    """
    _under_way(tx, source_id)
    store.move(tx, source_id, cursor)


def finish(tx: Tx, source_id: str, *, complete: bool = True) -> int:
    """The source has been read to its end: what it no longer has is marked as removed. How many services that are.

    One that is not ``complete`` may have missed some: nothing is removed. Raises ``NotFound``, or
    ``PreconditionFailed`` (NO_IMPORT, or IMPORT_EMPTY where not one of the source's services came: that is taken for a
    fault of the source, and nothing is removed).
    """
    source = _under_way(tx, source_id)
    seen, live = store.counted(tx, source_id, source.generation)
    if live and not seen:
        raise PreconditionFailed("IMPORT_EMPTY", f"source {source_id} had no service at all: nothing was removed")
    removed = store.remove_unseen(tx, source_id, source.generation) if complete else 0
    store.finish(tx, source_id)
    comparing.arrange(tx)
    return removed


def take(tx: Tx, source_id: str, records: Sequence[Record]) -> Counts:
    """Take up to 500 services of an import that is under way; a second call with the same changes nothing.

    Raises ``NotFound``, ``PreconditionFailed`` (NO_IMPORT) or ``InvalidArgument`` for too many.
    """
    if len(records) > MOST_RECORDS:
        raise InvalidArgument([("records", f"has at most {MOST_RECORDS} items")])
    source = _under_way(tx, source_id)
    store.plan_anew(tx)
    taking = _Taking(tx, source, records)
    taking.store()
    store.move(tx, source_id, source.cursor)
    return taking.counts


def _under_way(tx: Tx, source_id: str) -> Row:
    source = store.source(tx, source_id)
    if source is None:
        raise NotFound("source", source_id)
    if source.begun_at is None:
        raise PreconditionFailed("NO_IMPORT", f"no import of source {source_id} is under way: begin one")
    return source


class _Taking:
    """Records on their way into the directory: what they are, what is there already, what is written."""

    def __init__(self, tx: Tx, source: Row, records: Sequence[Record]) -> None:
        self._tx, self._source = tx, source
        self._keys = [record.key for record in records]
        self._known = store.known(tx, "service", source.id, self._keys)
        self._refused: list[tuple[str, str, Sequence[Fault]]] = []
        self._read: list[tuple[Read, bytes]] = []
        self.counts = Counts()
        seen: set[str] = set()
        for record in records:
            self._look(record, record.key in seen)
            seen.add(record.key)

    def _look(self, record: Record, twice: bool) -> None:
        try:
            if twice:
                raise Refused(Fault("", "has the key of another record"))
            digest = reading.digest(record)
            known = self._known.get(record.key)
            if known and bytes(known.digest) == digest and known.removed_at is None:
                self.counts += Counts(unchanged=1)
                return
            self._read.append((reading.read(self._source.id, record), digest))
            self.counts += Counts(changed=1) if known else Counts(new=1)
        except Refused as error:
            self._refused.append((record.key, record.place, error.faults))
            self.counts += Counts(refused=1)

    def store(self) -> None:
        """Write everything down."""
        tx, source = self._tx, self._source
        store.forget_errors(tx, source.id, self._keys)
        for key, place, faults in self._refused:
            store.refuse(tx, source.id, key, place, faults)
        store.seen(tx, source.id, source.generation, self._keys)
        if self._read:
            self._store_services()

    def _store_services(self) -> None:
        organizations = self._parts("organization", [read.organization for read, _ in self._read])
        locations = self._parts("location", [place.location for read, _ in self._read for place in read.places])
        services = self._parts("service", [read.service for read, _ in self._read])
        store.clear(self._tx, [part.id for key, part in services.items() if key in self._known])
        place_ids = dict(store.places_taken(self._tx, [one.id for read, _ in self._read for one in read.places]))
        known = {
            "organization": store.known(self._tx, "organization", self._source.id, organizations),
            "location": store.known(self._tx, "location", self._source.id, locations),
        }
        store.plan_as_before(self._tx)
        changed = (
            self._store_organizations(organizations, known["organization"]),
            self._store_locations(locations, organizations, known["location"]),
        )
        for read, digest in self._read:
            service = services[read.service.key]
            organization = organizations[read.organization.key]
            self._store_service(read, digest, service, organization)
            self._store_places(read, service, locations, place_ids)
        store.touch(self._tx, *changed)

    def _parts(self, table: str, parts: Sequence[Part]) -> Mapping[str, Part]:
        """Parts by key, with the id they have had, or that is free: an id of another source's is not taken away."""
        known = store.known(self._tx, table, self._source.id, [part.key for part in parts])
        owners = dict(store.taken(self._tx, table, [part.id for part in parts]))
        found: dict[str, Part] = {}
        for part in parts:
            own = self._source.id, part.key
            if part.key in known:
                found[part.key] = replace(part, id=known[part.key].id)
            elif owners.setdefault(part.id, own) != own:
                found[part.key] = replace(part, id=own_id(self._source.id, table, part.key))
            else:
                found[part.key] = part
        return found

    def _store_organizations(self, parts: Mapping[str, Part], known: Mapping[str, Row]) -> list[str]:
        changed = []
        for key, part in parts.items():
            document = store.encoded(part.document)
            digest = reading.digest(Record(key, part.document))
            before = known.get(key)
            if before and bytes(before.digest) == digest and before.removed_at is None:
                continue
            changed += [part.id] if before else []
            values = self._values(part) | {"digest": digest}
            store.put_organization(self._tx, values, document)
        return changed

    def _store_locations(
        self, parts: Mapping[str, Part], organizations: Mapping[str, Part], known: Mapping[str, Row]
    ) -> list[str]:
        owners = {
            place.location.key: organizations[read.organization.key].id
            for read, _ in self._read
            for place in read.places
        }
        changed = []
        for key, part in parts.items():
            document = store.encoded(part.document)
            before = known.get(key)
            if before and before.document == document and before.removed_at is None:
                continue
            changed += [part.id] if before else []
            point = {name: part.document.get(name) for name in ("latitude", "longitude")}
            store.put_location(self._tx, self._values(part) | point | {"organization_id": owners[key]}, document)
        return changed

    def _store_service(self, read: Read, digest: bytes, service: Part, organization: Part) -> None:
        document = read.service.document
        values = self._values(service) | {
            "organization_id": organization.id,
            "status": document["status"],
            "kind": read.kind,
            "minimum_age": read.ages[0],
            "maximum_age": read.ages[1],
            "digest": digest,
            "likeness": likeness(document["name"], organization.document["name"]),
            "generation": self._source.generation,
            "assured_at": read.assured_at,
        }
        store.put_service(self._tx, values, document)
        for area in sorted(read.areas):
            store.add_area(self._tx, service.id, area)
        for taxonomy, term in sorted(read.terms):
            store.add_term(self._tx, service.id, taxonomy, term)

    def _store_places(self, read: Read, service: Part, locations: Mapping[str, Part], taken: dict[str, str]) -> None:
        written: set[str] = set()
        for place in read.places:
            location = locations[place.location.key]
            if location.id in written:
                continue
            written.add(location.id)
            free = taken.setdefault(place.id, service.id) == service.id
            place_id = place.id if free else own_id(self._source.id, "place", f"{service.id}\n{location.id}")
            store.put_place(self._tx, place_id, service.id, location.id, place.document)

    def _values(self, part: Part) -> dict[str, object]:
        name = part.document.get("name", "")
        return {"id": part.id, "source": self._source.id, "source_key": part.key, "name": name}
