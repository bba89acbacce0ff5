"""Sources of alerts: each connector that is one is polled, and what it brings is stored with where to go on.

A connector's call lies between two transactions: one says from where to ask, one stores what came and the new cursor.
What is pushed comes through ``webhooks``.
"""

from __future__ import annotations

from collections.abc import Callable

from hub120_sdk import AlertPage, ConnectorError, Misconfigured, Retry, Throttled

from chassis import logs
from chassis.clock import Clock
from chassis.connectors.errors import NotTried
from chassis.connectors.host import Host
from chassis.connectors.running import Running
from chassis.database import Database, Tx
from chassis.ids import new_id
from services.outreach import arrivals
from services.outreach.domain.polling import Reading
from services.outreach.use_cases import polling
from services.outreach.use_cases.polling import Poller

SPARE_S = 30.0
"""How much longer than a page may take a process holds a source: another takes over so late when it is gone."""
MISCONFIGURED_S = 600.0
_log = logs.get_logger("alerts")


class Sources:
    """The sources of one worker process."""

    def __init__(
        self, connectors: Host, clock: Clock, every_s: float, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Each is asked so often; ``stopped`` says whether the process shall end."""
        self._connectors, self._every_s, self._stopped = connectors, every_s, stopped
        self._holder = new_id(clock())

    def go(self, database: Database) -> None:
        """Ask whom it is time to ask, a page of each in turn, until nothing is to be done now."""
        asked = [found for one in sorted(self._connectors.having("alerts")) if (found := self._connectors.get(one))]
        while asked and not self._stopped():
            asked = [running for running in asked if self._page(database, running)]

    def _page(self, database: Database, running: Running) -> bool:
        """One page; whether another may come at once."""
        manifest = running.manifest
        poller = Poller(manifest.id, self._holder, manifest.limits.send_deadline_s + SPARE_S)
        reading = database.run(polling.wanted, poller)
        if reading is None:
            return False
        try:
            page = self._connectors.poll_alerts(manifest.id, reading.cursor)
        except ConnectorError as error:
            self._troubled(database, poller, error)
            return False
        for reason in page.refused:
            _log.warning("alert_refused", connector=manifest.id, reason=reason)
        return bool(database.run(self._keep, poller, reading, page)) and page.more

    def _keep(self, tx: Tx, poller: Poller, reading: Reading, page: AlertPage) -> bool:
        """Store a page and where the next one is; False where another has taken over."""
        if not polling.moved(tx, poller, reading, page.cursor, 0.0 if page.more else self._every_s):
            return False
        arrivals.keep(tx, poller.connector, page.alerts)
        return True

    def _troubled(self, database: Database, poller: Poller, error: ConnectorError) -> None:
        """Wait as long as the source says, or longer each time."""
        after_s = error.after_s if isinstance(error, Retry) else 0.0
        _log.warning("alerts_wait", connector=poller.connector, error=type(error).__name__, after_s=after_s)
        asked_for = isinstance(error, Throttled | NotTried)
        if isinstance(error, Misconfigured):
            asked_for, after_s = True, MISCONFIGURED_S
        database.run(polling.wait, poller, after_s, asked_for=asked_for)
