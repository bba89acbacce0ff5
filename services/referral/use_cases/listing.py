"""Imports from connectors, page by page: the lease says who imports, the source where it is; a page comes with both.

Whoever lost the lease without knowing stores nothing. A page that is taken twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time

from chassis import leases
from chassis.database import Tx
from services.referral.domain.directory import Counts, Record, SourceKind
from services.referral.domain.listings import Diary, Place
from services.referral.store import directory_imports as store
from services.referral.use_cases import importing

RANK = 100
"""How far a connector's services are believed until a supervisor says otherwise, as those from files."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A process that imports from one connector."""

    connector: str
    name: str
    """What the connector is called, for its source."""
    holder: str
    hold_s: float
    """How long it may be silent before another takes over."""

    @property
    def lease(self) -> str:
        """What it holds."""
        return f"import.{self.connector}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source's list: services, keys of such as did not change, and where the next page is (empty: none)."""

    records: Sequence[Record]
    unchanged: Sequence[str]
    cursor: str
    complete: bool
    """Of the last page: whatever was on none is gone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page."""

    counts: Counts
    over: bool
    removed: int = 0


def wanted(tx: Tx, importer: Importer, at: time) -> Place | None:
    """The page that this process shall ask for now; None if there is nothing to do, or another does it.

    An import that is under way goes on. One begins at its time of day, and where somebody began one by hand.
    """
    diary = _hold(tx, importer)
    if diary is None:
        return None
    source, now = store.source(tx, importer.connector), tx.now.timestamp()
    cursor = None if source is None or source.begun_at is None else str(source.cursor)
    by_hand = cursor == ""
    if now < diary.rest_until and not by_hand:
        return None
    if cursor and not diary.failed:
        return Place.read(cursor)
    return _begin(tx, importer, diary) if by_hand or diary.due(now, at) else None


def _begin(tx: Tx, importer: Importer, diary: Diary) -> Place:
    now = tx.now.timestamp()
    importing.begin(tx, importer.connector, importer.name, SourceKind.CONNECTOR, RANK, afresh=diary.failed)
    place = Place(since=diary.since(now))
    importing.keep_cursor(tx, importer.connector, place.written())
    _keep(tx, importer, diary.begun(now))
    return place


def take(tx: Tx, importer: Importer, place: Place, page: Page) -> Taken | None:
    """Store the page that was asked for; None if the import is another's now, or somewhere else.

    Raises ``PreconditionFailed`` (IMPORT_EMPTY) for a list without any service.
    """
    diary, source = _hold(tx, importer), store.source(tx, importer.connector)
    if diary is None or source is None or source.begun_at is None or source.cursor != place.written():
        return None
    if not place.whole and not _has(tx, source.id, page.unchanged):
        importing.keep_cursor(tx, source.id, replace(place, whole=True).written())
        return Taken(Counts(), over=False)
    counts = importing.take(tx, source.id, page.records)
    store.seen(tx, source.id, source.generation, page.unchanged)
    diary = replace(diary, troubles=0)
    if page.cursor:
        importing.keep_cursor(tx, source.id, place.following(page.cursor).written())
        _keep(tx, importer, diary)
        return Taken(counts, over=False)
    removed = importing.finish(tx, source.id, complete=page.complete)
    _keep(tx, importer, diary.ended(complete=page.complete, full=place.since is None))
    return Taken(counts, over=True, removed=removed)


def _has(tx: Tx, source_id: str, keys: Sequence[str]) -> bool:
    """Whether the directory has all that the source calls unchanged."""
    known = store.known(tx, "service", source_id, keys) if keys else {}
    return all(key in known and known[key].removed_at is None for key in keys)


def rest(tx: Tx, importer: Importer, for_s: float) -> None:
    """The source is not asked for a while: it said so."""
    _changed(tx, importer, lambda diary: diary.rests(tx.now.timestamp() + for_s))


def fail(tx: Tx, importer: Importer, after_s: float, at: time, *, hopeless: bool) -> None:
    """It did not work: after a pause it is tried again, or begun anew another day."""
    now = tx.now.timestamp()
    _changed(tx, importer, lambda diary: diary.troubled(now, after_s, at, hopeless=hopeless))


def _changed(tx: Tx, importer: Importer, change: Callable[[Diary], Diary]) -> None:
    diary = _hold(tx, importer)
    if diary is not None:
        _keep(tx, importer, change(diary))


def _hold(tx: Tx, importer: Importer) -> Diary | None:
    """Take the lease, or prolong it; None if another has it."""
    written = leases.take(tx, importer.lease, importer.holder, importer.hold_s)
    return None if written is None else Diary.read(written)


def _keep(tx: Tx, importer: Importer, diary: Diary) -> None:
    leases.move(tx, importer.lease, importer.holder, diary.written())
