"""The end of a conversation: wrap-up with its topic, and finishing the work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from starlette.responses import Response
from starlette.routing import Route

from services.console.desk.desk_now import DeskNow
from services.console.desk.tools import own_work
from services.console.live import News
from services.console.visits import House, Visit


class WrapUp:
    """The tool by which work ends."""

    name = "wrap_up"
    key = "W"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/wrap_up"
        return [house.action(f"{path}/start", self._start), house.action(f"{path}/finish", self._finish)]

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """The topics to choose from."""
        return {"topics": (await visit.ask(intake.ListTopicsRequest())).topics, "case": case.case}

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """None of its own: the desk tells how work stands."""
        return ()

    async def _start(self, visit: Visit) -> Response:
        item = await own_work(visit, visit.path["case_id"])
        await visit.ask(routing.StartWrapUpRequest(work_item_id=item.id))
        return visit.done()

    async def _finish(self, visit: Visit) -> Response:
        """The topic is corrected first, so that what is finished is counted under it."""
        form = await visit.form()
        case_id = visit.path["case_id"]
        item = await own_work(visit, case_id)
        await visit.ask(intake.CorrectCaseRequest(case_id=case_id, topic=form["topic"]))
        await visit.ask(
            routing.FinishWorkRequest(
                work_item_id=item.id, close_case=form.ticked("close_case"), seen_contact_count=form.number("seen")
            )
        )
        return visit.done(go="/desk")
