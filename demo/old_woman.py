"""An old woman's round: she does not answer twice, her daughter knows nothing, somebody goes there, she needs help, is
referred, and says that it helped. Agents call; what others would say is said here by the supervisor."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import grpc
import urllib3
from hub120.outreach.v1 import check_in_pb2 as pb
from hub120.outreach.v1 import check_in_service_pb2 as check_ins
from hub120.outreach.v1 import people_service_pb2 as people
from hub120.outreach.v1 import round_service_pb2 as rounds
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import referral_pb2
from hub120.referral.v1 import referral_service_pb2 as referrals

from demo import doors
from demo.neighbours import DAUGHTER, OLD_WOMAN
from demo.trouble import Trouble

PURPOSE = "demonstration"
WAIT_S = 60.0
LOOK_S = 0.2
CALL_S = 30.0
AT_ONCE_H = 1 / 3600


class Round:
    """One round, over gRPC as a supervisor. ``webhooks`` is where the directory is read."""

    def __init__(self, address: str, webhooks: str, token: str) -> None:
        self._channel = grpc.insecure_channel(address)
        self._webhooks = webhooks
        self._metadata = doors.metadata(token, PURPOSE)
        self._people, self._rounds = doors.people(self._channel), doors.rounds(self._channel)
        self._check_ins, self._referrals = doors.check_ins(self._channel), doors.referrals(self._channel)
        self._agencies = doors.agencies(self._channel)

    def run(self) -> pb.Round:
        """From the consent to her own word; the round's figures. Raises ``Trouble`` if it gets stuck."""
        try:
            round_id, check_in_id = self._enrol()
            self._wait(lambda: self._stands(check_in_id) == pb.CHECK_IN_STATE_VISIT_ORDERED, "nobody looks for her")
            by = datetime.now(UTC) + timedelta(hours=3)
            visit = check_ins.OrderVisitRequest(check_in_id=check_in_id, visitor="visitor-1", visit_by_time=by)
            self._ask(self._check_ins.OrderVisit, visit)
            found = check_ins.ReportOutcomeRequest(
                check_in_id=check_in_id, outcome=pb.CHECK_IN_OUTCOME_IN_NEED, needs=["food"], note="쌀이 떨어졌음"
            )
            self._refer(self._ask(self._check_ins.ReportOutcome, found).check_in.case_id)
            self._wait(lambda: self._figures(round_id).helped, "the round does not hear that she was helped")
            return self._figures(round_id)
        finally:
            self._channel.close()

    def _enrol(self) -> tuple[str, str]:
        """She agrees, and is called from now on; the round and her check-in."""
        programme_id, person_id = str(uuid4()), str(uuid4())
        programme = pb.Programme(
            id=programme_id, name="매일 안부", weekdays=range(1, 8), holidays=pb.HOLIDAY_RULE_CALL, calls_per_hour=60,
            sheet_id="living-alone", tries=2, hours={"retry": AT_ONCE_H},
        )  # fmt: skip
        self._ask(self._rounds.PutProgramme, rounds.PutProgrammeRequest(programme=programme))
        second = pb.SecondContact(name="김딸", relation="딸", telephone=DAUGHTER, agreed=True)
        person = pb.Person(
            id=person_id, name="박영자", telephone=OLD_WOMAN, language="ko", bond_ids=["kim"], second_contact=second
        )
        self._ask(self._people.PutPerson, people.PutPersonRequest(person=person))
        agreed = people.RecordCallConsentRequest(
            person_id=person_id, how=pb.CONSENT_HOW_SPOKEN, wording="demonstration", request_id=uuid4().hex
        )
        self._ask(self._people.RecordCallConsent, agreed)
        self._ask(self._rounds.Enrol, rounds.EnrolRequest(programme_id=programme_id, person_id=person_id))
        planned = self._ask(self._rounds.ListRounds, rounds.ListRoundsRequest(programme_id=programme_id)).rounds
        (check_in,) = self._ask(
            self._check_ins.ListCheckIns, check_ins.ListCheckInsRequest(round_id=planned[-1].id)
        ).check_ins
        return planned[-1].id, check_in.id

    def _refer(self, case_id: str) -> None:
        """She is led to a service of the sample directory, and everybody does their part."""
        service = self._service()
        agency = agencies.Agency(
            organization_id=service["organization"]["id"], road=agencies.AGENCY_ROAD_TELEPHONE, telephone="129"
        )
        self._ask(self._agencies.PutAgency, agencies.PutAgencyRequest(agency=agency))
        proposed = referrals.ProposeReferralRequest(
            case_id=case_id, service_id=service["id"], kind=referral_pb2.REFERRAL_KIND_WELFARE, need="food",
            summary="혼자 사시며 쌀이 떨어졌습니다.", request_id=uuid4().hex,
        )  # fmt: skip
        referral_id = self._ask(self._referrals.ProposeReferral, proposed).referral.id
        consent = referrals.RecordConsentRequest(
            referral_id=referral_id, purpose=referral_pb2.CONSENT_PURPOSE_CRISIS_SUPPORT,
            items=[referral_pb2.CONSENT_ITEM_CASE_SUMMARY], expire_time=datetime.now(UTC) + timedelta(days=30),
            how=referral_pb2.CONSENT_HOW_SPOKEN, refusal_told=True, request_id=uuid4().hex,
        )  # fmt: skip
        self._ask(self._referrals.RecordConsent, consent)
        self._ask(self._referrals.SendReferral, referrals.SendReferralRequest(referral_id=referral_id))
        for state in (referral_pb2.REFERRAL_STATE_ACCEPTED, referral_pb2.REFERRAL_STATE_COMPLETED):
            said = referrals.ReportForAgencyRequest(referral_id=referral_id, state=state, request_id=uuid4().hex)
            self._ask(self._referrals.ReportForAgency, said)
        helped = referrals.ConfirmOutcomeRequest(referral_id=referral_id, outcome=referral_pb2.REFERRAL_OUTCOME_HELPED)
        self._ask(self._referrals.ConfirmOutcome, helped)

    def _service(self) -> Any:
        """A service of the directory that helps in need."""
        asked = {"search": "긴급", "per_page": "1", "full": "true"}
        with urllib3.PoolManager(retries=False) as pool:
            answer = pool.request("GET", f"{self._webhooks}/directory/services", fields=asked, timeout=CALL_S)
        return answer.json()["contents"][0]

    def _stands(self, check_in_id: str) -> Any:
        request = check_ins.GetCheckInRequest(check_in_id=check_in_id)
        return self._ask(self._check_ins.GetCheckIn, request).check_in.state

    def _figures(self, round_id: str) -> pb.Round:
        found: pb.Round = self._ask(self._rounds.GetRound, rounds.GetRoundRequest(round_id=round_id)).round
        return found

    def _wait(self, is_so: Callable[[], Any], otherwise: str) -> None:
        until = time.monotonic() + WAIT_S
        while not is_so():
            if time.monotonic() > until:
                raise Trouble(f"The old woman's round is stuck: {otherwise}.")
            time.sleep(LOOK_S)

    def _ask(self, method: Any, request: Any) -> Any:
        return method(request, metadata=self._metadata, timeout=CALL_S, wait_for_ready=True)
