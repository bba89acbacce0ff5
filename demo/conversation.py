"""An agent's written conversation through an interpreter or a machine: the agent reads in Korean what the citizen
wrote, says something in Korean, and it leaves in the citizen's language.

The session begins by itself when an agent accepts the work. Where one ends because nobody came, the agent begins
another.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

import grpc
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import work_pb2
from hub120.translation.v1 import interpreter_service_pb2 as interpreters
from hub120.translation.v1 import interpreting_pb2
from hub120.translation.v1.interpreting_pb2 import RelayedMessage

from demo import doors

PATIENCE_S = 180.0
LOOK_S = 0.2
OVER = {
    interpreting_pb2.SESSION_STATE_CALLBACK,
    interpreting_pb2.SESSION_STATE_ENDED,
    interpreting_pb2.SESSION_STATE_CANCELLED,
}
_ENDS = {interpreting_pb2.RELAY_STATE_DELIVERED, interpreting_pb2.RELAY_STATE_FAILED}


class Conversation:
    """What is said about one work item."""

    def __init__(self, stub: Any, metadata: doors.Metadata, item: work_pb2.WorkItem) -> None:
        """``stub`` is the door to interpreters."""
        self._stub, self._metadata, self._item = stub, metadata, item
        self._spoke_in = ""
        """The session in which something was said of which it is not known yet what became of it."""

    async def answer(self, contact_id: str, text: str) -> RelayedMessage | None:
        """Read what the citizen wrote and say something to it, once, whatever becomes of streams and sessions. None if
        nobody could be brought in for long."""
        failed = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    say = interpreters.Say(request_id=f"{contact_id}/{failed}", text=text, confirm_machine=True)
                    told = await self._relay(self._spoke_in or await self._session(), contact_id, say)
                    if told is not None and told.state == interpreting_pb2.RELAY_STATE_DELIVERED:
                        return told
                    failed += told is not None
                    await asyncio.sleep(LOOK_S)
        return None

    async def _session(self) -> str:
        """The session that goes on."""
        listing = interpreters.ListSessionsRequest(case_id=self._item.case_id)
        while True:
            listed = await doors.ask(self._stub.ListSessions, listing, self._metadata)
            own = [one for one in listed.sessions if one.work_item_id == self._item.id]
            if own and own[0].state not in OVER:
                return str(own[0].id)
            if own:
                await self._begin()
            await asyncio.sleep(LOOK_S)

    async def _begin(self) -> None:
        """Ask for somebody once more."""
        request = interpreters.StartSessionRequest(
            case_id=self._item.case_id,
            work_item_id=self._item.id,
            language=self._item.language.partition("-")[0],
            medium=case_pb2.MEDIUM_TEXT,
            request_id=uuid4().hex,
        )
        await doors.ask(self._stub.StartSession, request, self._metadata)

    async def _relay(self, session_id: str, contact_id: str, say: interpreters.Say) -> RelayedMessage | None:
        """Listen to a session and speak in it; returns what was said when it has left or failed, None if the stream or
        the session ended before."""
        stream = self._stub.Relay(metadata=self._metadata)
        try:
            opened = interpreters.OpenRelay(session_id=session_id)
            await stream.write(interpreters.RelayRequest(open=opened))
            return await self._talk(stream, session_id, contact_id, say)
        except asyncio.InvalidStateError:  # the stream ended while something was said
            return None
        except grpc.aio.AioRpcError as error:
            if error.code() not in doors.PASSING:
                raise
            return None
        finally:
            stream.cancel()

    async def _talk(
        self, stream: Any, session_id: str, contact_id: str, say: interpreters.Say
    ) -> RelayedMessage | None:  # fmt: skip
        """Once the citizen's words are there in Korean, speak. In a session that is over the hub tells whether it was
        said before."""
        has_spoken, said = False, ""
        ends: dict[str, RelayedMessage] = {}
        async for told in stream:
            message = told.message
            if message.state in _ENDS:
                ends[message.id] = message
            if not has_spoken and (_is_understood(message, contact_id) or told.session.state in OVER):
                has_spoken, self._spoke_in = True, session_id
                await stream.write(interpreters.RelayRequest(say=say))
            said = told.said.message_id or said
            if told.HasField("refused") or said in ends:
                self._spoke_in = ""
                return ends.get(said)
        return None


def _is_understood(message: RelayedMessage, contact_id: str) -> bool:
    """Whether these are the citizen's words, in Korean."""
    is_there = message.state == interpreting_pb2.RELAY_STATE_TRANSLATED
    return (
        is_there and message.direction == interpreting_pb2.RELAY_DIRECTION_TO_AGENT and message.contact_id == contact_id
    )
