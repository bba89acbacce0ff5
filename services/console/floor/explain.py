"""Why work went to whom, for a person who must answer a complaint: searched by the number of the case, told decision by
decision.
"""

from __future__ import annotations

from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.console.topics import topic_names
from services.console.visits import House, Visit


class Explain:
    """The search, and the explanation."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            self._house.page("/floor/explain", self._search),
            self._house.page("/floor/explain/{work_item_id}", self._show),
        ]

    async def _search(self, visit: Visit) -> Response:
        """The work of a case; straight to it where there is but one."""
        wanted = visit.request.query_params.get("case", "").strip()
        topic = await topic_names(visit)
        if not wanted:
            waiting = await visit.ask(routing.ListWorkItemsRequest(page_size=20))
            return visit.page("floor/explain_search.html", case=None, waiting=waiting, topic=topic)
        case = (await visit.ask(intake.GetCaseRequest(case_id=wanted))).case
        found = await visit.ask(routing.ListWorkItemsRequest(case_id=case.id))
        if len(found.work_items) == 1:
            return RedirectResponse(f"/floor/explain/{found.work_items[0].id}", 303)
        return visit.page("floor/explain_search.html", case=case, waiting=found, topic=topic)

    async def _show(self, visit: Visit) -> Response:
        asked = routing.ExplainRoutingRequest(work_item_id=visit.path["work_item_id"])
        found = await visit.ask(asked)
        topic = await topic_names(visit)
        return visit.page("floor/explain.html", item=found.work_item, decisions=found.decisions, topic=topic)
