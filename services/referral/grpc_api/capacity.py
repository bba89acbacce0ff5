"""The CapacityService of the contract: agencies are asked whether they have room."""

from __future__ import annotations

from typing import Any

from hub120.referral.v1 import capacity_pb2, capacity_service_pb2_grpc
from hub120.referral.v1 import capacity_service_pb2 as pb

from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.referral import protos
from services.referral.domain.capacity import LONGEST_WEEKS, Age, Answer, Question
from services.referral.use_cases import capacity

_AGES = {getattr(capacity_pb2, f"CAPACITY_AGE_{one.name}"): one for one in Age if one} | {0: Age.NONE}


class CapacityApi(capacity_service_pb2_grpc.CapacityServiceServicer):
    """Questions about room; ``days`` is how long an answer counts."""

    def __init__(self, database: Database, days: int) -> None:
        self._database, self._days = database, days

    async def AskCapacity(self, request: pb.AskCapacityRequest, context: Any) -> pb.AskCapacityResponse:
        """Ask an agency."""
        check = Check(request).required("referral_id", "need").uuid("referral_id")
        check.that(request.age in _AGES, "age", "is none of the bands there are").raise_if_any()
        question = Question(request.need, request.area, _AGES[request.age], request.urgent)
        calls, words = await run_blocking(
            self._database.run, capacity.ask, request.referral_id, question, caller().subject, self._days
        )
        return pb.AskCapacityResponse(call_agency=calls, words=words)

    async def ReportCapacity(self, request: pb.ReportCapacityRequest, context: Any) -> pb.ReportCapacityResponse:
        """What an agency said on the telephone."""
        check = Check(request).length("organization_id", 1, 64)
        check.that(request.room in protos.ROOM_OF, "room", "is none of the answers there are")
        waits = request.room == capacity_pb2.CAPACITY_ROOM_WAITING_LIST
        fits = 0 <= request.weeks <= (LONGEST_WEEKS if waits else 0)
        check.that(fits, "weeks", f"is 0 to {LONGEST_WEEKS} for WAITING_LIST, and 0 for anything else").raise_if_any()
        said = Answer(protos.ROOM_OF[request.room], request.weeks)
        row = await run_blocking(
            self._database.run, capacity.report, request.organization_id, request.need, said, caller().subject
        )
        return pb.ReportCapacityResponse(capacity=protos.capacity(row, counts=True))

    async def ListCapacity(self, request: pb.ListCapacityRequest, context: Any) -> pb.ListCapacityResponse:
        """What an agency said last."""
        Check(request).length("organization_id", 1, 64).raise_if_any()
        found = await run_blocking(self._database.read, capacity.listed, [request.organization_id], self._days)
        return pb.ListCapacityResponse(capacities=[protos.capacity(row, counts=counts) for row, counts in found])
