"""Each journey is one tree in the file of spans that the processes of a machine keep: no step of it is an orphan."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import case_pb2
from hub120.operations.v1 import trace_service_pb2 as pb
from hub120.operations.v1 import trace_service_pb2_grpc
from hub120.outreach.v1 import check_in_pb2
from hub120.outreach.v1 import people_service_pb2 as people
from hub120.outreach.v1 import people_service_pb2_grpc as people_grpc
from hub120.outreach.v1 import round_service_pb2 as rounds
from hub120.outreach.v1 import round_service_pb2_grpc as rounds_grpc
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import referral_pb2
from hub120.routing.v1 import work_pb2

from demo.switchboard import Switchboard
from tests.hub import RunningHub
from tests.outside import asterisk
from tests.referring import SAMPLE, Helper
from tests.traces import Traces, above, orphans, roots
from tests.waiting import eventually

DEPARTMENT = "webhook_department"


@pytest.fixture(scope="module")
def environment(exchange: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A hub that calls at any hour, and keeps traces wherever it has its tables."""
    file = tmp_path_factory.mktemp("traces") / "kept.db"
    return {**asterisk(exchange.url), "HUB120_CHECK_IN_HOURS": "00:00-24:00", "HUB120_TRACES_FILE": str(file)}


@pytest.fixture(scope="module")
def traces(hub: RunningHub) -> Traces:
    return Traces(hub)


@dataclass(frozen=True)
class Contact:
    """A contact that was answered."""

    case_id: str
    reply_id: str


@pytest.fixture(scope="module")
def contact(hub: RunningHub) -> Contact:
    """Somebody writes, an agent answers, and the answer arrives."""
    agent = hub.agent("tracing")
    hub.say("신호등이 고장났어요")
    item = agent.accept(next(agent.offers()))
    reply = agent.reply(item.case_id, "오늘 고치겠습니다")
    eventually(lambda: "오늘 고치겠습니다" in hub.site.texts(), what="the reply at the site")
    hub.report(reply_id=reply.id, state="delivered")
    agent.finish(item.id)
    agent.presence(work_pb2.PRESENCE_OFFLINE)
    return Contact(item.case_id, reply.id)


def test_a_contact_is_one_tree_from_the_webhook_to_the_receipt(traces: Traces, contact: Contact) -> None:
    steps = {
        *("POST /channels/{connector}", "connector parse", "send ContactReceived", "process ContactReceived", "offer"),
        *("accept offer", "send WorkAssigned", "process WorkAssigned", "reply to citizen", "send SendReply"),
        *("process SendReply", "connector send", "POST", "receipt", "send WorkDone", "process WorkDone"),
    }
    tree = traces.whole(steps, case_id=contact.case_id)
    assert (roots(tree), orphans(tree)) == (["POST /channels/{connector}"], [])
    assert above(tree, "POST") == [
        *("connector send", "process SendReply", "reply to citizen"),
        "POST /channels/{connector}",
    ]
    assert {span.service for span in tree} == {"intake", "routing"}, "translation heeds interpreted cases alone"
    assert {span.process_kind for span in tree} == {"api", "worker"}
    named = [span.name for span in tree if span.attributes.get("hub120.case.id") == contact.case_id]
    assert {"POST /channels/{connector}", "process SendReply", "connector send", "reply to citizen"} <= set(named)
    assert traces.whole({"receipt"}, reply_id=contact.reply_id) == tree
    others = {trace.name for trace in traces.find(case_id=contact.case_id)}
    calls = {"routing.v1.RoutingService/AcceptOffer", "intake.v1.IntakeService/ReplyToCase"}
    assert others >= {f"hub120.{call}" for call in calls} | {"POST /channels/{connector}"}
    for trace in traces.find(case_id=contact.case_id):
        assert not orphans(traces.tree(trace.trace_id))


def test_steps_are_named_and_told_as_the_semantic_conventions_say(traces: Traces, contact: Contact) -> None:
    traces.whole({"process WorkDone", "receipt"}, case_id=contact.case_id)
    spans = [span for trace in traces.find(case_id=contact.case_id) for span in traces.tree(trace.trace_id)]
    assert {span.kind for span in spans} == {1, 2, 3, 4, 5}
    for span in spans:
        assert span.name == conventional(span), span
        assert ("error.type" in span.attributes) == span.failed


def conventional(span: pb.Span) -> str:
    """What the conventions call such a step; our own steps are called as we like, and are internal."""
    said = span.attributes
    if "rpc.method" in said:
        assert span.kind in {pb.SPAN_KIND_SERVER, pb.SPAN_KIND_CLIENT}
        assert (said["rpc.system.name"], said["rpc.response.status_code"]) == ("grpc", "OK")
        return said["rpc.method"]
    if "http.request.method" in said:
        assert said["http.response.status_code"].isdigit()
        if span.kind == pb.SPAN_KIND_SERVER:
            assert said["url.scheme"] == "http"
            return f"{said['http.request.method']} {said['http.route']}"
        assert span.kind == pb.SPAN_KIND_CLIENT
        assert {"server.address", "server.port"} <= said.keys()
        return said["http.request.method"]
    if "messaging.system" in said:
        operation = {pb.SPAN_KIND_PRODUCER: "send", pb.SPAN_KIND_CONSUMER: "process"}[span.kind]
        assert said["messaging.operation.name"] == said["messaging.operation.type"] == operation
        assert {"messaging.destination.name", "messaging.message.id"} <= said.keys()
        return f"{operation} {span.name.partition(' ')[2]}"
    assert span.kind == pb.SPAN_KIND_INTERNAL
    return span.name


def test_a_referral_is_one_tree_from_the_proposal_to_the_department(hub: RunningHub, traces: Traces) -> None:
    hub.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
    helper, number = Helper(hub, hub.agent("kim", capacity=4)), "+821055501234"
    hub.text_message(number, "집이 없어서 역에서 자고 있어요")
    work = helper.desk.accept(next(helper.desk.offers()))
    case_id = work.case_id
    service = helper.find("집에서 쫓겨나 갈 곳이 없어요 긴급복지", area="41110")
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_CONNECTOR, connector=DEPARTMENT)
    referral_id = helper.refer(case_id, service, referral_pb2.REFERRAL_KIND_WELFARE, "월세가 밀려 쫓겨났습니다.")
    helper.agree(referral_id, referral_pb2.CONSENT_PURPOSE_CRISIS_SUPPORT)
    helper.call("SendReferral", referral_id=referral_id)
    helper.desk.finish(work.id, seen=1)  # else it would lie on the desk of the next test's agent
    helper.desk.presence(work_pb2.PRESENCE_OFFLINE)
    asked = "hub120.intake.v1.MessageService/HandOverForAgent"
    steps = {"referral", "courier", asked, "hand over case", "process SubmitHandover", "connector submit"}
    tree = traces.whole(steps, case_id=case_id)
    assert (len(roots(tree)), orphans(tree)) == (1, [])
    assert above(tree, "connector submit")[:4] == ["process SubmitHandover", "hand over case", asked, asked]
    assert above(tree, "connector submit")[4:6] == ["courier", "referral"]
    assert {"referral", "intake"} <= {span.service for span in tree}


def test_a_check_in_is_one_tree_from_the_clock_to_the_exchange(
    hub: RunningHub, traces: Traces, exchange: Switchboard
) -> None:
    exchange.answering.add("PJSIP/park")
    park = hub.agent("park", capacity=4)
    offers, others = park.offers(), set(exchange.channels)  # the hub before this one ended in the middle of a call
    citizen = exchange.call_in("+821099990000")  # an exchange that tells of calls can be had to call
    first = park.accept(next(offer for offer in offers if offer.work_item.medium == case_pb2.MEDIUM_VOICE))
    eventually(lambda: len(exchange.heard_with(citizen)) > 1, 60, "the citizen being put through")
    exchange.hang_up(citizen)
    eventually(lambda: others.issuperset(exchange.channels), 60, "hanging up")
    park.finish(first.id)
    enrol(hub)
    item = park.accept(next(offer for offer in offers if offer.work_item.purpose == "check_in"))
    steps = {
        *("check-in planned", "courier", "hub120.intake.v1.MessageService/OpenCallCase", "send CallWanted"),
        *("process CallWanted", "offer", "accept offer", "talk", "process CommandLeg", "connector dial"),
    }
    tree = traces.whole(steps, case_id=item.case_id)
    assert (roots(tree), orphans(tree)) == (["check-in planned"], [])
    assert above(tree, "accept offer")[-3:] == ["process CallWanted", "courier", "check-in planned"]
    assert "talk" in above(tree, "connector dial")
    assert {"outreach", "intake", "routing"} <= {span.service for span in tree}
    park.presence(work_pb2.PRESENCE_OFFLINE)


def enrol(hub: RunningHub) -> None:
    """Somebody agrees to be called every day, from now on."""
    agent = (*hub.metadata("park", "agent"), ("hub120-purpose", "care"))
    chief = hub.metadata("chief", "supervisor")
    programme_id, person_id = str(uuid4()), str(uuid4())
    caring = people_grpc.PeopleServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    planning = rounds_grpc.RoundServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    programme = check_in_pb2.Programme(
        id=programme_id, name="매일 안부", weekdays=range(1, 8), holidays=check_in_pb2.HOLIDAY_RULE_CALL,
        calls_per_hour=600, sheet_id="living-alone", tries=2,
    )  # fmt: skip
    planning.PutProgramme(rounds.PutProgrammeRequest(programme=programme), metadata=chief, timeout=30)
    person = check_in_pb2.Person(
        id=person_id, name="박영자", telephone="010-3333-4444", language="ko", bond_ids=["park"]
    )
    caring.PutPerson(people.PutPersonRequest(person=person), metadata=agent, timeout=30)
    consent = people.RecordCallConsentRequest(
        person_id=person_id, how=check_in_pb2.CONSENT_HOW_SPOKEN, wording="2026-05", request_id=uuid4().hex
    )
    caring.RecordCallConsent(consent, metadata=agent, timeout=30)
    planning.Enrol(rounds.EnrolRequest(programme_id=programme_id, person_id=person_id), metadata=agent, timeout=30)


def test_no_agent_looks_at_traces(hub: RunningHub) -> None:
    stub = trace_service_pb2_grpc.TraceServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    with pytest.raises(grpc.RpcError) as caught:
        stub.ListTraces(pb.ListTracesRequest(), metadata=hub.metadata("kim", "agent"), timeout=30)
    assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED


def test_what_happened_a_second_before_a_process_was_killed_is_there(hub: RunningHub, traces: Traces) -> None:
    agent = hub.agent("lee")
    hub.say("가로등이 깜빡여요")
    item = agent.accept(next(one for one in agent.offers() if one.work_item.channel == "web"))
    traces.whole({"process WorkAssigned", "accept offer"}, case_id=item.case_id)
    hub.kill("worker")
    hub.kill("api")
    hub.start()
    assert orphans(traces.whole({"process WorkAssigned"}, case_id=item.case_id)) == []
