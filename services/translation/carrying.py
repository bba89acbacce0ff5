"""Carrying: the api brings the citizen's words from intake into conversations, and the agent's, translated, back.

Words never travel on the bus, and a worker does not call: a signal says that there is something, and a look every
second finds what a lost signal left. When intake does not answer, the words wait and are carried later.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any, Final

from hub120.intake.v1 import words_service_pb2 as intake_pb

from chassis import logs, telemetry
from chassis.database import Database
from chassis.errors import Unavailable, database_is_away
from chassis.event_loop import run_blocking
from chassis.grpc_client import Peer, Refused
from chassis.lookout import Lookout, UnderWay
from services.translation.domain.relaying import RelayFailure
from services.translation.use_cases import relaying_case
from services.translation.use_cases.relaying_case import Delivery, Load, Written

DEADLINE_S: Final = 5.0
AT_ONCE: Final = 32
"""Conversations that are carried at the same time."""
_log = logs.get_logger("carrying")


class Carrier:
    """Carries words while the process runs. Belongs to the event loop."""

    def __init__(self, database: Database, intake: Peer) -> None:
        self._database, self._intake = database, intake
        self._lookout = Lookout("carrying", self._begin)
        self._under_way = UnderWay(AT_ONCE, self._lookout.wake)
        self._due_again: set[str] = set()

    def wake(self, session_id: str) -> None:
        """There is something to carry for a conversation."""
        if session_id in self._under_way:
            self._due_again.add(session_id)
        else:
            self._lookout.wake()

    async def run(self) -> None:
        """Carry what is due; runs as long as the process."""
        try:
            await self._lookout.run()
        finally:
            await self._under_way.end()
            await self._intake.close()

    async def _begin(self) -> None:
        """Take what is due, as much as may be carried at once."""
        room, busy = self._under_way.room, self._under_way.names
        if room <= 0:
            return
        for load, first in await run_blocking(self._database.run, relaying_case.take_due, room, busy):
            if load.reads or first is not None:
                self._under_way.begin(load.session_id, self._carry(load, first))

    async def _carry(self, load: Load, first: Delivery | None) -> None:
        try:
            if load.reads:
                await self._read(load)
                first = await self._run(relaying_case.next_delivery, load)
            await self._deliver(load, first)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with one conversation, the others go on
            if not isinstance(error, Unavailable):
                _log.exception("not_carried", session_id=load.session_id)
            await self._try_again(load)
        finally:
            if load.session_id in self._due_again:
                self._due_again.discard(load.session_id)
                self._lookout.wake()

    async def _try_again(self, load: Load) -> None:
        """If this is not stored either, the lease runs out and it is due again."""
        try:
            await self._run(relaying_case.try_again, load)
        except Exception as error:  # noqa: BLE001 - as said
            _log.warning("carrying_waits", error=type(error).__name__, away=database_is_away(error))

    async def _read(self, load: Load) -> None:
        """The citizen's words, page after page."""
        read_to, more = load.read_to, True
        while more:
            asked = {"unanswered": True} if read_to is None else {"after_sequence": read_to}
            request = intake_pb.ReadWordsRequest(case_id=load.case_id, **asked)
            with telemetry.span("read words", parent=load.traceparent):
                try:
                    answer = await self._ask("ReadWords", request, load)
                except Refused as refused:
                    _log.error("words_refused", session_id=load.session_id, reason=refused.reason)
                    return
            words = [_written(word) for word in answer.words]
            await self._run(relaying_case.take_in, load.session_id, words, answer.sequence, answer.topic)
            read_to, more = answer.sequence, answer.more

    async def _deliver(self, load: Load, found: Delivery | None) -> None:
        """The agent's words, one after another: the next goes when intake has the one before."""
        while found is not None:
            with telemetry.span("deliver words", parent=found.traceparent):
                found = await self._deliver_one(load, found)

    async def _deliver_one(self, load: Load, found: Delivery) -> Delivery | None:
        request = intake_pb.ReplyForAgentRequest(
            case_id=load.case_id,
            agent_id=found.agent_id,
            request_id=found.message_id,
            text=found.text,
            original_text=found.original,
            machine_translated=found.machine,
        )
        following: Delivery | None
        try:
            answer = await self._ask("ReplyForAgent", request, load)
        except Refused as refused:
            _log.warning("reply_refused", session_id=load.session_id, reason=refused.reason)
            closed = refused.reason == RelayFailure.CASE_CLOSED
            why = RelayFailure.CASE_CLOSED if closed else RelayFailure.NOT_DELIVERED
            following = await self._run(relaying_case.not_delivered, load, found.message_id, why)
        else:
            following = await self._run(relaying_case.delivered, load, found.message_id, answer.reply.id)
        return following

    async def _ask(self, method: str, request: Any, load: Load) -> Any:
        purpose = f"interpreting in session {load.session_id}"
        return await self._intake.call(method, request, deadline_s=DEADLINE_S, repeatable=True, purpose=purpose)

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


def _written(word: intake_pb.CitizenWords) -> Written:
    said_at = word.receive_time.ToDatetime(UTC).timestamp()
    return Written(word.contact_id, word.sequence, word.text, said_at, word.traceparent)
