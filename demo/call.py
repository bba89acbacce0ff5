"""An agent's telephone call with a citizen whom they do not understand: they hear which language it is, and bring an
interpreter into the call; another one where nobody came."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import grpc
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import conference_pb2, work_pb2
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.translation.v1 import interpreter_service_pb2 as interpreters
from hub120.translation.v1.interpreting_pb2 import InterpreterSession

from demo import doors
from demo.conversation import OVER

LOOK_S = 0.1


class Call:
    """One call."""

    def __init__(self, channel: grpc.aio.Channel, metadata: doors.Metadata, item: work_pb2.WorkItem) -> None:
        self._routing, self._conferences = doors.routing(channel), doors.conferences(channel)
        self._interpreters = doors.interpreters(channel)
        self._metadata, self._item = metadata, item
        self._session = InterpreterSession()
        self._was_interpreted = False

    async def interpret(self, language: str) -> tuple[work_pb2.WorkItem, bool]:
        """Have somebody interpret until the call is over; returns the work as it is then, and whether an interpreter
        took it."""
        while True:
            asked = routing.GetWorkItemRequest(work_item_id=self._item.id)
            item = (await doors.ask(self._routing.GetWorkItem, asked, self._metadata)).work_item
            await self._look_at_session()
            if item.state != work_pb2.WORK_STATE_ASSIGNED:
                return item, self._was_interpreted
            is_over = not self._session.id or self._session.state in OVER
            if is_over and item.conference_id and await self._is_put_through(item.conference_id):
                await self._begin(language)
            await asyncio.sleep(LOOK_S)

    async def _look_at_session(self) -> None:
        if self._session.id:
            request = interpreters.GetSessionRequest(session_id=self._session.id)
            found = await doors.ask(self._interpreters.GetSession, request, self._metadata)
            self._session = found.session
            self._was_interpreted |= self._session.HasField("connect_time")

    async def _is_put_through(self, conference_id: str) -> bool:
        request = conferences.GetConferenceRequest(conference_id=conference_id)
        found = await doors.ask(self._conferences.GetConference, request, self._metadata)
        return bool(found.conference.state == conference_pb2.CONFERENCE_STATE_BRIDGED)

    async def _begin(self, language: str) -> None:
        request = interpreters.StartSessionRequest(
            case_id=self._item.case_id,
            work_item_id=self._item.id,
            language=language,
            medium=case_pb2.MEDIUM_VOICE,
            request_id=uuid4().hex,
        )
        found = await doors.ask(self._interpreters.StartSession, request, self._metadata)
        if found is not None:
            self._session = found.session
