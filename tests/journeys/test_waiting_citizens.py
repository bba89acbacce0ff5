"""A citizen waits, is told so, asks for a callback with one word, and keeps the place, through real processes."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import queue_service_pb2 as queues
from hub120.routing.v1 import queue_service_pb2_grpc as queues_grpc
from hub120.routing.v1 import routing_service_pb2 as routing

from services.intake.domain.notices import WORDS
from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually

ID = "01a204b0-80e9-7dde-8d13-26c7b3d77416"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"HUB120_NOTICE_SECONDS": "1"}


@pytest.fixture(scope="module")
def chief(hub: RunningHub) -> AgentDesk:
    desk = AgentDesk(hub, "chief")
    desk.metadata = hub.metadata("chief", "supervisor")
    return desk


@pytest.fixture(scope="module")
def asks(hub: RunningHub, chief: AgentDesk) -> Callable[[str, Any], Any]:
    service = queues_grpc.QueueServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    return lambda method, request: getattr(service, method)(request, metadata=chief.metadata, timeout=30)


def test_a_citizen_who_waits_is_told_so_and_called_back(
    hub: RunningHub, chief: AgentDesk, asks: Callable[[str, Any], Any]
) -> None:
    citizen = uuid4().hex
    assert hub.say("여권은 어디서 받나요?", citizen=citizen).status_code == 200

    def told(words: str) -> bool:
        return any(words in text for text in hub.site.texts())

    eventually(lambda: told(WORDS["ko"].callback), 60, "the notice at the site")
    waiting = routing.ListWorkItemsRequest()
    (item,) = chief.routing.ListWorkItems(waiting, metadata=chief.metadata, timeout=30).work_items
    of_case = routing.ListWorkItemsRequest(case_id=item.case_id)
    assert list(chief.routing.ListWorkItems(of_case, metadata=chief.metadata, timeout=30).work_items) == [item]
    of_nobody = routing.ListWorkItemsRequest(case_id=uuid4().hex)
    assert not chief.routing.ListWorkItems(of_nobody, metadata=chief.metadata, timeout=30).work_items
    assert told(WORDS["ko"].place.format(position=1))
    assert hub.say("1", citizen=citizen).status_code == 200
    eventually(lambda: told(WORDS["ko"].kept), 60, "the promise of a callback at the site")
    found = asks("GetPosition", queues.GetPositionRequest(work_item_id=item.id))
    assert (found.position, found.callback.channel, found.HasField("expected_wait")) == (1, "web", False)
    (line,) = asks("ListQueues", queues.ListQueuesRequest()).queues
    assert (line.waiting, line.places, line.cost) == (1, 0, 25)
    asked = queues.RequestCallbackRequest(work_item_id=item.id, channel="phone_asterisk", medium=case_pb2.MEDIUM_VOICE)
    asked.not_before_time.FromSeconds(int(time()) + 3600)
    held = asks("RequestCallback", asked).work_item
    assert (held.callback.channel, held.cost, held.callback.HasField("not_before_time")) == (
        "phone_asterisk",
        100,
        True,
    )
    assert asks("ListQueues", queues.ListQueuesRequest()).queues == []
    cancelled = asks("CancelCallback", queues.CancelCallbackRequest(work_item_id=item.id))
    assert not cancelled.work_item.HasField("callback")


def test_a_supervisor_declares_a_surge_and_ends_it(asks: Callable[[str, Any], Any]) -> None:
    declared = queues.SetSurgeRequest(active=True, reason="침수", texts={"ko": "침수 신고가 많습니다"})
    declared.until_time.FromSeconds(int(time()) + 3600)
    surge = asks("SetSurge", declared).surge
    assert (surge.state, surge.declared_by) == (queues.SURGE_STATE_ON, "chief")
    assert asks("GetSurge", queues.GetSurgeRequest()).surge == surge
    assert asks("ListMerged", queues.ListMergedRequest()).merged == []
    ended = asks("SetSurge", queues.SetSurgeRequest()).surge
    assert (ended.id, ended.state) == (surge.id, queues.SURGE_STATE_OFF)


@pytest.mark.parametrize(
    ("method", "request_", "code"),
    [
        ("GetPosition", queues.GetPositionRequest(work_item_id="1"), grpc.StatusCode.INVALID_ARGUMENT),
        ("GetPosition", queues.GetPositionRequest(work_item_id=ID), grpc.StatusCode.NOT_FOUND),
        ("RequestCallback", queues.RequestCallbackRequest(work_item_id=ID), grpc.StatusCode.NOT_FOUND),
        (
            "RequestCallback",
            queues.RequestCallbackRequest(work_item_id=ID, not_before_time=Timestamp(seconds=10**10)),
            grpc.StatusCode.INVALID_ARGUMENT,
        ),
        ("ReportNoAnswer", queues.ReportNoAnswerRequest(work_item_id=ID), grpc.StatusCode.NOT_FOUND),
        ("SetSurge", queues.SetSurgeRequest(active=True, reason="x"), grpc.StatusCode.INVALID_ARGUMENT),
        ("UnmergeWork", queues.UnmergeWorkRequest(case_id=ID), grpc.StatusCode.NOT_FOUND),
        ("ListMerged", queues.ListMergedRequest(page_size=501), grpc.StatusCode.INVALID_ARGUMENT),
    ],
)
def test_what_is_asked_wrongly_is_refused(
    asks: Callable[[str, Any], Any], method: str, request_: Any, code: grpc.StatusCode
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        asks(method, request_)
    assert refused.value.code() is code
