"""The courier: the api brings to intake what is to leave, to agencies and to citizens.

Words never travel on the bus, and a worker does not call: a signal says that there is something, and a look every
second finds what a lost signal left. Each dispatch is begun, departs, and only then is intake asked, by the dispatch's
own id: asked again it sends nothing more. When intake does not answer, a dispatch waits and departs again.
"""

from __future__ import annotations

from typing import Any, Final

from google.protobuf.message import Message as Proto
from hub120.intake.v1 import message_service_pb2 as pb

from chassis import logs, telemetry
from chassis.database import Database
from chassis.errors import Unavailable, database_is_away
from chassis.event_loop import run_blocking
from chassis.grpc_client import Peer, Refused
from chassis.lookout import Lookout, UnderWay
from services.referral.use_cases import asking, departing, loading
from services.referral.use_cases.loading import House, Journey, Recall, TakeBack, ToCitizen, ToDepartment, ToPartner

DEADLINE_S: Final = 5.0
AT_ONCE: Final = 16
"""Dispatches that are carried at the same time."""
_ROADS: Final = {"email": pb.PARTNER_ROAD_EMAIL, "sms": pb.PARTNER_ROAD_SMS}
_METHODS: Final = {
    ToDepartment: "HandOverForAgent",
    ToPartner: "SendToPartner",
    ToCitizen: "TellCitizen",
    TakeBack: "WithdrawQuestion",
    Recall: "StopSending",
}
_log = logs.get_logger("courier")


class Courier:
    """Carries dispatches while the process runs. Belongs to the event loop."""

    def __init__(self, database: Database, intake: Peer, house: House) -> None:
        self._database, self._intake, self._house = database, intake, house
        self._lookout = Lookout("courier", self._begin)
        self._under_way = UnderWay(AT_ONCE, self._lookout.wake)

    def wake(self) -> None:
        """There is something to carry."""
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
        for dispatch_id in await run_blocking(self._database.run, departing.take_due, room, busy):
            self._under_way.begin(dispatch_id, self._carry(dispatch_id))

    async def _carry(self, dispatch_id: str) -> None:
        """Whatever goes wrong with one dispatch, the others go on; its lease runs out and it is due again."""
        try:
            journey = await self._run(loading.begin, dispatch_id, self._house)
            if journey is not None:
                with telemetry.span("courier", parent=journey.traceparent):
                    await self._deliver(journey)
        except Exception as error:  # noqa: BLE001 - as said
            _log.warning(
                "not_carried", dispatch_id=dispatch_id, error=type(error).__name__, away=database_is_away(error)
            )

    async def _deliver(self, journey: Journey) -> None:
        """The last look, the call, and what came of it."""
        if not await self._run(departing.depart, journey.dispatch_id):
            return
        try:
            answer = await self._intake.call(
                _METHODS[type(journey.load)],
                request(journey),
                deadline_s=DEADLINE_S,
                repeatable=True,
                purpose=f"referral {journey.referral_id}",
            )
        except Unavailable:
            await self._run(departing.put_off, journey.dispatch_id)
        except Refused as refused:
            _log.warning("refused", dispatch_id=journey.dispatch_id, reason=refused.reason)
            await self._refused(journey, refused.reason)
        else:
            await self._given(journey, answer)

    async def _given(self, journey: Journey, answer: Any) -> None:
        if isinstance(journey.load, ToCitizen) and not answer.told:
            await self._run(asking.told, journey.dispatch_id, sent=False)
        elif isinstance(journey.load, Recall):
            await self._run(departing.recalled, journey.dispatch_id, taken_back=answer.stopped)
        else:
            await self._run(departing.given, journey.dispatch_id)

    async def _refused(self, journey: Journey, reason: str) -> None:
        """What intake has never got has not left."""
        if isinstance(journey.load, ToCitizen):
            await self._run(asking.told, journey.dispatch_id, sent=False)
        elif isinstance(journey.load, Recall):
            await self._run(departing.recalled, journey.dispatch_id, taken_back=reason == "NOT_FOUND")
        else:
            await self._run(departing.refused, journey.dispatch_id, reason)

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


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
