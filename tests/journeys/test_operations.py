"""An operator watches connectors from the front end: one that fails in a worker is seen to, from the api."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.operations.v1 import connector_pb2 as pb
from hub120.operations.v1 import connector_service_pb2, connector_service_pb2_grpc
from hub120.routing.v1 import work_pb2

from chassis.connectors.guards import FAILURES_TO_OPEN
from tests.hub import RunningHub
from tests.waiting import eventually

PACKAGES = Path(__file__).parent.parent / "unruly"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    path = os.pathsep.join([str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PYTHONPATH": path, "HUB120_RETRY_SECONDS": "[0.1, 0.2, 0.3]"}


def fail_in_the_worker(hub: RunningHub) -> None:
    """Replies that the provider chokes on, until its connector is left alone."""
    agent = hub.agent("jung", capacity=20)
    for _ in range(FAILURES_TO_OPEN):
        body = {"id": uuid4().hex, "from": uuid4().hex, "text": "안녕하세요"}
        answer = httpx.post(hub.webhook("unruly"), json=body, timeout=30)
        agent.reply(agent.case(answer.json()["case_number"]).case.id, "raise 010-9876-5432")
    agent.presence(work_pb2.PRESENCE_OFFLINE)


def test_a_breaker_that_opens_in_a_worker_is_seen_from_the_api(hub: RunningHub) -> None:
    stub = connector_service_pb2_grpc.ConnectorServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    chief = hub.metadata("chief", "supervisor")

    def in_processes() -> dict[int, pb.ConnectorHealth]:
        asked = connector_service_pb2.ListConnectorsRequest()
        told = {one.id: one for one in stub.ListConnectors(asked, metadata=chief, timeout=30).connectors}
        assert told["unruly"].readiness == pb.CONNECTOR_READINESS_READY
        return {run.process.kind: run.health for run in told["unruly"].runs}

    both = {pb.PROCESS_KIND_API, pb.PROCESS_KIND_WORKER}
    eventually(lambda: in_processes().keys() == both, 20, "both processes telling")
    watched = stub.WatchConnectors(connector_service_pb2.WatchConnectorsRequest(), metadata=chief, timeout=60)
    fail_in_the_worker(hub)
    seen = next(told for told in watched if opened_in_the_worker(told))
    watched.cancel()
    assert "010-9876-5432" not in str(seen)
    health = in_processes()[pb.PROCESS_KIND_WORKER]
    assert (health.breaker, health.healthy, health.last_error) == (pb.BREAKER_STATE_OPEN, False, "raised")
    assert (health.calls, health.failures) == (FAILURES_TO_OPEN, FAILURES_TO_OPEN)
    assert in_processes()[pb.PROCESS_KIND_API].breaker == pb.BREAKER_STATE_CLOSED


def opened_in_the_worker(told: Any) -> bool:
    """Whether the worker's breaker of the failing connector is open."""
    return any(
        run.process.kind == pb.PROCESS_KIND_WORKER and run.health.breaker == pb.BREAKER_STATE_OPEN
        for one in told.connectors
        if one.id == "unruly"
        for run in one.runs
    )
