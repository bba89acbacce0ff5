"""Imports as tests run them: the connector on the simulated 복지로, in a host of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

import plugins.bokjiro
from chassis.connectors.host import Host
from chassis.connectors.registry import discover
from demo.bokjiro import SECRET
from services.referral.directories import Imports

AT = time(3, 30)
_VARIABLE = "HUB120_CONNECTOR_BOKJIRO_"


def connectors(address: str, clock: Callable[[], datetime], **settings: str) -> Host:
    """A host with the connector alone, which asks 복지로 at that address."""
    own = {"base_url": address, "service_key": SECRET, "requests_per_second": "10000", **settings}
    environ = {f"{_VARIABLE}{name.upper()}": value for name, value in own.items()}
    return Host(discover([plugins.bokjiro], "no.such.group"), environ, clock)


def imports(address: str, clock: Callable[[], datetime], **settings: str) -> Imports:
    """A process that imports."""
    return Imports(connectors(address, clock, **settings), clock, AT)
