"""The FloorService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import floor_service_pb2 as pb
from hub120.routing.v1 import floor_service_pb2_grpc as grpc_pb

from chassis.database import Database
from chassis.grpc_host import Check, run_blocking
from chassis.pulse import Pulse
from chassis.settings import Settings
from services.routing import protos
from services.routing.domain.floor import DAY_S, Clock, Group
from services.routing.domain.staffing import HOUR_S, Target
from services.routing.grpc_api import floor_protos
from services.routing.store.floor import Period
from services.routing.use_cases import floor
from services.routing.use_cases.floor import Floor, Supposed

_MEDIA = {number: medium for medium, number in protos.MEDIA.items()} | {case_pb2.MEDIUM_UNSPECIFIED: ""}
_LONGEST_S = {"performance": 31 * DAY_S, "hours": 8 * DAY_S, "staffing": 14 * DAY_S}
_USUAL_SHARE, _USUAL_SHRINKAGE, _USUAL_PATIENCE_S = 0.8, 0.3, 120.0
_USUAL_WEEKS, _USUAL_DAYS, _USUAL_MINIMUM = 4, 7, 5
_MOST_ARRIVALS, _MOST_SURGE, _MOST_AGENTS = 20_000, 20, 10_000


class FloorApi(grpc_pb.FloorServiceServicer):
    """The floor for supervisors."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._database = database
        self._clock = floor.clock_of(settings)
        self.pulse: Pulse[Floor] = Pulse(self.look)

    def look(self) -> Floor:
        """How the floor stands now."""
        return self._database.read(floor.read_floor, self._clock)

    async def GetFloor(self, request: pb.GetFloorRequest, context: Any) -> pb.GetFloorResponse:
        """How the floor stands now."""
        return pb.GetFloorResponse(floor=floor_protos.floor(await run_blocking(self.look)))

    async def WatchFloor(self, request: pb.WatchFloorRequest, context: Any) -> AsyncIterator[pb.WatchFloorResponse]:
        """How the floor stands, again and again."""
        async with aclosing(self.pulse.pictures()) as pictures:
            async for picture in pictures:
                known = None if picture.seen is None else floor_protos.floor(picture.seen)
                yield pb.WatchFloorResponse(floor=known, stale=picture.stale)

    async def GetPerformance(self, request: pb.GetPerformanceRequest, context: Any) -> pb.GetPerformanceResponse:
        """How the centre did in a period."""
        group = floor_protos.GROUPS.get(request.group_by)
        check = Check(request).that(group is not None, "group_by", "is none of the values there are")
        period = _period(request, check, "hours" if group is Group.HOUR else "performance")
        within_s = _seconds(request, check, "answer_within", HOUR_S, self._clock.within_s)
        check.raise_if_any()
        clock = Clock(within_s, self._clock.short_s, self._clock.returns_s)
        found = await self._read(floor.read_performance, period, group, clock)
        return pb.GetPerformanceResponse(groups=[floor_protos.performance(one, group or Group.NONE) for one in found])

    async def ListTopicsNow(self, request: pb.ListTopicsNowRequest, context: Any) -> pb.ListTopicsNowResponse:
        """Topics of the last hour."""
        Check(request).range("days", 0, 28).range("minimum_count", 0, 1000).raise_if_any()
        asked = request.days or _USUAL_DAYS, request.minimum_count or _USUAL_MINIMUM
        found = await self._read(floor.list_topics, *asked)
        return pb.ListTopicsNowResponse(topics=map(floor_protos.topic, found))

    async def GetStaffing(self, request: pb.GetStaffingRequest, context: Any) -> pb.GetStaffingResponse:
        """How many agents each half hour needs."""
        check = Check(request).range("weeks", 0, 8).range("shrinkage", 0, 0.9)
        check.that(request.medium in _MEDIA, "medium", "is none of the values there are")
        period, target = _period(request, check, "staffing"), self._target(request, check)
        check.raise_if_any()
        medium, weeks = _MEDIA[request.medium], request.weeks or _USUAL_WEEKS
        found = await self._read(floor.read_staffing, period, target, weeks, medium)
        shrinkage = request.shrinkage if request.HasField("shrinkage") else _USUAL_SHRINKAGE
        return pb.GetStaffingResponse(half_hours=[floor_protos.staffing(one, shrinkage) for one in found])

    async def WhatIf(self, request: pb.WhatIfRequest, context: Any) -> pb.WhatIfResponse:
        """What a surge does to the agents there are."""
        check = Check(request).range("arrivals_per_hour", 0, _MOST_ARRIVALS).range("surge", 0, _MOST_SURGE)
        check.range("agents", 0, _MOST_AGENTS)
        supposed = Supposed(
            per_hour=request.arrivals_per_hour if request.HasField("arrivals_per_hour") else None,
            factor=request.surge or 1.0,
            handle_s=_seconds(request, check, "handle", HOUR_S, 0.0) or None,
            agents=request.agents if request.HasField("agents") else None,
            target=self._target(request, check),
            patience_s=_seconds(request, check, "patience", DAY_S, _USUAL_PATIENCE_S),
            lasts_s=_seconds(request, check, "duration", 7 * DAY_S, HOUR_S),
        )
        check.raise_if_any()
        return floor_protos.what_if(await self._read(floor.suppose, supposed))

    def _target(self, request: Any, check: Check) -> Target:
        share = request.target.share or _USUAL_SHARE
        check.that(0 < share < 1, "target.share", "is above 0 and below 1")
        return Target(share, _seconds(request, check, "target.answer_within", HOUR_S, self._clock.within_s))

    async def _read(self, use_case: Callable[..., Any], *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _period(request: Any, check: Check, longest: str) -> Period:
    """The period a request names, not longer than its kind allows."""
    check.required("from_time", "to_time")
    since, until = _moment(request.from_time), _moment(request.to_time)
    days = _LONGEST_S[longest] / DAY_S
    check.that(0 < until - since <= days * DAY_S, "to_time", f"is after from_time, at most {days:.0f} days")
    check.that(math.isfinite(since), "from_time", "is a time")
    return Period(since, until)


def _moment(given: Timestamp) -> float:
    return given.seconds + given.nanos / 1e9


def _seconds(request: Message, check: Check, field: str, longest_s: float, otherwise_s: float) -> float:
    """A duration above zero and up to a limit; ``otherwise_s`` where it is absent."""
    holder: Any = request
    *outer, last = field.split(".")
    for name in outer:
        holder = getattr(holder, name)
    if not holder.HasField(last):
        return otherwise_s
    given: Duration = getattr(holder, last)
    seconds = given.seconds + given.nanos / 1e9
    check.that(0 < seconds <= longest_s, field, f"is above 0 and at most {longest_s:.0f} seconds")
    return seconds
