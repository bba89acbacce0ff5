"""Knowledge at the desk: looked up while talking, put into the reply, and marked as the answer or not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from hub120.intake.v1 import intake_service_pb2 as intake
from starlette.routing import Route

from services.console import articles
from services.console.desk.desk_now import DeskNow
from services.console.live import News
from services.console.visits import House, Visit


class KnowledgeTool:
    """The tool that finds answers."""

    name = "knowledge"
    key = "K"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        return articles.routes(house, "/desk/cases/{case_id}/knowledge")

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """The case alone."""
        return {"case": case.case}

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """None: articles do not change while somebody reads."""
        return ()
