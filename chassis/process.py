"""What one process has open: databases, the bus, keys, attachments, connectors, and the relays that run in it."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis import telemetry
from chassis.blobs import Blobs
from chassis.bus import Bus, connect
from chassis.bus.ports import BusUnavailable, Queue
from chassis.clock import Clock, system_clock
from chassis.connectors.host import Host
from chassis.connectors.registry import built_in, discover
from chassis.connectors.runner import Runner, ThreadRunner
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.outbox import Relay
from chassis.service import Service, installed, keeping
from chassis.settings import Settings

ALONE, TOGETHER, AT_LEAST = 16, 18, 4
"""Connections to the database of one process: of one service, of several, and of each of those at least."""
_COLLECT_AFTER = 10_000
"""New objects between two looks of the garbage collector: more than one batch of events makes."""


@dataclass
class Process:
    """The open resources of an api or worker process, handed to every room that needs one."""

    settings: Settings
    services: Sequence[Service]
    clock: Clock
    keyring: Keyring
    blobs: Blobs
    bus: Bus
    connectors: Host
    databases: Mapping[str, Database]
    relays: list[Relay] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _leaving: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def database(self, service: str) -> Database:
        """The database of one of this process's services."""
        return self.databases[service]

    def stopped(self) -> bool:
        """True once the process shall end."""
        return self._stopping.is_set()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the process shall end."""
        self._stopping.wait(seconds)

    def leave(self) -> None:
        """Say that the process is about to end: long work stops at the next place where it may."""
        self._leaving.set()

    def leaving(self) -> bool:
        """True once the process shall end; its relays still run until what is at work has ended."""
        return self._leaving.is_set()

    def spawn(self, name: str, target: object, *arguments: object) -> None:
        """Run something beside the main work until ``stopped()``; a greenlet in a worker, a thread in an api."""
        thread = threading.Thread(target=target, args=arguments, name=name, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def bus_ready(self, queues: Sequence[Queue]) -> None:
        """Create queues, waiting for a bus that is away."""
        while not self.stopped():
            try:
                self.bus.declare([*topology(self.services), *queues])
                return
            except BusUnavailable:
                self._stopping.wait(0.5)

    def start_relays(self) -> None:
        """Carry the outboxes of this process's services to the bus."""
        own = topology(self.services)
        others = sorted({queue.name for queue in topology(installed())} - {queue.name for queue in own})
        for database in self.databases.values():
            relay = Relay(database, self.bus, own, others)
            self.relays.append(relay)
            self.spawn(f"relay-{database.service}", relay.run, self.stopped)

    def close(self) -> None:
        """End what was spawned, then give everything back."""
        self._stopping.set()
        for database in self.databases.values():
            database.committed.set()
        self.connectors.moved.set()
        for thread in self._threads:
            thread.join(timeout=5)
        self.connectors.close()
        self.bus.close()
        for database in self.databases.values():
            database.close()


def spare_collector() -> None:
    """Called when a process is ready: the garbage collector looks at what comes from now on, not at every module again
    and again, and not at every few hundred objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])


def topology(services: Sequence[Service]) -> list[Queue]:
    """The queue of each of these services that has one."""
    return [service.queue for service in keeping(services)]


def record(settings: Settings, name: str, kind: str) -> None:
    """Record spans and metrics from now on, as the settings say; until ``telemetry.shutdown``."""
    file = settings.traces_path
    keep = None if file is None else telemetry.Keep(file, settings.traces_kept)
    telemetry.configure(name, kind, settings.otlp_endpoint or None, keep=keep, sample_ratio=settings.trace_ratio)


def open_bus(settings: Settings) -> Bus:
    """The bus of this installation."""
    return connect(settings.bus_address, retry_delays_s=settings.retry_seconds)


def prepare(settings: Settings) -> None:
    """Make what the embedded mode makes by itself: folders and keys. Elsewhere operators provide them."""
    if settings.embedded:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not settings.keyring_path.exists():
            Keyring.create(settings.keyring_path)


def migrate_services(settings: Settings, services: Sequence[Service], *, contract: bool = False) -> None:
    """Bring tables up to date and create their queues; ``contract`` also takes away what nobody needs any more."""
    from chassis import migrate  # noqa: PLC0415 - alembic is slow to import, and serving needs none of it

    migrate.migrate_all(keeping(services), settings.database_address, contract=contract)
    bus = open_bus(settings)
    try:
        bus.declare(topology(services))
    finally:
        bus.close()


def open_process(
    settings: Settings, services: Sequence[Service], *, clock: Clock = system_clock, runner: Runner | None = None
) -> Process:
    """Open everything a process needs. Connections are made when first used, so it starts without broker or database.

    ``runner`` is how connectors are called: on threads unless said otherwise.
    """
    keyring = Keyring.load(settings.keyring_path)
    kept = keeping(services)
    return Process(
        settings=settings,
        services=services,
        clock=clock,
        keyring=keyring,
        blobs=Blobs(settings.blobs_address, keyring),
        bus=open_bus(settings),
        connectors=_host(settings, clock, runner),
        databases={
            service.name: Database(
                settings.database_address, service.name, keyring, clock=clock, pool_size=_connections(len(kept))
            )
            for service in kept
        },
    )


def _connections(services: int) -> int:
    """To the database, for each service of a process: several services share what one alone would not need twice, so
    that a centre in two processes fits the hundred connections that a PostgreSQL has unless it is told otherwise."""
    return ALONE if services == 1 else max(AT_LEAST, TOGETHER // services)


def _host(settings: Settings, clock: Clock, runner: Runner | None) -> Host:
    named = {name.strip() for name in settings.connectors.split(",") if name.strip()}
    enabled = named | {settings.classifier} - {""} if named else named
    return Host(
        discover(built_in()),
        os.environ,
        clock,
        enabled=enabled,
        public_url=settings.public_url,
        runner=runner or ThreadRunner(),
    )
