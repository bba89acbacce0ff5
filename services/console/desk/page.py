"""The desk's page, what goes on reaching it, and what an agent does with offers, work and the open case."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final

from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from services.console.desk.desk_now import DeskNow
from services.console.desk.tools import Tool
from services.console.live import News, Said
from services.console.visits import House, Visit

PRESENCES: Final = {
    "ready": work.PRESENCE_READY,
    "paused": work.PRESENCE_PAUSED,
    "offline": work.PRESENCE_OFFLINE,
}
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/webm"})
"""What a browser shows by itself; everything else is saved."""


class DeskPage:
    """The desk with its tools."""

    def __init__(self, house: House, tools: Sequence[Tool], pause_reasons: Sequence[str]) -> None:
        self._house, self._tools, self._pauses = house, tools, pause_reasons

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
            house.action(f"{case}/reply", self._reply),
            house.action(f"{case}/note", self._note),
            *(route for tool in self._tools for route in tool.routes(house)),
        ]

    async def _show(self, visit: Visit) -> Response:
        case_id = visit.request.path_params.get("case_id", "")
        if not case_id:
            return visit.page("desk/desk.html", live="/desk/live", case=None, entries=(), tools=(), pauses=self._pauses)
        found = await visit.ask(intake.GetCaseRequest(case_id=case_id))
        tools = [(tool, await tool.values(visit, found)) for tool in self._tools]
        return visit.page(
            "desk/desk.html", live=f"/desk/cases/{found.case.id}/live", case=found.case, entries=found.entries,
            tools=tools, pauses=self._pauses,
        )  # fmt: skip

    async def _follow(self, visit: Visit) -> Response:
        case_id = visit.request.path_params.get("case_id", "")
        streams = [self._desk(visit, case_id)]
        if case_id:
            streams.append(self._case(visit, case_id))
            streams += [stream for tool in self._tools for stream in tool.events(visit, case_id)]
        return visit.stream(*streams)

    async def _desk(self, visit: Visit, case_id: str) -> AsyncIterator[News]:
        """The left of the page, after each thing that happens on the desk."""
        desk = DeskNow()

        def ask(last: routing.WatchDeskResponse | None) -> routing.WatchDeskRequest:
            return routing.WatchDeskRequest(resume_token=last.resume_token if last else "")

        async for told in visit.follow("desk", ask):
            new = desk.take(told)
            yield visit.part("offers", "desk/offers.html", desk=desk)
            yield visit.part("work", "desk/work.html", desk=desk, case_id=case_id)
            if told.WhichOneof("what") == "desk":
                yield visit.part("presence", "desk/presence.html", agent=desk.agent, pauses=self._pauses)
            if case_id:
                yield visit.part("work-now", "desk/work_now.html", work=desk.work_of(case_id), case_id=case_id)
            if new is not None:
                yield Said("ring", visit.t("desk.offered"))

    async def _case(self, visit: Visit, case_id: str) -> AsyncIterator[News]:
        """The middle of the page, entry by entry."""

        def ask(last: intake.WatchCaseResponse | None) -> intake.WatchCaseRequest:
            return intake.WatchCaseRequest(case_id=case_id, after_sequence=last.entry.sequence if last else 0)

        async for told in visit.follow("case", ask):
            yield visit.part("history", "desk/entry.html", put=True, entry=told.entry)
            if told.entry.WhichOneof("what") in {"state_change", "correction"}:
                found = await visit.ask(intake.GetCaseRequest(case_id=case_id))
                yield visit.part("case", "desk/case.html", case=found.case)

    async def _presence(self, visit: Visit) -> Response:
        form = await visit.form()
        wanted = PRESENCES.get(form["presence"], work.PRESENCE_READY)
        reason = form["reason"] if wanted == work.PRESENCE_PAUSED else ""
        set_to = await visit.ask(routing.SetPresenceRequest(presence=wanted, reason=reason))
        return visit.done(visit.part("presence", "desk/presence.html", agent=set_to.agent, pauses=self._pauses))

    async def _accept(self, visit: Visit) -> Response:
        taken = await visit.ask(routing.AcceptOfferRequest(offer_id=visit.request.path_params["offer_id"]))
        return visit.done(go=f"/desk/cases/{taken.work_item.case_id}")

    async def _decline(self, visit: Visit) -> Response:
        form = await visit.form()
        offer_id = visit.request.path_params["offer_id"]
        await visit.ask(routing.DeclineOfferRequest(offer_id=offer_id, reason=form["reason"]))
        return visit.done()

    async def _reply(self, visit: Visit) -> Response:
        form = await visit.form()
        await visit.ask(
            intake.ReplyToCaseRequest(
                case_id=visit.request.path_params["case_id"], text=form["text"], request_id=form["request_id"],
                file_ids=form.all("file_id"),
            )
        )  # fmt: skip
        return visit.done(said=visit.t("desk.reply_stored"))

    async def _note(self, visit: Visit) -> Response:
        form = await visit.form()
        case_id = visit.request.path_params["case_id"]
        await visit.ask(intake.AddNoteRequest(case_id=case_id, text=form["text"], request_id=form["request_id"]))
        return visit.done(said=visit.t("desk.note_stored"))

    async def _attachment(self, visit: Visit) -> Response:
        """A photo, video or file of a case. Only what is a picture or a film by its bytes is shown in the page."""
        wanted = intake.GetAttachmentRequest(attachment_id=visit.request.path_params["attachment_id"])
        told = visit.me.watch(wanted, deadline_s=60.0)
        first = await anext(told)
        media_type = first.attachment.media_type

        async def body() -> AsyncIterator[bytes]:
            yield first.chunk
            async for more in told:
                yield more.chunk

        shown = media_type in _SHOWN
        headers = {"content-disposition": "inline" if shown else "attachment", "cache-control": "private, max-age=3600"}
        return StreamingResponse(
            body(), media_type=media_type if shown else "application/octet-stream", headers=headers
        )
