"""The floor in metrics: what waits and how long, offers outstanding, the service level. Each worker tells them, so
dashboards take the largest."""

from __future__ import annotations

from chassis import telemetry
from chassis.telemetry.attributes import LANGUAGE, MEDIUM, PRIORITY_CLASS
from services.routing.use_cases.floor import Floor, Queue

_waiting = telemetry.gauge("hub120.floor.waiting", "{work_item}", "Work items that wait, by queue")
_longest_wait = telemetry.gauge("hub120.floor.longest_wait", "s", "How long the first of a queue has waited")
_offers = telemetry.gauge("hub120.floor.offers_outstanding", "{offer}", "Offers that no agent has answered yet")
_service_level = telemetry.gauge("hub120.floor.service_level", "1", "Answered in time / answered, of the last hour")

_Labels = tuple[tuple[str, str], ...]


class Gauges:
    """Tells the floor, and nothing of queues that are empty again."""

    def __init__(self) -> None:
        self._told: set[_Labels] = set()

    def show(self, floor: Floor) -> None:
        """Tell how the floor stands."""
        queues = {_labels(queue): queue for queue in floor.queues}
        for labels in self._told | queues.keys():
            queue = queues.get(labels)
            _waiting.set(queue.row.waiting if queue else 0, dict(labels))
            _longest_wait.set(max(0.0, floor.at - queue.row.oldest_at) if queue else 0.0, dict(labels))
        self._told = set(queues)
        _offers.set(floor.offers.outstanding)
        if floor.last_hour.service_level is not None:
            _service_level.set(floor.last_hour.service_level)


def _labels(queue: Queue) -> _Labels:
    row = queue.row
    return ((MEDIUM, row.medium), (LANGUAGE, row.language), (PRIORITY_CLASS, row.priority_class))
