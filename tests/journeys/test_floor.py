"""A supervisor sees the floor, and a screen the wall, from a citizen's message to how the day went: through gRPC, with
real processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hub120.intake.v1 import case_pb2
from hub120.outreach.v1 import events_pb2 as outreach
from hub120.routing.v1 import floor_service_pb2 as pb
from hub120.routing.v1 import floor_service_pb2_grpc as grpc_pb
from hub120.routing.v1 import wall_service_pb2 as wall
from hub120.routing.v1 import wall_service_pb2_grpc as wall_grpc
from hub120.routing.v1 import work_pb2 as work

from chassis import messages
from tests.hub import RunningHub
from tests.ledger import Ledger
from tests.waiting import eventually


def satisfied(ledger: Ledger, case_id: str, score: int) -> None:
    """What outreach tells."""
    now = datetime.now(UTC)
    given = outreach.SatisfactionGiven(case_id=case_id, score=score, give_time=now)
    with ledger.bus() as bus:
        bus.publish([messages.event(given, source="outreach", subject=case_id, now=now, traceparent="")])


def test_a_supervisor_sees_who_waits_and_how_the_day_went(hub: RunningHub) -> None:
    stub: Any = grpc_pb.FloorServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    chief = hub.metadata("chief", "supervisor")
    watch = stub.WatchFloor(pb.WatchFloorRequest(), metadata=chief, timeout=60)
    assert not next(watch).floor.queues
    hub.say("xin chào", language="vi", citizen="first")
    (queue,) = next(one for one in watch if one.floor.queues).floor.queues
    assert (queue.language, queue.waiting, queue.medium) == ("vi", 1, case_pb2.MEDIUM_TEXT)
    assert queue.priority_class == case_pb2.PRIORITY_CLASS_NORMAL
    desk = hub.agent("kim", languages=("vi",))
    item = desk.accept(next(desk.offers()))
    floor = next(one for one in watch if not one.floor.queues).floor
    assert [(one.presence, one.agents, one.busy) for one in floor.agents] == [(work.PRESENCE_READY, 1, 1)]
    watch.cancel()
    desk.finish(item.id)
    ledger = Ledger(hub)
    try:
        satisfied(ledger, item.case_id, 5)
    finally:
        ledger.close()
    today = datetime.now(UTC)
    asked = pb.GetPerformanceRequest(
        from_time=today - timedelta(days=1),
        to_time=today + timedelta(hours=1),
        group_by=pb.PERFORMANCE_GROUP_AGENT,
        answer_within=timedelta(hours=1),
    )

    def day() -> Any:
        groups = stub.GetPerformance(asked, metadata=chief, timeout=30).groups
        return next(group for group in groups if group.key == "kim")

    eventually(lambda: day().scores == 1, 30, "the citizen's word being counted")
    found = day()
    assert (found.answered, found.service_level, found.closed) == (1, 1.0, 1)
    assert (found.first_contact_resolution, found.closed_lately, found.satisfied) == (1.0, 1, 1.0)
    hub.say("lại là tôi", language="vi", citizen="first")
    eventually(lambda: day().first_contact_resolution == 0.0, 30, "the citizen who came back being counted")


def test_a_screen_sees_who_waits_and_that_an_agent_took_them(hub: RunningHub) -> None:
    stub: Any = wall_grpc.WallServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    watch = stub.WatchWall(wall.WatchWallRequest(), metadata=hub.metadata("wall", "display"), timeout=60)
    before = next(watch).wall.today.answered
    hub.say("ආයුබෝවන්", language="si", citizen="second")
    waits = next(one for one in watch if waiting(one, "si")).wall
    assert (waits.waiting.HasField("oldest_queue_time"), "si" in spoken(waits)) == (True, False)
    desk = hub.agent("lee", languages=("si",))
    item = desk.accept(next(desk.offers()))
    taken = next(one for one in watch if "si" in spoken(one.wall) and not waiting(one, "si")).wall
    assert sum(one.busy for one in taken.agents if one.presence == work.PRESENCE_READY) >= 1
    counted = next(one for one in watch if one.wall.today.answered > before).wall
    assert ("web" in {one.key for one in counted.channels}, len(counted.hours)) == (True, 24)
    assert not {item.case_id, item.id, "lee"} & {word.strip('"') for word in str(counted).split()}
    watch.cancel()


def waiting(told: Any, language: str) -> bool:
    return any(queue.language == language for queue in told.wall.queues)


def spoken(told: Any) -> set[str]:
    return {one.language for one in told.languages}
