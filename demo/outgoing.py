"""An agent's call to somebody who did not call: they wait until it is over and finish. What a second contact says of an
old woman who does not answer is passed on."""

from __future__ import annotations

import asyncio

import grpc
from hub120.outreach.v1 import check_in_pb2
from hub120.outreach.v1 import check_in_service_pb2 as check_ins
from hub120.routing.v1 import conference_pb2, work_pb2
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import routing_service_pb2 as routing

from demo import doors

LOOK_S = 0.1
OVER = {
    conference_pb2.CONFERENCE_STATE_ENDED,
    conference_pb2.CONFERENCE_STATE_FAILED,
    conference_pb2.CONFERENCE_STATE_CANCELLED,
}
SECOND_CONTACT = "second_contact"


class Outgoing:
    """One call."""

    def __init__(self, channel: grpc.aio.Channel, metadata: doors.Metadata, item: work_pb2.WorkItem) -> None:
        self._routing, self._conferences = doors.routing(channel), doors.conferences(channel)
        self._check_ins = doors.check_ins(channel)
        self._metadata, self._item = metadata, item

    async def make(self) -> None:
        """Until somebody answers, or does not."""
        state = conference_pb2.CONFERENCE_STATE_REQUESTED
        while self._item.conference_id and state not in OVER | {conference_pb2.CONFERENCE_STATE_BRIDGED}:
            asked = conferences.GetConferenceRequest(conference_id=self._item.conference_id)
            found = await doors.ask(self._conferences.GetConference, asked, self._metadata)
            state = found.conference.state
            await asyncio.sleep(LOOK_S)
        if state == conference_pb2.CONFERENCE_STATE_BRIDGED and self._item.purpose == SECOND_CONTACT:
            await self._ask_after()
        request = routing.FinishWorkRequest(work_item_id=self._item.id, close_case=False)
        await doors.ask(self._routing.FinishWork, request, self._metadata)

    async def _ask_after(self) -> None:
        """She has not heard from her mother either."""
        request = check_ins.GetCheckInRequest(case_id=self._item.case_id)
        found = await doors.ask(self._check_ins.GetCheckIn, request, self._metadata)
        said = check_ins.ReportOutcomeRequest(
            check_in_id=found.check_in.id, outcome=check_in_pb2.CHECK_IN_OUTCOME_NOT_FOUND, note="따님도 연락이 안 됨"
        )
        await doors.ask(self._check_ins.ReportOutcome, said, self._metadata)
