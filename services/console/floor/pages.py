"""The list of a supervisor's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from starlette.routing import Route

from services.console.floor.connectors import Connectors
from services.console.floor.dead_letters import DeadLetters
from services.console.floor.explain import Explain
from services.console.floor.mailings import Mailings
from services.console.floor.notices import Notices
from services.console.floor.now import Now
from services.console.floor.performance import Performance
from services.console.floor.rota import Rota
from services.console.floor.rounds import Rounds
from services.console.visits import House


class FloorPage(Protocol):
    """One of them."""

    def routes(self) -> list[Route]:
        """What is served, below ``/floor``."""
        ...


def floor_pages(house: House) -> Sequence[FloorPage]:
    """Every page of the floor."""
    pages = (Now, Rota, Explain, Performance, Rounds, Notices, Mailings, Connectors, DeadLetters)
    return [page(house) for page in pages]
