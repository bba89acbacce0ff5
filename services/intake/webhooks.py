"""Webhooks: what channels and departments send is stored, and only then answered (``chassis.connectors.door``)."""

from __future__ import annotations

from hub120_sdk import Inquiry, Request, Response
from starlette.routing import BaseRoute

from chassis import telemetry
from chassis.connectors.door import Door, told
from chassis.database import Database
from chassis.process import Process
from services.intake import arrivals
from services.intake.arrivals import Arrivals

_received = telemetry.counter(
    "hub120.contacts.received", "{contact}", "Contacts stored", (telemetry.attributes.CONNECTOR,)
)


class Webhooks:
    """``/channels/{connector}``, ``/departments/{connector}`` and everything below them."""

    def __init__(self, process: Process, database: Database) -> None:
        self._host = process.connectors
        self._database = database
        self._arrivals = Arrivals(process)
        self._doors = (
            Door(process, "channels", "channel", self._store_and_answer),
            Door(process, "departments", "department", self._note_and_acknowledge),
        )

    def routes(self) -> list[BaseRoute]:
        """For the HTTP host."""
        return [route for door in self._doors for route in door.routes()]

    def longest_body(self, path: str) -> int:
        """How long the body of a request to a path may be."""
        return max(door.longest_body(path) for door in self._doors)

    def _store_and_answer(self, connector: str, asked: Request) -> Response:
        parsed = self._host.parse(connector, asked)
        if parsed and isinstance(parsed[0], Inquiry):
            found = self._database.run(arrivals.find, connector, parsed[0])
            return self._host.tell(connector, asked, found)
        received = self._database.run(self._arrivals.storing(self._database, connector, parsed)) if parsed else []
        new = sum(not one.duplicate for one in received)
        if new:
            _received.add(new, {"hub120.connector": connector})
        return told(connector, lambda: self._host.answer(connector, asked, received))

    def _note_and_acknowledge(self, connector: str, asked: Request) -> Response:
        tickets = self._host.parse_tickets(connector, asked)
        noted = self._database.run(arrivals.note, connector, tickets) if tickets else []
        return told(connector, lambda: self._host.acknowledge(connector, asked, noted))
