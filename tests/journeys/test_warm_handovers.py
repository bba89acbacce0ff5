"""Warm hand-over on a running hub with an exchange: the agency is brought onto the call, takes over, the agent leaves,
the two talk on; and a consent that is taken back while it rings, with the worker dead, leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import referral_pb2 as pb
from hub120.routing.v1 import conference_pb2, conference_service_pb2_grpc, work_pb2
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import routing_service_pb2 as routing

from demo.switchboard import Switchboard
from tests.hub import RunningHub
from tests.outside import asterisk
from tests.referring import SAMPLE, Helper
from tests.waiting import eventually

KIM, AGENCY = "PJSIP/kim", "PJSIP/0312281234@trunk"
NUMBER = "+82312281234"
CENTRE = "120 경기도 콜센터"
ON_THE_WAY = 90.0
"""Seconds: what must happen at all, on a machine with much to do."""


@pytest.fixture(scope="module")
def environment(exchange: Switchboard) -> dict[str, str]:
    return {**asterisk(exchange.url, announcement_media="sound:tts/{language}/{text}"), "HUB120_CENTRE_NAME": CENTRE}


pytestmark = pytest.mark.parametrize(
    "hub", [pytest.param("distributed", marks=pytest.mark.servers)], indirect=True, scope="module"
)
"""Only there do services hear each other late and out of order; their use cases are tested on both databases."""


class Caller:
    """An agent on the telephone with a citizen who has agreed to a referral."""

    def __init__(self, hub: RunningHub, exchange: Switchboard, helper: Helper) -> None:
        self.exchange, self.helper = exchange, helper
        self._calls = conference_service_pb2_grpc.ConferenceServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        offers = helper.desk.offers()
        self.citizen = exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
        self.item: work_pb2.WorkItem = helper.desk.accept(next(offers))
        asked = routing.GetWorkItemRequest(work_item_id=self.item.id)

        def talks() -> str:
            item = helper.desk.routing.GetWorkItem(asked, metadata=helper.desk.metadata, timeout=30).work_item
            return str(item.conference_id) if self.citizen in exchange.together(item.conference_id) else ""

        self.conference_id = eventually(talks, ON_THE_WAY, "the citizen being put through") or ""
        self.kim = exchange.legs(KIM)[-1]
        bridged = conference_pb2.CONFERENCE_STATE_BRIDGED
        eventually(lambda: self.conference().conference.state == bridged, ON_THE_WAY, "routing knowing that they talk")
        service = helper.find("집에서 쫓겨나 갈 곳이 없어요 긴급복지", area="41110")
        helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_TELEPHONE, telephone=NUMBER)
        summary = "월세가 밀려 쫓겨났고 역에서 지냅니다."
        self.referral_id = helper.refer(self.item.case_id, service, pb.REFERRAL_KIND_WELFARE, summary)

    def agree(self) -> str:
        return self.helper.agree(self.referral_id, pb.CONSENT_PURPOSE_CRISIS_SUPPORT)

    def about(self, method: str, **more: Any) -> Any:
        """Call a method about the referral."""
        return self.helper.call(method, referral_id=self.referral_id, **more)

    def calls_the_agency(self) -> str:
        """The leg with which the agency is called."""
        before = len(self.exchange.legs(AGENCY))
        self.about("CallAgency", request_id=uuid4().hex)
        eventually(lambda: len(self.exchange.legs(AGENCY)) > before, ON_THE_WAY, "the agency being called")
        return self.exchange.legs(AGENCY)[-1]

    def says(self, state: Any, **more: Any) -> None:
        """The agent reports what the agency says in the call."""
        assert self.about("ReportAgencyCall", state=state, request_id=uuid4().hex, **more).allowed

    def stands(self, state: str) -> None:
        """Wait until the referral stands so."""
        eventually(lambda: self.helper.stands(self.referral_id) == state, ON_THE_WAY, f"the referral being {state}")

    def heard(self, reason: str) -> None:
        """Wait for an entry that says how a call of the agency went."""
        watched = self.about("WatchReferral")
        told = (one.entry for one in watched)
        assert next(one for one in told if (one.kind, one.reason) == ("called", reason))
        watched.cancel()

    def conference(self, method: str = "GetConference") -> Any:
        """Call a method about the talk."""
        request = getattr(conferences, f"{method}Request")(conference_id=self.conference_id)
        return getattr(self._calls, method)(request, metadata=self.helper.desk.metadata, timeout=30)

    def has_taken_over(self) -> bool:
        """Whether the talk knows that the agency takes over."""
        kinds = {one.kind for one in self.conference().entries}
        return conference_pb2.CONFERENCE_ENTRY_KIND_ACKNOWLEDGED in kinds

    def together(self, *legs: str) -> None:
        """Wait until these hear each other, and nobody else."""
        eventually(
            lambda: self.exchange.together(self.conference_id) == set(legs), ON_THE_WAY, "these hearing each other"
        )


@pytest.fixture(scope="module")
def helper(hub: RunningHub, exchange: Switchboard) -> Iterator[Helper]:
    exchange.answering.add(KIM)
    hub.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
    desk = hub.agent("kim", capacity=4)
    yield Helper(hub, desk)
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def test_an_agency_is_brought_onto_the_call_takes_over_and_the_agent_leaves(
    hub: RunningHub, exchange: Switchboard, helper: Helper
) -> None:
    caller = Caller(hub, exchange, helper)
    with pytest.raises(grpc.RpcError, match="consent"):
        caller.about("CallAgency", request_id="too-early")
    caller.agree()
    exchange.busy.add(AGENCY)
    caller.calls_the_agency()
    caller.heard("busy")
    exchange.busy.clear()
    agency = caller.calls_the_agency()
    exchange.pick_up(agency)
    caller.together(caller.citizen, caller.kim, agency)
    assert any(heard_by == agency for heard_by, _ in exchange.said)
    caller.stands("SENT")
    with pytest.raises(grpc.RpcError, match="nobody has taken over"):
        caller.conference("LeaveConference")
    caller.says(pb.REFERRAL_STATE_ACKNOWLEDGED)
    caller.says(pb.REFERRAL_STATE_ACCEPTED, note="오늘 오후에 뵙기로 했습니다.")
    eventually(caller.has_taken_over, ON_THE_WAY, "routing hearing that the agency takes over")
    caller.conference("LeaveConference")
    caller.together(caller.citizen, agency)
    helper.desk.finish(caller.item.id, close_case=False)
    assert caller.conference().conference.state == conference_pb2.CONFERENCE_STATE_HANDED_OVER
    caller.together(caller.citizen, agency)
    exchange.hang_up(agency)
    eventually(lambda: caller.citizen not in exchange.channels, ON_THE_WAY, "nobody being left alone")
    caller.stands("ACCEPTED")
    report = {"state": pb.REFERRAL_STATE_COMPLETED, "request_id": uuid4().hex}
    assert caller.about("ReportForAgency", **report).allowed
    told = caller.about("ConfirmOutcome", outcome=pb.REFERRAL_OUTCOME_HELPED)
    assert told.referral.state == pb.REFERRAL_STATE_CONFIRMED


def test_a_consent_taken_back_while_it_rings_and_the_worker_is_dead_moves_nothing_on(
    hub: RunningHub, exchange: Switchboard, helper: Helper
) -> None:
    caller = Caller(hub, exchange, helper)
    consent_id = caller.agree()
    agency = caller.calls_the_agency()
    hub.kill("worker")
    helper.call("RevokeConsent", consent_id=consent_id, note="생각이 바뀌었어요")
    hub.start("worker")
    eventually(lambda: agency not in exchange.channels, ON_THE_WAY, "the agency being hung up")
    caller.heard("consent_ended")
    caller.together(caller.citizen, caller.kim)
    opened = caller.about("GetReferral").opened.referral
    assert (opened.state, opened.HasField("send_time")) == (pb.REFERRAL_STATE_WITHDRAWN, False)
    exchange.hang_up(caller.citizen)
    helper.desk.finish(caller.item.id)
