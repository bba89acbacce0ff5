"""When each queue of a worker last moved, so that its watchdog sees one that is stuck."""

from __future__ import annotations

import time

from chassis.bus.ports import Bus


class Progress:
    """When each queue last moved, for the watchdog."""

    def __init__(self) -> None:
        self._moved: dict[str, float] = {}

    def moved(self, queue: str) -> None:
        """Something was settled, or there was nothing to do."""
        self._moved[queue] = time.monotonic()

    def stuck(self, bus: Bus, limit_s: float) -> list[str]:
        """Queues that have messages waiting and have not moved for ``limit_s`` seconds."""
        now = time.monotonic()
        late = [queue for queue, moved in self._moved.items() if now - moved > limit_s]
        return [queue for queue in late if bus.ready(queue)]


progress = Progress()
