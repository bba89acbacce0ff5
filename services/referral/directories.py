"""Directories outside: each connector that is one is asked page by page, once a day, and what it lists is imported.

A connector's call lies between two transactions: one says which page is wanted, one stores it and where it goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from hub120_sdk import ConnectorError, ListedPage, Misconfigured, Rejected, Retry, Throttled, Unreadable

from chassis import logs
from chassis.clock import Clock
from chassis.connectors.errors import NotTried
from chassis.connectors.host import Host
from chassis.connectors.running import Running
from chassis.database import Database
from chassis.errors import PreconditionFailed
from chassis.ids import new_id
from services.referral.domain.directory import Record
from services.referral.domain.listings import Place
from services.referral.use_cases import listing
from services.referral.use_cases.listing import Importer, Page, Taken

SPARE_S = 30.0
"""How much longer than a page may take a process holds an import: another takes over so late when it is gone."""
_MISCONFIGURED_S = 600.0
_log = logs.get_logger("directories")


class Imports:
    """The imports of one worker process."""

    def __init__(self, connectors: Host, clock: Clock, at: time, stopped: Callable[[], bool] = lambda: False) -> None:
        """``at`` is the time of day in Korea; ``stopped`` says whether the process shall end."""
        self._connectors, self._at, self._stopped = connectors, at, stopped
        self._holder = new_id(clock())

    def go(self, database: Database) -> None:
        """Import what is due, a page of each connector in turn, until nothing is to be done now."""
        going = [found for one in sorted(self._connectors.having("directory")) if (found := self._connectors.get(one))]
        while going and not self._stopped():
            going = [running for running in going if self._page(database, running)]

    def _page(self, database: Database, running: Running) -> bool:
        """One page; whether another may come at once."""
        manifest = running.manifest
        importer = Importer(manifest.id, manifest.name, self._holder, manifest.limits.send_deadline_s + SPARE_S)
        place = database.run(listing.wanted, importer, self._at)
        if place is None:
            return False
        try:
            taken = database.run(listing.take, importer, place, self._asked(manifest.id, place))
        except ConnectorError as error:
            self._troubled(database, importer, error)
            return False
        except PreconditionFailed as error:
            _log.warning("directory_not_imported", connector=manifest.id, error=error.reason)
            database.run(listing.fail, importer, 0.0, self._at, hopeless=True)
            return False
        return taken is not None and _told(manifest.id, taken)

    def _asked(self, connector: str, place: Place) -> Page:
        since = None if place.since is None or place.whole else datetime.fromtimestamp(place.since, UTC)
        found: ListedPage = self._connectors.services(connector, since, place.cursor)
        records = [Record(one.key, one.document) for one in found.services]
        return Page(records, found.unchanged, found.cursor, found.complete)

    def _troubled(self, database: Database, importer: Importer, error: ConnectorError) -> None:
        """Wait as long as the source says, or longer each time."""
        after_s = error.after_s if isinstance(error, Retry) else 0.0
        _log.warning("directory_waits", connector=importer.connector, error=type(error).__name__, after_s=after_s)
        if isinstance(error, Throttled | NotTried):
            database.run(listing.rest, importer, after_s)
        elif isinstance(error, Misconfigured):
            database.run(listing.rest, importer, _MISCONFIGURED_S)
        else:
            hopeless = isinstance(error, Rejected | Unreadable)
            database.run(listing.fail, importer, after_s, self._at, hopeless=hopeless)


def _told(connector: str, taken: Taken) -> bool:
    """Write down what became of a page that needs an eye, and of an import's end; whether it goes on."""
    if taken.counts.refused:
        _log.warning("directory_refused", connector=connector, services=taken.counts.refused)
    if taken.over:
        _log.info("directory_imported", connector=connector, removed=taken.removed)
    return not taken.over
