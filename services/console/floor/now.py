"""The floor now: queues and agents, a surge, calls that go on, and the work that waits longest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hub120.routing.v1 import conference_pb2 as conference
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import floor_service_pb2 as floor
from hub120.routing.v1 import queue_service_pb2 as queues
from hub120.routing.v1 import routing_service_pb2 as routing
from starlette.responses import Response
from starlette.routing import Route

from services.console.live import News, Part
from services.console.looking import looked_at
from services.console.topics import topic_names
from services.console.visits import House, Visit

LOOK_S: Final = 3.0
LONGEST_SURGE_H: Final = 168


class Now:
    """The first page of a supervisor."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        house, call = self._house, "/floor/conferences/{conference_id}"
        return [
            house.page("/floor", self._show),
            house.stream("/floor/live", self._follow),
            house.action("/floor/surge", self._declare),
            house.action("/floor/surge/end", self._end),
            house.action(f"{call}/listen", self._listen),
            house.action(f"{call}/barge", self._barge),
            house.action(f"{call}/leave", self._leave),
        ]

    async def _show(self, visit: Visit) -> Response:
        stands, surge = await asyncio.gather(visit.ask(floor.GetFloorRequest()), visit.ask(queues.GetSurgeRequest()))
        return visit.page("floor/now.html", live="/floor/live", floor=stands.floor, stale=False, surge=surge.surge)

    async def _follow(self, visit: Visit) -> Response:
        topic = await topic_names(visit)
        return visit.stream(self._floor(visit), looked_at(visit, "calls", LOOK_S, lambda: self._look(visit, topic)))

    async def _floor(self, visit: Visit) -> AsyncIterator[News]:
        async for told in visit.follow("floor", lambda _: floor.WatchFloorRequest()):
            yield visit.part("figures", "floor/figures.html", floor=told.floor, stale=told.stale)
            yield visit.part("queues", "floor/queues.html", floor=told.floor)
            yield visit.part("agents", "floor/agents.html", floor=told.floor)

    async def _look(self, visit: Visit, topic: Callable[[str], str]) -> Sequence[Part]:
        surge, waiting = await asyncio.gather(
            visit.ask(queues.GetSurgeRequest()), visit.ask(routing.ListWorkItemsRequest(page_size=20))
        )
        parts = [
            visit.part("surge", "floor/surge.html", surge=surge.surge),
            visit.part("waiting", "floor/waiting.html", waiting=waiting, topic=topic),
        ]
        return [*parts, await self._calls(visit)] if visit.session.may("supervisor") else parts

    async def _calls(self, visit: Visit) -> Part:
        found = await visit.ask(conferences.ListConferencesRequest(active=True))
        return visit.part("calls", "floor/calls.html", calls=found.conferences, hears=hears)

    async def _declare(self, visit: Visit) -> Response:
        form = await visit.form()
        hours = min(max(form.number("hours"), 1), LONGEST_SURGE_H)
        texts = {language: form[f"text_{language}"] for language in ("ko", "en") if form[f"text_{language}"]}
        return await self._surge(
            visit,
            queues.SetSurgeRequest(
                active=True, reason=form["reason"], until_time=datetime.now(UTC) + timedelta(hours=hours), texts=texts
            ),
        )

    async def _end(self, visit: Visit) -> Response:
        return await self._surge(visit, queues.SetSurgeRequest(active=False))

    async def _surge(self, visit: Visit, request: queues.SetSurgeRequest) -> Response:
        found = await visit.ask(request)
        return visit.done(visit.part("surge", "floor/surge.html", surge=found.surge))

    async def _listen(self, visit: Visit) -> Response:
        return await self._join(visit, conferences.MonitorConferenceRequest)

    async def _barge(self, visit: Visit) -> Response:
        return await self._join(visit, conferences.BargeConferenceRequest)

    async def _leave(self, visit: Visit) -> Response:
        return await self._join(visit, conferences.LeaveMonitoringRequest)

    async def _join(self, visit: Visit, request: Any) -> Response:
        await visit.ask(request(conference_id=visit.path["conference_id"]))
        return visit.done(await self._calls(visit))


def hears(call: conference.Conference, subject: str) -> str:
    """How somebody is in a call as a listener: ``listens``, ``barged``, or not at all."""
    for leg in call.legs:
        if leg.role == conference.LEG_ROLE_LISTENER and leg.agent_id == subject and not leg.HasField("end_time"):
            return "listens" if leg.muted else "barged"
    return ""
