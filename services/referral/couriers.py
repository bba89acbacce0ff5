"""The courier: the api brings to intake what is to leave, to agencies and to citizens.

Each dispatch is begun, departs, and only then is intake asked, by the dispatch's
own id: asked again it sends nothing more. When intake does not answer, a dispatch waits and departs again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from google.protobuf.message import Message as Proto
from hub120.intake.v1 import message_service_pb2 as pb

from chassis import couriers, telemetry
from chassis.database import Database, Tx
from chassis.errors import Unavailable
from chassis.grpc_client import Peer, Refused
from chassis.telemetry import attributes as known
from services.referral.use_cases import asking, departing, loading
from services.referral.use_cases.loading import House, Journey, Recall, TakeBack, ToCitizen, ToDepartment, ToPartner

_ROADS: Final = {"email": pb.PARTNER_ROAD_EMAIL, "sms": pb.PARTNER_ROAD_SMS}
_METHODS: Final = {
    ToDepartment: "HandOverForAgent",
    ToPartner: "SendToPartner",
    ToCitizen: "TellCitizen",
    TakeBack: "WithdrawQuestion",
    Recall: "StopSending",
}


class Courier(couriers.Courier[str]):
    """Carries dispatches, by their ids."""

    def __init__(self, database: Database, intake: Peer, house: House) -> None:
        super().__init__("courier", database, intake)
        self._house = house

    def take_due(self, tx: Tx, limit: int, busy: Sequence[str]) -> Sequence[str]:
        """Dispatches that are due."""
        return departing.take_due(tx, limit, busy)

    async def carry(self, due: str) -> None:
        """Load a dispatch and deliver it, if it may leave."""
        journey = await self.do(loading.begin, due, self._house)
        if journey is not None:
            with telemetry.span("courier", attributes={known.CASE_ID: journey.case_id}, parent=journey.traceparent):
                await self._deliver(journey)

    async def _deliver(self, journey: Journey) -> None:
        """The last look, the call, and what came of it."""
        if not await self.do(departing.depart, journey.dispatch_id):
            return
        try:
            method = _METHODS[type(journey.load)]
            answer = await self.ask(method, request(journey), f"referral {journey.referral_id}")
        except Unavailable:
            await self.do(departing.put_off, journey.dispatch_id)
        except Refused as refused:
            self.log.warning("refused", dispatch_id=journey.dispatch_id, reason=refused.reason)
            await self._refused(journey, refused.reason)
        else:
            await self._given(journey, answer)

    async def _given(self, journey: Journey, answer: Any) -> None:
        if isinstance(journey.load, ToCitizen) and not answer.told:
            await self.do(asking.told, journey.dispatch_id, sent=False)
        elif isinstance(journey.load, Recall):
            await self.do(departing.recalled, journey.dispatch_id, taken_back=answer.stopped)
        else:
            await self.do(departing.given, journey.dispatch_id)

    async def _refused(self, journey: Journey, reason: str) -> None:
        """What intake has never got has not left."""
        if isinstance(journey.load, ToCitizen):
            await self.do(asking.told, journey.dispatch_id, sent=False)
        elif isinstance(journey.load, Recall):
            await self.do(departing.recalled, journey.dispatch_id, taken_back=reason == "NOT_FOUND")
        else:
            await self.do(departing.refused, journey.dispatch_id, reason)


def request(journey: Journey) -> Proto:
    """What intake is asked."""
    load = journey.load
    match load:
        case ToDepartment():
            return pb.HandOverForAgentRequest(
                handover_id=journey.dispatch_id,
                case_id=journey.case_id,
                agent_id=load.agent_id,
                department=load.department,
                title=load.packet.title,
                text=load.packet.text,
                citizen_agreed=load.packet.names_citizen,
                urgent=load.urgent,
                fields=load.packet.fields,
            )
        case ToPartner():
            return pb.SendToPartnerRequest(
                message_id=journey.dispatch_id,
                road=_ROADS[load.road],
                address=load.address,
                subject=load.letter.subject,
                text=load.letter.text,
            )
        case ToCitizen():
            choices = [pb.Choice(code=one.value, words=words) for one, words in load.choices.items()]
            return pb.TellCitizenRequest(
                case_id=journey.case_id,
                message_id=journey.dispatch_id,
                texts=load.texts,
                choices=choices,
                open_hours=load.open_hours,
            )
        case Recall():
            return pb.StopSendingRequest(id=load.about_id)
        case TakeBack():
            return pb.WithdrawQuestionRequest(message_id=load.question_id)
