"""Three-way calls on a running hub with an exchange that has telephones: whoever fails, the citizen is not left alone,
and no emergency number is ever rung that a test did not set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import packet_service_pb2 as packets
from hub120.intake.v1 import packet_service_pb2_grpc
from hub120.routing.v1 import conference_pb2 as pb
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import conference_service_pb2_grpc, work_pb2

from demo.switchboard import Switchboard
from tests.hub import AgentDesk, RunningHub
from tests.otlp import OtlpReceiver
from tests.outside import asterisk
from tests.waiting import eventually

AGENT, WORKS = "PJSIP/seo", "PJSIP/031220@trunk"
POLICE, FIRE, DRILL, CHIEF = (f"PJSIP/0990{number}@trunk" for number in ("112", "119", "000", "001"))
ON_THE_WAY = 30.0
"""Seconds: what must happen at all, on a machine with much to do."""


@pytest.fixture(scope="module")
def environment(exchange: Switchboard, receiver: OtlpReceiver) -> dict[str, str]:
    return {
        **asterisk(exchange.url),
        "HUB120_CONNECTOR_WEBHOOK_DEPARTMENT_TELEPHONE": "+8231220",
        "HUB120_EMERGENCY_LINES": json.dumps({"112": "+82990112", "119": "+82990119"}),
        "HUB120_DRILL_LINE": "+82990000",
        "HUB120_SUPERVISOR_LINE": "+82990001",
        "HUB120_OTLP_ENDPOINT": receiver.endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }


CITIZENS: set[str] = set()

pytestmark = pytest.mark.parametrize(
    "hub", [pytest.param("distributed", marks=pytest.mark.servers)], indirect=True, scope="module"
)
"""Only there do services hear each other late and out of order; their use cases are tested on both databases."""


class Desk:
    """An agent who leads conferences."""

    def __init__(self, hub: RunningHub, exchange: Switchboard) -> None:
        self.hub, self.exchange = hub, exchange
        self.agent: AgentDesk = hub.agent("seo", capacity=20)
        self.bridge = conference_service_pb2_grpc.ConferenceServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.packets = packet_service_pb2_grpc.PacketServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.chief = hub.metadata("chief", "supervisor")

    def caller(self) -> tuple[str, str, str]:
        """A citizen on the line: the telephone that calls them back, their leg and their case."""
        digits = f"10{uuid4().int % 10**8:08}"
        telephone = f"PJSIP/0{digits}@trunk"
        CITIZENS.add(telephone)
        leg_id = self.exchange.call_in(f"+82{digits}")
        request = intake.ListCasesRequest(address=f"+82{digits}", page_size=1)
        metadata = self.agent.metadata
        found = eventually(
            lambda: self.agent.intake.ListCases(request, metadata=metadata, timeout=30).cases, ON_THE_WAY, "a case"
        )
        return telephone, leg_id, found[0].id

    def start(self, case_id: str, **more: Any) -> pb.Conference:
        """Begin."""
        request = conferences.StartConferenceRequest(case_id=case_id, request_id=uuid4().hex, **more)
        found: pb.Conference = self.bridge.StartConference(request, metadata=self.agent.metadata, timeout=30).conference
        return found

    def ask(self, method: str, conference_id: str, metadata: Any = None, **more: Any) -> Any:
        """Call a method about a conference."""
        request = getattr(conferences, f"{method}Request")(conference_id=conference_id, **more)
        return getattr(self.bridge, method)(request, metadata=metadata or self.agent.metadata, timeout=30)

    def wait(self, conference_id: str, state: str) -> pb.Conference:
        """Until the conference stands so."""
        wanted = pb.ConferenceState.Value(f"CONFERENCE_STATE_{state}")

        def stands() -> pb.Conference | None:
            found: pb.Conference = self.ask("GetConference", conference_id).conference
            return found if found.state == wanted else None

        found = eventually(stands, ON_THE_WAY, f"the conference being {state}")
        assert found is not None
        return found

    def record(self, conference_id: str) -> list[tuple[str, str]]:
        """Kind and detail of every entry."""
        name = pb.ConferenceEntryKind.Name
        entries = self.ask("GetConference", conference_id).entries
        return [(name(one.kind).removeprefix("CONFERENCE_ENTRY_KIND_").lower(), one.detail) for one in entries]

    def over(self, conference_id: str) -> None:
        """End it."""
        self.ask("EndConference", conference_id, self.chief, reason="test")
        self.wait(conference_id, "ENDED")


@pytest.fixture(scope="module")
def desk(hub: RunningHub, exchange: Switchboard) -> Iterator[Desk]:
    exchange.forget()
    exchange.answering.add(AGENT)
    found = Desk(hub, exchange)
    ladder = pb.Ladder(
        id="night",
        rungs=[
            pb.Rung(target=pb.ConferenceTarget(department="webhook_department"), ring_seconds=5),
            pb.Rung(target=pb.ConferenceTarget(emergency=pb.EMERGENCY_SERVICE_POLICE), ring_seconds=60),
        ],
        rounds=1,
    )
    found.bridge.PutLadder(conferences.PutLadderRequest(ladder=ladder), metadata=found.chief, timeout=30)
    yield found
    found.agent.presence(work_pb2.PRESENCE_OFFLINE)
    assert {telephone for telephone, _ in exchange.dialled} <= {AGENT, WORKS, POLICE, FIRE, DRILL, CHIEF} | CITIZENS


def refusal(refused: pytest.ExceptionInfo[grpc.RpcError]) -> str:
    return str(refused.value.details())


def test_the_agent_stays_until_the_department_has_taken_over_and_the_citizen_repeats_nothing(
    desk: Desk, exchange: Switchboard, hub: RunningHub, receiver: OtlpReceiver
) -> None:
    _, citizen, case_id = desk.caller()
    put = packets.PutPacketRequest(case_id=case_id, title="가스 냄새", summary="3층 복도에 가스 냄새", topic="gas")
    desk.packets.PutPacket(put, metadata=desk.agent.metadata, timeout=30)
    department = pb.ConferenceTarget(department="webhook_department")
    conference = desk.start(case_id, target=department)
    watching = desk.bridge.WatchConference(
        conferences.WatchConferenceRequest(conference_id=conference.id), metadata=desk.agent.metadata, timeout=60
    )
    assert next(watching).entry.kind == pb.CONFERENCE_ENTRY_KIND_STARTED
    watching.cancel()  # the front end is gone, the conference goes on
    desk.wait(conference.id, "RINGING")
    with pytest.raises(grpc.RpcError) as refused:
        desk.ask("LeaveConference", conference.id)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "nobody has taken over" in refusal(refused)
    (department_leg,) = exchange.legs(WORKS)
    exchange.pick_up(department_leg)
    desk.wait(conference.id, "BRIDGED")
    (agent_leg,) = exchange.legs(AGENT)
    three = {citizen, agent_leg, department_leg}
    eventually(lambda: exchange.together(conference.id) == three, ON_THE_WAY, "all three on one bridge")
    works = hub.outside.works.handovers
    (handover,) = eventually(
        lambda: [one for one in works.values() if one["title"] == "가스 냄새"], ON_THE_WAY, "the packet"
    )
    assert "3층 복도" in handover["text"]
    said = hub.department_says(handover_id=handover["handover_id"], state="acknowledged", update_id=uuid4().hex)
    assert said.status_code == 200
    done = desk.wait(conference.id, "ACKNOWLEDGED")
    assert done.acknowledgement == pb.ACKNOWLEDGEMENT_BY_SYSTEM
    desk.ask("LeaveConference", conference.id)
    desk.wait(conference.id, "HANDED_OVER")
    eventually(lambda: exchange.together(conference.id) == {citizen, department_leg}, ON_THE_WAY, "the agent leaving")
    exchange.hang_up(citizen)
    desk.wait(conference.id, "ENDED")
    eventually(lambda: department_leg not in exchange.channels, ON_THE_WAY, "everybody being hung up")
    in_one_trace(receiver, conference.id)


def in_one_trace(receiver: OtlpReceiver, conference_id: str) -> None:
    """Every entry and every command is in the trace of the conference."""

    def complete() -> bool:
        named = [one for one in receiver.spans() if one.attributes.get("hub120.conference.id") == conference_id]
        about = [one for one in named if one.name.startswith("conference ")]  # the agent's calls have their own
        traces = {one.trace_id for one in about}
        if len(traces) != 1 or "conference agent_left" not in {one.name for one in about}:
            return False
        names = [one.name for one in receiver.spans(traces.pop())]
        return (
            names.count("process CommandLeg") >= 4
            and "process CallChanged" in names
            and "process SubmitHandover" in names
        )

    eventually(complete, ON_THE_WAY, "one trace over all legs")


def test_a_citizen_whose_line_drops_is_called_back(desk: Desk, exchange: Switchboard) -> None:
    telephone, citizen, case_id = desk.caller()
    exchange.answering.add(POLICE)
    conference = desk.start(case_id, target=pb.ConferenceTarget(emergency=pb.EMERGENCY_SERVICE_POLICE))
    desk.wait(conference.id, "BRIDGED")
    eventually(lambda: citizen in exchange.together(conference.id), ON_THE_WAY, "the citizen being on the bridge")
    exchange.answering.add(telephone)
    before = len(exchange.legs(telephone))
    exchange.hang_up(citizen)
    eventually(lambda: len(exchange.legs(telephone)) > before, ON_THE_WAY, "the citizen being called back")
    back = exchange.legs(telephone)[-1]
    desk.wait(conference.id, "BRIDGED")
    eventually(lambda: back in exchange.together(conference.id), ON_THE_WAY, "the citizen being back on the bridge")
    moved = [detail for kind, detail in desk.record(conference.id) if kind == "leg"]
    assert "done" in moved
    desk.ask("AcknowledgeConference", conference.id, acknowledged_by="112 상황실 박경사")
    desk.over(conference.id)
    exchange.answering -= {POLICE}


def test_a_worker_that_is_killed_rings_nobody_twice_and_its_timers_go_on(
    desk: Desk, exchange: Switchboard, hub: RunningHub
) -> None:
    _, _, case_id = desk.caller()
    before, police = len(exchange.legs(WORKS)), len(exchange.legs(POLICE))
    conference = desk.start(case_id, ladder_id="night")
    desk.wait(conference.id, "RINGING")
    hub.kill("worker")
    hub.start("worker")
    eventually(lambda: len(exchange.legs(POLICE)) > police, ON_THE_WAY, "the next rung being called")
    assert len(exchange.legs(WORKS)) == before + 1
    eventually(lambda: exchange.legs(WORKS)[-1] not in exchange.channels, ON_THE_WAY, "the first being hung up")
    legs = exchange.legs(AGENT)
    assert len(legs) == len(set(legs))
    desk.over(conference.id)


def drill(desk: Desk, case_id: str) -> pb.Conference | None:
    """None while it is not known that somebody is on the line."""
    try:
        return desk.start(case_id, ladder_id="night", drill=True)
    except grpc.RpcError as refused:
        if "a drill calls no citizen" not in str(refused):
            raise
        return None


def test_a_drill_rings_the_drill_line_and_no_emergency_number(
    desk: Desk, exchange: Switchboard, hub: RunningHub
) -> None:
    _, _, case_id = desk.caller()
    exchange.answering.add(DRILL)
    dialled, told = len(exchange.dialled), len(hub.outside.works.handovers)
    conference = eventually(lambda: drill(desk, case_id), ON_THE_WAY, "routing knowing of the call")
    assert conference is not None
    assert conference.drill
    desk.wait(conference.id, "BRIDGED")
    assert {telephone for telephone, _ in exchange.dialled[dialled:]} == {AGENT, DRILL}
    assert len(hub.outside.works.handovers) == told
    desk.over(conference.id)


def test_an_exchange_that_fails_and_busy_lines_lead_up_to_the_supervisors(desk: Desk, exchange: Switchboard) -> None:
    _, citizen, case_id = desk.caller()
    exchange.broken.add(WORKS)
    exchange.busy.add(POLICE)
    conference = desk.start(case_id, ladder_id="night")
    escalated = desk.wait(conference.id, "ESCALATED")
    assert escalated.alerted
    eventually(lambda: exchange.legs(CHIEF), ON_THE_WAY, "the supervisors being called")
    assert exchange.legs(AGENT)[-1] in exchange.together(conference.id) | set(exchange.channels)
    assert citizen in exchange.channels
    active = desk.bridge.ListConferences(
        conferences.ListConferencesRequest(active=True), metadata=desk.chief, timeout=30
    ).conferences
    assert conference.id in {one.id for one in active}
    exchange.pick_up(exchange.legs(CHIEF)[-1])
    desk.wait(conference.id, "BRIDGED")
    desk.over(conference.id)
