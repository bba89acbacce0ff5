"""Mailings, whatever they are: how far each is, and the hand on the tap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from hub120.outreach.v1 import mailing_service_pb2 as mailings
from starlette.responses import Response
from starlette.routing import Route

from services.console.live import Part
from services.console.looking import looked_at
from services.console.visits import House, Visit

LOOK_S: Final = 2.0
MOVES: Final[Mapping[str, Any]] = {
    "approve": mailings.ApproveMailingRequest,
    "start": mailings.StartMailingRequest,
    "pause": mailings.PauseMailingRequest,
    "stop": mailings.StopMailingRequest,
}


class Mailings:
    """All of them, and one."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        house, one = self._house, "/floor/mailings/{mailing_id}"
        return [
            house.page("/floor/mailings", self._list),
            house.stream("/floor/mailings/live", self._follow_all),
            house.page(one, self._show),
            house.stream(f"{one}/live", self._follow),
            house.action(f"{one}/count", self._count),
            house.action(f"{one}/unsure", self._unsure),
            house.action(f"{one}/call", self._call),
            *(house.action(f"{one}/{move}", self._moves(request)) for move, request in MOVES.items()),
        ]

    async def _list(self, visit: Visit) -> Response:
        found = await self._listed(visit)
        return visit.page("floor/mailings.html", live="/floor/mailings/live", mailings=found)

    async def _listed(self, visit: Visit) -> Sequence[mailings.GetMailingResponse]:
        """Each with its counts."""
        found = (await visit.ask(mailings.ListMailingsRequest(page_size=20))).mailings
        asked = (visit.ask(mailings.GetMailingRequest(mailing_id=one.id)) for one in found)
        counted: Sequence[mailings.GetMailingResponse] = await asyncio.gather(*asked)
        return counted

    async def _follow_all(self, visit: Visit) -> Response:
        async def look() -> Sequence[Part]:
            return [visit.part("mailings", "floor/mailing_list.html", mailings=await self._listed(visit))]

        return visit.stream(looked_at(visit, "mailings", LOOK_S, look))

    async def _show(self, visit: Visit) -> Response:
        found = await self._read(visit)
        return visit.page("floor/mailing.html", live=f"/floor/mailings/{found.mailing.id}/live", found=found)

    async def _read(self, visit: Visit) -> mailings.GetMailingResponse:
        asked = mailings.GetMailingRequest(mailing_id=visit.path["mailing_id"])
        found: mailings.GetMailingResponse = await visit.ask(asked)
        return found

    async def _stands(self, visit: Visit) -> Part:
        return visit.part("stands", "floor/mailing_stands.html", found=await self._read(visit))

    async def _follow(self, visit: Visit) -> Response:
        async def look() -> Sequence[Part]:
            return [await self._stands(visit)]

        return visit.stream(looked_at(visit, "mailing", LOOK_S, look))

    def _moves(self, request: Any) -> Callable[[Visit], Awaitable[Response]]:
        async def move(visit: Visit) -> Response:
            await visit.ask(request(mailing_id=visit.path["mailing_id"]))
            return visit.done(await self._stands(visit))

        return move

    async def _count(self, visit: Visit) -> Response:
        counted = await visit.ask(mailings.DryRunMailingRequest(mailing_id=visit.path["mailing_id"]))
        return visit.done(visit.part("counts", "floor/mailing_costs.html", run=counted.dry_run))

    async def _call(self, visit: Visit) -> Response:
        begun = await visit.ask(mailings.CallUnreachedRequest(mailing_id=visit.path["mailing_id"]))
        return visit.done(await self._stands(visit), said=visit.t("mailings.called", count=begun.recipients))

    async def _unsure(self, visit: Visit) -> Response:
        form = await visit.form()
        mailing_id = visit.path["mailing_id"]
        again = form["decision"] == "again"
        done = await visit.ask(mailings.ResolveUnsureRequest(mailing_id=mailing_id, send_again=again))
        return visit.done(await self._stands(visit), said=visit.t("mailings.resolved", count=done.recipients))
