"""A service as the chassis sees it: a name, and where its rooms are.

Rooms are named, not imported: an api process never loads a worker's modules and a worker never an api's. Services
register through the entry-point group ``hub120.services``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

import sqlalchemy as sa

from chassis.bus.ports import Queue
from chassis.connectors.queues import Tasks

GROUP = "hub120.services"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. ``package`` holds its rooms: tables, api, worker, migrations.

    ``listens`` are the event types its worker handles. They stand here so that ``hub120 migrate`` makes its queue, and
    every process knows which queues must be there before it publishes: an event is never lost because its reader has
    not started yet. ``tasks`` are the kinds of connectors' queues that its worker reads, each with the capabilities of
    those connectors. ``commands`` are the words it adds to the command line, each a click command of that name in its
    room ``commands``. One that is ``front`` keeps nothing and listens to nothing: it has no tables, no queue and no
    worker.
    """

    name: str
    package: str
    listens: frozenset[str] = frozenset()
    tasks: Tasks = field(default_factory=dict, hash=False)
    commands: frozenset[str] = frozenset()
    front: bool = False

    def room(self, name: str) -> ModuleType:
        """Import one room."""
        return import_module(f"{self.package}.{name}")

    @property
    def queue(self) -> Queue:
        """Where the events it listens to wait for its worker."""
        return Queue(self.name, self.listens)

    @property
    def metadata(self) -> sa.MetaData:
        """Its tables."""
        tables: sa.MetaData = self.room("tables").metadata
        return tables


class UnknownService(LookupError):
    """No service of that name is installed."""


def installed() -> tuple[Service, ...]:
    """Every installed service, by name."""
    return tuple(sorted((found.load() for found in entry_points(group=GROUP)), key=lambda service: service.name))


def keeping(services: Sequence[Service]) -> tuple[Service, ...]:
    """Those of them that keep data: with tables, a queue and a worker."""
    return tuple(service for service in services if not service.front)


def choose(name: str) -> Sequence[Service]:
    """The service of that name, or every service for ``all``. Raises ``UnknownService``."""
    services = installed()
    chosen = [service for service in services if name in {"all", service.name}]
    if not chosen:
        names = ", ".join(service.name for service in services)
        raise UnknownService(f"no service is called {name!r}; there are: {names}, all")
    return chosen
