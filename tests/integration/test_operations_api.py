"""What operators see and do over gRPC, with a real client on both buses: connectors, dead letters, who may do what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.intake.v1 import events_pb2 as intake
from hub120.operations.v1 import connector_pb2, events_pb2
from hub120_sdk import Manifest, Retry, Setting
from hub120_sdk.testing import Grade
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from chassis import event_loop, messages
from chassis.bus import Bus, Queue
from chassis.clock import system_clock
from chassis.connectors.grades import Grades
from chassis.connectors.guards import FAILURES_TO_OPEN
from chassis.connectors.registry import Found
from chassis.operations.measuring import Measuring
from chassis.operations.reporting import Reporter
from chassis.process import Process
from services.intake import SERVICE as INTAKE
from services.intake.tables import metadata
from services.outreach import SERVICE as OUTREACH
from tests.contract.buses import listening
from tests.integration.databases import opened
from tests.integration.grpc_calls import code_of, details
from tests.integration.operating_desk import OperatorsDesk, operated, process_on
from tests.measuring import measuring
from tests.odd_connectors import REPLY, host, odd
from tests.waiting import eventually

UNSET = Manifest("unset", "Unset", frozenset({"department"}), "tests", settings={"url": Setting("Where")})
REPLIES, BULK = "connector.odd.reply", "connector.odd.bulk"
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
LOOKED_AT = ("hub120.queue", "hub120.outbox", "hub120.connector.breaker")


@pytest.fixture(params=["local", pytest.param("amqp", marks=pytest.mark.servers)])
def process(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Process]:
    """Of intake and outreach, with a connector that fails at every call and one that lacks a setting."""
    local = f"local:///{tmp_path}/bus.db"
    address = local if request.param == "local" else request.getfixturevalue("amqp_address")
    failing = Found(odd().manifest, "plugins.web", odd(send=Retry("later")).factory, "1.2.3")
    connectors = host(failing, Found(UNSET, "plugins.web", failing.factory))
    with process_on(address, tmp_path, connectors, [INTAKE, OUTREACH]) as found:
        found.bus.declare([INTAKE.queue, OUTREACH.queue, Queue(REPLIES), Queue("routing")])
        yield found


Test = Callable[[OperatorsDesk], Awaitable[None]]


def on(process: Process, test: Test) -> None:
    async def main() -> None:
        async with operated(process) as desk:
            await test(desk)

    event_loop.run(main())


def dead_in(bus: Bus, queue: str, count: int) -> list[str]:
    """So many tasks that were given up; their ids."""
    body = intake.SendReply(reply_id="비밀번호", channel="odd")
    sent = [
        messages.task(queue, body, source="intake", subject=f"case-{number}", now=NOW, traceparent="")
        for number in range(count)
    ]
    bus.publish(sent)
    consumer = bus.consumer(queue, 100)
    left = count
    while left:
        for delivery in consumer.receive(100, 10.0):
            consumer.bury(delivery, "RuntimeError in the handler")
            left -= 1
    consumer.close()
    eventually(lambda: bus.depths([queue])[queue].dead == count, what="every task being dead")
    return [one.id for one in sent]


def test_supervisors_look_administrators_put_back_and_nobody_else_does(process: Process) -> None:
    async def test(desk: OperatorsDesk) -> None:
        for role in ("supervisor", "admin"):
            assert await code_of(desk.connectors(role)) is grpc.StatusCode.OK
            assert await code_of(desk.dead_letters(role)) is grpc.StatusCode.OK
        for role in ("agent", "service", "auditor", "legal"):
            for call in (desk.connectors(role), desk.dead_letters(role), desk.watch(role).read()):
                assert await code_of(call) is grpc.StatusCode.PERMISSION_DENIED, role
        for role in ("agent", "supervisor", "service", "auditor", "legal"):
            refused = await code_of(desk.redrive("intake", "some id", role=role))
            assert refused is grpc.StatusCode.PERMISSION_DENIED, role

    on(process, test)


def test_connectors_are_told_with_what_they_lack_their_grade_and_what_waits(process: Process) -> None:
    Grades(process.settings.data_dir).remember("odd", "plugins.web", Grade.GOLD, NOW)
    dead_in(process.bus, REPLIES, 2)

    async def test(desk: OperatorsDesk) -> None:
        told = await desk.connectors()
        at_work, unset = told.connectors
        assert (at_work.id, at_work.readiness) == ("odd", connector_pb2.CONNECTOR_READINESS_READY)
        assert (at_work.name, at_work.version, at_work.owner) == ("Odd", "1.2.3", "tests")
        assert list(at_work.capabilities) == ["channel"]
        assert (at_work.grade, at_work.grade_day) == (connector_pb2.CONNECTOR_GRADE_GOLD, "2026-05-04")
        assert [(one.name, one.waiting, one.dead) for one in at_work.queues] == [(REPLIES, 0, 2)]  # no bulk was made
        assert (unset.id, unset.readiness) == ("unset", connector_pb2.CONNECTOR_READINESS_UNCONFIGURED)
        assert list(unset.missing_settings) == ["HUB120_CONNECTOR_UNSET_URL"]
        assert (unset.grade, len(unset.queues), len(unset.runs)) == (0, 0, 0)
        assert not told.queues_unknown

    on(process, test)


def test_connectors_are_told_while_the_bus_is_away_and_dead_letters_are_not(tmp_path: Path) -> None:
    with process_on(f"local:///{tmp_path}/bus.db", tmp_path, host(odd()), [INTAKE]) as process:
        process.bus.close()

        async def test(desk: OperatorsDesk) -> None:
            told = await desk.connectors()
            assert (told.queues_unknown, [one.id for one in told.connectors]) == (True, ["odd"])
            assert await code_of(desk.dead_letters()) is grpc.StatusCode.UNAVAILABLE
            assert await code_of(desk.redrive("intake", "some id")) is grpc.StatusCode.UNAVAILABLE

        on(process, test)


def test_a_process_tells_at_once_that_a_breaker_moved(process: Process) -> None:
    key = messages.key_of(events_pb2.ConnectorsReported)
    reporter = Reporter(process, connector_pb2.PROCESS_KIND_WORKER)
    with listening(process.bus, key) as heard:
        process.spawn("reports", reporter.run)
        eventually(lambda: heard, what="the first report")
        for _ in range(FAILURES_TO_OPEN):
            with pytest.raises(Retry):
                process.connectors.send("odd", REPLY)
        eventually(lambda: len(heard) == 2, 5, "a report at once")
        first, second = (events_pb2.ConnectorsReported.FromString(one.body) for one in heard)
    assert first.connectors["odd"].breaker == connector_pb2.BREAKER_STATE_CLOSED
    health = second.connectors["odd"]
    assert (health.breaker, health.healthy) == (connector_pb2.BREAKER_STATE_OPEN, False)
    assert (health.calls, health.failures, health.last_error) == (FAILURES_TO_OPEN, FAILURES_TO_OPEN, "Retry")
    assert (second.process.kind, list(second.process.services)) == (
        connector_pb2.PROCESS_KIND_WORKER,
        ["intake", "outreach"],
    )
    assert set(second.connectors) == {"odd"}


def test_a_process_hears_its_own_report_while_the_bus_is_away(tmp_path: Path) -> None:
    heard: list[events_pb2.ConnectorsReported] = []
    with process_on(f"local:///{tmp_path}/bus.db", tmp_path, host(odd()), [INTAKE]) as process:
        process.bus.close()
        process.spawn("reports", Reporter(process, connector_pb2.PROCESS_KIND_API, heard.append).run)
        eventually(lambda: heard, what="the report")
    assert set(heard[0].connectors) == {"odd"}


@pytest.fixture
def measured() -> Iterator[Callable[[], dict[str, float]]]:
    """The first value of each metric that is looked at."""
    reader = InMemoryMetricReader()

    def values() -> dict[str, float]:
        told: Any = reader.get_metrics_data()
        scopes = [scope for resource in told.resource_metrics for scope in resource.scope_metrics] if told else []
        found = [one for scope in scopes for one in scope.metrics if one.name.startswith(LOOKED_AT)]
        return {one.name: one.data.data_points[0].value for one in found}

    with measuring(reader):
        yield values


@pytest.mark.parametrize("away", ["bus", "database"])
def test_how_a_process_stands_is_measured_and_what_is_away_hides_nothing_else(
    tmp_path: Path, away: str, measured: Callable[[], dict[str, float]]
) -> None:
    address = f"sqlite:///{tmp_path}/{{service}}.db"
    connectors = host(odd(send=Retry("later")))
    with (
        opened(address, "intake", metadata, system_clock) as database,
        process_on(f"local:///{tmp_path}/bus.db", tmp_path, connectors, [INTAKE]) as process,
    ):
        process.databases = {"intake": database}
        process.bus.declare([INTAKE.queue])
        for _ in range(FAILURES_TO_OPEN):
            with pytest.raises(Retry):
                connectors.send("odd", REPLY)
        if away == "bus":
            process.bus.close()
        else:
            metadata.drop_all(database.engine)
        process.spawn("measuring", Measuring(process).run)
        eventually(lambda: "hub120.outbox.waiting" in measured() or "hub120.queue.dead" in measured(), what="a look")
    found = measured()
    assert found["hub120.connector.breaker"] == 2
    assert ("hub120.queue.dead" in found) is (away == "database")
    assert [found.get(f"hub120.outbox.{one}") for one in ("waiting", "oldest_age")] == (
        [0, 0] if away == "bus" else [None, None]
    )


def test_who_watches_is_told_what_is_and_what_changes(process: Process) -> None:
    report = Reporter(process, connector_pb2.PROCESS_KIND_WORKER).report()

    async def test(desk: OperatorsDesk) -> None:
        stream = desk.watch()
        first = await stream.read()
        assert ([one.id for one in first.connectors], list(first.connectors[0].runs)) == (["odd", "unset"], [])
        desk.reports.take(report)
        async with asyncio.timeout(20):
            while not (told := await stream.read()).connectors[0].runs:
                pass
        (run,) = told.connectors[0].runs
        assert (run.process, run.health) == (report.process, report.connectors["odd"])
        stream.cancel()

    on(process, test)


def test_dead_letters_are_told_without_their_bodies_bounded_and_put_back_by_name(
    process: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = dead_in(process.bus, REPLIES, 3)
    (event,) = dead_in(process.bus, "intake", 1)

    async def test(desk: OperatorsDesk) -> None:
        told = await desk.dead_letters()
        assert [(one.name, one.service, one.waiting, one.dead) for one in told.queues] == [
            (REPLIES, "intake", 0, 3),
            ("intake", "intake", 0, 1),
            ("outreach", "outreach", 0, 0),
        ]
        assert ([one.id for one in told.letters], told.more) == ([*ids, event], False)
        letter = told.letters[0]
        assert (letter.queue, letter.type, letter.subject_id) == (REPLIES, "hub120.intake.v1.SendReply", "case-0")
        assert (letter.attempts, letter.reason) == (1, "RuntimeError in the handler")
        assert letter.create_time.ToDatetime(UTC) == NOW
        assert "비밀번호".encode() not in told.SerializeToString()
        all_there_are = await desk.dead_letters(queue=REPLIES, limit=3)
        assert (len(all_there_are.letters), all_there_are.more) == (3, False)
        few = await desk.dead_letters(queue=REPLIES, limit=2)
        assert [one.name for one in few.queues] == [REPLIES]
        assert ([one.id for one in few.letters], few.more) == (ids[:2], True)
        assert (await desk.redrive(REPLIES, ids[0], ids[2])).redriven_count == 2
        assert (await desk.redrive(REPLIES, ids[0])).redriven_count == 0
        left = await desk.dead_letters(queue=REPLIES)
        assert [one.id for one in left.letters] == [ids[1]]
        assert (left.queues[0].waiting, left.queues[0].dead) == (2, 1)

    on(process, test)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "dead_letters_redriven" in line]
    assert [(one["by"], one["queue"], one["count"]) for one in lines] == [("han", REPLIES, 2), ("han", REPLIES, 0)]
    assert lines[0]["ids"] == [ids[0], ids[2]]


def test_queues_of_other_services_are_theirs_to_answer_for(process: Process) -> None:
    async def test(desk: OperatorsDesk) -> None:
        for queue in ("routing", "connector.odd.words", BULK, "nowhere"):
            assert await code_of(desk.dead_letters(queue=queue)) is grpc.StatusCode.NOT_FOUND
            assert await code_of(desk.redrive(queue, "some id")) is grpc.StatusCode.NOT_FOUND

    on(process, test)


def test_a_request_out_of_bounds_is_refused_by_its_field(tmp_path: Path) -> None:
    with process_on(f"local:///{tmp_path}/bus.db", tmp_path, host(odd()), [INTAKE]) as process:

        async def test(desk: OperatorsDesk) -> None:
            for call, field in (
                (desk.dead_letters(limit=201), "limit"),
                (desk.dead_letters(limit=-1), "limit"),
                (desk.dead_letters(queue="x" * 201), "queue"),
                (desk.redrive("", "some id"), "queue"),
                (desk.redrive("intake"), "ids"),
                (desk.redrive("intake", *map(str, range(201))), "ids"),
                (desk.redrive("intake", ""), "ids"),
            ):
                told: Any = await details(call)
                assert told["code"] is grpc.StatusCode.INVALID_ARGUMENT
                assert [violation.field for violation in told["BadRequest"].field_violations] == [field]

        on(process, test)
