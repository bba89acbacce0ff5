"""Who polls a source of alerts and from where: the lease says both, a page and its cursor are stored together.

Whoever lost the lease without knowing stores nothing. A page that is taken twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from chassis import leases
from chassis.database import Tx
from services.outreach.domain.polling import Reading


@dataclass(frozen=True, slots=True)
class Poller:
    """A process that polls one source."""

    connector: str
    holder: str
    hold_s: float
    """How long it may be silent before another takes over."""

    @property
    def lease(self) -> str:
        """What it holds."""
        return f"alerts.{self.connector}"


def wanted(tx: Tx, poller: Poller) -> Reading | None:
    """From where this process shall ask now; None if it is not time, or another does it."""
    reading = _hold(tx, poller)
    return None if reading is None or tx.now.timestamp() < reading.rest_until else reading


def moved(tx: Tx, poller: Poller, reading: Reading, cursor: str, rest_s: float) -> bool:
    """A page came: go on there, after a rest. False if the source is another's now, or somewhere else."""
    found = _hold(tx, poller)
    if found is None or found.cursor != reading.cursor:
        return False
    return _keep(tx, poller, found.moved(cursor, tx.now.timestamp() + rest_s))


def wait(tx: Tx, poller: Poller, after_s: float, *, asked_for: bool) -> None:
    """It did not work: as long as the source asked for, or longer each time."""
    reading, now = _hold(tx, poller), tx.now.timestamp()
    if reading is not None:
        _keep(tx, poller, reading.rests(now + after_s) if asked_for else reading.troubled(now, after_s))


def _hold(tx: Tx, poller: Poller) -> Reading | None:
    written = leases.take(tx, poller.lease, poller.holder, poller.hold_s)
    return None if written is None else Reading.read(written)


def _keep(tx: Tx, poller: Poller, reading: Reading) -> bool:
    return leases.move(tx, poller.lease, poller.holder, reading.written())
