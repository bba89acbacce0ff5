"""The DeadLetterService of the contract."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from hub120.operations.v1 import dead_letter_service_pb2 as pb
from hub120.operations.v1 import dead_letter_service_pb2_grpc as grpc_pb

from chassis.bus.ports import Depth
from chassis.errors import NotFound
from chassis.grpc_host import Check, caller, run_blocking
from chassis.operations import dead_letters
from chassis.operations.dead_letters import Letter
from chassis.operations.queues import answered_for
from chassis.process import Process

USUAL, MOST = 100, 200
_LONGEST_ID, _LONGEST_NAME = 255, 200
T = TypeVar("T")


class DeadLetterApi(grpc_pb.DeadLetterServiceServicer):
    """Dead letters for operators; one call at a time, because a look at RabbitMQ's dead takes them out meanwhile."""

    def __init__(self, process: Process) -> None:
        self._bus = process.bus
        self._services = answered_for(process)
        self._turn = asyncio.Lock()

    async def ListDeadLetters(self, request: pb.ListDeadLettersRequest, context: Any) -> pb.ListDeadLettersResponse:
        """What was given up."""
        Check(request).range("limit", 0, MOST).length("queue", 0, _LONGEST_NAME).raise_if_any()
        return await self._in_turn(self._list, request.queue, request.limit or USUAL)

    async def RedriveDeadLetters(
        self, request: pb.RedriveDeadLettersRequest, context: Any
    ) -> pb.RedriveDeadLettersResponse:
        """Back into their queue."""
        check = Check(request).required("queue").length("queue", 1, _LONGEST_NAME).length("ids", 1, MOST)
        fit = all(0 < len(one) <= _LONGEST_ID for one in request.ids)
        check.that(fit, "ids", f"have 1 to {_LONGEST_ID} characters").raise_if_any()
        count = await self._in_turn(self._redrive, request.queue, list(request.ids), caller().subject)
        return pb.RedriveDeadLettersResponse(redriven_count=count)

    async def _in_turn(self, work: Callable[..., T], *arguments: Any) -> T:
        async with self._turn:
            return await run_blocking(work, *arguments)

    def _list(self, queue: str, limit: int) -> pb.ListDeadLettersResponse:
        depths = self._depths(queue)
        found: list[Letter] = []
        for name, depth in depths.items():
            if depth.dead and len(found) < limit:
                found += dead_letters.letters(self._bus, name, limit - len(found))
        return pb.ListDeadLettersResponse(
            queues=[self._queue(name, depth) for name, depth in depths.items()],
            letters=map(_letter, found),
            more=sum(depth.dead for depth in depths.values()) > len(found),
        )

    def _redrive(self, queue: str, ids: list[str], by: str) -> int:
        self._depths(queue)
        return dead_letters.put_back(self._bus, queue, ids, by)

    def _depths(self, queue: str) -> dict[str, Depth]:
        """Of one queue, or of all by name. Raises ``NotFound`` for one that is not there or another service's."""
        asked = [queue] if queue in self._services else [] if queue else list(self._services)
        depths = self._bus.depths(asked) if asked else {}
        if queue and not depths:
            raise NotFound("queue", queue)
        return dict(sorted(depths.items()))

    def _queue(self, name: str, depth: Depth) -> pb.DeadQueue:
        return pb.DeadQueue(name=name, service=self._services[name], waiting=depth.ready, dead=depth.dead)


def _letter(letter: Letter) -> pb.DeadLetter:
    return pb.DeadLetter(
        id=letter.id,
        queue=letter.queue,
        type=letter.type,
        subject_id=letter.subject,
        attempts=letter.attempts,
        reason=letter.reason,
        create_time=letter.made_at,
    )
