"""Health as load balancers and Kubernetes ask for it (grpc.health.v1).

``liveness`` says that this process answers and depends on nothing else. ``readiness``, the empty name and every
service's full name say whether calls would succeed; they turn first when the server leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from grpc_health.v1 import health_pb2
from grpc_health.v1.health import aio  # type: ignore[attr-defined] # the hints leave it out

from chassis import logs

Ready = Callable[[], Awaitable[bool]]

LIVENESS: Final = "liveness"
READINESS: Final = "readiness"
EVERY_S: Final = 1.0
PATIENCE_S: Final = 3.0
"""How long a check of readiness may take; longer is not ready."""

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
_log = logs.get_logger("grpc")


class Health:
    """Keeps the health of one server up to date."""

    def __init__(self, services: Sequence[str], ready: Ready) -> None:
        self.servicer = aio.HealthServicer()
        self._names = ("", READINESS, *services)
        self._ready = ready
        self._was: bool | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Check once, then again and again."""
        await self.servicer.set(LIVENESS, _SERVING)
        await self._check()
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            await self._check()

    async def _check(self) -> None:
        is_ready = await self._asked()
        if is_ready is not self._was:
            _log.info("readiness changed", state="ready" if is_ready else "not ready")
            self._was = is_ready
            await self._say(_SERVING if is_ready else _NOT_SERVING)

    async def _asked(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._ready()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, it is not ready
            _log.warning("readiness check failed", exc_info=error)
            return False

    async def _say(self, status: int) -> None:
        for name in self._names:
            await self.servicer.set(name, status)

    async def leave(self) -> None:
        """Not ready from now on; still alive."""
        if self._task:
            self._task.cancel()
        await self._say(_NOT_SERVING)


async def always() -> bool:
    """The readiness of a server that depends on nothing."""
    return True
