"""Webhooks: a provider's request goes to its connector, what it holds is stored, and only then is it answered.

| answer | when |
|---|---|
| what the connector says, 2xx | everything in the request is stored |
| 400 | the connector cannot read it |
| 401 | signature or secret is missing or wrong |
| 404 | no such connector is running |
| 413 | the body is larger than the channel's limit |
| 503 | the database is away, a file cannot be kept or the connector has a fault: the provider shall try again |
"""

from __future__ import annotations

from collections.abc import Callable

from hub120_sdk import (
    ConnectorError,
    Inquiry,
    Refusal,
    Request,
    Unauthorised,
)
from hub120_sdk import Response as ConnectorResponse
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chassis import errors, logs, telemetry
from chassis.connectors.errors import UnknownConnector
from chassis.database import Database
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking
from chassis.process import Process
from services.intake import arrivals
from services.intake.arrivals import Arrivals

Store = Callable[[str, Request], ConnectorResponse]
"""Stores what a request holds and says what to answer."""

_DOORS = ("channels", "departments")
_SAFE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
"""Some answers are pages for people: they run no script, load nothing, and stay in no cache."""

_log = logs.get_logger("webhooks")
_received = telemetry.counter("hub120.contacts.received", "{contact}", "Contacts stored, by connector")


class Webhooks:
    """``/channels/{connector}``, ``/departments/{connector}`` and everything below them."""

    def __init__(self, process: Process, database: Database) -> None:
        self._host = process.connectors
        self._database = database
        self._arrivals = Arrivals(process)
        self._public_url = process.settings.public_url.rstrip("/")

    def routes(self) -> list[BaseRoute]:
        """For the HTTP host."""
        methods = ["GET", "POST", "PUT"]
        takes = (self.take, self.take_from_department)
        return [
            Route(f"/{door}/{{connector}}{rest}", take, methods=methods)
            for door, take in zip(_DOORS, takes, strict=True)
            for rest in ("", "/{rest:path}")
        ]

    def longest_body(self, path: str) -> int:
        """How long the body of a request to a path may be: the connector's limit."""
        door, _, rest = path.removeprefix("/").partition("/")
        running = self._host.get(rest.partition("/")[0]) if door in _DOORS else None
        return running.manifest.limits.body_bytes if running else 0

    async def take(self, request: HttpRequest) -> Response:
        """Take one request of a channel's provider."""
        return await self._take(request, "channel", self._store_and_answer)

    async def take_from_department(self, request: HttpRequest) -> Response:
        """Take one request of a department."""
        return await self._take(request, "department", self._note_and_acknowledge)

    async def _take(self, request: HttpRequest, capability: str, store: Store) -> Response:
        connector = request.path_params["connector"]
        running = self._host.get(connector)
        if running is None or capability not in running.manifest.capabilities:
            return _text(404, f"there is no {capability} of that name here")
        body = await request.body()
        if len(body) > running.manifest.limits.body_bytes:
            return _text(413, f"at most {running.manifest.limits.body_bytes} bytes")
        asked = Request(
            method=request.method,
            url=self._public_url + request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
            remote_address=request.client.host if request.client else "",
        )
        return await run_blocking(self._answer, connector, asked, store)

    def _answer(self, connector: str, asked: Request, store: Store) -> Response:
        try:
            response = store(connector, asked)
        except Refusal as error:
            status = 401 if isinstance(error, Unauthorised) else 400
            return _text(status, error.reason) if error.response is None else _http(error.response)
        except UnknownConnector:
            return _text(404, "there is no connector of that name here")
        except (ConnectorError, errors.Conflict, errors.Unavailable) as error:
            return _unavailable(connector, error)
        except Exception as error:
            if not database_is_away(error):
                raise
            return _unavailable(connector, error)
        return _http(response)

    def _store_and_answer(self, connector: str, asked: Request) -> ConnectorResponse:
        parsed = self._host.parse(connector, asked)
        if parsed and isinstance(parsed[0], Inquiry):
            found = self._database.run(arrivals.find, connector, parsed[0])
            return self._host.tell(connector, asked, found)
        received = self._database.run(self._arrivals.storing(self._database, connector, parsed)) if parsed else []
        new = sum(not one.duplicate for one in received)
        if new:
            _received.add(new, {"hub120.connector": connector})
        return self._told(connector, lambda: self._host.answer(connector, asked, received))

    def _note_and_acknowledge(self, connector: str, asked: Request) -> ConnectorResponse:
        tickets = self._host.parse_tickets(connector, asked)
        noted = self._database.run(arrivals.note, connector, tickets) if tickets else []
        return self._told(connector, lambda: self._host.acknowledge(connector, asked, noted))

    def _told(self, connector: str, answer: Callable[[], ConnectorResponse]) -> ConnectorResponse:
        """The connector's answer. Everything is stored: an error now would make the provider send it all again."""
        try:
            return answer()
        except ConnectorError as error:
            _log.warning("answer_failed", connector=connector, error=type(error).__name__)
            return ConnectorResponse(200)


def _http(response: ConnectorResponse) -> Response:
    return Response(response.body, response.status, _SAFE, media_type=response.content_type)


def _text(status: int, text: str) -> Response:
    return Response(f"{text}\n", status, media_type="text/plain")


def _unavailable(connector: str, error: Exception) -> Response:
    _log.warning("contact_not_taken", connector=connector, error=type(error).__name__)
    return Response("not stored, try again\n", 503, {"Retry-After": "2"}, media_type="text/plain")
