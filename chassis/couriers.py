"""Couriers: what an api brings to another service, because words never travel on the bus and a worker does not call.

A signal says that there is something, and a look every second finds what a lost signal left. What is due is taken under
a lease in the database: where an api dies, or the other service does not answer, it is due again.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, Generic, TypeVar

from google.protobuf.message import Message as Proto

from chassis import logs, telemetry
from chassis.database import Database, Tx
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking
from chassis.grpc_client import Peer
from chassis.lookout import Lookout

DEADLINE_S: Final = 5.0
"""How long the other service may take."""
AT_ONCE: Final = 16

Due = TypeVar("Due")


class Courier(ABC, Generic[Due]):
    """Brings what is due to ``peer`` while the process runs, up to ``at_once`` at the same time. Belongs to the event
    loop."""

    def __init__(self, name: str, database: Database, peer: Peer, *, at_once: int = AT_ONCE) -> None:
        self.log = logs.get_logger(name)
        self._database, self._peer = database, peer
        self._lookout = Lookout(name, self._begin)
        self._under_way = UnderWay(at_once, self._lookout.wake)

    @abstractmethod
    def take_due(self, tx: Tx, limit: int, busy: Sequence[str]) -> Sequence[Due]:
        """What is to be brought, each taken by one api for a while; what is named in ``busy`` is left."""

    @abstractmethod
    async def carry(self, due: Due) -> None:
        """Bring one. What it raises ends this one, and the others go on: its lease runs out and it is due again."""

    def name_of(self, due: Due) -> str:
        """What ``busy`` calls it: its id."""
        return str(due)

    def wake(self) -> None:
        """There is something to bring."""
        self._lookout.wake()

    async def run(self) -> None:
        """Bring what is due; runs as long as the process."""
        try:
            await self._lookout.run()
        finally:
            await self._under_way.end()
            await self._peer.close()

    def is_carrying(self, name: str) -> bool:
        """Whether it is under way."""
        return name in self._under_way

    async def ask(self, method: str, request: Proto, purpose: str) -> Any:
        """Call the other service, where a repeated call changes nothing. Raises ``Unavailable``, ``Refused``."""
        return await self._peer.call(method, request, deadline_s=DEADLINE_S, repeatable=True, purpose=purpose)

    async def do(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        """Run a use case in a transaction of its own."""
        return await run_blocking(self._database.run, use_case, *arguments, **more)

    async def _begin(self) -> None:
        """Take what is due, as much as may be carried at once."""
        room, busy = self._under_way.room, self._under_way.names
        if room <= 0:
            return
        for due in await self.do(self.take_due, room, busy):
            self._under_way.begin(self.name_of(due), self._safely(due))

    async def _safely(self, due: Due) -> None:
        try:
            with telemetry.working_for(self._database.service):
                await self.carry(due)
        except Exception as error:  # noqa: BLE001 - as ``carry`` says
            self.log.warning(
                "not_carried", id=self.name_of(due), error=type(error).__name__, away=database_is_away(error)
            )


class UnderWay:
    """What a look has begun and others go on with beside it: so many at the same time, each by a name of its own. When
    there is room again where there was none, ``wake`` is called. Belongs to the event loop."""

    def __init__(self, most: int, wake: Callable[[], None]) -> None:
        self._most, self._wake = most, wake
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._tasks

    @property
    def names(self) -> list[str]:
        """What is under way."""
        return list(self._tasks)

    @property
    def room(self) -> int:
        """How much more may be begun."""
        return self._most - len(self._tasks)

    def begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that is not under way; it sees to its own errors."""
        self._tasks[name] = asyncio.create_task(self._do(name, work))

    async def _do(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            full = self.room <= 0
            del self._tasks[name]
            if full:
                self._wake()

    async def end(self) -> None:
        """Break off all of it."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
