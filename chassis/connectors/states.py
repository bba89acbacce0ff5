"""How a connector stands, for operators: whether it can be used, and how it fares. No secret, no personal data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.connectors.guards import BreakerState
from chassis.connectors.isolation.process import ProcessConnector
from chassis.connectors.registry import Found
from chassis.connectors.running import LastError, Running
from chassis.connectors.tally import Lately


class Readiness(StrEnum):
    """Whether a connector can be used."""

    READY = "ready"
    UNCONFIGURED = "unconfigured"
    """Variables are missing; it was not made."""
    DISABLED = "disabled"
    """Not in the list of connectors to run."""
    FAILED = "failed"
    """Its code could not be made from its settings."""
    REFUSED = "refused"
    """Its package could not be taken in."""


@dataclass(frozen=True, slots=True)
class ConnectorState:
    """One line for an operator."""

    id: str
    readiness: Readiness
    name: str = ""
    owner: str = ""
    reason: str = ""
    """Why it is not ready."""
    missing: tuple[str, ...] = ()
    """Environment variables to set."""
    healthy: bool = True
    """False while its breaker is open, or an operator must act."""
    breaker: BreakerState = BreakerState.CLOSED
    breaker_since: datetime | None = None
    """When the breaker came to be so; None if it is not ready."""
    lately: Lately = field(default_factory=Lately)
    in_flight: int = 0
    last_error: LastError | None = None
    isolation: str = "shared"
    confined: tuple[str, ...] = ()
    """What the kernel took from its process: memory, files, sockets and programs."""


def idle(found: Found, readiness: Readiness, *, reason: str = "", missing: tuple[str, ...] = ()) -> ConnectorState:
    """Of one that was not made."""
    manifest = found.manifest
    return ConnectorState(
        manifest.id, readiness, manifest.name, manifest.owner, reason, missing, isolation=manifest.isolation
    )


def at_work(running: Running) -> ConnectorState:
    """Of one that was made."""
    manifest = running.manifest
    return ConnectorState(
        manifest.id,
        Readiness.READY,
        manifest.name,
        manifest.owner,
        healthy=running.healthy,
        breaker=running.breaker,
        breaker_since=running.breaker_since,
        lately=running.tally.lately(),
        in_flight=running.in_flight,
        last_error=running.last_error,
        isolation=manifest.isolation,
        confined=running.connector.confined if isinstance(running.connector, ProcessConnector) else (),
    )
