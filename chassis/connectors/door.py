"""Doors for connectors' providers: a request goes to its connector, what it holds is stored, and only then is it
answered.

| answer | when |
|---|---|
| what the connector says, 2xx | everything in the request is stored |
| 400 | the connector cannot read it |
| 401 | signature or secret is missing or wrong |
| 404 | no such connector is running |
| 413 | the body is larger than the connector's limit |
| 503 | the database is away, a file cannot be kept or the connector has a fault: the provider shall try again |
"""

from __future__ import annotations

from collections.abc import Callable

from hub120_sdk import ConnectorError, Refusal, Request, Unauthorised
from hub120_sdk import Response as ConnectorResponse
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chassis import errors, logs
from chassis.connectors.errors import UnknownConnector
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking
from chassis.process import Process

Store = Callable[[str, Request], ConnectorResponse]
"""Stores what a request holds and says what to answer."""

_SAFE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
"""Some answers are pages for people: they run no script, load nothing, and stay in no cache."""

_log = logs.get_logger("webhooks")


class Door:
    """``/{name}/{connector}`` and everything below, for connectors with a capability."""

    def __init__(self, process: Process, name: str, capability: str, store: Store) -> None:
        self._host = process.connectors
        self._name, self._capability, self._store = name, capability, store
        self._public_url = process.settings.public_url.rstrip("/")

    def routes(self) -> list[BaseRoute]:
        """For the HTTP host."""
        methods = ["GET", "POST", "PUT"]
        return [
            Route(f"/{self._name}/{{connector}}{rest}", self.take, methods=methods) for rest in ("", "/{rest:path}")
        ]

    def longest_body(self, path: str) -> int:
        """How long the body of a request to a path may be: the connector's limit."""
        door, _, rest = path.removeprefix("/").partition("/")
        running = self._host.get(rest.partition("/")[0]) if door == self._name else None
        return running.manifest.limits.body_bytes if running else 0

    async def take(self, request: HttpRequest) -> Response:
        """Take one request of a provider."""
        connector = request.path_params["connector"]
        running = self._host.get(connector)
        if running is None or self._capability not in running.manifest.capabilities:
            return _text(404, f"there is no {self._capability} of that name here")
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
        return await run_blocking(self._answer, connector, asked)

    def _answer(self, connector: str, asked: Request) -> Response:
        try:
            response = self._store(connector, asked)
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


def told(connector: str, answer: Callable[[], ConnectorResponse]) -> ConnectorResponse:
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
    _log.warning("request_not_taken", connector=connector, error=type(error).__name__)
    return Response("not stored, try again\n", 503, {"Retry-After": "2"}, media_type="text/plain")
