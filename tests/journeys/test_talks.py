"""Plain calls on a running hub with an exchange that has telephones: who takes a call is called and put through, and
whoever fails, the citizen who waits is put before somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import conference_pb2 as pb
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import conference_service_pb2_grpc, work_pb2
from hub120.routing.v1 import routing_service_pb2 as routing

from demo.switchboard import Switchboard
from tests.hub import AgentDesk, RunningHub
from tests.outside import asterisk
from tests.waiting import eventually

SEO, HAN, CHIEF = "PJSIP/seo", "PJSIP/han", "PJSIP/chief"
POLICE = "PJSIP/0990112@trunk"
ON_THE_WAY = 90.0
"""Seconds: what must happen at all, on a machine with much to do."""
ONE_CALL = 4
"""The capacity of an agent for one call, in conversations in writing."""


@pytest.fixture(scope="module")
def environment(exchange: Switchboard) -> dict[str, str]:
    return {
        **asterisk(exchange.url),
        "HUB120_EMERGENCY_LINES": json.dumps({"112": "+82990112"}),
    }


pytestmark = pytest.mark.parametrize(
    "hub", [pytest.param("distributed", marks=pytest.mark.servers)], indirect=True, scope="module"
)
"""Only there do services hear each other late and out of order; their use cases are tested on both databases."""


class Centre:
    """Agents with telephones, and the calls they take."""

    def __init__(self, hub: RunningHub, exchange: Switchboard) -> None:
        self.hub, self.exchange = hub, exchange
        self.seo: AgentDesk = hub.agent("seo", capacity=ONE_CALL)
        self.calls = conference_service_pb2_grpc.ConferenceServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.chief = hub.metadata("chief", "supervisor")

    def take(self, agent: AgentDesk) -> tuple[str, work_pb2.WorkItem]:
        """A citizen calls, and the agent accepts: the citizen's leg, and the work."""
        offers = agent.offers()
        citizen = self.exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
        return citizen, agent.accept(next(offers))

    def of(self, agent: AgentDesk, item: work_pb2.WorkItem) -> str:
        """The call of a work item, once it has one."""
        asked = routing.GetWorkItemRequest(work_item_id=item.id)

        def found() -> str:
            told = agent.routing.GetWorkItem(asked, metadata=agent.metadata, timeout=30).work_item
            return str(told.conference_id)

        return eventually(found, ON_THE_WAY, "the call of the work") or ""

    def ask(self, method: str, conference_id: str, metadata: Any = None, **more: Any) -> Any:
        """Call a method about a conference."""
        request = getattr(conferences, f"{method}Request")(conference_id=conference_id, **more)
        return getattr(self.calls, method)(request, metadata=metadata or self.seo.metadata, timeout=30)

    def wait(self, conference_id: str, state: str) -> pb.Conference:
        """Until the conference stands so."""
        wanted = pb.ConferenceState.Value(f"CONFERENCE_STATE_{state}")

        def stands() -> pb.Conference | None:
            found: pb.Conference = self.ask("GetConference", conference_id).conference
            return found if found.state == wanted else None

        found = eventually(stands, ON_THE_WAY, f"the call being {state}")
        assert found is not None
        return found

    def rings(self, telephone: str, before: int = 0) -> str:
        """The leg with which a telephone is called, once it is."""
        eventually(lambda: len(self.exchange.legs(telephone)) > before, ON_THE_WAY, f"{telephone} being called")
        return self.exchange.legs(telephone)[-1]

    def together(self, conference_id: str, *legs: str) -> None:
        """Until those hear each other, and nobody else."""
        eventually(lambda: self.exchange.together(conference_id) == set(legs), ON_THE_WAY, "being on one bridge")

    def heard_of(self, conference_id: str, leg_id: str) -> None:
        """Until the hub knows that somebody has answered."""

        def is_up() -> bool:
            legs = self.ask("GetConference", conference_id).conference.legs
            return any(leg.id == leg_id and leg.state == case_pb2.CALL_STATE_UP for leg in legs)

        eventually(is_up, ON_THE_WAY, "the hub hearing of the answer")

    def gone(self, *legs: str) -> None:
        """Until those have ended."""
        eventually(lambda: not set(legs) & set(self.exchange.channels), ON_THE_WAY, "being hung up")


@pytest.fixture
def centre(hub: RunningHub, exchange: Switchboard) -> Iterator[Centre]:
    exchange.forget()
    found = Centre(hub, exchange)
    yield found
    found.seo.presence(work_pb2.PRESENCE_OFFLINE)


def test_who_takes_a_call_is_called_and_put_through_and_who_hangs_up_ends_it(centre: Centre) -> None:
    citizen, item = centre.take(centre.seo)
    agent = centre.rings(SEO)
    call = centre.of(centre.seo, item)
    assert centre.exchange.together(call) == set(), "the citizen hears music yet"
    centre.exchange.pick_up(agent)
    centre.together(call, citizen, agent)
    found = centre.wait(call, "BRIDGED")
    assert (found.purpose, found.work_item_id) == (pb.CONFERENCE_PURPOSE_TALK, item.id)
    centre.exchange.hang_up(agent)
    centre.wait(call, "ENDED")
    centre.gone(citizen, agent)
    assert len(centre.exchange.legs(SEO)) == 1
    centre.seo.finish(item.id)


def test_a_busy_telephone_puts_the_citizen_before_another_agent_and_pauses_this_one(
    centre: Centre, hub: RunningHub
) -> None:
    centre.exchange.busy.add(SEO)
    citizen, item = centre.take(centre.seo)
    han = hub.agent("han", capacity=ONE_CALL)
    again = han.accept(next(han.offers()))
    assert again.id == item.id
    assert len(centre.exchange.legs(SEO)) == 2
    agent = centre.rings(HAN)
    centre.exchange.pick_up(agent)
    call = centre.of(han, again)
    centre.together(call, citizen, agent)
    agents = han.routing.ListAgents(routing.ListAgentsRequest(), metadata=centre.chief, timeout=30).agents
    (seo,) = (one for one in agents if one.id == "seo")
    assert (seo.presence, seo.presence_reason) == (work_pb2.PRESENCE_PAUSED, "telephone")
    explained = han.routing.ExplainRouting(
        routing.ExplainRoutingRequest(work_item_id=item.id), metadata=centre.chief, timeout=30
    ).decisions
    assert [(one.agent_id, one.telephone_unanswered) for one in explained] == [("seo", True), ("han", False)]
    han.finish(item.id)
    centre.gone(citizen, agent)
    han.presence(work_pb2.PRESENCE_OFFLINE)


def test_a_worker_that_is_killed_between_the_acceptance_and_the_bridge_leaves_nobody_waiting(
    centre: Centre, hub: RunningHub
) -> None:
    citizen, item = centre.take(centre.seo)
    agent = centre.rings(SEO)
    hub.kill("worker")
    centre.exchange.pick_up(agent)
    centre.exchange.answering.add(SEO)  # should the next worker live too late to hear that this call was answered
    hub.start("worker")
    call = centre.of(centre.seo, item)
    centre.wait(call, "BRIDGED")
    *before, last = centre.exchange.legs(SEO)
    centre.together(call, citizen, last)
    centre.gone(*before)
    centre.seo.finish(item.id)
    centre.gone(citizen, last)


def test_work_taken_while_no_worker_lives_is_put_through_by_the_next(centre: Centre, hub: RunningHub) -> None:
    centre.exchange.answering.add(SEO)
    offers = centre.seo.offers()
    citizen = centre.exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
    offer = next(offers)
    hub.kill("worker")
    item = centre.seo.accept(offer)
    hub.start("worker")
    call = centre.of(centre.seo, item)
    centre.wait(call, "BRIDGED")
    agent = centre.exchange.legs(SEO)[-1]
    centre.together(call, citizen, agent)
    centre.seo.finish(item.id)
    centre.gone(citizen, agent)


def test_a_call_becomes_a_safety_conference_is_listened_in_on_and_taken_over_by_a_key(centre: Centre) -> None:
    centre.exchange.answering |= {SEO, CHIEF}
    citizen, item = centre.take(centre.seo)
    call = centre.of(centre.seo, item)
    agent = centre.rings(SEO)
    centre.together(call, citizen, agent)
    centre.ask("MonitorConference", call, centre.chief)
    chief = centre.rings(CHIEF)
    centre.together(call, citizen, agent, chief)
    assert chief in centre.exchange.muted
    centre.heard_of(call, chief)
    centre.ask("BargeConference", call, centre.chief)
    eventually(lambda: chief not in centre.exchange.muted, ON_THE_WAY, "the supervisor being heard")
    request = conferences.StartConferenceRequest(
        case_id=item.case_id, request_id=uuid4().hex, target=pb.ConferenceTarget(emergency=pb.EMERGENCY_SERVICE_POLICE)
    )
    safety = centre.calls.StartConference(request, metadata=centre.seo.metadata, timeout=30).conference
    assert (safety.id, safety.purpose) == (call, pb.CONFERENCE_PURPOSE_SAFETY)
    police = centre.rings(POLICE)
    centre.exchange.pick_up(police)
    centre.together(call, citizen, agent, chief, police)
    centre.exchange.press(police, "1")
    taken = centre.wait(call, "ACKNOWLEDGED")
    assert taken.acknowledgement == pb.ACKNOWLEDGEMENT_BY_KEY
    centre.ask("LeaveMonitoring", call, centre.chief)
    centre.ask("LeaveConference", call)
    centre.together(call, citizen, police)
    kinds = {one.kind: one.actor for one in centre.ask("GetConference", call).entries}
    assert kinds[pb.CONFERENCE_ENTRY_KIND_MONITORED] == kinds[pb.CONFERENCE_ENTRY_KIND_BARGED] == "chief"
    centre.seo.finish(item.id)
    centre.ask("EndConference", call, centre.chief, reason="test")
    centre.gone(citizen, police)


def test_an_agent_phones_the_citizen_who_wrote(centre: Centre, hub: RunningHub) -> None:
    digits = f"10{uuid4().int % 10**8:08}"
    assert hub.text_message(f"+82{digits}", "전화 주세요").status_code == 200
    asked = intake.ListCasesRequest(address=f"+82{digits}", page_size=1)
    (case,) = centre.seo.intake.ListCases(asked, metadata=centre.seo.metadata, timeout=30).cases
    request = conferences.StartCallRequest(case_id=case.id, request_id=uuid4().hex)
    call = centre.calls.StartCall(request, metadata=centre.seo.metadata, timeout=30).conference.id
    agent = centre.rings(SEO)
    assert centre.exchange.legs(f"PJSIP/0{digits}@trunk") == []
    centre.exchange.pick_up(agent)
    citizen = centre.rings(f"PJSIP/0{digits}@trunk")
    centre.exchange.pick_up(citizen)
    centre.together(call, citizen, agent)
    centre.ask("EndConference", call)
    centre.gone(citizen, agent)
