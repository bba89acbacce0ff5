"""The desk's page, what goes on reaching it, and what an agent does with offers, work and the open case."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from services.console.desk.citizen import CitizenCard
from services.console.desk.composer import LONGEST_FILE, Composer, deadline_part, newest, reply_deadline
from services.console.desk.desk_now import DeskNow
from services.console.desk.finding import Finding
from services.console.desk.naming import names_of_case
from services.console.desk.tools import Tool
from services.console.hub import Refusal
from services.console.live import News, Said
from services.console.visits import House, Visit, told

PRESENCES: Final = {
    "ready": work.PRESENCE_READY,
    "paused": work.PRESENCE_PAUSED,
    "offline": work.PRESENCE_OFFLINE,
}
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/webm"})
"""What a browser shows by itself; everything else is saved."""
_ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A file that is opened by itself runs and loads nothing; browsers lay out pictures and films with styles of theirs."""


class DeskPage:
    """The desk with its tools."""

    def __init__(self, house: House, tools: Sequence[Tool], pause_reasons: Sequence[str]) -> None:
        self._house, self._tools, self._pauses = house, tools, pause_reasons
        self._citizen = CitizenCard()

    def routes(self) -> list[Route]:
        """What is served."""
        house, case = self._house, "/desk/cases/{case_id}"
        return [
            house.page("/desk", self._show),
            house.page(case, self._show),
            house.stream("/desk/live", self._follow),
            house.stream(f"{case}/live", self._follow),
            house.page("/desk/attachments/{attachment_id}", self._attachment),
            house.action("/desk/presence", self._presence),
            house.action("/desk/offers/{offer_id}/accept", self._accept),
            house.action("/desk/offers/{offer_id}/decline", self._decline),
            *Composer().routes(house),
            *Finding().routes(house),
            *self._citizen.routes(house),
            *(route for tool in self._tools for route in tool.routes(house)),
        ]

    async def _show(self, visit: Visit) -> Response:
        case_id = visit.path.get("case_id", "")
        if not case_id:
            return visit.page("desk/desk.html", live="/desk/live", case=None)
        found = await visit.ask(intake.GetCaseRequest(case_id=case_id))
        panels = [_panel(tool, visit, found) for tool in self._tools]
        others, names, *tools = await asyncio.gather(
            self._citizen.others(visit, found.case), names_of_case(visit), *panels
        )
        return visit.page(
            "desk/desk.html", live=f"/desk/cases/{found.case.id}/live", case=found.case, entries=newest(found.entries),
            deadline=reply_deadline(found.entries), others=others, tools=tools, longest_file=LONGEST_FILE,
            **names,
        )  # fmt: skip

    async def _follow(self, visit: Visit) -> Response:
        case_id = visit.path.get("case_id", "")
        desk = DeskNow()
        streams = [self._desk(visit, case_id, desk)]
        if case_id:
            streams.append(self._case(visit, case_id))
            streams += [stream for tool in self._tools for stream in tool.events(visit, case_id, desk)]
        return visit.stream(*streams)

    async def _desk(self, visit: Visit, case_id: str, desk: DeskNow) -> AsyncIterator[News]:
        """The left of the page, after each thing that happens on the desk."""

        def ask(last: routing.WatchDeskResponse | None) -> routing.WatchDeskRequest:
            return routing.WatchDeskRequest(resume_token=last.resume_token if last else "")

        async for news in visit.follow("desk", ask):
            new = desk.take(news)
            yield visit.part("offers", "desk/offers.html", desk=desk)
            yield visit.part("work", "desk/work.html", desk=desk, case_id=case_id)
            if news.WhichOneof("what") == "desk":
                yield visit.part("presence", "desk/presence.html", agent=desk.agent, pauses=self._pauses)
            if case_id:
                yield visit.part("work-now", "desk/work_now.html", work=desk.work_of(case_id), case_id=case_id)
            if new is not None:
                yield Said("ring", visit.t("desk.offered"))

    async def _case(self, visit: Visit, case_id: str) -> AsyncIterator[News]:
        """The middle of the page, entry by entry."""

        def ask(last: intake.WatchCaseResponse | None) -> intake.WatchCaseRequest:
            return intake.WatchCaseRequest(case_id=case_id, after_sequence=last.entry.sequence if last else 0)

        names = await names_of_case(visit)
        async for news in visit.follow("case", ask):
            yield visit.part("history", "desk/entry.html", put=True, entry=news.entry, **names)
            if news.entry.HasField("contact"):
                yield deadline_part(visit, [news.entry])
            if news.entry.WhichOneof("what") in {"state_change", "correction"}:
                found = await visit.me.insist(intake.GetCaseRequest(case_id=case_id))
                yield visit.part("case", "desk/case.html", case=found.case)

    async def _presence(self, visit: Visit) -> Response:
        form = await visit.form()
        wanted = PRESENCES.get(form["presence"], work.PRESENCE_READY)
        reason = form["reason"] if wanted == work.PRESENCE_PAUSED else ""
        set_to = await visit.ask(routing.SetPresenceRequest(presence=wanted, reason=reason))
        return visit.done(visit.part("presence", "desk/presence.html", agent=set_to.agent, pauses=self._pauses))

    async def _accept(self, visit: Visit) -> Response:
        taken = await visit.ask(routing.AcceptOfferRequest(offer_id=visit.path["offer_id"]))
        return visit.done(go=f"/desk/cases/{taken.work_item.case_id}")

    async def _decline(self, visit: Visit) -> Response:
        form = await visit.form()
        offer_id = visit.path["offer_id"]
        await visit.ask(routing.DeclineOfferRequest(offer_id=offer_id, reason=form["reason"]))
        return visit.done()

    async def _attachment(self, visit: Visit) -> Response:
        """A photo, video or file of a case. Only what is a picture or a film by its bytes is shown in the page."""
        wanted = intake.GetAttachmentRequest(attachment_id=visit.path["attachment_id"])
        pieces = visit.me.watch(wanted, deadline_s=60.0)
        first = await anext(pieces)
        media_type = first.attachment.media_type

        async def body() -> AsyncIterator[bytes]:
            yield first.chunk
            async for more in pieces:
                yield more.chunk

        shown = media_type in _SHOWN
        headers = {"content-disposition": "inline" if shown else "attachment", "content-security-policy": _ALONE}
        return StreamingResponse(
            body(), media_type=media_type if shown else "application/octet-stream", headers=headers
        )


async def _panel(tool: Tool, visit: Visit, case: intake.GetCaseResponse) -> tuple[Tool, Mapping[str, Any], str]:
    """A tool with what its template needs, or why it cannot be shown now: the case can all the same."""
    try:
        return tool, await tool.values(visit, case), ""
    except Refusal as refusal:
        if refusal.signed_out:
            raise
        return tool, {}, told(refusal, visit.language)
