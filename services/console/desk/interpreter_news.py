"""What goes on reaching the interpreter's panel: how the case's newest session stands, and, where people write, every
word in both languages.

A page has one stream of words, which goes on after the last one it told; what comes twice replaces itself there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from hub120.intake.v1 import case_pb2
from hub120.translation.v1 import interpreter_service_pb2 as pb
from hub120.translation.v1.interpreting_pb2 import (
    SESSION_STATE_CALLBACK,
    SESSION_STATE_CANCELLED,
    SESSION_STATE_CONNECTED,
    SESSION_STATE_ENDED,
    InterpreterSession,
)

from services.console.desk.tools import LOOK_S
from services.console.live import News, Part, Said
from services.console.looking import looked_at
from services.console.visits import Visit

OVER: Final = frozenset({SESSION_STATE_CALLBACK, SESSION_STATE_ENDED, SESSION_STATE_CANCELLED})
_TOLD: Final = {SESSION_STATE_CONNECTED: "told_connected", SESSION_STATE_CALLBACK: "told_callback"}
"""What an agent wants to hear of while looking elsewhere."""


class InterpreterNews:
    """One page that listens to the sessions of one case."""

    def __init__(self, visit: Visit, case_id: str) -> None:
        self._visit, self._case_id = visit, case_id
        self._session = InterpreterSession()
        self._words: asyncio.Task[None] | None = None

    async def told(self) -> AsyncIterator[News]:
        """The newest session, one after another. No stream tells that one begins, and it need not begin here: so it is
        looked for."""
        known: InterpreterSession | None = None
        try:
            async for session in looked_at(self._visit, "interpreter", LOOK_S, self._newest):
                if session == known:
                    continue
                async for news in self._turn_to(session):
                    yield news
                known = self._session
        finally:
            self._hush()

    async def _newest(self) -> Sequence[InterpreterSession]:
        """The newest session; an empty one where there is none."""
        found = await self._visit.ask(pb.ListSessionsRequest(case_id=self._case_id, page_size=1))
        return found.sessions or [InterpreterSession()]

    async def _turn_to(self, session: InterpreterSession) -> AsyncIterator[News]:
        """A session until it is over; another agent's as it is now."""
        mine, new = follows(self._visit, session), session.id != self._session.id
        self._session = session
        if mine and new and session.medium == case_pb2.MEDIUM_TEXT:
            self._hush()
            yield self._visit.part("interpreting-words", "desk/interpreting_words.html", interpreting=session)
            self._words = asyncio.create_task(self._visit.live.join(self._listen(session)))
        for part in drawn(self._visit, session):
            yield part
        if mine and session.state not in OVER:
            async for news in self._watch(session):
                yield news

    async def _watch(self, session: InterpreterSession) -> AsyncIterator[News]:
        def ask(_: Any) -> pb.WatchSessionRequest:
            return pb.WatchSessionRequest(session_id=session.id)

        async for told in self._visit.follow("interpreter", ask):
            before, self._session = self._session.state, told.session
            state = self._session.state
            for part in drawn(self._visit, self._session):
                yield part
            if state != before and state in _TOLD:
                yield Said("tell", self._visit.t(f"interpreting.{_TOLD[state]}"))
            if state in OVER:
                return

    async def _listen(self, session: InterpreterSession) -> AsyncIterator[News]:
        """Every word of a written session, in order; also what comes while the interpreter finishes."""

        def ask(last: pb.RelayResponse | None) -> pb.RelayRequest:
            after = last.sequence if last else 0
            return pb.RelayRequest(open=pb.OpenRelay(session_id=session.id, after_sequence=after))

        async for told in self._visit.follow("words", ask):
            if told.HasField("message"):
                yield self._visit.part(
                    f"relay-{session.id}", "desk/interpreting_message.html", put=True, message=told.message,
                    interpreting=session,
                )  # fmt: skip

    def _hush(self) -> None:
        if self._words is not None:
            self._words.cancel()


def follows(visit: Visit, session: InterpreterSession) -> bool:
    """Agents listen to their own sessions, supervisors to all."""
    return bool(session.id) and (session.agent_id == visit.session.subject or visit.session.may("supervisor"))


def drawn(visit: Visit, session: InterpreterSession) -> list[Part]:
    """How a session stands, and what can be done and said in it."""
    over, mine = session.state in OVER, follows(visit, session)
    return [
        visit.part(f"interpreting-{part}", f"desk/interpreting_{part}.html", interpreting=session, over=over, mine=mine)
        for part in ("now", "say")
    ]
