"""Connectors: which run, what they earned in the kit, how they fare in each process, and what waits in their queues."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from hub120.operations.v1 import connector_pb2 as pb
from hub120.operations.v1 import connector_service_pb2 as connectors
from starlette.responses import Response
from starlette.routing import Route

from services.console.live import News
from services.console.visits import House, Visit


class Connectors:
    """The connectors' page."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            self._house.page("/floor/connectors", self._show),
            self._house.stream("/floor/connectors/live", self._follow),
        ]

    async def _show(self, visit: Visit) -> Response:
        answers = await visit.me.ask_everywhere(connectors.ListConnectorsRequest())
        return visit.page("floor/connectors.html", live="/floor/connectors/live", **told(answers))

    async def _follow(self, visit: Visit) -> Response:
        answers: dict[str, Any] = {}
        areas = visit.me.hub.addresses.values()
        return visit.stream(*(self._of(visit, area, answers) for area in areas))

    async def _of(self, visit: Visit, area: str, answers: dict[str, Any]) -> AsyncIterator[News]:
        """What the process of a service tells, joined with what the others told last."""
        async for answer in visit.follow(area, lambda _: connectors.WatchConnectorsRequest(), area=area):
            answers[area] = answer
            yield visit.part("connectors", "floor/connector_list.html", **told(answers.values()))


def told(answers: Iterable[Any]) -> dict[str, Any]:
    """What every process says, joined: what is at work first, and of that what fails."""
    whole = list(answers)
    found = joined(connector for answer in whole for connector in answer.connectors)
    return {
        "connectors": sorted(found, key=lambda one: (order(one), one.id)),
        "queues_unknown": any(answer.queues_unknown for answer in whole),
        "fails": fails,
    }


def joined(connectors: Iterable[pb.Connector]) -> Sequence[pb.Connector]:
    """One of each id, with every process's runs and queues; ready, if it is so for any service."""
    found: dict[str, pb.Connector] = {}
    for connector in connectors:
        known = found.get(connector.id)
        if known is None:
            found[connector.id] = known = pb.Connector()
            known.CopyFrom(connector)
            continue
        better, worse = (connector, known) if ready(connector) and not ready(known) else (known, connector)
        whole = pb.Connector()
        whole.CopyFrom(better)
        ids, names = {run.process.id for run in whole.runs}, {queue.name for queue in whole.queues}
        whole.runs.extend(run for run in worse.runs if run.process.id not in ids)
        whole.queues.extend(queue for queue in worse.queues if queue.name not in names)
        found[connector.id] = whole
    return list(found.values())


def ready(connector: pb.Connector) -> bool:
    """Whether it is at work."""
    return connector.readiness == pb.CONNECTOR_READINESS_READY


def fails(connector: pb.Connector) -> bool:
    """Whether somebody should look: it cannot be used though it should be, or is not well in some process."""
    broken = {pb.CONNECTOR_READINESS_FAILED, pb.CONNECTOR_READINESS_REFUSED}
    return connector.readiness in broken or any(not run.health.healthy for run in connector.runs)


def order(connector: pb.Connector) -> int:
    """What fails comes first, then what is at work."""
    return 0 if fails(connector) else 1 if ready(connector) else 2
