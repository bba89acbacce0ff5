"""How the centre did, by hour, day, channel, topic, language or agent; how many agents it needs, and what if."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration
from hub120.routing.v1 import floor_service_pb2 as pb
from starlette.responses import Response
from starlette.routing import Route

from services.console.floor.days import midnight, today
from services.console.forms import Form
from services.console.topics import topic_names
from services.console.visits import House, Visit

GROUPS: Final = {
    "hour": pb.PERFORMANCE_GROUP_HOUR,
    "day": pb.PERFORMANCE_GROUP_DAY,
    "channel": pb.PERFORMANCE_GROUP_CHANNEL,
    "topic": pb.PERFORMANCE_GROUP_TOPIC,
    "language": pb.PERFORMANCE_GROUP_LANGUAGE,
    "agent": pb.PERFORMANCE_GROUP_AGENT,
}
PERIODS: Final = ("today", "yesterday", "week")


class Performance:
    """The numbers, and the two questions to the model."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            self._house.page("/floor/performance", self._show),
            self._house.action("/floor/performance/staffing", self._staffing),
            self._house.action("/floor/performance/what-if", self._what_if),
        ]

    async def _show(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        period = asked.get("period") if asked.get("period") in PERIODS else PERIODS[0]
        group = asked.get("by") if asked.get("by") in GROUPS else "hour"
        began, ended = span_of(str(period))
        span: Any = {"from_time": began, "to_time": ended}
        whole = await visit.ask(pb.GetPerformanceRequest(**span, group_by=pb.PERFORMANCE_GROUP_NONE))
        found = await visit.ask(pb.GetPerformanceRequest(**span, group_by=GROUPS[str(group)]))
        return visit.page(
            "floor/performance.html", period=period, group=group, periods=PERIODS, groups=tuple(GROUPS),
            whole=next(iter(whole.groups), pb.Performance()), found=found.groups, bars=bars(found.groups),
            topic=await topic_names(visit),
        )  # fmt: skip

    async def _staffing(self, visit: Visit) -> Response:
        form = await visit.form()
        began = midnight(today() + timedelta(days=1 if form["day"] == "tomorrow" else 0))
        span: Any = {"from_time": began, "to_time": began + timedelta(days=1)}
        request = pb.GetStaffingRequest(**span, shrinkage=form.number("shrinkage") / 100, target=target_of(form))
        found = (await visit.ask(request)).half_hours
        most = max((one.agents for one in found), default=0)
        return visit.done(visit.part("staffing", "floor/staffing.html", half_hours=found, most=most))

    async def _what_if(self, visit: Visit) -> Response:
        form = await visit.form()
        request = pb.WhatIfRequest(surge=max(form.number("surge"), 1), target=target_of(form))
        if form["arrivals"]:
            request.arrivals_per_hour = form.number("arrivals")
        if form["agents"]:
            request.agents = form.number("agents")
        if form["handle_s"]:
            request.handle.CopyFrom(Duration(seconds=form.number("handle_s")))
        return visit.done(visit.part("what-if", "floor/what_if.html", found=await visit.ask(request)))


def target_of(form: Form) -> pb.ServiceTarget:
    """What shall be held; the service's own where nothing is written."""
    return pb.ServiceTarget(share=form.number("share") / 100)


def span_of(period: str) -> tuple[datetime, datetime]:
    """From when until when."""
    day = midnight(today())
    if period == "yesterday":
        return day - timedelta(days=1), day
    return day - timedelta(days=6 if period == "week" else 0), day + timedelta(days=1)


def bars(groups: Sequence[pb.Performance]) -> Sequence[Mapping[str, float]]:
    """Columns of a chart a hundred high: what was answered in time, what was answered late, what was abandoned."""
    most = max((one.answered + one.abandoned for one in groups), default=0) or 1
    found = []
    for one in groups:
        in_time, late, lost = (
            100 * count / most for count in (one.answered_in_time, one.answered - one.answered_in_time, one.abandoned)
        )
        found.append({"in_time": round(in_time, 2), "late": round(late, 2), "lost": round(lost, 2)})
    return found
