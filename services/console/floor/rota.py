"""The rota: who is on now and next, the week of a team, where somebody is missing, swaps that wait, and what differs
from the plan.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from hub120.routing.v1 import rota_pb2 as rota
from hub120.routing.v1 import rota_service_pb2 as rotas
from starlette.responses import Response
from starlette.routing import Route

from services.console.drawing import state_name
from services.console.floor.days import day_in_seoul, day_of, midnight, moment_of, today, week_of
from services.console.live import Part
from services.console.looking import looked_at
from services.console.visits import House, Visit

LOOK_S: Final = 5.0
KINDS: Final = {
    "on": rota.OVERRIDE_KIND_ON,
    "off": rota.OVERRIDE_KIND_OFF,
    "instead": rota.OVERRIDE_KIND_INSTEAD,
}
_MOST_DUTIES: Final = 5000


class Rota:
    """The rota's page."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        house, swap = self._house, "/floor/rota/swaps/{swap_id}"
        return [
            house.page("/floor/rota", self._show),
            house.stream("/floor/rota/live", self._follow),
            house.action(f"{swap}/approve", self._approve),
            house.action(f"{swap}/decline", self._decline),
            house.action("/floor/rota/overrides", self._override),
            house.action("/floor/rota/overrides/{override_id}/remove", self._remove),
        ]

    async def _show(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        days = week_of(day_of(asked.get("day", "")))
        span: Any = {"start_time": midnight(days[0]), "end_time": midnight(days[-1] + timedelta(days=1))}
        teams = (await visit.ask(rotas.ListTeamsRequest())).teams
        team = next((one for one in teams if one.id == asked.get("team")), teams[0] if teams else None)
        team_id = team.id if team else ""
        duties, gaps, overrides, on = await asyncio.gather(
            visit.ask(rotas.ListDutyRequest(**span, team_id=team_id, page_size=_MOST_DUTIES)),
            visit.ask(rotas.ListGapsRequest(**span)),
            visit.ask(rotas.ListOverridesRequest(**span)),
            visit.ask(rotas.WhoIsOnRequest()),
        )
        return visit.page(
            "floor/rota.html", live="/floor/rota/live", days=days, today=today(), teams=teams, team=team,
            week=by_agent(duties.duties), gaps=gaps.gaps, overrides=overrides.overrides, on=on.teams,
            shifts={shift.id: shift for one in teams for shift in one.shifts}, a_week=timedelta(days=7),
        )  # fmt: skip

    async def _follow(self, visit: Visit) -> Response:
        return visit.stream(self._swaps(visit)) if visit.session.may("supervisor") else visit.stream()

    def _swaps(self, visit: Visit) -> AsyncIterator[Part]:
        async def look() -> Sequence[Part]:
            return [await self._waiting(visit)]

        return looked_at(visit, "swaps", LOOK_S, look)

    async def _waiting(self, visit: Visit) -> Part:
        found = await visit.ask(rotas.ListSwapsRequest())
        return visit.part("swaps", "floor/swaps.html", swaps=found.swaps)

    async def _approve(self, visit: Visit) -> Response:
        form = await visit.form()
        request = rotas.ApproveSwapRequest(swap_id=visit.path["swap_id"], force=form.ticked("force"))
        found = await visit.ask(request)
        return visit.done(await self._waiting(visit), said=said_of(visit, visit.t("rota.approved"), found.concerns))

    async def _decline(self, visit: Visit) -> Response:
        swap_id = visit.path["swap_id"]
        await visit.ask(rotas.AnswerSwapRequest(swap_id=swap_id, answer=rota.SWAP_STATE_DECLINED))
        return visit.done(await self._waiting(visit), said=visit.t("rota.declined"))

    async def _override(self, visit: Visit) -> Response:
        form = await visit.form()
        start, end = moment_of(form["start_time"]), moment_of(form["end_time"])
        if start and end and end <= start:
            return visit.refuse(visit.t("rota.backwards"), {"end_time": visit.t("rota.backwards")})
        override = rota.Override(
            id=form["id"] or str(uuid4()), kind=KINDS.get(form["kind"], rota.OVERRIDE_KIND_UNSPECIFIED),
            agent_id=form["agent_id"], team_id=form["team_id"], instead_of=form["instead_of"], reason=form["reason"],
            start_time=start, end_time=end,
        )  # fmt: skip
        named = [field for field in ("agent_id", "instead_of") if form[field]]
        found = await visit.ask_of_agents(rotas.PutOverrideRequest(override=override), *named)
        return visit.done(go=back(visit), said=said_of(visit, visit.t("rota.stored"), found.concerns))

    async def _remove(self, visit: Visit) -> Response:
        await visit.ask(rotas.RemoveOverrideRequest(override_id=visit.path["override_id"]))
        return visit.done(go=back(visit))


def by_agent(duties: Sequence[rota.Duty]) -> Mapping[str, Mapping[date, list[rota.Duty]]]:
    """The duties of each agent by the day on which they begin."""
    found: dict[str, dict[date, list[rota.Duty]]] = {}
    for duty in duties:
        found.setdefault(duty.agent_id, {}).setdefault(day_in_seoul(duty.start_time), []).append(duty)
    return dict(sorted(found.items()))


def said_of(visit: Visit, done: str, concerns: Sequence[rota.Concern]) -> str:
    """What was done, and what is unwise about it."""
    told = [f"{one.agent_id}: {state_name(one, 'kind', visit.language)}" for one in concerns]
    return " ".join([done, *told])


def back(visit: Visit) -> str:
    """The page from which a form was sent, with the week and team that it showed."""
    shown = visit.request.query_params
    return f"/floor/rota?{shown}" if shown else "/floor/rota"
