"""Which connectors of this process interpret or translate, and which languages each knows."""

from __future__ import annotations

from hub120_sdk import ConnectorError

from chassis import logs
from chassis.clock import Clock
from chassis.connectors import operations
from chassis.connectors.errors import UnknownConnector
from chassis.connectors.host import Host
from services.translation.domain.coverage import Abilities

KEPT_S = 60.0
"""How long an answer counts: what a partner knows is a setting of its connector."""

_log = logs.get_logger("abilities")
_ASKED = {"interpreter": operations.INTERPRETS, "translator": operations.TRANSLATES}


class AbilitiesNow:
    """The connectors that are at work; one that cannot say what it knows is not."""

    def __init__(self, host: Host, clock: Clock) -> None:
        self._host, self._clock = host, clock
        self._read_at = 0.0
        self._abilities: Abilities = {}

    def read(self) -> Abilities:
        """As they are now. Waits for connectors: never on an event loop."""
        now = self._clock().timestamp()
        if not 0 <= now - self._read_at < KEPT_S:
            self._abilities, self._read_at = self._ask_all(), now
        return self._abilities

    def _ask_all(self) -> Abilities:
        found = {}
        for capability, operation in _ASKED.items():
            for connector in sorted(self._host.having(capability)):
                try:
                    found[connector] = frozenset(self._host.ask(connector, operation))
                except (ConnectorError, UnknownConnector) as error:
                    _log.warning("languages_not_told", connector=connector, error=type(error).__name__)
        return found
