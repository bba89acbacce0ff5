"""An agent who refers people, on a hub of real processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import grpc
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import agency_service_pb2_grpc as agencies_grpc
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

    def refer(self, case_id: str, service: searching.FoundService, kind: Any, summary: str) -> str:
        """Propose help, with what the citizen said."""
        details = [
            pb.ItemValue(item=pb.CONSENT_ITEM_NAME, value="김영희"),
            pb.ItemValue(item=pb.CONSENT_ITEM_HEALTH, value="당뇨"),
        ]
        values = {"case_id": case_id, "service_id": service.service_id, "kind": kind, "need": "help"}
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

    def stands(self, referral_id: str) -> str:
        """Where it stands."""
        return STATES[self.call("GetReferral", referral_id=referral_id).opened.referral.state]
