"""The floor in metrics: what waits and how long, who is there, offers outstanding, how the last hour went. Each worker
tells them, so dashboards take the largest."""

from __future__ import annotations

from chassis import telemetry
from chassis.telemetry.attributes import LANGUAGE, MEDIUM, PRIORITY_CLASS, STATE
from services.routing.domain.agents import Presence
from services.routing.domain.floor import Handled
from services.routing.use_cases.floor import Floor, Queue

_QUEUE = (MEDIUM, LANGUAGE, PRIORITY_CLASS)
_waiting = telemetry.gauge("hub120.floor.waiting", "{work_item}", "Work items that wait, by queue", _QUEUE)
_longest_wait = telemetry.gauge("hub120.floor.longest_wait", "s", "How long the first of a queue has waited", _QUEUE)
_agents = telemetry.gauge("hub120.floor.agents", "{agent}", "Agents who are signed in, by presence", (STATE,))
_offers = telemetry.gauge("hub120.floor.offers_outstanding", "{offer}", "Offers that no agent has answered yet")
_offered = telemetry.gauge("hub120.floor.offered", "{work_item}", "Work items that arrived in the last hour")
_answered = telemetry.gauge("hub120.floor.answered", "{work_item}", "Work items answered, of those of the last hour")
_abandoned = telemetry.gauge("hub120.floor.abandoned", "{work_item}", "Citizens who left unanswered, of the last hour")
_service_level = telemetry.gauge("hub120.floor.service_level", "1", "Answered in time / answered, of the last hour")
_goal = telemetry.gauge("hub120.floor.service_level_goal", "1", "What the service level shall be")

_Labels = tuple[tuple[str, str], ...]


class Gauges:
    """Tells the floor, and nothing of queues that are empty again."""

    def __init__(self, goal: float) -> None:
        """``goal`` is what the service level shall be."""
        self._goal = goal
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
        for presence in (Presence.READY, Presence.PAUSED):
            there = sum(row.agents for row in floor.agents if row.presence == presence)
            _agents.set(there, {STATE: presence.value})
        self._show_hour(floor.last_hour)

    def _show_hour(self, hour: Handled) -> None:
        _goal.set(self._goal)
        _offered.set(hour.offered)
        _answered.set(hour.answered)
        _abandoned.set(hour.abandoned)
        if hour.service_level is not None:
            _service_level.set(hour.service_level)


def _labels(queue: Queue) -> _Labels:
    row = queue.row
    return ((MEDIUM, row.medium), (LANGUAGE, row.language), (PRIORITY_CLASS, row.priority_class))
