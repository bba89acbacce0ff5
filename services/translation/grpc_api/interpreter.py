"""The InterpreterService of the contract: sessions with interpreters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from hub120.translation.v1 import interpreter_service_pb2 as pb
from hub120.translation.v1 import interpreter_service_pb2_grpc, interpreting_pb2

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from chassis.settings import Settings
from chassis.streams import Streams
from services.translation import protos
from services.translation.abilities import AbilitiesNow
from services.translation.domain.sessions import OVER
from services.translation.grpc_api import requests as asked
from services.translation.grpc_api.relaying import Conversation
from services.translation.use_cases import sessions
from services.translation.use_cases.sessions import Actor, Found, NewSession, Terms

_OVER = {protos.STATES[state] for state in OVER}


class InterpreterApi(interpreter_service_pb2_grpc.InterpreterServiceServicer):
    """Sessions; whoever acts is the caller."""

    def __init__(
        self, settings: Settings, database: Database, streams: Streams, relays: Streams, abilities: AbilitiesNow
    ) -> None:
        self._database, self._streams, self._relays, self._abilities = database, streams, relays, abilities
        self._terms = Terms(settings.extra_language, settings.centre_name)

    async def StartSession(self, request: pb.StartSessionRequest, context: Any) -> pb.StartSessionResponse:
        """Bring an interpreter in."""
        session = await run_blocking(self._start, _new(request), _actor())
        return pb.StartSessionResponse(session=session)

    def _start(self, new: NewSession, actor: Actor) -> interpreting_pb2.InterpreterSession:
        return _told(self._database.run(sessions.start, new, actor, self._terms, self._abilities.read()))

    async def GetSession(self, request: pb.GetSessionRequest, context: Any) -> pb.GetSessionResponse:
        """A session."""
        Check(request).required("session_id").uuid("session_id").raise_if_any()
        found: Found = await run_blocking(self._database.read, sessions.read, request.session_id, _actor())
        return pb.GetSessionResponse(session=_told(found))

    async def ListSessions(self, request: pb.ListSessionsRequest, context: Any) -> pb.ListSessionsResponse:
        """Sessions, newest first."""
        limit = pages.size(request.page_size, usual=50, largest=200)
        last = pages.after(request, (float, str))
        Check(request).uuid("case_id").raise_if_any()
        found: list[Found] = await run_blocking(
            self._database.read, sessions.list_sessions, request.case_id, _actor(),
            (last[0], last[1]) if last else None, limit + 1, active=request.active,
        )  # fmt: skip
        told = pb.ListSessionsResponse(sessions=map(_told, found[:limit]))
        if len(found) > limit:
            row = found[limit - 1].row
            told.next_page_token = pages.token(request, [row.requested_at, row.id])
        return told

    async def WatchSession(
        self, request: pb.WatchSessionRequest, context: Any
    ) -> AsyncIterator[pb.WatchSessionResponse]:
        """A session as it changes."""
        Check(request).required("session_id").uuid("session_id").raise_if_any()
        actor = _actor()

        def read(after: int) -> list[tuple[int, interpreting_pb2.InterpreterSession]]:
            found: Found = self._database.read(sessions.read, request.session_id, actor)
            return [(found.row.sequence, _told(found))] if found.row.sequence > after else []

        with self._streams.watching(request.session_id) as sleeper:
            async for session in sleeper.news(read, 0):
                yield pb.WatchSessionResponse(session=session)
                if session.state in _OVER:
                    return

    async def Relay(
        self, requests: AsyncIterator[pb.RelayRequest], context: Any
    ) -> AsyncIterator[pb.RelayResponse]:  # fmt: skip
        """A written conversation, both ways."""
        actor = _actor()

        def read(session_id: str) -> interpreting_pb2.InterpreterSession:
            return _told(self._database.read(sessions.read, session_id, actor))

        async for response in Conversation(self._database, self._relays, read).carry(requests):
            yield response

    async def ReplaceInterpreter(
        self, request: pb.ReplaceInterpreterRequest, context: Any
    ) -> pb.ReplaceInterpreterResponse:
        """Ask the next one."""
        check = Check(request).required("session_id").uuid("session_id").length("reason", 0, 200)
        check.range("attempt_number", 1, 2**31 - 1).raise_if_any()
        found: Found = await run_blocking(
            self._database.run, sessions.replace, request.session_id, request.attempt_number, request.reason, _actor(),
            self._terms,
        )  # fmt: skip
        return pb.ReplaceInterpreterResponse(session=_told(found))

    async def EndSession(self, request: pb.EndSessionRequest, context: Any) -> pb.EndSessionResponse:
        """It is over."""
        Check(request).required("session_id").uuid("session_id").raise_if_any()
        found: Found = await run_blocking(self._database.run, sessions.end, request.session_id, _actor())
        return pb.EndSessionResponse(session=_told(found))


def _actor() -> Actor:
    roles = caller().roles
    leads = "supervisor" in roles
    return Actor(caller().subject, leads=leads, reads=leads or "auditor" in roles)


def _told(found: Found) -> interpreting_pb2.InterpreterSession:
    return protos.session(found.row, found.attempts)


def _new(request: pb.StartSessionRequest) -> NewSession:
    check = Check(request).required("case_id").uuid("case_id", "work_item_id").length("request_id", 1, 64)
    asked.language(check, request.language, "language")
    check.that(request.medium in protos.MEDIUM_OF, "medium", "is text, voice or video")
    asked.residence(check, request.residence_status, "residence_status")
    check.raise_if_any()
    return NewSession(
        case_id=request.case_id,
        language=request.language,
        medium=protos.MEDIUM_OF[request.medium],
        request_id=request.request_id,
        work_item_id=request.work_item_id,
        residence_status=request.residence_status,
    )
