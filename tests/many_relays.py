"""An agent's front end in many written conversations at once, on one event loop: a thread for each would get in the way
of what is tested or measured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import grpc
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import intake_service_pb2_grpc as intake_grpc
from hub120.translation.v1 import interpreter_service_pb2 as pb
from hub120.translation.v1 import interpreter_service_pb2_grpc as interpreter_grpc
from hub120.translation.v1 import interpreting_pb2

Metadata = Sequence[tuple[str, str]]
CALL_S = 60.0
"""How long a call may take on a machine that has much else to do."""


def nobody(_: interpreting_pb2.RelayedMessage) -> None:
    """Nobody listens."""


class Relay:
    """One conversation: what its stream told, and what was said there. A stream that ends is opened again behind the
    last that it told, and what was not stored yet is said again."""

    def __init__(
        self, open_stream: Callable[[], Any], session_id: str, heard: Callable[[interpreting_pb2.RelayedMessage], None]
    ) -> None:
        self.session_id = session_id
        self.sequences: list[int] = []
        self.told: list[interpreting_pb2.RelayedMessage] = []
        self.said: dict[str, str] = {}
        """The messages that were stored, by request."""
        self.refused: dict[str, str] = {}
        self._unsaid: dict[str, pb.Say] = {}
        self._open_stream, self._heard = open_stream, heard
        self._call: Any = None
        self._writing = asyncio.Lock()

    async def say(self, text: str) -> str:
        """Say something; returns its request id."""
        say = pb.Say(request_id=uuid4().hex, text=text)
        self._unsaid[say.request_id] = say
        with suppress(grpc.RpcError, asyncio.InvalidStateError):  # the stream is over: the next one says it
            async with self._writing:
                await self._call.write(pb.RelayRequest(say=say))
        return say.request_id

    async def follow(self) -> None:
        """Keep what is told, for ever."""
        while True:
            try:
                await self._begin()
                async for response in self._call:
                    self._take(response)
            except (grpc.RpcError, asyncio.InvalidStateError):
                await asyncio.sleep(0.2)  # the front end waits a moment before it calls again

    async def _begin(self) -> None:
        async with self._writing:
            self._call = self._open_stream()
            after = self.sequences[-1] if self.sequences else 0
            opened = pb.OpenRelay(session_id=self.session_id, after_sequence=after)
            await self._call.write(pb.RelayRequest(open=opened))
            for say in list(self._unsaid.values()):
                await self._call.write(pb.RelayRequest(say=say))

    def _take(self, response: pb.RelayResponse) -> None:
        if response.sequence:
            self.sequences.append(response.sequence)
        if response.HasField("said"):
            self.said[response.said.request_id] = response.said.message_id
            self._unsaid.pop(response.said.request_id, None)
        elif response.HasField("refused"):
            self.refused[response.refused.request_id] = response.refused.reason
            self._unsaid.pop(response.refused.request_id, None)
        elif response.HasField("message"):
            self.told.append(response.message)
            self._heard(response.message)

    def ends(self, direction: int) -> list[interpreting_pb2.RelayedMessage]:
        """The messages of a direction that have come to their translation, or failed, in the order they were told."""
        over = {interpreting_pb2.RELAY_STATE_TRANSLATED, interpreting_pb2.RELAY_STATE_FAILED}
        return [one for one in self.told if one.direction == direction and one.state in over]


class FrontEnd:
    """The calls of one agent's front end."""

    def __init__(self, channel: grpc.aio.Channel, metadata: Metadata) -> None:
        self._metadata = metadata
        self._intake: Any = intake_grpc.IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated
        self._interpreters: Any = interpreter_grpc.InterpreterServiceStub(channel)  # type: ignore[no-untyped-call] # generated

    async def case_of(self, address: str) -> str:
        """The id of the newest case of an address."""
        request = intake.ListCasesRequest(address=address, page_size=1)
        (case,) = (await self._patiently(self._intake.ListCases, request)).cases
        return str(case.id)

    async def start(self, case_id: str, language: str) -> str:
        """Have an interpreter brought into a written conversation; the session."""
        request = pb.StartSessionRequest(
            case_id=case_id, language=language, medium=case_pb2.MEDIUM_TEXT, request_id=uuid4().hex
        )
        return str((await self._patiently(self._interpreters.StartSession, request)).session.id)

    async def _patiently(self, method: Any, request: Any) -> Any:
        """Call, and again as long as the hub says that it cannot now; both may be repeated."""
        deadline = time.monotonic() + CALL_S
        while True:
            try:
                return await method(request, metadata=self._metadata, timeout=CALL_S)
            except grpc.aio.AioRpcError as error:
                if error.code() is not grpc.StatusCode.UNAVAILABLE or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.2)

    def relay(self, session_id: str, heard: Callable[[interpreting_pb2.RelayedMessage], None] = nobody) -> Relay:
        """Open the stream of a conversation; whoever follows it begins it."""
        return Relay(lambda: self._interpreters.Relay(metadata=self._metadata), session_id, heard)


@asynccontextmanager
async def front_end(port: int, metadata: Metadata) -> AsyncIterator[FrontEnd]:
    """An agent's front end on a connection of its own."""
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield FrontEnd(channel, metadata)
