"""What is looked at again and again, where the hub has no stream of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

from chassis import telemetry
from services.console.hub import Refusal
from services.console.visits import Visit

Seen = TypeVar("Seen")


async def looked_at(
    visit: Visit, stream: str, every_s: float, look: Callable[[], Awaitable[Sequence[Seen]]]
) -> AsyncIterator[Seen]:
    """What is there now, and again and again. The page is told when they cannot be read, and when they can again.
    Raises ``Refusal`` for what trying again does not mend."""
    lost = False
    while True:
        try:
            with telemetry.unrecorded():
                found = await look()
        except Refusal as refusal:
            if not refusal.passing:
                raise
            lost = True
            visit.live.lost(stream, True)
        else:
            if lost:
                visit.live.lost(stream, False)
            lost = False
            for one in found:
                yield one
        await asyncio.sleep(every_s)
