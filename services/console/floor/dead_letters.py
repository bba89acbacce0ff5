"""What was given up: by queue, with the reason, and the way back. Bodies are never shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from hub120.operations.v1 import dead_letter_service_pb2 as dead
from starlette.responses import Response
from starlette.routing import Route

from services.console.contracts import AREAS
from services.console.floor.looking import looked_at
from services.console.live import Part
from services.console.visits import House, Visit

LOOK_S: Final = 5.0


class DeadLetters:
    """The page of dead letters."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            self._house.page("/floor/dead", self._show),
            self._house.stream("/floor/dead/live", self._follow),
            self._house.action("/floor/dead/redrive", self._redrive),
        ]

    async def _show(self, visit: Visit) -> Response:
        return visit.page("floor/dead.html", live="/floor/dead/live", **await self._read(visit))

    async def _read(self, visit: Visit) -> dict[str, Any]:
        return told(await visit.me.ask_everywhere(dead.ListDeadLettersRequest(limit=200)))

    async def _drawn(self, visit: Visit) -> Sequence[Part]:
        return [visit.part("dead", "floor/dead_list.html", **await self._read(visit))]

    async def _follow(self, visit: Visit) -> Response:
        return visit.stream(looked_at(visit, "dead", LOOK_S, lambda: self._drawn(visit)))

    async def _redrive(self, visit: Visit) -> Response:
        """To the process whose service reads the queue."""
        form = await visit.form()
        area = form["service"] if form["service"] in AREAS else AREAS[0]
        request = dead.RedriveDeadLettersRequest(queue=form["queue"], ids=form.all("id"))
        done = await visit.me.ask(request, area=area)
        said = visit.t("dead.redriven", count=done.redriven_count)
        return visit.done(*await self._drawn(visit), said=said)


def told(answers: Iterable[dead.ListDeadLettersResponse]) -> dict[str, Any]:
    """What every process says, joined by the queue's name: those with dead letters first."""
    whole = list(answers)
    queues = {queue.name: queue for answer in whole for queue in answer.queues}
    letters: dict[str, dict[str, dead.DeadLetter]] = {}
    for answer in whole:
        for letter in answer.letters:
            letters.setdefault(letter.queue, {})[letter.id] = letter
    return {
        "queues": sorted(queues.values(), key=lambda one: (-one.dead, one.name)),
        "letters": {queue: list(found.values()) for queue, found in letters.items()},
        "more": any(answer.more for answer in whole),
    }
