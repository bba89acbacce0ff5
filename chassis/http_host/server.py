"""The HTTP server of an api process: uvicorn on the loop that is running, with our limits and our way of leaving."""

from __future__ import annotations

import asyncio
import contextvars
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from chassis import addresses, logs
from chassis.errors import HubError
from chassis.http_host.answers import answer_request
from chassis.http_host.gate import Gate, Limits, Ready
from chassis.http_host.protocol import patient

_log = logs.get_logger("http")


class _Server(uvicorn.Server):
    """uvicorn without signal handlers of its own, which says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


class HttpServer:
    """A running server."""

    def __init__(self, server: _Server, gate: Gate, port: int, task: asyncio.Task[None], drain_s: float) -> None:
        self.port = port
        self._server, self._gate, self._task, self._drain_s = server, gate, task, drain_s

    async def stop(self) -> None:
        """Leave: say not ready, give balancers time to hear it, answer what is under way, close."""
        self._gate.leave()
        await asyncio.sleep(self._drain_s)
        self._server.should_exit = True
        await asyncio.wait([self._task])
        _log.info("http server left")


async def serve(
    app: ASGIApp,
    address: str,
    *,
    insecure: bool = False,
    max_body: int | None = None,
    drain_s: float = 1.0,
    grace_s: float = 10.0,
    ready: Ready | None = None,
    limits: Limits | None = None,
    trust_traceparent: bool = False,
    services: Mapping[str, str] | None = None,
) -> HttpServer:
    """Serve ``app`` on ``address`` (port 0 takes a free one) until ``stop``. Raises ``AddressInUse``.

    TLS ends at the proxy in front; an address that other machines can reach is refused unless ``insecure`` says so.
    A traceparent that comes in is linked to and begins no trace of ours, unless ``trust_traceparent``. ``max_body`` is
    short for ``Limits(body_bytes=…)``. ``services`` names the service of the hub that each route belongs to, for spans.
    """
    if not insecure and not addresses.is_local(address):
        raise addresses.UnsafeAddress(address)
    limits = limits or (Limits(body_bytes=max_body) if max_body else Limits())
    if isinstance(app, Starlette):
        app.add_exception_handler(HubError, answer_request)
        app.add_exception_handler(Exception, answer_request)
    gate = Gate(app, limits, ready or _always, trust_traceparent=trust_traceparent, services=services or {})
    listener = _listen(address)
    port: int = listener.getsockname()[1]
    server = _Server(_config(gate, limits, grace_s))
    # In an empty context: requests would otherwise be children of whatever span this is called in.
    task = asyncio.create_task(_run(server, listener), context=contextvars.Context())
    listening = asyncio.create_task(server.listening.wait())
    await asyncio.wait([task, listening], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        listening.cancel()
        task.result()
    _log.info("http server listens", address=address, port=port)
    return HttpServer(server, gate, port, task, drain_s)


def _config(gate: Gate, limits: Limits, grace_s: float) -> uvicorn.Config:
    return uvicorn.Config(
        gate,
        http=patient(limits),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=int(limits.idle_s),
        timeout_graceful_shutdown=int(grace_s),
    )


def _listen(address: str) -> socket.socket:
    host, port = addresses.split(address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise addresses.AddressInUse(address) from error
    return listener


async def _run(server: _Server, listener: socket.socket) -> None:
    try:
        await server.serve([listener])
    except SystemExit as error:
        listener.close()
        raise RuntimeError("the HTTP application did not start") from error


async def _always() -> bool:
    return True
