"""The wall's page, and what goes on reaching it: the pictures of the centre and of interpreting, each drawn once for
all screens of a token, and to each screen only the panels that changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from typing import Any, Final

from google.protobuf.message import Message
from hub120.routing.v1 import wall_service_pb2 as walls
from hub120.translation.v1 import board_service_pb2 as boards
from starlette.responses import Response
from starlette.routing import Route

from services.console.drawing import draw
from services.console.hub import Refusal
from services.console.live import News, Part
from services.console.shared import Shared
from services.console.topics import topic_names
from services.console.visits import House, Visit
from services.console.wall.charts import Charts
from services.console.wall.measures import Measures, direction, on_shift

OF_THE_WALL: Final = (
    "read", "alerts", "waiting", "longest", "level", "handled", "resolution", "satisfaction", "agents", "teams",
    "charts", "topics", "channels", "languages",
)  # fmt: skip
OF_THE_BOARD: Final = ("interpreting",)


class WallPage:
    """The wall."""

    def __init__(self, house: House) -> None:
        self._house, self._shared = house, Shared()
        self._topics: dict[str, Callable[[str], str]] = {}

    def routes(self) -> list[Route]:
        """What is served."""
        return [self._house.page("/wall", self._show), self._house.stream("/wall/live", self._follow)]

    async def _show(self, visit: Visit) -> Response:
        """What cannot be read now comes later, through the stream."""
        wall, board, topic = await asyncio.gather(
            _now(visit, walls.GetWallRequest()), _now(visit, boards.GetInterpretingRequest()), self._topic_names(visit)
        )
        values = {**(_of_the_wall(wall, topic) if wall else {}), **(_of_the_board(board) if board else {})}
        panels = (*(OF_THE_WALL if wall else ()), *(OF_THE_BOARD if board else ()))
        return visit.page("wall/wall.html", live="/wall/live", panels=panels, **values)

    async def _follow(self, visit: Visit) -> Response:
        return visit.stream(
            self._panels(visit, walls.WatchWallRequest(), OF_THE_WALL, _of_the_wall),
            self._panels(visit, boards.WatchInterpretingRequest(), OF_THE_BOARD, _of_the_board),
        )

    async def _panels(
        self, visit: Visit, request: Message, names: tuple[str, ...], values: Callable[..., Mapping[str, Any]]
    ) -> AsyncIterator[News]:
        """The panels of a stream, whenever they change."""
        shown: dict[str, str] = {}
        lost = partial(visit.live.lost, request.DESCRIPTOR.name)
        async for picture in self._shared.follow(visit.me, request, lost):
            topic = await self._topic_names(visit)
            told, language = picture.told, visit.language
            drawn = picture.drawn(language, lambda: _panels(language, names, values(told, topic)))  # noqa: B023 - at once
            for name in names:
                if shown.get(name) != drawn[name]:
                    yield Part(f"wall-{name}", drawn[name])
            shown = drawn

    async def _topic_names(self, visit: Visit) -> Callable[[str], str]:
        """Asked once: a centre's topics change with its start."""
        if visit.language not in self._topics:
            try:
                self._topics[visit.language] = await topic_names(visit)
            except Refusal as refusal:
                if not refusal.passing:
                    raise
                return str
        return self._topics[visit.language]


async def _now(visit: Visit, request: Message) -> Any:
    """The answer; None while nobody can give it."""
    try:
        return await visit.ask(request)
    except Refusal as refusal:
        if not refusal.passing:
            raise
        return None


def _of_the_wall(told: Any, topic: Callable[[str], str]) -> Mapping[str, Any]:
    return {
        "wall": told.wall,
        "stale": getattr(told, "stale", False),
        "measures": Measures(told.wall),
        "charts": Charts(told.wall),
        "topic": topic,
        "direction": direction,
        "on_shift": on_shift,
    }


def _of_the_board(told: Any, topic: Callable[[str], str] = str) -> Mapping[str, Any]:
    return {"interpreting": told.interpreting}


def _panels(language: str, names: tuple[str, ...], values: Mapping[str, Any]) -> dict[str, str]:
    return {name: draw(f"wall/{name}.html", language, values) for name in names}
