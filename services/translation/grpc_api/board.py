"""The BoardService of the contract: one picture of interpreting for every screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

from hub120.translation.v1 import board_service_pb2 as pb
from hub120.translation.v1 import board_service_pb2_grpc as grpc_pb

from chassis.clock import moment
from chassis.connectors.host import Host
from chassis.database import Database
from chassis.grpc_host import run_blocking
from chassis.pulse import Pulse
from services.translation import protos
from services.translation.abilities import AbilitiesNow
from services.translation.domain.sessions import SessionState
from services.translation.use_cases import board
from services.translation.use_cases.board import Board


class BoardApi(grpc_pb.BoardServiceServicer):
    """Interpreting for everybody in the room."""

    def __init__(self, connectors: Host, database: Database, abilities: AbilitiesNow) -> None:
        self._connectors, self._database, self._abilities = connectors, database, abilities
        self.pulse: Pulse[Board] = Pulse(self.look)

    def look(self) -> Board:
        """How interpreting stands now. Waits for connectors: never on an event loop."""
        partners = self._connectors.having("interpreter") & self._abilities.read().keys()
        return self._database.read(board.read_board, len(partners))

    async def GetInterpreting(self, request: pb.GetInterpretingRequest, context: Any) -> pb.GetInterpretingResponse:
        """How interpreting stands now."""
        return pb.GetInterpretingResponse(interpreting=_told(await run_blocking(self.look)))

    async def WatchInterpreting(
        self, request: pb.WatchInterpretingRequest, context: Any
    ) -> AsyncIterator[pb.WatchInterpretingResponse]:
        """How interpreting stands, again and again."""
        async with aclosing(self.pulse.pictures()) as pictures:
            async for picture in pictures:
                known = None if picture.seen is None else _told(picture.seen)
                yield pb.WatchInterpretingResponse(interpreting=known, stale=picture.stale)


def _told(found: Board) -> pb.Interpreting:
    return pb.Interpreting(
        read_time=moment(found.at),
        sessions=[
            pb.SessionsNow(language=row.language, state=protos.STATES[SessionState(row.state)], sessions=row.sessions)
            for row in found.sessions
        ],
        partners=found.partners,
        volunteers=found.volunteers.volunteers,
        volunteers_busy=found.volunteers.busy,
        volunteers_resting=found.volunteers.resting,
        connected=found.connected,
        unanswered=found.unanswered,
        connect_p50=_duration(found.connect_p50_s),
        connect_p90=_duration(found.connect_p90_s),
    )


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
