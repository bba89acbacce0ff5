"""An old person's round on a running hub with an exchange that has telephones: no answer twice, the second contact, a
visit, a need, a referral, and their word that it helped. And recipients of a mailing, called one after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2
from hub120.outreach.v1 import (
    campaign_service_pb2,
    campaign_service_pb2_grpc,
    check_in_service_pb2,
    check_in_service_pb2_grpc,
    contact_rule_service_pb2,
    contact_rule_service_pb2_grpc,
    mailing_pb2,
    mailing_service_pb2,
    mailing_service_pb2_grpc,
    people_service_pb2,
    people_service_pb2_grpc,
    round_service_pb2,
    round_service_pb2_grpc,
)
from hub120.outreach.v1 import check_in_pb2 as pb
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import referral_pb2
from hub120.routing.v1 import work_pb2

from demo.switchboard import Switchboard
from tests.hub import AgentDesk, RunningHub
from tests.outside import asterisk
from tests.referring import SAMPLE, Helper
from tests.waiting import eventually

PERSON, DAUGHTER = "PJSIP/01033334444@trunk", "PJSIP/01011112222@trunk"
KIM = "PJSIP/kim"
ON_THE_WAY = 90.0
"""Seconds: what must happen at all, on a machine with much to do."""
AT_ONCE = 1 / 3600
"""Hours: a second."""
_STUBS = {
    "people": (people_service_pb2, people_service_pb2_grpc.PeopleServiceStub),
    "rounds": (round_service_pb2, round_service_pb2_grpc.RoundServiceStub),
    "campaigns": (campaign_service_pb2, campaign_service_pb2_grpc.CampaignServiceStub),
    "mailings": (mailing_service_pb2, mailing_service_pb2_grpc.MailingServiceStub),
    "rules": (contact_rule_service_pb2, contact_rule_service_pb2_grpc.ContactRuleServiceStub),
    "check_ins": (check_in_service_pb2, check_in_service_pb2_grpc.CheckInServiceStub),
}

pytestmark = pytest.mark.parametrize(
    "hub", [pytest.param("distributed", marks=pytest.mark.servers)], indirect=True, scope="module"
)
"""Only there do services hear each other late; the use cases are tested on both databases."""


@pytest.fixture(scope="module")
def environment(exchange: Switchboard) -> dict[str, str]:
    return {**asterisk(exchange.url), "HUB120_CHECK_IN_HOURS": "00:00-24:00"}


class Centre:
    """Kim, who calls old people, and whose telephone is answered at once."""

    def __init__(self, hub: RunningHub, exchange: Switchboard) -> None:
        self.hub, self.exchange = hub, exchange
        exchange.answering.add(KIM)
        self.kim: AgentDesk = hub.agent("kim", capacity=4)
        self.helper = Helper(hub, self.kim)
        self.offers = self.kim.offers()
        self.check_in_id = ""

    def ask(self, service: str, method: str, *, chief: bool = False, **values: Any) -> Any:
        """Call a method of outreach."""
        contract, stub = _STUBS[service]
        asked = getattr(contract, f"{method}Request")(**values)
        metadata = self.hub.metadata("chief", "supervisor") if chief else self.kim.metadata
        call = getattr(stub(self.hub.channel), method)  # type: ignore[no-untyped-call]
        return call(asked, metadata=(*metadata, ("hub120-purpose", "care")), timeout=30)

    def begin(self) -> tuple[str, str]:
        """Somebody agrees and is called from now on; the programme and the person."""
        programme_id, person_id = str(uuid4()), str(uuid4())
        hours = {"retry": AT_ONCE, "second_contact": 24.0}
        programme = pb.Programme(
            id=programme_id, name="매일 안부", weekdays=range(1, 8), holidays=pb.HOLIDAY_RULE_CALL,
            calls_per_hour=600, sheet_id="living-alone", tries=2, hours=hours,
        )  # fmt: skip
        self.ask("rounds", "PutProgramme", chief=True, programme=programme)
        second = pb.SecondContact(name="김딸", relation="딸", telephone="010-1111-2222", agreed=True)
        person = pb.Person(
            id=person_id, name="박영자", telephone="010-3333-4444", language="ko", bond_ids=["kim"],
            second_contact=second,
        )  # fmt: skip
        self.ask("people", "PutPerson", person=person)
        consent: dict[str, Any] = {"how": pb.CONSENT_HOW_SPOKEN, "wording": "2026-05", "request_id": uuid4().hex}
        self.ask("people", "RecordCallConsent", person_id=person_id, **consent)
        self.ask("rounds", "Enrol", programme_id=programme_id, person_id=person_id)
        return programme_id, person_id

    def take(self, purpose: str) -> work_pb2.WorkItem:
        """Kim takes the call that is wanted."""
        item = self.kim.accept(next(offer for offer in self.offers if offer.work_item.purpose == purpose))
        return item

    def rings(self, telephone: str, before: int) -> str:
        """The leg with which a telephone is called."""
        eventually(lambda: len(self.exchange.legs(telephone)) > before, ON_THE_WAY, f"{telephone} being called")
        return self.exchange.legs(telephone)[-1]

    def does_not_answer(self, times: int) -> None:
        """They are called by Kim, and nobody picks up."""
        item = self.take("check_in")
        leg = self.rings(PERSON, times)
        self.exchange.hang_up(leg, 19)
        eventually(lambda: not self.exchange.together(leg), ON_THE_WAY, "the call being over")
        self.ended(item)

    def ended(self, item: work_pb2.WorkItem) -> None:
        """Nobody is on the line any more, as the hub knows, and Kim is done."""
        eventually(lambda: not set(self.exchange.legs(KIM)) & set(self.exchange.channels), ON_THE_WAY, "hanging up")
        self.kim.finish(item.id, close_case=False)

    def stands(self, state: str) -> check_in_service_pb2.GetCheckInResponse:
        """Until the check-in stands so."""
        wanted = pb.CheckInState.Value(f"CHECK_IN_STATE_{state}")

        def there() -> Any:
            found = self.ask("check_ins", "GetCheckIn", check_in_id=self.check_in_id)
            return found if found.check_in.state == wanted else None

        found: check_in_service_pb2.GetCheckInResponse = eventually(there, ON_THE_WAY, f"the check-in being {state}")
        return found


@pytest.fixture
def centre(hub: RunningHub, exchange: Switchboard) -> Iterator[Centre]:
    exchange.forget()
    hub.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
    found = Centre(hub, exchange)
    yield found
    found.kim.presence(work_pb2.PRESENCE_OFFLINE)


def other_call(centre: Centre) -> None:
    """Somebody calls in: an exchange that tells of calls is there, and can call."""
    citizen = centre.exchange.call_in("+821099990000")
    item = centre.kim.accept(next(centre.offers))
    centre.rings(KIM, 0)
    eventually(lambda: len(centre.exchange.heard_with(citizen)) > 1, ON_THE_WAY, "the citizen being put through")
    centre.exchange.hang_up(citizen)
    eventually(lambda: not centre.exchange.channels, ON_THE_WAY, "hanging up")
    centre.kim.finish(item.id)


def test_an_old_persons_round_goes_from_no_answer_to_help_that_is_confirmed(centre: Centre) -> None:
    other_call(centre)
    programme_id, person_id = centre.begin()
    rounds = centre.ask("rounds", "ListRounds", programme_id=programme_id).rounds
    round_id = rounds[-1].id
    (listed,) = centre.ask("check_ins", "ListCheckIns", round_id=round_id).check_ins
    centre.check_in_id = listed.id
    assert listed.person_id == person_id
    centre.does_not_answer(0)
    centre.does_not_answer(1)
    item = centre.take("second_contact")
    seen = centre.ask("check_ins", "GetCheckIn", case_id=item.case_id)
    assert (seen.check_in.id, seen.person.name) == (centre.check_in_id, "박영자")
    assert seen.person.second_contact.name == "김딸"
    centre.exchange.pick_up(centre.rings(DAUGHTER, 0))
    eventually(lambda: len(centre.exchange.heard_with(centre.exchange.legs(DAUGHTER)[-1])) > 1, ON_THE_WAY, "a talk")
    unknown = pb.CHECK_IN_OUTCOME_NOT_FOUND
    centre.ask("check_ins", "ReportOutcome", check_in_id=centre.check_in_id, outcome=unknown, note="모르신다고 함")
    centre.exchange.hang_up(centre.exchange.legs(DAUGHTER)[-1])
    centre.ended(item)
    assert centre.stands("VISIT_ORDERED").check_in.escalation == "no_office"
    by = datetime.now(UTC) + timedelta(hours=3)
    centre.ask("check_ins", "OrderVisit", check_in_id=centre.check_in_id, visitor="visitor-7", visit_by_time=by)
    need: dict[str, Any] = {"outcome": pb.CHECK_IN_OUTCOME_IN_NEED, "needs": ["housing"], "note": "월세가 밀림"}
    visited = centre.ask("check_ins", "ReportOutcome", check_in_id=centre.check_in_id, **need).check_in
    assert visited.case_id == centre.kim.case_of("+821033334444")
    confirmed = refer_and_confirm(centre.helper, visited.case_id)

    def helped() -> bool:
        needs = centre.ask("check_ins", "GetCheckIn", check_in_id=centre.check_in_id).check_in.needs
        return [(one.referral_id, one.referral_state) for one in needs] == [(confirmed, "confirmed")]

    eventually(helped, ON_THE_WAY, "the round showing that it helped")
    check_round(centre, round_id)


def check_round(centre: Centre, round_id: str) -> None:
    """What the round says in the end, in figures and step by step."""
    figures = centre.ask("rounds", "GetRound", round_id=round_id).round
    assert (figures.attempts, figures.visits, figures.needs, figures.helped) == (3, 1, 1, 1)
    assert [(one.state, one.count) for one in figures.states] == [(pb.CHECK_IN_STATE_VISITED, 1)]
    assert figures.work_seconds > 0
    watched = centre.ask("rounds", "WatchRound", round_id=round_id)
    kinds = [next(watched).entry.kind for _ in range(8)]
    watched.cancel()
    assert kinds[:4] == ["planned", "moved", "call", "call_ended"]


def refer_and_confirm(helper: Helper, case_id: str) -> str:
    """The agent proposes help with the check-in's case, and everybody does their part; the referral."""
    service = helper.find("월세를 못 내고 있어요 긴급복지", area="41110")
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_TELEPHONE, telephone="129")
    referral_id = helper.refer(case_id, service, referral_pb2.REFERRAL_KIND_WELFARE, "월세가 밀렸습니다.")
    helper.agree(referral_id, referral_pb2.CONSENT_PURPOSE_CRISIS_SUPPORT)
    assert helper.call("SendReferral", referral_id=referral_id).call_agency
    for state in ("ACKNOWLEDGED", "ACCEPTED", "COMPLETED"):
        said = referral_pb2.ReferralState.Value(f"REFERRAL_STATE_{state}")
        assert helper.call("ReportForAgency", referral_id=referral_id, state=said, request_id=uuid4().hex).allowed
    helper.call("ConfirmOutcome", referral_id=referral_id, outcome=referral_pb2.REFERRAL_OUTCOME_HELPED, note="")
    return referral_id


PEOPLE = "이름,휴대폰,지역\n김하나,010-5555-0001,99\n이둘,010-5555-0002,99\n"
FIRST, SECOND = "PJSIP/01055550001@trunk", "PJSIP/01055550002@trunk"


def mailing_by_voice(centre: Centre) -> str:
    """A campaign that calls two people, one at a time and once each, at any hour."""
    hours = contact_rule_service_pb2.QuietHours(
        district="99", time_zone="Asia/Seoul", begin_time="00:00", end_time="00:00"
    )
    centre.ask("rules", "PutQuietHours", chief=True, quiet_hours=hours)
    list_id, mailing_id = str(uuid4()), str(uuid4())
    header = campaign_service_pb2.ListHeader(list_id=list_id, name="명단", filename="people.csv")
    pieces = [
        campaign_service_pb2.UploadListRequest(header=header),
        campaign_service_pb2.UploadListRequest(chunk=PEOPLE.encode()),
    ]
    stub = campaign_service_pb2_grpc.CampaignServiceStub(centre.hub.channel)  # type: ignore[no-untyped-call]
    brought = stub.UploadList(iter(pieces), metadata=centre.hub.metadata("chief", "supervisor"), timeout=30)
    assert (brought.list.members, brought.list.complete) == (2, True)
    centre.ask(
        "campaigns", "CreateCampaign", chief=True, mailing_id=mailing_id, title="검진", list_id=list_id,
        steps=[campaign_service_pb2.CampaignStep(channel="voice", address_kind="phone")],
        texts=[campaign_service_pb2.CampaignText(language="ko", text="{name}님, 검진 받으세요")],
        parallel_calls=1, call_attempts=1,
    )  # fmt: skip
    stands(centre, mailing_id, mailing_pb2.MAILING_STATE_READY)
    centre.ask("mailings", "StartMailing", chief=True, mailing_id=mailing_id)
    return mailing_id


def stands(centre: Centre, mailing_id: str, state: mailing_pb2.MailingState) -> mailing_pb2.MailingCounts:
    """Until a mailing stands so; where its recipients do."""

    def there() -> Any:
        found = centre.ask("mailings", "GetMailing", chief=True, mailing_id=mailing_id)
        return found.counts if found.mailing.state == state else None

    counts: mailing_pb2.MailingCounts = eventually(there, ON_THE_WAY, f"the mailing being {state}")
    return counts


def test_recipients_of_a_mailing_are_called_when_an_agent_has_taken_the_call(centre: Centre) -> None:
    other_call(centre)
    mailing_id = mailing_by_voice(centre)
    item = centre.take("campaign")
    told = centre.ask("mailings", "GetMailingCall", case_id=item.case_id)
    assert (told.text, told.attempt) == ("김하나님, 검진 받으세요", 1)
    assert item.priority_class == case_pb2.PRIORITY_CLASS_BULK
    leg = centre.rings(FIRST, 0)
    assert centre.exchange.heard_with(centre.exchange.legs(KIM)[-1]), "the agent is there before it rings"
    centre.exchange.pick_up(leg)
    eventually(lambda: len(centre.exchange.heard_with(leg)) > 1, ON_THE_WAY, "a talk")
    assert centre.exchange.legs(SECOND) == [], "one at a time"
    centre.exchange.hang_up(leg)
    centre.ended(item)
    item = centre.take("campaign")
    centre.exchange.hang_up(centre.rings(SECOND, 0), 19)
    centre.ended(item)
    counts = stands(centre, mailing_id, mailing_pb2.MAILING_STATE_DONE)
    assert (counts.delivered, counts.failed, dict(counts.reasons)) == (1, 1, {"no_answer": 1})
