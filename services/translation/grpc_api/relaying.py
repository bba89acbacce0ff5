"""The Relay stream of the InterpreterService: what the agent says comes in while everything that is said goes out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from hub120.translation.v1 import interpreter_service_pb2 as pb
from hub120.translation.v1 import interpreting_pb2

from chassis.database import Database
from chassis.errors import InvalidArgument
from chassis.grpc_host import Check, caller, run_blocking
from chassis.streams import Sleeper, Streams
from services.translation import relaying_protos as protos
from services.translation.domain.relaying import RelayState, Saying
from services.translation.use_cases import relaying
from services.translation.use_cases.relaying import Change, Speaker, Stored
from services.translation.watching import Watch

_AHEAD = 100
"""Responses that wait for a slow front end; while they do nothing more is read or taken."""

ReadSession = Callable[[str], interpreting_pb2.InterpreterSession]
"""Reads a session as the contract tells it."""


class Conversation:
    """One Relay stream."""

    def __init__(self, database: Database, streams: Streams, read_session: ReadSession) -> None:
        self._database, self._streams, self._read_session = database, streams, read_session
        self._speaker = Speaker(caller().subject, supervisor="supervisor" in caller().roles)
        self._responses: asyncio.Queue[pb.RelayResponse] = asyncio.Queue(_AHEAD)

    async def carry(self, requests: AsyncIterator[pb.RelayRequest]) -> AsyncIterator[pb.RelayResponse]:
        """Everything that is said from a place on, until the caller or the server leaves."""
        opened = await _first(requests)
        session_id = opened.session_id
        await run_blocking(self._database.read, relaying.own_session, session_id, self._speaker)
        with self._streams.watching(session_id) as sleeper:
            tasks = [
                asyncio.ensure_future(self._listen(session_id, requests)),
                asyncio.ensure_future(self._tell(session_id, sleeper, opened.after_sequence)),
            ]
            try:
                while True:
                    response = await self._next(tasks)
                    yield response
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _next(self, tasks: Sequence[asyncio.Future[None]]) -> pb.RelayResponse:
        """The next response. Raises what went wrong with listening or telling."""
        waiting: asyncio.Future[Any] = asyncio.ensure_future(self._responses.get())
        try:
            while not waiting.done():
                running: list[asyncio.Future[Any]] = [waiting, *(task for task in tasks if not task.done())]
                await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    if task.done():
                        task.result()
            response: pb.RelayResponse = waiting.result()
            return response
        finally:
            waiting.cancel()

    async def _listen(self, session_id: str, requests: AsyncIterator[pb.RelayRequest]) -> None:
        async for request in requests:
            if request.WhichOneof("what") != "say":
                raise InvalidArgument([("say", "is what follows the first request")])
            await self._responses.put(await self._say(session_id, request.say))

    async def _say(self, session_id: str, say: pb.Say) -> pb.RelayResponse:
        saying = Saying(say.request_id, say.text, say.confirm_machine)
        found = await run_blocking(self._database.run, relaying.say, session_id, self._speaker, saying)
        if isinstance(found, Stored):
            said = pb.Said(request_id=say.request_id, message_id=found.id, number=found.number)
            return pb.RelayResponse(said=said)
        refused = pb.Refused(request_id=say.request_id[:64], reason=found.value)
        refused.refuse_time.FromDatetime(self._database.clock())
        return pb.RelayResponse(refused=refused)

    async def _tell(self, session_id: str, sleeper: Sleeper, after: int) -> None:
        watch = Watch(self._database, session_id, self._speaker)

        def read(after: int) -> list[tuple[int, pb.RelayResponse]]:
            found = watch.read(after)
            session = None
            if any(change.message is None for change in found):
                session = self._read_session(session_id)
            return [(change.sequence, _response(change, session)) for change in found]

        async for response in sleeper.news(read, after):
            await self._responses.put(response)


async def _first(requests: AsyncIterator[pb.RelayRequest]) -> pb.OpenRelay:
    request: Any = await anext(aiter(requests), pb.RelayRequest())
    check = Check(request).required("open.session_id").uuid("open.session_id")
    check.range("open.after_sequence", 0, 2**53).raise_if_any()
    opened: pb.OpenRelay = request.open
    return opened


def _response(change: Change, session: interpreting_pb2.InterpreterSession | None) -> pb.RelayResponse:
    if change.message is None:
        return pb.RelayResponse(sequence=change.sequence, session=session)
    message = protos.message(change.message, RelayState(change.state))
    return pb.RelayResponse(sequence=change.sequence, message=message)
