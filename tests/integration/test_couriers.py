"""The courier over real gRPC: an intake that is away, answers late, refuses, or is asked twice; and two apis at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hub120.intake.v1 import case_pb2, message_service_pb2, message_service_pb2_grpc
from hub120.intake.v1 import events_pb2 as intake
from hub120.intake.v1 import message_service_pb2 as pb

from chassis import auth, event_loop, grpc_host, logs
from chassis.auth import LocalIssuer, LocalTokens
from chassis.database import Database
from chassis.errors import NotFound, PreconditionFailed
from chassis.grpc_client import Line, Peer
from services.referral import protos
from services.referral.couriers import Courier
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import ReferralState
from services.referral.tables import metadata
from services.referral.use_cases import asking, ending, reporting
from tests.integration.databases import Clock, shared
from tests.integration.grpc_calls import until
from tests.integration.referral_desk import HOUSE, Desk
from tests.servers.machine import free_port

both, clock, database = shared("referral", metadata)
S = ReferralState


class Intake(message_service_pb2_grpc.MessageServiceServicer):
    """Takes each id once, and does what the test wants before it answers."""

    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.taken: dict[str, Any] = {}
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self.told = True
        self.taken_back = False

    def _take(self, key: str, request: Any) -> None:
        self.before()
        self.calls.append(request)
        self.taken.setdefault(key, request)
        self.after()

    async def HandOverForAgent(self, request: Any, context: Any) -> Any:
        """A department gets it."""
        self._take(request.handover_id, request)
        return pb.HandOverForAgentResponse(state=case_pb2.HANDOVER_STATE_QUEUED)

    async def SendToPartner(self, request: Any, context: Any) -> Any:
        """A partner gets it."""
        self._take(request.message_id, request)
        return pb.SendToPartnerResponse()

    async def TellCitizen(self, request: Any, context: Any) -> Any:
        """The citizen gets it."""
        self._take(request.message_id, request)
        return pb.TellCitizenResponse(told=self.told)

    async def WithdrawQuestion(self, request: Any, context: Any) -> Any:
        """The citizen need not answer."""
        self._take(f"back {request.message_id}", request)
        return pb.WithdrawQuestionResponse()

    async def StopSending(self, request: Any, context: Any) -> Any:
        """It has not left, if the test says so."""
        self._take(f"back {request.id}", request)
        return pb.StopSendingResponse(stopped=self.taken_back)


class Street:
    """A desk, an intake that may be away, and apis that carry between them."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.intake, self._folder, self._port = desk, Intake(), folder, free_port()
        self._carrying: list[Courier] = []

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Intake is there while the block lasts."""
        service = grpc_host.implemented(message_service_pb2, message_service_pb2_grpc, self.intake)
        verifier = auth.LocalVerifier(self._folder / "token.key")
        server = await grpc_host.serve([service], f"127.0.0.1:{self._port}", verifier, drain_s=0.0)
        try:
            yield
        finally:
            await server.stop()

    @asynccontextmanager
    async def couriers(self, count: int = 1) -> AsyncIterator[None]:
        """So many apis carry while the block lasts."""
        tokens = LocalTokens(LocalIssuer(self._folder / "token.key"), "referral")
        found = [
            Courier(
                self.desk.database, Peer("intake", Line(f"127.0.0.1:{self._port}"), message_service_pb2, tokens), HOUSE
            )
            for _ in range(count)
        ]
        self._carrying = found
        running = [asyncio.ensure_future(one.run()) for one in found]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def until(self, condition: Callable[[], Any], passing_s: float = 0) -> None:
        """Wait for a condition while the apis look again and again, each time so much later."""

        def looked() -> Any:
            self.desk.clock.pass_by(passing_s)
            for one in self._carrying:
                one.wake()
            return condition()

        await until(looked, 20)

    def stands(self, errand: Errand = Errand.REFERRAL) -> str:
        """Where the last dispatch of that kind stands."""
        found = self.desk.dispatches(errand)
        return found[-1].state if found else ""

    def hears(self, event: Any) -> None:
        """Something of intake's is heard, twice."""
        for _ in range(2):
            match event:
                case intake.HandoverChanged():
                    self.desk.run(reporting.handed_over, event.handover_id, protos.handover_state(event.state))
                case intake.CitizenTold():
                    self.desk.run(asking.told, event.message_id, sent=event.sent)
                case intake.CitizenAnswered():
                    self.desk.run(asking.answer, event.message_id, event.choice)


@pytest.fixture
def street(database: Database, clock: Clock, tmp_path: Path) -> Street:
    logs.configure("info", "test")
    return Street(Desk(database, clock, "connector", connector="gyeonggi"), tmp_path)


def run(test: Callable[[], Any]) -> None:
    event_loop.run(test())


def test_a_referral_goes_to_a_department_and_the_citizen_says_that_it_helped(street: Street) -> None:
    async def main() -> None:
        desk = street.desk
        async with street.answering(), street.couriers(2):
            desk.ready()
            await street.until(lambda: street.stands() == "given")
            (asked,) = street.intake.calls
            assert (asked.department, asked.agent_id, asked.citizen_agreed) == ("gyeonggi", "kim", True)
            assert "김영희" in asked.text
            assert "health" not in asked.fields
            changed = {"handover_id": asked.handover_id, "case_id": asked.case_id}
            for state in (case_pb2.HANDOVER_STATE_SUBMITTED, case_pb2.HANDOVER_STATE_DONE):
                street.hears(intake.HandoverChanged(state=state, **changed))
            await street.until(lambda: street.stands(Errand.QUESTION) == "given")
            question = street.intake.calls[-1]
            assert [one.code for one in question.choices] == ["helped", "partly", "not_helped", "nobody_came"]
            street.hears(intake.CitizenTold(message_id=question.message_id, sent=True))
            street.hears(intake.CitizenAnswered(message_id=question.message_id, choice="helped"))
        assert desk.stands() is S.CONFIRMED
        assert len(street.intake.calls) == 2

    run(main)


def test_an_intake_that_is_away_gets_it_later_and_once(street: Street) -> None:
    async def main() -> None:
        desk = street.desk
        desk.ready()
        async with street.couriers():
            await street.until(lambda: desk.dispatches()[0].tries == 1)
            assert street.stands() == "departed"
            async with street.answering():
                await street.until(lambda: street.stands() == "given", passing_s=1)
        assert len(street.intake.taken) == 1

    run(main)


def test_an_intake_that_never_answers_is_given_up_and_a_supervisor_sees_it(street: Street) -> None:
    async def main() -> None:
        desk = street.desk
        desk.ready()
        desk.clock.pass_by(86_400 - 1)
        async with street.couriers():
            await street.until(lambda: street.stands() == "unknown")
        assert (desk.row.state, desk.row.escalation) == ("escalated", "sending_unknown")

    run(main)


def test_what_intake_refuses_is_escalated_at_once(street: Street) -> None:
    def refuse() -> None:
        raise PreconditionFailed("NO_SUCH_DEPARTMENT", "there is none")

    async def main() -> None:
        street.intake.before = refuse
        street.desk.ready()
        async with street.answering(), street.couriers():
            await street.until(lambda: street.stands() == "failed")
        assert (street.desk.row.escalation, street.desk.dispatches()[0].reason) == ("not_sent", "no_such_department")

    run(main)


@pytest.mark.parametrize("taken_back", [True, False])
def test_a_consent_revoked_while_intake_is_asked_is_followed_by_taking_it_back(
    street: Street, taken_back: bool
) -> None:  # fmt: skip
    async def main() -> None:
        desk, intake_ = street.desk, street.intake
        consent = desk.ready()
        intake_.taken_back = taken_back

        def revoke() -> None:
            intake_.after = lambda: None
            desk.database.run(ending.revoke, consent.id, "", "kim")

        intake_.after = revoke
        async with street.answering(), street.couriers():
            await street.until(lambda: street.stands(Errand.RECALL) == "sent")
            if not taken_back:
                await street.until(lambda: street.stands(Errand.DELETION) == "given")
        assert street.stands() == ("stopped" if taken_back else "given")
        texts = [one.text for one in intake_.calls if hasattr(one, "handover_id")]
        assert [("김영희" in text, "파기" in text) for text in texts] == [(True, False)] + [(False, True)] * (
            not taken_back
        )

    run(main)


def test_a_consent_revoked_while_intake_is_away_sends_nothing_and_nothing_is_to_be_deleted(street: Street) -> None:
    def none() -> None:
        raise NotFound("handover", "x")

    async def main() -> None:
        desk = street.desk
        consent = desk.ready()
        async with street.couriers():
            await street.until(lambda: desk.dispatches()[0].tries == 1)
            desk.revoke(consent)
            desk.clock.pass_by(60)
            await street.until(lambda: street.stands() == "unknown")
            street.intake.before = none
            async with street.answering():
                await street.until(lambda: street.stands(Errand.RECALL) == "sent", passing_s=1)
        assert street.stands() == "stopped"
        assert street.intake.calls == []
        assert desk.dispatches(Errand.DELETION) == []

    run(main)


def test_a_citizen_whom_intake_cannot_tell_is_called(street: Street) -> None:
    async def main() -> None:
        desk = street.desk
        desk.agency("telephone")
        desk.ready()
        desk.reports(S.COMPLETED, by="kim")
        street.intake.told = False
        async with street.answering(), street.couriers():
            await street.until(lambda: street.stands(Errand.QUESTION) == "failed")
        assert "call_wanted" in desk.kinds()

    run(main)
