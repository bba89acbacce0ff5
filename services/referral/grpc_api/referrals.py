"""The ReferralService of the contract: referrals from proposed to confirmed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from hub120.referral.v1 import referral_service_pb2 as pb
from hub120.referral.v1 import referral_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.streams import Streams
from services.referral import legal_protos, protos
from services.referral.domain import wording
from services.referral.domain.referrals import Reason
from services.referral.grpc_api import referral_requests as asked
from services.referral.use_cases import (
    asking,
    calling,
    capacity,
    consenting,
    dispatching,
    ending,
    proposing,
    reporting,
    tending,
)
from services.referral.use_cases.reading import Reader
from services.referral.watching import Watch

_LONGEST_WORDS = 500


class ReferralApi(referral_service_pb2_grpc.ReferralServiceServicer):
    """Referrals; whoever acts is the caller."""

    def __init__(self, database: Database, streams: Streams, capacity_days: int, centre: str) -> None:
        self._database, self._streams, self._capacity_days = database, streams, capacity_days
        self._centre = centre

    async def ProposeReferral(self, request: pb.ProposeReferralRequest, context: Any) -> pb.ProposeReferralResponse:
        """Propose help."""
        row = await self._run(proposing.propose, asked.new_referral(request, caller().subject))
        said = await self._run(capacity.last, row.organization_id, row.need, self._capacity_days)
        told = protos.capacity(said, counts=True) if said is not None else None
        return pb.ProposeReferralResponse(referral=protos.referral(row), capacity=told)

    async def PrepareConsent(self, request: pb.PrepareConsentRequest, context: Any) -> pb.PrepareConsentResponse:
        """The words in which consent is asked."""
        purpose, items, until = asked.asked(request)
        language = request.language or "ko"
        found = await run_blocking(
            self._database.read, consenting.prepare, request.referral_id, purpose, items, until, language
        )
        return pb.PrepareConsentResponse(wordings=map(protos.wording, found), wording_version=wording.VERSION)

    async def RecordConsent(self, request: pb.RecordConsentRequest, context: Any) -> pb.RecordConsentResponse:
        """The citizen agrees."""
        given = asked.given(request)
        consent, row = await self._run(
            consenting.record, request.referral_id, given, caller().subject, request.request_id
        )
        return pb.RecordConsentResponse(consent=protos.consent(consent), referral=protos.referral(row))

    async def RevokeConsent(self, request: pb.RevokeConsentRequest, context: Any) -> pb.RevokeConsentResponse:
        """The citizen takes it back."""
        Check(request).required("consent_id").uuid("consent_id").length("note", 0, _LONGEST_WORDS).raise_if_any()
        consent, row = await self._run(ending.revoke, request.consent_id, request.note, caller().subject)
        return pb.RevokeConsentResponse(consent=protos.consent(consent), referral=protos.referral(row))

    async def ListConsents(self, request: pb.ListConsentsRequest, context: Any) -> pb.ListConsentsResponse:
        """Consents, oldest first."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (str,))
        check = Check(request).uuid("case_id", "referral_id")
        check.that(
            bool(request.case_id or request.referral_id), "case_id", "or a referral_id is required"
        ).raise_if_any()
        found = await run_blocking(
            self._database.read, consenting.listed, request.case_id, request.referral_id, last[0] if last else "",
            limit + 1,
        )  # fmt: skip
        told = pb.ListConsentsResponse(consents=map(protos.consent, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].id])
        return told

    async def SendReferral(self, request: pb.SendReferralRequest, context: Any) -> pb.SendReferralResponse:
        """Send it to the agency."""
        _which(request).raise_if_any()
        row, calls, told = await self._run(dispatching.send, request.referral_id, caller().subject)
        return pb.SendReferralResponse(
            referral=protos.referral(row), call_agency=calls, warnings=legal_protos.warnings(told)
        )

    async def GetReferral(self, request: pb.GetReferralRequest, context: Any) -> pb.GetReferralResponse:
        """A referral with what was said in it."""
        _which(request).raise_if_any()
        found = await self._run(proposing.opened, request.referral_id, _reader("GetReferral"))
        told = protos.opened(found.row, found.summary, found.details, found.consents, found.deadlines)
        return pb.GetReferralResponse(opened=told)

    async def ListReferrals(self, request: pb.ListReferralsRequest, context: Any) -> pb.ListReferralsResponse:
        """Referrals, in one of three orders."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (float, str))
        order, before = asked.order(request)
        found = await run_blocking(
            self._database.read, proposing.listed, _only(request), (last[0], last[1]) if last else None, limit + 1,
            order=order, open_only=request.open, deadline_before=before,
        )  # fmt: skip
        told = pb.ListReferralsResponse(referrals=map(protos.referral, found[:limit]))
        if len(found) > limit:
            row = found[limit - 1]
            told.next_page_token = pages.token(request, [getattr(row, order.value), row.id])
        return told

    async def WatchReferral(
        self, request: pb.WatchReferralRequest, context: Any
    ) -> AsyncIterator[pb.WatchReferralResponse]:
        """What happens to a referral, from an entry on."""
        _which(request).range("after_sequence", 0, 2**53).raise_if_any()
        watch = Watch(self._database, request.referral_id, _reader("WatchReferral"))
        with self._streams.watching(request.referral_id) as sleeper:
            async for row, words in sleeper.news(watch.read, request.after_sequence):
                yield pb.WatchReferralResponse(entry=protos.entry(row, words))

    async def ReportForAgency(self, request: pb.ReportForAgencyRequest, context: Any) -> pb.ReportForAgencyResponse:
        """What an agency said on the telephone."""
        report = asked.report(request)
        row, taken = await self._run(
            reporting.report_by_agent, request.referral_id, report, caller().subject,
            deadline_acknowledged=request.deadline_acknowledged,
        )  # fmt: skip
        return pb.ReportForAgencyResponse(
            referral=protos.referral(row), duplicate=taken.duplicate, allowed=taken.allowed
        )

    async def CallAgency(self, request: pb.CallAgencyRequest, context: Any) -> pb.CallAgencyResponse:
        """Call the agency into the caller's talk."""
        _which(request).length("request_id", 1, 64).raise_if_any()
        row, call = await self._run(
            calling.call_agency, request.referral_id, caller().subject, request.request_id, self._centre
        )
        return pb.CallAgencyResponse(referral=protos.referral(row), call_id=call.id)

    async def ReportAgencyCall(self, request: pb.ReportAgencyCallRequest, context: Any) -> pb.ReportAgencyCallResponse:
        """What an agency says in the call."""
        said = asked.said_in_call(request)
        row, taken = await self._run(calling.report, request.referral_id, said, caller().subject)
        return pb.ReportAgencyCallResponse(
            referral=protos.referral(row), duplicate=taken.duplicate, allowed=taken.allowed
        )

    async def HangUpAgency(self, request: pb.HangUpAgencyRequest, context: Any) -> pb.HangUpAgencyResponse:
        """Take the agency out of the call."""
        _which(request).raise_if_any()
        row = await self._run(calling.hang_up, request.referral_id, caller().subject)
        return pb.HangUpAgencyResponse(referral=protos.referral(row))

    async def RerouteReferral(self, request: pb.RerouteReferralRequest, context: Any) -> pb.RerouteReferralResponse:
        """Another agency in its place."""
        new = asked.rerouted(request, caller().subject)
        row, told = await self._run(proposing.lead_elsewhere, request.referral_id, new)
        return pb.RerouteReferralResponse(referral=protos.referral(row), warnings=legal_protos.warnings(told))

    async def WithdrawReferral(self, request: pb.WithdrawReferralRequest, context: Any) -> pb.WithdrawReferralResponse:
        """Call it off."""
        _which(request).length("note", 0, _LONGEST_WORDS).raise_if_any()
        reason = Reason.BY_CITIZEN if request.by_citizen else Reason.BY_AGENT
        row = await self._run(
            ending.withdraw, request.referral_id, reason, request.note, caller().subject,
            deadline_acknowledged=request.deadline_acknowledged,
        )  # fmt: skip
        return pb.WithdrawReferralResponse(referral=protos.referral(row))

    async def ConfirmOutcome(self, request: pb.ConfirmOutcomeRequest, context: Any) -> pb.ConfirmOutcomeResponse:
        """What the citizen says on the telephone."""
        check = _which(request).length("note", 0, 2_000)
        check.that(request.outcome in protos.OUTCOME_OF, "outcome", "is none of the outcomes there are").raise_if_any()
        said = protos.OUTCOME_OF[request.outcome]
        row = await self._run(asking.confirm, request.referral_id, said, request.note, caller().subject)
        return pb.ConfirmOutcomeResponse(referral=protos.referral(row))

    async def TakeEscalation(self, request: pb.TakeEscalationRequest, context: Any) -> pb.TakeEscalationResponse:
        """Take care of an escalation."""
        _which(request).length("note", 0, _LONGEST_WORDS).raise_if_any()
        row = await self._run(
            tending.take_escalation, request.referral_id, request.note, caller().subject, settled=request.settled
        )
        return pb.TakeEscalationResponse(referral=protos.referral(row))

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


def _which(request: Any) -> Check:
    return Check(request).required("referral_id").uuid("referral_id")


def _reader(action: str) -> Reader:
    return Reader(caller().subject, action, purpose())


def _only(request: pb.ListReferralsRequest) -> dict[str, str]:
    """An agent who names neither case nor agency sees their own."""
    leads = caller().roles & {"supervisor", "auditor"}
    mine = request.mine or not (request.case_id or request.organization_id or leads)
    given = {
        "case_id": request.case_id,
        "organization_id": request.organization_id,
        "agent_id": caller().subject if mine else "",
    }
    return {column: value for column, value in given.items() if value}
