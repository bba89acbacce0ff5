"""A connector on the bench: loaded as the hub loads it, with a provider to talk to and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import TracebackType
from typing import Any, TypeVar, cast

from hub120_sdk.alerts import Alert
from hub120_sdk.capabilities import (
    Alerts,
    Channel,
    Classifier,
    Connector,
    Context,
    Department,
    Directory,
    Inquiries,
    Interpreter,
    Knowledge,
    Listener,
    Record,
    Sessions,
    Telephony,
    Translator,
)
from hub120_sdk.errors import ConnectorError
from hub120_sdk.handovers import Ticket
from hub120_sdk.hooks import Factory, registered
from hub120_sdk.hosts import AllowedHosts
from hub120_sdk.interpreting import InterpreterNews
from hub120_sdk.manifest import Manifest, Setting
from hub120_sdk.records import Attachment, Content, Outbound, Receipt
from hub120_sdk.requests import Request
from hub120_sdk.testing.http import PlainHttp
from hub120_sdk.testing.peer import MakePeer, Peer
from hub120_sdk.testing.provider import Answer, Provider
from hub120_sdk.testing.suite import Suite

Given = TypeVar("Given")
Make = Callable[[Manifest, Factory, Context], Connector]
PUBLIC_URL = "https://hub.example/channels/"


def make_here(manifest: Manifest, factory: Factory, context: Context) -> Connector:
    """Make the connector in this very process."""
    return factory(context)


class Bench:
    """Use as ``with Bench("package") as bench``. ``make`` may put the connector somewhere else, for example into a
    process of its own. ``table`` names another module of the package's tests: a connector that speaks to several
    providers has a table for each."""

    def __init__(self, package: str, make: Make = make_here, table: str = "conformance") -> None:
        self.package, self._table = package, table
        module = import_module(package)
        found = registered(module, package)
        if len(found) != 1:
            raise ValueError(f"{package} registers {len(found)} connectors; the kit takes one at a time")
        self.manifest, self._factory = found[0]
        self._make = make
        conformance = import_module(f"{package}.tests.{table}")
        self._suite = conformance.suite
        self._made: list[Connector] = []
        self._provided = False
        self.now = datetime.now(UTC).replace(microsecond=0)
        peer: MakePeer | None = getattr(conformance, "peer", None)
        self.provider: Provider | Peer = Provider() if peer is None else peer(self.now)
        """Who plays the provider: the kit's own over HTTP, or the table's over another wire."""
        self.suite: Suite
        self.connector: Connector
        self.http: PlainHttp

    def __enter__(self) -> Bench:
        self.provider.__enter__()
        self._provided = True
        self.suite = self._suite(self.provider.url, self.now)
        self.settings = _filled(self.manifest.settings, self.suite.settings)
        self.http = PlainHttp(AllowedHosts(self.manifest.allowed_hosts, self.settings))
        self.connector = self.make(self.suite.secrets)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for made in self._made:
            close = getattr(made, "close", None)
            if close is not None:
                close()
        self.end_provider()

    def end_provider(self) -> None:
        """Nobody answers at the provider's address any more."""
        if self._provided:
            self._provided = False
            self.provider.__exit__(None, None, None)

    def make(self, secrets: Mapping[str, str]) -> Connector:
        """Another copy of the connector with these secrets."""
        filled = _filled(self.manifest.secrets, secrets)
        url = PUBLIC_URL + self.manifest.id
        context = Context(self.settings, filled, self.http, lambda: self.now, url)
        connector = self._make(self.manifest, self._factory, context)
        self._made.append(connector)
        return connector

    def another(self) -> Bench:
        """A bench of its own for the same connector, with a provider that has seen nothing."""
        return Bench(self.package, self._make, self._table)

    @property
    def peer(self) -> Peer:
        """The provider that a listener goes to. Fails the check where the table has none."""
        if not hasattr(self.provider, "deliver"):
            raise AssertionError("tests.conformance has no function peer(now), which a listener needs")
        return cast(Peer, self.provider)

    @property
    def channel(self) -> Channel:
        """The connector, whose manifest says it is a channel."""
        return cast(Channel, self.connector)

    @property
    def listener(self) -> Listener:
        """The connector, whose manifest says it is a listener."""
        return cast(Listener, self.connector)

    @property
    def sessions(self) -> Sessions:
        """The connector, whose manifest says its conversations are ended."""
        return cast(Sessions, self.connector)

    @property
    def inquiries(self) -> Inquiries:
        """The connector, whose manifest says it is asked how cases stand."""
        return cast(Inquiries, self.connector)

    @property
    def department(self) -> Department:
        """The connector, whose manifest says it is a department."""
        return cast(Department, self.connector)

    @property
    def classifier(self) -> Classifier:
        """The connector, whose manifest says it is a classifier."""
        return cast(Classifier, self.connector)

    @property
    def interpreter(self) -> Interpreter:
        """The connector, whose manifest says it is an interpreter."""
        return cast(Interpreter, self.connector)

    @property
    def translator(self) -> Translator:
        """The connector, whose manifest says it is a machine that translates."""
        return cast(Translator, self.connector)

    @property
    def directory(self) -> Directory:
        """The connector, whose manifest says it is a directory."""
        return cast(Directory, self.connector)

    @property
    def knowledge(self) -> Knowledge:
        """The connector, whose manifest says it is a source of knowledge."""
        return cast(Knowledge, self.connector)

    @property
    def alerts(self) -> Alerts:
        """The connector, whose manifest says it is a source of alerts."""
        return cast(Alerts, self.connector)

    @property
    def telephony(self) -> Telephony:
        """The connector, whose manifest says it is an exchange."""
        return cast(Telephony, self.connector)

    def signed(self, request: Request, ago: timedelta = timedelta()) -> Request:
        """The request as the provider authenticates it."""
        return self.suite.sign(request, self.now - ago)

    def parse(
        self, request: Request, by: Connector | None = None
    ) -> Sequence[Record | Ticket | InterpreterNews | Alert] | ConnectorError:
        """What the connector, or another copy of it, makes of a request. Errors of the contract are returned, others
        raised."""
        receiver: Any = by or self.connector  # the parse of a channel, a department, an interpreter or a source
        try:
            return list(receiver.parse(request))
        except ConnectorError as error:
            return error

    def ask(self, answers: Sequence[Answer], act: Callable[[], Given]) -> Given | ConnectorError:
        """What the connector makes of the provider's answers when it does something. Errors of the contract are
        returned, others raised."""
        self.provider.script(answers)
        try:
            return act()
        except ConnectorError as error:
            return error

    def send(self, message: Outbound, answers: Sequence[Answer]) -> Receipt | ConnectorError:
        """What the connector makes of the provider's answers to a reply."""
        return self.ask(answers, lambda: self.channel.send(message))

    def fetch(self, attachment: Attachment, answers: Sequence[Answer]) -> Content | ConnectorError:
        """What the connector makes of the provider's answers to a fetch."""
        return self.ask(answers, lambda: self.channel.fetch(attachment))


def _filled(named: Mapping[str, Setting], given: Mapping[str, str]) -> dict[str, str]:
    """Values for all that the manifest names. Raises ``ValueError`` for a missing or unknown one."""
    unknown = sorted(given.keys() - named.keys())
    missing = sorted(name for name, one in named.items() if one.required and not (one.default or given.get(name)))
    if unknown or missing:
        raise ValueError(f"the suite's settings and secrets do not fit the manifest: {missing=} {unknown=}")
    return {name: given.get(name, one.default) for name, one in named.items()}
