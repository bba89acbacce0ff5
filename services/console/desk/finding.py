"""Finding a case by what people quote, write or call from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import grpc
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from starlette.responses import Response
from starlette.routing import Route

from services.console.forms import Form
from services.console.hub import Refusal
from services.console.visits import House, Visit

MOST: Final = 20
_STATES: Final = {
    "open": (case_pb2.CASE_STATE_OPEN, case_pb2.CASE_STATE_IN_PROGRESS, case_pb2.CASE_STATE_PENDING),
    "closed": (case_pb2.CASE_STATE_CLOSED,),
}


class Finding:
    """The search on the left of the desk. What is sought is sent, and stands in no address: it may be a person's."""

    def routes(self, house: House) -> Sequence[Route]:
        """Its action."""
        return [house.action("/desk/find", self._find)]

    async def _find(self, visit: Visit) -> Response:
        """A number leads to its case at once."""
        form = await visit.form()
        if form["number"]:
            return await self._by_number(visit, form["number"])
        if not (form["words"] or form["address"] or form["state"]):
            return visit.refuse(visit.t("finding.nothing_asked"))
        found = await visit.ask(_wanted(form))
        return visit.done(
            visit.part("found", "desk/found.html", cases=found.cases, more=bool(found.next_page_token), most=MOST)
        )

    async def _by_number(self, visit: Visit, number: str) -> Response:
        try:
            found = await visit.ask(intake.GetCaseRequest(case_id=number))
        except Refusal as refusal:
            if refusal.code not in {grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT}:
                raise
            no_such = visit.t("finding.no_such_number")
            return visit.refuse(no_such, {"number": no_such}, 404)
        return visit.done(go=f"/desk/cases/{found.case.id}")


def _wanted(form: Form) -> intake.ListCasesRequest:
    return intake.ListCasesRequest(
        words=form["words"], address=form["address"], states=_STATES.get(form["state"], ()), page_size=MOST
    )
