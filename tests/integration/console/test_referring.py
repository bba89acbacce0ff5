"""A referral from the desk: the agency is called into the talk and answers, says what it does, and the citizen says
whether it helped."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import referral_pb2 as pb

from demo.switchboard import Switchboard
from tests.hub import RunningHub
from tests.integration.console.calling import ONE_CALL, rings
from tests.referring import Helper
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow
WORDS = "집에서 쫓겨나 갈 곳이 없어요 긴급복지"
NUMBER, AGENCY = "+82312289999", "PJSIP/0312289999@trunk"
TAKES_IT = pb.REFERRAL_STATE_ACCEPTED


@dataclass(frozen=True)
class Card:
    """A referral to which the citizen has agreed, on the desk of an agent who talks with them."""

    id: str
    agent: Seat
    helper: Helper

    def press(self, step: str, button: str = "", /, **filled: object) -> str:
        """Do a step; what is said."""
        return self.agent.done(f"/{self.id}/{step}", button, **filled)

    def says(self, part: str, wanted: str) -> None:
        """Until a part of the card says this."""
        self.agent.shows(f"referral-{self.id}-{part}", wanted)


@pytest.fixture
def card(hub: RunningHub, kim: Seat) -> Card:
    helper = Helper(hub, hub.agent(kim.subject, capacity=ONE_CALL))
    service = helper.find(WORDS, area="41110")
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_TELEPHONE, telephone=NUMBER)
    case_id = kim.path.rpartition("/")[2]
    referral_id = helper.refer(case_id, service, pb.REFERRAL_KIND_WELFARE, "월세가 밀려 쫓겨났습니다.")
    helper.agree(referral_id, pb.CONSENT_PURPOSE_CRISIS_SUPPORT)
    kim.until(lambda: kim.forms(f"/{referral_id}/call"), "the card of the referral")
    return Card(referral_id, kim, helper)


def test_an_agency_that_answers_takes_over_and_the_agent_may_leave(exchange: Switchboard, card: Card) -> None:
    exchange.busy.add(AGENCY)
    assert card.press("call") == "기관에 전화합니다. 어디까지 되었는지는 지나온 일에 나타납니다."
    card.says("entries", "통화 중이었음")
    exchange.busy.discard(AGENCY)
    refused = card.agent.refused(f"/{card.id}/report", "call", state=TAKES_IT)
    assert refused == "기관이 전화를 받지 않았습니다. 다시 전화하거나, 달리 들은 것이면 '적기'를 누르세요."
    card.press("call")
    leg = rings(exchange, AGENCY)
    exchange.pick_up(leg)
    card.says("entries", "전화함 · 받음")
    card.agent.shows("bridge-legs", "기관")
    assert "아직 아무도 맡지 않아" in card.agent.refused("/bridge/leave")
    card.press("report", "call", state=TAKES_IT, note="오늘 오후에 뵙기로 했습니다.")
    card.says("head", "기관 수락")
    assert card.helper.stands(card.id) == "ACCEPTED"
    card.agent.done("/bridge/leave")
    card.agent.shows("bridge-state", "기관과 통화 중")
    assert leg in exchange.channels


def test_an_agency_is_hung_up_and_the_citizen_says_later_that_it_helped(exchange: Switchboard, card: Card) -> None:
    card.press("call")
    leg = rings(exchange, AGENCY)
    exchange.pick_up(leg)
    card.says("entries", "전화함 · 받음")
    card.agent.shows("bridge-legs", "기관")
    card.press("hang_up")
    eventually(lambda: leg not in exchange.channels, 20, "the agency being hung up")
    card.agent.shows("bridge-state", "통화 중")
    card.press("report", "report", state=pb.REFERRAL_STATE_COMPLETED, note="긴급주거를 지원했습니다.")
    assert card.press("confirm", outcome=0) == "받지 않았다고 적었습니다. 나중에 다시 물어보세요."
    card.says("entries", "전화함 · 받지 않음")
    card.press("confirm", outcome=pb.REFERRAL_OUTCOME_HELPED, note="집을 구했다고 합니다.")
    card.says("head", "도움이 됨")
    found = card.helper.call("GetReferral", referral_id=card.id).opened.referral
    assert (found.state, found.outcome) == (pb.REFERRAL_STATE_CONFIRMED, pb.REFERRAL_OUTCOME_HELPED)
    card.agent.until(lambda: not card.agent.forms(f"/{card.id}/confirm"), "nothing more being asked")
