"""What services call: connectors by id, each call guarded, each result checked.

The host holds no connection and no database. It is made once a process, from a registry and the environment, and is
safe to call from many threads (or, with the runner of ``greenlets``, many greenlets).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from hub120_sdk import (
    Alert,
    AlertNoted,
    AlertPage,
    Article,
    Attachment,
    CaseStatus,
    Clock,
    Connector,
    ConnectorError,
    Content,
    Context,
    Http,
    InterpreterNews,
    Isolation,
    ListedPage,
    Manifest,
    Noted,
    Outbound,
    Question,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    SessionNoted,
    Ticket,
)
from hub120_sdk.capabilities import CAPABILITIES
from hub120_sdk.hosts import AllowedHosts, Destination
from hub120_sdk.text import split

from chassis.connectors import checks, configuration, operations, states
from chassis.connectors.call_log import LoggedCall, plain_path
from chassis.connectors.configuration import Configuration
from chassis.connectors.errors import NotConfigured, UnknownConnector
from chassis.connectors.guards import Monotonic
from chassis.connectors.http import OutboundHttp
from chassis.connectors.isolation.process import ProcessConnector
from chassis.connectors.operations import Operation
from chassis.connectors.registry import Found, Registry
from chassis.connectors.runner import DeadlinePassed, LaneFull, Runner, ThreadRunner
from chassis.connectors.running import Running
from chassis.connectors.states import ConnectorState, Readiness

MAKE_DEADLINE_S = 12.0
_ANSWER_MARGIN_BYTES = 65_536

MakeHttp = Callable[[Manifest, Configuration], Http]


class Host:
    """Every connector of this process."""

    def __init__(
        self,
        registry: Registry,
        environ: Mapping[str, str],
        now: Clock,
        *,
        enabled: Collection[str] = (),
        public_url: str = "",
        runner: Runner | None = None,
        http: MakeHttp | None = None,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """``enabled`` names the connectors to run, empty all; ``public_url`` is what providers call."""
        self._registry = registry
        self._environ = environ
        self._now = now
        self._public_url = public_url.rstrip("/")
        self.runner = runner or ThreadRunner()
        self._http = http
        self._monotonic = monotonic
        self.moved = threading.Event()
        """Set whenever a breaker moves."""
        self._running: dict[str, Running] = {}
        self._idle: dict[str, ConnectorState] = {}
        for found in registry.found.values():
            self._start(found, enabled)
        for name in sorted(set(enabled) - registry.found.keys()):
            self._idle[name] = ConnectorState(name, Readiness.REFUSED, reason="no connector of this id is installed")

    def get(self, connector_id: str) -> Running | None:
        """The connector, or None if there is none of that id or it is not ready."""
        return self._running.get(connector_id)

    def ready(self) -> list[Running]:
        """Every connector that can be called, by id."""
        return [self._running[name] for name in sorted(self._running)]

    def found(self) -> list[Found]:
        """Every connector whose package could be taken in, by id."""
        return [self._registry.found[name] for name in sorted(self._registry.found)]

    def having(self, capability: str) -> frozenset[str]:
        """The ids of ready connectors with a capability."""
        return frozenset(name for name, one in self._running.items() if capability in one.manifest.capabilities)

    def manifest(self, connector_id: str) -> Manifest:
        """What the connector says of itself, ready or not. Raises ``UnknownConnector``."""
        if connector_id not in self._registry.found:
            raise UnknownConnector(connector_id)
        return self._registry.found[connector_id].manifest

    def parse(self, connector_id: str, request: Request) -> list[Record]:
        """Read a provider's request; nothing is stored yet.

        Raises ``Unauthorised`` (HTTP 401), ``Unreadable`` (400), ``UnknownConnector`` (404), and ``Retry`` with its
        kinds or ``Misconfigured`` (503, so that the provider tries again).
        """
        records: list[Record] = self._parsed(operations.PARSE, connector_id, request)
        return records

    def parse_tickets(self, connector_id: str, request: Request) -> list[Ticket]:
        """Read a department's request. Raises as ``parse`` does."""
        tickets: list[Ticket] = self._parsed(operations.PARSE_TICKETS, connector_id, request)
        return tickets

    def answer(self, connector_id: str, request: Request, received: Sequence[Received]) -> Response:
        """What to answer the provider, once everything is stored.

        Raises ``ConnectorFault``; as everything is stored by then, a bare 200 is a true answer too.
        """
        response: Response = self.ask(connector_id, operations.ANSWER, request, list(received))
        return response

    def tell(self, connector_id: str, request: Request, found: Sequence[CaseStatus]) -> Response:
        """The answer to an inquiry. Raises ``ConnectorFault``."""
        response: Response = self.ask(connector_id, operations.TELL, request, list(found))
        return response

    def acknowledge(self, connector_id: str, request: Request, noted: Sequence[Noted]) -> Response:
        """What to answer a department. Raises as ``answer`` does."""
        response: Response = self.ask(connector_id, operations.ACKNOWLEDGE, request, list(noted))
        return response

    def parse_news(self, connector_id: str, request: Request) -> list[InterpreterNews]:
        """Read an interpreter's request. Raises as ``parse`` does."""
        news: list[InterpreterNews] = self._parsed(operations.PARSE_NEWS, connector_id, request)
        return news

    def acknowledge_news(self, connector_id: str, request: Request, noted: Sequence[SessionNoted]) -> Response:
        """What to answer an interpreter. Raises as ``answer`` does."""
        response: Response = self.ask(connector_id, operations.NOTE_NEWS, request, list(noted))
        return response

    def send(self, connector_id: str, outbound: Outbound) -> Receipt:
        """Hand a reply over. Raises ``Retry`` and its kinds, ``Rejected``, ``OptedOut``, ``Misconfigured``."""
        receipt: Receipt = self.ask(connector_id, operations.SEND, outbound)
        return receipt

    def fetch(self, connector_id: str, attachment: Attachment) -> Content:
        """The bytes of an attachment. Raises as ``send`` does."""
        content: Content = self.ask(connector_id, operations.FETCH, attachment)
        return content

    def services(self, connector_id: str, modified_after: datetime | None, cursor: str) -> ListedPage:
        """A page of a directory. Raises as ``send`` does, and ``Unreadable``."""
        page: ListedPage = self.ask(connector_id, operations.SERVICES, modified_after, cursor)
        return page

    def search(self, connector_id: str, question: Question) -> list[Article]:
        """What a source of knowledge has on a question. Raises as ``send`` does, and ``Unreadable``."""
        articles: list[Article] = self.ask(connector_id, operations.SEARCH, question)
        return articles

    def poll_alerts(self, connector_id: str, cursor: str) -> AlertPage:
        """What a source of alerts has that is new. Raises as ``send`` does, and ``Unreadable``."""
        page: AlertPage = self.ask(connector_id, operations.POLL_ALERTS, cursor)
        return page

    def parse_alerts(self, connector_id: str, request: Request) -> list[Alert]:
        """Read what a source pushed. Raises as ``parse`` does."""
        alerts: list[Alert] = self._parsed(operations.PARSE_ALERTS, connector_id, request)
        return alerts

    def acknowledge_alerts(self, connector_id: str, request: Request, noted: Sequence[AlertNoted]) -> Response:
        """What to answer a source of alerts. Raises as ``answer`` does."""
        response: Response = self.ask(connector_id, operations.NOTE_ALERTS, request, list(noted))
        return response

    def ask(self, connector_id: str, operation: Operation, *arguments: Any) -> Any:
        """Have a connector do one thing of ``chassis.connectors.operations`` and check what it gives.

        Raises what the operation may raise, ``Retry`` and its kinds, ``Misconfigured`` for one that is not ready,
        ``Rejected`` where it lacks the capability, ``UnknownConnector``.
        """
        return self._do(operation, self._ready(connector_id), arguments)

    def _parsed(self, operation: Operation, connector_id: str, request: Request) -> Any:
        path = plain_path(urlsplit(request.url).path)
        return self._do(operation, self._ready(connector_id), (request,), method=request.method, path=path)

    def _do(self, operation: Operation, running: Running, arguments: Sequence[Any], **logged: Any) -> Any:
        if operation.capability not in running.manifest.capabilities:
            raise Rejected(f"{running.manifest.id} is no {operation.capability}")
        method = getattr(running.connector, operation.method)
        work = lambda: checks.checked(operation, method(*arguments), running.manifest)  # noqa: E731
        return running.call(operation, work, **logged)

    def pieces(self, connector_id: str, text: str) -> list[str]:
        """A reply's text cut into as many replies as the channel needs: joined they are the text, nothing is lost."""
        limits = self.manifest(connector_id).limits
        if not limits.text_characters:
            return [text]
        parts = split(text, limits.text_characters)
        groups = range(0, len(parts), limits.text_parts)
        return ["".join(parts[first : first + limits.text_parts]) for first in groups]

    def fitting(self, connector_id: str, waiting: Sequence[Outbound]) -> list[Outbound]:
        """Those parked replies, oldest first, that one ``answer`` of the connector can carry."""
        limits = self.manifest(connector_id).limits
        room, fitting = limits.answer_parts, []
        for message in waiting:
            room -= len(split(message.text, limits.text_characters)) if limits.text_characters else 1
            if room < 0:
                break
            fitting.append(message)
        return fitting

    def states(self) -> list[ConnectorState]:
        """Every connector, ready or not, by id; then what was refused."""
        known = [*self._idle.values(), *map(states.at_work, self._running.values())]
        refused = [ConnectorState(one.name, Readiness.REFUSED, reason=one.reason) for one in self._registry.refused]
        return sorted(known, key=lambda state: state.id) + refused

    def calls(self, connector_id: str) -> list[LoggedCall]:
        """The last calls of a connector, oldest first."""
        return self._ready(connector_id).log.latest()

    def unknown_variables(self) -> list[str]:
        """Variables that look like a connector's but belong to none."""
        return configuration.unknown_variables([one.manifest for one in self._registry.found.values()], self._environ)

    def _ready(self, connector_id: str) -> Running:
        running = self._running.get(connector_id)
        if running is not None:
            return running
        if connector_id not in self._idle:
            raise UnknownConnector(connector_id)
        state = self._idle[connector_id]
        missing = f": set {', '.join(state.missing)}" if state.missing else f": {state.reason}" if state.reason else ""
        raise NotConfigured(f"{connector_id} is {state.readiness}{missing}")

    def _start(self, found: Found, enabled: Collection[str]) -> None:
        manifest = found.manifest
        if enabled and manifest.id not in enabled:
            self._idle[manifest.id] = states.idle(found, Readiness.DISABLED)
            return
        configured = configuration.read(manifest, self._environ)
        if configured.missing:
            self._idle[manifest.id] = states.idle(found, Readiness.UNCONFIGURED, missing=configured.missing)
            return
        try:
            limited = replace(manifest, limits=configuration.limits(manifest, self._environ))
            self._running[manifest.id] = self._make(replace(found, manifest=limited), configured)
        except ConnectorError as error:
            self._idle[manifest.id] = states.idle(found, Readiness.FAILED, reason=error.reason)

    def _make(self, found: Found, configured: Configuration) -> Running:
        """Make the connector under the same guard as its calls. Raises ``ConnectorError``."""
        lane = self.runner.lane(f"{found.manifest.id} make", 1)
        try:
            ended = lane.run(lambda: self._connector(found, configured), MAKE_DEADLINE_S)
        except (DeadlinePassed, LaneFull):
            raise NotConfigured(f"its factory was not done within {MAKE_DEADLINE_S:g} s") from None
        if isinstance(ended.raised, ConnectorError):
            raise ended.raised
        if ended.raised is not None:
            raise NotConfigured(f"its factory raised {type(ended.raised).__name__}")
        for capability in sorted(found.manifest.capabilities):
            if not isinstance(ended.value, CAPABILITIES[capability]):
                raise NotConfigured(f"its factory made no {CAPABILITIES[capability].__name__}: a method is missing")
        return Running(found.manifest, ended.value, self.runner, self._now, self._monotonic, self.moved.set)

    def _connector(self, found: Found, configured: Configuration) -> Connector:
        context = self._context(found.manifest, configured)
        if found.factory is None or found.manifest.isolation is Isolation.PROCESS:
            return cast(Connector, ProcessConnector(found.manifest, found.module, context, self._monotonic))
        return found.factory(context)

    def close(self) -> None:
        """End the connectors' processes."""
        for running in self._running.values():
            if isinstance(running.connector, ProcessConnector):
                running.connector.close()

    def _context(self, manifest: Manifest, configured: Configuration) -> Context:
        return Context(
            settings=configured.settings,
            secrets=configured.secrets,
            http=self._http(manifest, configured) if self._http else self._outbound(manifest, configured),
            now=self._now,
            public_url=f"{self._public_url}/{_door(manifest)}/{manifest.id}",
        )

    def _outbound(self, manifest: Manifest, configured: Configuration) -> OutboundHttp:
        def remember(method: str, to: Destination, status: int, took_s: float, error: str) -> None:
            running = self._running.get(manifest.id)
            if running is not None:
                path = plain_path(to.target)
                running.log.add(LoggedCall(self._now(), "http", took_s, error, method, to.host, path, status))

        limits = manifest.limits
        return OutboundHttp(
            AllowedHosts(manifest.allowed_hosts, configured.settings),
            limits.attachment_bytes + _ANSWER_MARGIN_BYTES,
            limits.parallel_sends,
            remember,
        )


def _door(manifest: Manifest) -> str:
    """The part of the hub's address under which a provider reaches a connector."""
    doors = {"department": "departments", "interpreter": "interpreters", "alerts": "alerts"}
    return next((door for capability, door in doors.items() if capability in manifest.capabilities), "channels")
