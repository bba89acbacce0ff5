"""The courier: the api brings to intake whom to call, for check-ins and mailings alike, and what a department's system
is to look after.

Intake is asked by the errand's own id: asked again it opens no other case.
"""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.message import Message as Proto
from hub120.intake.v1 import message_service_pb2 as pb

from chassis import couriers, telemetry
from chassis.database import Database, Tx
from chassis.errors import Unavailable
from chassis.grpc_client import Peer, Refused
from chassis.telemetry import attributes as known
from services.outreach.domain.calling_times import Span
from services.outreach.domain.errands import Loaded, ToCall
from services.outreach.use_cases import sending


class Courier(couriers.Courier[str]):
    """Carries errands, by their ids."""

    def __init__(self, database: Database, intake: Peer, centre: Span) -> None:
        super().__init__("outreach_courier", database, intake)
        self._centre = centre

    def take_due(self, tx: Tx, limit: int, busy: Sequence[str]) -> Sequence[str]:
        """Errands that are due."""
        return sending.take_due(tx, limit, busy)

    async def carry(self, due: str) -> None:
        """Load an errand and deliver it, if it is still wanted."""
        loaded = await self.do(sending.load, due, self._centre)
        if loaded is not None:
            with telemetry.span("courier", parent=loaded.traceparent):
                await self._deliver(loaded)

    async def _deliver(self, loaded: Loaded) -> None:
        calls = isinstance(loaded.load, ToCall)
        method = "OpenCallCase" if calls else "HandOverForAgent"
        try:
            answer = await self.ask(method, request(loaded), loaded.purpose)
        except Unavailable:
            await self.do(sending.put_off, loaded.errand_id)
        except Refused as refused:
            self.log.warning("refused", errand_id=loaded.errand_id, reason=refused.reason)
            await self.do(sending.refused, loaded.errand_id, refused.reason, self._centre)
        else:
            if calls:
                telemetry.concerns({known.CASE_ID: answer.case_id})
                await self.do(sending.given, loaded.errand_id, answer.case_id, answer.citizen_id)
            else:
                await self.do(sending.handed_over, loaded.errand_id)


def request(loaded: Loaded) -> Proto:
    """What intake is asked."""
    load = loaded.load
    if isinstance(load, ToCall):
        return pb.OpenCallCaseRequest(
            request_id=loaded.errand_id, telephone=load.telephone, display_name=load.name, language=load.language
        )
    return pb.HandOverForAgentRequest(
        handover_id=loaded.errand_id,
        case_id=load.case_id,
        agent_id=load.agent_id,
        department=load.department,
        title=load.title,
        text=load.text,
        citizen_agreed=True,
        urgent=True,
    )
