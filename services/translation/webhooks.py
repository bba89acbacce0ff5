"""Callbacks of partners: ``/interpreters/{connector}`` and everything below."""

from __future__ import annotations

from hub120_sdk import Refusal, Request, Response, Unauthorised

from chassis.connectors.door import Door, told
from chassis.connectors.host import Host
from chassis.database import Database
from chassis.process import Process
from services.translation import arrivals


class Webhooks:
    """What a partner says is stored before it is answered; what it is refused is on the audit trail."""

    def __init__(self, process: Process, database: Database) -> None:
        self._host: Host = process.connectors
        self._database = database
        self._centre = process.settings.centre_name
        self.door = Door(process, "interpreters", "interpreter", self._note_and_acknowledge)

    def _note_and_acknowledge(self, connector: str, asked: Request) -> Response:
        try:
            news = self._host.parse_news(connector, asked)
        except Refusal as error:
            why = "unsigned" if isinstance(error, Unauthorised) else "unreadable"
            self._database.run(arrivals.refused, connector, why)
            raise
        noted = self._database.run(arrivals.note, connector, news, self._centre) if news else []
        return told(connector, lambda: self._host.acknowledge_news(connector, asked, noted))
