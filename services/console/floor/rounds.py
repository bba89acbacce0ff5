"""Rounds of check-in calls: the figures of each, live, what happens in one, and whom a supervisor is wanted for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from google.protobuf.timestamp_pb2 import Timestamp
from hub120.outreach.v1 import check_in_pb2 as pb
from hub120.outreach.v1 import check_in_service_pb2 as check_ins
from hub120.outreach.v1 import round_service_pb2 as rounds
from starlette.responses import Response
from starlette.routing import Route

from services.console.live import Part
from services.console.looking import looked_at
from services.console.visits import House, Visit

LOOK_S: Final = 3.0
UNANSWERED: Final = frozenset(
    {
        pb.CHECK_IN_STATE_NO_ANSWER,
        pb.CHECK_IN_STATE_SECOND_CONTACT,
        pb.CHECK_IN_STATE_LOCAL_OFFICE,
        pb.CHECK_IN_STATE_VISIT_ORDERED,
    }
)
"""Those who did not answer, and of whom nobody has said yet how they are."""


class Rounds:
    """All rounds and escalations, and one round."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        house, one = self._house, "/floor/rounds/{round_id}"
        return [
            house.page("/floor/rounds", self._list),
            house.stream("/floor/rounds/live", self._follow_all),
            house.action("/floor/rounds/escalations/{check_in_id}", self._take),
            house.action("/floor/rounds/signs/{sign_id}", self._decide),
            house.page(one, self._show),
            house.stream(f"{one}/live", self._follow),
            house.page("/floor/check-ins/{check_in_id}", self._person),
        ]

    async def _list(self, visit: Visit) -> Response:
        return visit.page("floor/rounds.html", live="/floor/rounds/live", **await self._all(visit))

    async def _all(self, visit: Visit) -> Mapping[str, Any]:
        found, programmes, escalated = await asyncio.gather(
            visit.ask(rounds.ListRoundsRequest()),
            visit.ask(rounds.ListProgrammesRequest()),
            visit.ask(check_ins.ListCheckInsRequest(escalated=True)),
        )
        names = {one.id: one.name for one in programmes.programmes}
        return {"rounds": found.rounds, "programmes": names, "escalated": escalated.check_ins}

    async def _drawn(self, visit: Visit) -> Sequence[Part]:
        values = await self._all(visit)
        drawn = {"rounds": "floor/round_list.html", "escalations": "floor/escalations.html"}
        return [visit.part(id, template, **values) for id, template in drawn.items()]

    async def _follow_all(self, visit: Visit) -> Response:
        return visit.stream(looked_at(visit, "rounds", LOOK_S, lambda: self._drawn(visit)))

    async def _take(self, visit: Visit) -> Response:
        """Take care of an escalation, or say that it is settled."""
        form = await visit.form()
        check_in_id = visit.path["check_in_id"]
        await visit.ask(
            check_ins.TakeCheckInEscalationRequest(check_in_id=check_in_id, settled=form["settled"] == "yes")
        )
        return visit.done(*await self._drawn(visit))

    async def _show(self, visit: Visit) -> Response:
        values = await self._read(visit)
        return visit.page("floor/round.html", live=f"/floor/rounds/{values['round'].id}/live", **values)

    async def _read(self, visit: Visit) -> Mapping[str, Any]:
        round_id = visit.path["round_id"]
        found, programmes, people = await asyncio.gather(
            visit.ask(rounds.GetRoundRequest(round_id=round_id)),
            visit.ask(rounds.ListProgrammesRequest()),
            visit.ask(check_ins.ListCheckInsRequest(round_id=round_id, page_size=200)),
        )
        names = {one.id: one.name for one in programmes.programmes}
        return {"round": found.round, "programmes": names, **told_apart(people.check_ins)}

    async def _follow(self, visit: Visit) -> Response:
        async def look() -> Sequence[Part]:
            return [visit.part("round", "floor/round_now.html", **await self._read(visit))]

        return visit.stream(looked_at(visit, "round", LOOK_S, look))

    async def _person(self, visit: Visit) -> Response:
        """A check-in with what was said in it; that somebody read it, and why, is on record."""
        asked = check_ins.GetCheckInRequest(check_in_id=visit.path["check_in_id"])
        return visit.page("floor/check_in.html", found=await visit.ask(asked))

    async def _decide(self, visit: Visit) -> Response:
        form = await visit.form()
        sign_id, check_in_id = visit.path["sign_id"], form["check_in_id"]
        await visit.ask(check_ins.DecideSignRequest(sign_id=sign_id, confirmed=form["confirmed"] == "yes"))
        found = await visit.ask(check_ins.GetCheckInRequest(check_in_id=check_in_id))
        return visit.done(visit.part("signs", "floor/signs.html", found=found))


def told_apart(found: Sequence[pb.CheckIn]) -> Mapping[str, Sequence[pb.CheckIn]]:
    """Visits by when they are due, and others who did not answer by when something happens next."""
    visits = [one for one in found if one.state == pb.CHECK_IN_STATE_VISIT_ORDERED]
    others = [one for one in found if one.state in UNANSWERED and one not in visits]
    return {
        "visits": sorted(visits, key=lambda one: moment(one.visit_by_time)),
        "unanswered": sorted(others, key=lambda one: moment(one.due_time)),
    }


def moment(time: Timestamp) -> datetime:
    """A moment, to be sorted by."""
    return time.ToDatetime(UTC)
