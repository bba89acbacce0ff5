"""One contact is one trace: from the webhook through outbox, bus and workers to the connector that sends the reply."""

from __future__ import annotations

import pytest

from tests.hub import AgentDesk, RunningHub
from tests.otlp import OtlpReceiver, Span
from tests.traces import Traces
from tests.waiting import eventually

NAMES = {
    "POST /channels/{connector}",
    "connector parse",
    "connector classify",
    "connector answer",
    "process ContactReceived",
    "accept offer",
    "process WorkAssigned",
    "reply to citizen",
    "process SendReply",
    "connector send",
    "process WorkDone",
}


@pytest.fixture(scope="module")
def environment(receiver: OtlpReceiver, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The hub exports to the receiver, and keeps its spans besides."""
    file = tmp_path_factory.mktemp("traces") / "kept.db"
    return {"HUB120_OTLP_ENDPOINT": receiver.endpoint, "HUB120_TRACES_FILE": str(file)}


@pytest.fixture(scope="module")
def trace(hub: RunningHub, receiver: OtlpReceiver) -> list[Span]:
    """The spans of one contact that was offered, accepted, answered and finished."""
    agent: AgentDesk = hub.agent("tracing")
    told = hub.say("신호등이 고장났어요")
    offer = next(agent.offers())
    item = agent.accept(offer)
    assert agent.case(item.case_id).case.number == told.json()["case_number"]
    agent.reply(item.case_id, "오늘 고치겠습니다")
    eventually(lambda: "오늘 고치겠습니다" in hub.site.texts(), what="the reply at the site")
    agent.finish(item.id)
    trace_id = item.traceparent.split("-")[1]

    def complete() -> bool:
        spans = receiver.spans(trace_id)
        known = {span.span_id for span in spans}
        return {span.name for span in spans} >= NAMES and all(span.parent_id in known | {""} for span in spans)

    eventually(complete, within_s=20, what="the whole trace, without orphans")
    return receiver.spans(trace_id)


def one(trace: list[Span], name: str) -> Span:
    """The span of that name on the road of a contact; translation, which hears of it too, is beside the road."""
    beside = "translation"
    named = [span for span in trace if span.name == name]
    (found,) = [span for span in named if span.attributes.get("messaging.destination.name") != beside]
    return found


def test_the_trace_begins_with_the_webhook_and_has_one_root(trace: list[Span]) -> None:
    (root,) = [span for span in trace if not span.parent_id]
    assert root.name == "POST /channels/{connector}"
    assert (root.kind, root.attributes["http.response.status_code"]) == ("SERVER", 200)


def test_what_is_kept_in_the_file_is_what_the_collector_got(trace: list[Span], hub: RunningHub) -> None:
    sent = {(span.span_id, span.parent_id, span.name) for span in trace}

    def kept() -> set[tuple[str, str, str]]:
        return {(span.span_id, span.parent_span_id, span.name) for span in Traces(hub).tree(trace[0].trace_id)}

    eventually(lambda: kept() >= sent, what="all of it in the file")


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("connector parse", "POST /channels/{connector}"),
        ("connector classify", "POST /channels/{connector}"),
        ("process ContactReceived", "POST /channels/{connector}"),
        ("accept offer", "process ContactReceived"),
        ("process WorkAssigned", "accept offer"),
        ("reply to citizen", "POST /channels/{connector}"),
        ("process SendReply", "reply to citizen"),
        ("connector send", "process SendReply"),
        ("process WorkDone", "process ContactReceived"),
    ],
)
def test_each_step_hangs_on_the_one_that_caused_it(trace: list[Span], name: str, parent: str) -> None:
    assert one(trace, name).parent_id == one(trace, parent).span_id


def test_the_trace_crosses_from_the_api_to_the_worker_and_back(trace: list[Span]) -> None:
    kinds = {span.name: span.resource["hub120.instance.kind"] for span in trace}
    assert kinds["process ContactReceived"] == kinds["process SendReply"] == kinds["connector send"] == "worker"
    assert kinds["POST /channels/{connector}"] == kinds["reply to citizen"] == "api"


def test_what_the_worker_takes_from_the_bus_is_told_as_messaging(trace: list[Span], hub: RunningHub) -> None:
    span = one(trace, "process ContactReceived")
    system = "rabbitmq" if "HUB120_BUS" in hub.environment else "hub120_local"
    assert span.kind == "CONSUMER"
    assert (span.attributes["messaging.system"], span.attributes["messaging.destination.name"]) == (system, "routing")


def test_the_agents_reply_remembers_the_call_it_came_with(trace: list[Span], receiver: OtlpReceiver) -> None:
    ((trace_id, span_id),) = one(trace, "reply to citizen").links
    call = next(span for span in receiver.spans(trace_id) if span.span_id == span_id)
    assert call.attributes["rpc.method"] == "hub120.intake.v1.IntakeService/ReplyToCase"


def test_the_provider_that_an_operator_named_is_handed_the_trace(trace: list[Span], hub: RunningHub) -> None:
    sent = next(reply for reply in hub.site.replies if reply["text"] == "오늘 고치겠습니다")
    assert sent["traceparent"].split("-")[1] == trace[0].trace_id
