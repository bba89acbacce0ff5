"""The floor as the contract writes it. What has no value is left out, what is infinite too."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from hub120.routing.v1 import floor_service_pb2 as pb

from chassis.clock import moment
from services.routing import protos
from services.routing.domain.agents import Presence
from services.routing.domain.floor import Group, Trend
from services.routing.domain.staffing import Surge, on_the_rota
from services.routing.domain.work import PriorityClass
from services.routing.use_cases.floor import Floor, Performance, Queue, Staffing, starts_at

GROUPS = {getattr(pb, f"PERFORMANCE_GROUP_{group.name}"): group for group in Group} | {
    pb.PERFORMANCE_GROUP_UNSPECIFIED: Group.NONE
}


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None or math.isinf(seconds) else timedelta(seconds=seconds)


def floor(found: Floor) -> pb.Floor:
    """How the floor stands."""
    return pb.Floor(
        read_time=moment(found.at),
        queues=[_queue(queue, found.at) for queue in found.queues],
        agents=[
            pb.AgentsNow(
                presence=protos.PRESENCES[Presence(row.presence)], reason=row.reason, agents=row.agents, busy=row.busy
            )
            for row in found.agents
        ],
        occupancy=found.occupancy,
        offers_outstanding=found.offers.outstanding,
        oldest_offer_time=moment(found.offers.oldest_at),
        last_hour=pb.Performance(**_handled(found.last_hour)),
    )


def _queue(queue: Queue, now: float) -> pb.QueueNow:
    row = queue.row
    return pb.QueueNow(
        medium=protos.MEDIA[row.medium],
        language=row.language,
        priority_class=protos.CLASSES[PriorityClass(row.priority_class)],
        waiting=row.waiting,
        offered=row.offered,
        longest_wait=_duration(max(0.0, now - row.oldest_at)),
        oldest_work_item_id=queue.oldest,
        agents=queue.agents,
        expected_wait=_duration(queue.expected_wait_s),
    )


def performance(found: Performance, group: Group) -> pb.Performance:
    """How a group did."""
    outcomes = found.outcomes
    return pb.Performance(
        key=found.key if isinstance(found.key, str) else "",
        start_time=moment(starts_at(group, found.key)),
        **_handled(found.handled),
        occupancy=found.occupancy,
        closed=outcomes.closed,
        closed_at_first_contact=outcomes.closed_at_first_contact,
        closed_lately=outcomes.closed_lately,
        first_contact_resolution=outcomes.first_contact_resolution,
        closed_with_answer=outcomes.closed_with_answer,
        first_contact_resolution_with_answer=outcomes.first_contact_resolution_with_answer,
        scores=outcomes.scores,
        satisfied=outcomes.satisfaction,
        average_score=outcomes.average_score,
    )


def _handled(found: Any) -> dict[str, Any]:
    counts = (
        *("offered", "answered", "answered_in_time", "abandoned", "abandoned_in_time", "abandoned_short"),
        *("withdrawn", "waiting", "transfers", "service_level", "service_level_2", "abandonment"),
    )
    return {name: getattr(found, name) for name in counts} | {
        "average_wait": _duration(found.average_wait_s),
        "wait_p50": _duration(found.wait_p50),
        "wait_p90": _duration(found.wait_p90),
        "wait_p99": _duration(found.wait_p99),
        "average_talk": _duration(found.average_talk_s),
        "average_wrap_up": _duration(found.average_wrap_up_s),
        "average_handle": _duration(found.average_handle_s),
    }


def topic(found: Trend) -> pb.TopicNow:
    """A topic now."""
    return pb.TopicNow(
        topic=found.topic, count=found.count, usual=found.usual, score=found.score, trending=found.trending
    )


def staffing(found: Staffing, shrinkage: float) -> pb.Staffing:
    """What a half hour needs."""
    return pb.Staffing(
        start_time=moment(found.starts_at),
        arrivals=found.load.per_hour / 2,
        handle=_duration(found.load.aht_s),
        agents=found.service.agents,
        agents_on_rota=on_the_rota(found.service.agents, shrinkage),
        service_level=found.service.service_level,
        average_wait=_duration(found.service.speed_of_answer_s),
        occupancy=found.service.occupancy,
    )


def what_if(found: Surge) -> pb.WhatIfResponse:
    """What a surge does."""
    return pb.WhatIfResponse(
        arrivals_per_hour=found.load.per_hour,
        handle=_duration(found.load.aht_s),
        agents=found.service.agents,
        erlangs=found.service.erlangs,
        stable=found.service.stable,
        service_level=found.service.service_level,
        wait_probability=found.service.wait_probability,
        occupancy=found.service.occupancy,
        expected_wait=_duration(found.wait_s),
        growth_per_hour=found.growth_per_hour,
        waiting=found.waiting,
        abandonment=found.patience.abandoned,
        wait_with_abandonment=_duration(found.patience.wait_s),
        agents_needed=found.agents_needed,
        callbacks_per_hour=found.callbacks_per_hour,
    )
