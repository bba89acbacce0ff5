"""Carrying: the api brings the citizen's words from intake into conversations, and the agent's, translated, back.

When intake does not answer, the words wait and are carried later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any, Final

from hub120.intake.v1 import words_service_pb2 as intake_pb

from chassis import couriers, telemetry
from chassis.database import Database, Tx
from chassis.errors import Unavailable, database_is_away
from chassis.grpc_client import Peer, Refused
from services.translation.domain.relaying import RelayFailure
from services.translation.use_cases import relaying_case
from services.translation.use_cases.relaying_case import Delivery, Load, Written

AT_ONCE: Final = 32
"""Conversations that are carried at the same time."""
Due = tuple[Load, Delivery | None]


class Carrier(couriers.Courier[Due]):
    """Carries words, one conversation at a time each."""

    def __init__(self, database: Database, intake: Peer) -> None:
        super().__init__("carrying", database, intake, at_once=AT_ONCE)
        self._due_again: set[str] = set()

    def wake_for(self, session_id: str) -> None:
        """There is something to carry for a conversation."""
        if self.is_carrying(session_id):
            self._due_again.add(session_id)
        else:
            self.wake()

    def take_due(self, tx: Tx, limit: int, busy: Sequence[str]) -> Sequence[Due]:
        """Conversations that are due and have something to be read or delivered."""
        found = relaying_case.take_due(tx, limit, busy)
        return [(load, first) for load, first in found if load.reads or first is not None]

    def name_of(self, due: Due) -> str:
        """The conversation's id."""
        return due[0].session_id

    async def carry(self, due: Due) -> None:
        """Read what the citizen wrote, then deliver what the agent said."""
        load, first = due
        try:
            if load.reads:
                await self._read(load)
                first = await self.do(relaying_case.next_delivery, load)
            await self._deliver(load, first)
        except Exception as error:
            if not isinstance(error, Unavailable):
                self.log.exception("not_carried", session_id=load.session_id)
            await self._try_again(load)
        finally:
            if load.session_id in self._due_again:
                self._due_again.discard(load.session_id)
                self.wake()

    async def _try_again(self, load: Load) -> None:
        """If this is not stored either, the lease runs out and it is due again."""
        try:
            await self.do(relaying_case.try_again, load)
        except Exception as error:  # noqa: BLE001 - as said
            self.log.warning("carrying_waits", error=type(error).__name__, away=database_is_away(error))

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
                    self.log.error("words_refused", session_id=load.session_id, reason=refused.reason)
                    return
            words = [_written(word) for word in answer.words]
            await self.do(relaying_case.take_in, load.session_id, words, answer.sequence, answer.topic)
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
            self.log.warning("reply_refused", session_id=load.session_id, reason=refused.reason)
            closed = refused.reason == RelayFailure.CASE_CLOSED
            why = RelayFailure.CASE_CLOSED if closed else RelayFailure.NOT_DELIVERED
            following = await self.do(relaying_case.not_delivered, load, found.message_id, why)
        else:
            following = await self.do(relaying_case.delivered, load, found.message_id, answer.reply.id)
        return following

    async def _ask(self, method: str, request: Any, load: Load) -> Any:
        return await self.ask(method, request, f"interpreting in session {load.session_id}")


def _written(word: intake_pb.CitizenWords) -> Written:
    said_at = word.receive_time.ToDatetime(UTC).timestamp()
    return Written(word.contact_id, word.sequence, word.text, said_at, word.traceparent)
