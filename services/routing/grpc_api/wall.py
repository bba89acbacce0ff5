"""The WallService of the contract: one picture for every screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from hub120.routing.v1 import wall_service_pb2 as pb
from hub120.routing.v1 import wall_service_pb2_grpc as grpc_pb

from chassis.database import Database
from chassis.grpc_host import run_blocking
from chassis.pulse import Pulse
from chassis.settings import Settings
from services.routing.domain.wall import Goals
from services.routing.grpc_api import wall_protos
from services.routing.use_cases import floor, wall
from services.routing.use_cases.wall import Figures, Wall

FIGURES_EVERY_S = 5.0
_FIGURES_COUNT_S = 30.0
"""Figures that are older are not shown beside the moment: they are counted at once."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The wall, and how it is told: written once for all who watch."""

    wall: Wall
    told: pb.Wall = field(compare=False)


class WallApi(grpc_pb.WallServiceServicer):
    """The wall for everybody in the room."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._database, self._clock = database, floor.clock_of(settings)
        self._goals = Goals(settings.goal_service_level, settings.goal_first_contact, settings.goal_satisfaction)
        self.figures: Pulse[Figures] = Pulse(self._count, every_s=FIGURES_EVERY_S)
        self.pulse: Pulse[Drawn] = Pulse(self.look)

    def look(self) -> Drawn:
        """How the centre stands now."""
        figures = self.figures.seen
        if figures is None or self._database.clock().timestamp() - figures.at > _FIGURES_COUNT_S:
            figures = self._count()
        seen = self._database.read(wall.read_wall, figures)
        return Drawn(seen, wall_protos.wall(seen, self._goals, self._clock))

    def _count(self) -> Figures:
        return self._database.read(wall.count_figures, self._clock)

    async def GetWall(self, request: pb.GetWallRequest, context: Any) -> pb.GetWallResponse:
        """How the centre stands now."""
        return pb.GetWallResponse(wall=(await run_blocking(self.look)).told)

    async def WatchWall(self, request: pb.WatchWallRequest, context: Any) -> AsyncIterator[pb.WatchWallResponse]:
        """How the centre stands, again and again."""
        with self.figures.watched():
            async with aclosing(self.pulse.pictures()) as pictures:
                async for picture in pictures:
                    known = None if picture.seen is None else picture.seen.told
                    yield pb.WatchWallResponse(wall=known, stale=picture.stale)
