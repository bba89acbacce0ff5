"""What authorities push: ``/alerts/{connector}`` and everything below."""

from __future__ import annotations

from hub120_sdk import Refusal, Request, Response, Unauthorised

from chassis import logs
from chassis.connectors.door import Door, told
from chassis.connectors.host import Host
from chassis.database import Database
from chassis.process import Process
from services.outreach import arrivals

_log = logs.get_logger("alerts")


class Webhooks:
    """What an authority says is stored before it is answered."""

    def __init__(self, process: Process, database: Database) -> None:
        self._host: Host = process.connectors
        self._database = database
        self.door = Door(process, "alerts", "alerts", self._keep_and_acknowledge)

    def _keep_and_acknowledge(self, connector: str, asked: Request) -> Response:
        try:
            found = self._host.parse_alerts(connector, asked)
        except Refusal as error:
            why = "unsigned" if isinstance(error, Unauthorised) else "unreadable"
            _log.warning("alert_refused", connector=connector, reason=why)
            raise
        noted = self._database.run(arrivals.keep, connector, found) if found else []
        return told(connector, lambda: self._host.acknowledge_alerts(connector, asked, noted))
