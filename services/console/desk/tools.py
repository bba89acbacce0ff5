"""What a tool of the desk is: a panel beside the case, with actions and events of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, Protocol

from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work
from starlette.routing import Route

from services.console.desk.desk_now import DeskNow
from services.console.hub import Refusal
from services.console.live import News
from services.console.visits import House, Visit

LOOK_S: Final = 3.0
"""How often a tool looks for what no stream tells of."""


class Tool(Protocol):
    """One tool. ``name`` is the name of its template (``desk/<name>.html``) and of its table of words."""

    name: str
    key: str
    """The key that opens it, with Alt."""

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions, below ``/desk/cases/{case_id}/<name>``."""
        ...

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """What its template needs when the page is drawn; little, for the page waits for it."""
        ...

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """What goes on reaching its panel; ``desk.changes()`` tells what happens on the agent's desk."""
        ...


async def work_of(visit: Visit, case_id: str) -> work.WorkItem | None:
    """The work item by which the visitor has this case; None if they do not."""
    async for told in visit.me.watch(routing.WatchDeskRequest()):
        return next((one for one in told.desk.work_items if one.case_id == case_id), None)
    return None


async def own_work(visit: Visit, case_id: str) -> work.WorkItem:
    """As ``work_of``, for what only they do who have the case. Raises ``Refusal``."""
    found = await work_of(visit, case_id)
    if found is None:
        raise Refusal.not_yours()
    return found
