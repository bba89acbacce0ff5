"""An agent who refers people, on a hub of real processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import grpc
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import agency_service_pb2_grpc as agencies_grpc
from hub120.referral.v1 import appointment_service_pb2 as meetings
from hub120.referral.v1 import appointment_service_pb2_grpc as meetings_grpc
from hub120.referral.v1 import legal_pb2 as legal
from hub120.referral.v1 import legal_service_pb2 as legal_desk
from hub120.referral.v1 import legal_service_pb2_grpc as legal_grpc
from hub120.referral.v1 import referral_pb2 as pb
from hub120.referral.v1 import referral_service_pb2 as referrals
from hub120.referral.v1 import referral_service_pb2_grpc as referrals_grpc
from hub120.referral.v1 import search_service_pb2 as searching
from hub120.referral.v1 import search_service_pb2_grpc as searching_grpc

from tests.documents import ROOT
from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually

SAMPLE = ROOT / "services" / "referral" / "sample" / "services.json"
STATES = {number: name.removeprefix("REFERRAL_STATE_") for name, number in pb.ReferralState.items()}


class Helper:
    """An agent who refers people."""

    def __init__(self, hub: RunningHub, desk: AgentDesk) -> None:
        self.desk, self._hub = desk, hub
        self._metadata = (*desk.metadata, ("hub120-purpose", "care"))
        self.agencies = agencies_grpc.AgencyServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.referrals = referrals_grpc.ReferralServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.legal = legal_grpc.LegalServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.meetings = meetings_grpc.AppointmentServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.searching = searching_grpc.SearchServiceStub(hub.channel)  # type: ignore[no-untyped-call]

    def call(self, method: str, **values: Any) -> Any:
        """Call a method of the ReferralService."""
        request = getattr(referrals, f"{method}Request")(**values)
        return getattr(self.referrals, method)(request, metadata=self._metadata, timeout=30)

    def find(self, words: str, **more: Any) -> searching.FoundService:
        """The best service for somebody's words, once it is indexed."""

        def found() -> Any:
            request = searching.SearchServicesRequest(query=words, **more)
            try:
                return self.searching.SearchServices(request, metadata=self._metadata, timeout=30).services
            except grpc.RpcError:
                return None

        service: searching.FoundService = eventually(found, 60, "the directory being indexed")[0]
        return service

    def put_agency(self, organization_id: str, **more: Any) -> None:
        """A supervisor says that a department's system takes it."""
        agency = agencies.Agency(organization_id=organization_id, **more)
        chief = self._hub.metadata("chief", "supervisor")
        self.agencies.PutAgency(agencies.PutAgencyRequest(agency=agency), metadata=chief, timeout=30)

    def ask(self, stub: Any, request: Any) -> Any:
        """Call the method of another service that takes this request."""
        method = type(request).__name__.removesuffix("Request")
        return getattr(stub, method)(request, metadata=self._metadata, timeout=30)

    def guard(self, referral_id: str) -> legal.Deadline:
        """Enter a deadline that is some days away."""
        start = (datetime.now(UTC) - timedelta(days=5)).date().isoformat()
        day = self.ask(self.legal, legal_desk.ProposeDeadlineRequest(rule="distance_sale_withdrawal", start_date=start))
        added = legal_desk.AddDeadlineRequest(
            referral_id=referral_id, kind=day.rule.kind, date=day.date, rule=day.rule.code, source="계약서를 받은 날",
            request_id=uuid4().hex,
        )  # fmt: skip
        deadline: legal.Deadline = self.ask(self.legal, added).deadline
        return deadline

    def book(self, referral_id: str, organization_id: str) -> meetings.BookAppointmentResponse:
        """Book the hour that a supervisor puts there."""
        put = meetings.PutSlotsRequest(
            organization_id=organization_id, start_time=datetime.now(UTC) + timedelta(days=9), minutes=30, capacity=1,
            medium=meetings.MEETING_MEDIUM_TELEPHONE, request_id=uuid4().hex,
        )  # fmt: skip
        self.meetings.PutSlots(put, metadata=self._hub.metadata("chief", "supervisor"), timeout=30)
        (slot,) = self.ask(self.meetings, meetings.ListFreeSlotsRequest(organization_id=organization_id)).slots
        wanted = meetings.BookAppointmentRequest(referral_id=referral_id, slot_id=slot.id, request_id=uuid4().hex)
        booked: meetings.BookAppointmentResponse = self.ask(self.meetings, wanted)
        return booked

    def refer(self, case_id: str, service: searching.FoundService, kind: Any, summary: str, **more: Any) -> str:
        """Propose help, with what the citizen said."""
        details = [
            pb.ItemValue(item=pb.CONSENT_ITEM_NAME, value="김영희"),
            pb.ItemValue(item=pb.CONSENT_ITEM_HEALTH, value="당뇨"),
        ]
        values = {"case_id": case_id, "service_id": service.service_id, "kind": kind, "need": "help", **more}
        made = self.call("ProposeReferral", **values, summary=summary, details=details, request_id=uuid4().hex)
        referral_id: str = made.referral.id
        return referral_id

    def agree(self, referral_id: str, purpose: Any) -> str:
        """The citizen agrees to their name and the summary being told, and to nothing else."""
        asked = {
            "referral_id": referral_id,
            "purpose": purpose,
            "items": [pb.CONSENT_ITEM_NAME, pb.CONSENT_ITEM_CASE_SUMMARY],
            "expire_time": datetime.now(UTC) + timedelta(days=90),
        }
        words = self.call("PrepareConsent", **asked).wordings
        assert words[0].language == "ko"
        how = {"how": pb.CONSENT_HOW_SPOKEN, "refusal_told": True, "request_id": uuid4().hex}
        consent_id: str = self.call("RecordConsent", **asked, **how).consent.id
        return consent_id

    def escalated(self) -> dict[str, str]:
        """Why supervisors are wanted where a deadline is open, by referral."""
        asked, chief = referrals.ListReferralsRequest(escalated=True), self._hub.metadata("chief", "supervisor")
        found = self.referrals.ListReferrals(asked, metadata=chief, timeout=30).referrals
        return {one.id: one.escalation for one in found if one.HasField("next_deadline")}

    def stands(self, referral_id: str) -> str:
        """Where it stands."""
        return STATES[self.call("GetReferral", referral_id=referral_id).opened.referral.state]
