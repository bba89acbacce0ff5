"""An agent finds the answer in the sample, says so, and the day's first-contact resolution tells it: through gRPC, with
real processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hub120.referral.v1 import knowledge_service_pb2 as pb
from hub120.referral.v1 import knowledge_service_pb2_grpc as grpc_pb
from hub120.routing.v1 import floor_service_pb2 as floor
from hub120.routing.v1 import floor_service_pb2_grpc as floor_grpc

from tests.hub import RunningHub
from tests.referring import SAMPLE
from tests.waiting import eventually


def test_the_answer_that_an_agent_finds_counts_in_first_contact_resolution(hub: RunningHub) -> None:
    said = hub.command("knowledge", "import", str(SAMPLE.with_name("articles.csv")), "--source", "sample")
    assert "42 new, 0 changed, 0 unchanged, 0 removed, 0 refused" in said.stdout
    knowledge: Any = grpc_pb.KnowledgeServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    desk = hub.agent("kim")
    hub.say("소파를 버리려면 어떻게 해요?", citizen="sofa")
    item = desk.accept(next(desk.offers()))

    def best() -> Any:
        asked = pb.SearchKnowledgeRequest(question="소파를 버리려면 어떻게 해요?")
        return next(iter(knowledge.SearchKnowledge(asked, metadata=desk.metadata, timeout=20).articles), None)

    article = eventually(best, 30, "the article being indexed")
    assert article.title == "대형폐기물(가구·매트리스) 버리는 방법"
    mark = pb.MarkAnswerRequest(case_id=item.case_id, article_id=article.article_id, helped=True)
    assert knowledge.MarkAnswer(mark, metadata=desk.metadata, timeout=20).helped == 1
    desk.finish(item.id)
    routing: Any = floor_grpc.FloorServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    today = datetime.now(UTC)
    asked = floor.GetPerformanceRequest(from_time=today - timedelta(days=1), to_time=today + timedelta(hours=1))

    def day() -> Any:
        (group,) = routing.GetPerformance(asked, metadata=hub.metadata("chief", "supervisor"), timeout=30).groups
        return group

    eventually(lambda: day().closed_with_answer == 1, 30, "the answer being counted")
    assert day().first_contact_resolution_with_answer == 1.0
