"""The courier: the api brings to intake whom to call, for check-ins and mailings alike, and what a department's system
is to look after.

Words never travel on the bus, and a worker does not call: a signal says that there is something, and a look every
second finds what a lost signal left. Intake is asked by the errand's own id: asked again it opens no other case.
"""

from __future__ import annotations

from typing import Any, Final

from google.protobuf.message import Message as Proto
from hub120.intake.v1 import message_service_pb2 as pb

from chassis import logs
from chassis.database import Database
from chassis.errors import Unavailable, database_is_away
from chassis.event_loop import run_blocking
from chassis.grpc_client import Peer, Refused
from chassis.lookout import Lookout, UnderWay
from services.outreach.domain.calling_times import Span
from services.outreach.domain.errands import Loaded, ToCall
from services.outreach.use_cases import sending

DEADLINE_S: Final = 5.0
AT_ONCE: Final = 16
"""Errands that are carried at the same time."""
_log = logs.get_logger("outreach_courier")


class Courier:
    """Carries errands while the process runs. Belongs to the event loop."""

    def __init__(self, database: Database, intake: Peer, centre: Span) -> None:
        self._database, self._intake, self._centre = database, intake, centre
        self._lookout = Lookout("outreach_courier", self._begin)
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
        for errand_id in await run_blocking(self._database.run, sending.take_due, room, busy):
            self._under_way.begin(errand_id, self._carry(errand_id))

    async def _carry(self, errand_id: str) -> None:
        """Whatever goes wrong with one errand, the others go on; its lease runs out and it is due again."""
        try:
            loaded = await self._run(sending.load, errand_id, self._centre)
            if loaded is not None:
                await self._deliver(loaded)
        except Exception as error:  # noqa: BLE001 - as said
            _log.warning("not_carried", errand_id=errand_id, error=type(error).__name__, away=database_is_away(error))

    async def _deliver(self, loaded: Loaded) -> None:
        calls = isinstance(loaded.load, ToCall)
        method = "OpenCallCase" if calls else "HandOverForAgent"
        try:
            answer = await self._intake.call(
                method, request(loaded), deadline_s=DEADLINE_S, repeatable=True, purpose=loaded.purpose
            )
        except Unavailable:
            await self._run(sending.put_off, loaded.errand_id)
        except Refused as refused:
            _log.warning("refused", errand_id=loaded.errand_id, reason=refused.reason)
            await self._run(sending.refused, loaded.errand_id, refused.reason, self._centre)
        else:
            if calls:
                await self._run(sending.given, loaded.errand_id, answer.case_id, answer.citizen_id)
            else:
                await self._run(sending.handed_over, loaded.errand_id)

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)


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
