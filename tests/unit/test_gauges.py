"""The floor in metrics: what was told of a queue is taken back when the queue is empty."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from chassis.telemetry import attributes
from services.routing.domain.floor import Handled
from services.routing.gauges import Gauges
from services.routing.use_cases.floor import Floor, Queue
from tests.measuring import measuring


class Row(NamedTuple):
    medium: str = "voice"
    language: str = "vi"
    priority_class: str = "safety"
    waiting: int = 3
    oldest_at: float = 60.0


class Offers(NamedTuple):
    outstanding: int = 2


def floor(*queues: Row) -> Floor:
    known = [Queue(row, "w1", 0, None) for row in queues]
    return Floor(100.0, known, [], None, Offers(), Handled(offered=4, answered=4, answered_in_time=3))


@pytest.fixture
def reader() -> Any:
    found = InMemoryMetricReader()
    with measuring(found):
        yield found


def told(reader: InMemoryMetricReader) -> dict[str, tuple[float, Any]]:
    data: Any = reader.get_metrics_data()
    (scope,) = data.resource_metrics[0].scope_metrics
    points = {one.name: one.data.data_points[0] for one in scope.metrics if one.name.startswith("hub120.floor")}
    return {name.removeprefix("hub120.floor."): (point.value, point.attributes) for name, point in points.items()}


def test_the_floor_is_told_with_declared_attributes_and_empty_queues_are_empty(reader: InMemoryMetricReader) -> None:
    gauges = Gauges(0.8)
    queue = {"hub120.medium": "voice", "hub120.language": "vi", "hub120.priority_class": "safety"}
    assert queue.keys() <= attributes.COUNTABLE
    gauges.show(floor(Row()))
    assert told(reader) == {
        "waiting": (3, queue),
        "longest_wait": (40.0, queue),
        "agents": (0, {"hub120.state": "ready"}),
        "offers_outstanding": (2, {}),
        "offered": (4, {}),
        "answered": (4, {}),
        "abandoned": (0, {}),
        "service_level_goal": (0.8, {}),
        "service_level": (0.75, {}),
    }
    gauges.show(floor())
    assert (told(reader)["waiting"], told(reader)["longest_wait"]) == ((0, queue), (0.0, queue))
