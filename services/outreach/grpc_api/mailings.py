"""The MailingService of the contract: supervisors look at mailings, approve, start, hold and stop them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from hub120.outreach.v1 import mailing_service_pb2 as pb
from hub120.outreach.v1 import mailing_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.statements import Row
from services.outreach import mailing_protos as protos
from services.outreach.domain.calling_times import Span
from services.outreach.domain.mailings import MOST_ATTEMPTS, MOST_CALLS, USUAL_ATTEMPTS, USUAL_CALLS, MailingState
from services.outreach.store import mailings as store
from services.outreach.use_cases import calling_recipients, mailing, rehearsing
from services.outreach.use_cases.mailing import Reader

_LOOK_S = 1.0
_OVER = {MailingState.DONE, MailingState.STOPPED}
_NEWEST = (1e18, "")


class MailingApi(mailing_service_pb2_grpc.MailingServiceServicer):
    """Mailings; whoever acts is the caller. ``prices`` are in won, by connector; ``centre``: the hours of its
    calls."""

    def __init__(self, database: Database, prices: Mapping[str, float], centre: Span) -> None:
        self._database, self._prices, self._centre = database, prices, centre

    async def ListMailings(self, request: pb.ListMailingsRequest, context: Any) -> pb.ListMailingsResponse:
        """Mailings, newest first."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (float, str))
        after = (last[0], last[1]) if last else _NEWEST
        found = await run_blocking(self._database.read, store.newest, after, limit + 1)
        told = pb.ListMailingsResponse(mailings=map(protos.mailing, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].created_at, found[limit - 1].id])
        return told

    async def GetMailing(self, request: pb.GetMailingRequest, context: Any) -> pb.GetMailingResponse:
        """A mailing with its counts."""
        _which(request)
        row, counts = await self._counted(request.mailing_id)
        return pb.GetMailingResponse(mailing=protos.mailing(row), counts=counts)

    async def WatchMailing(
        self, request: pb.WatchMailingRequest, context: Any
    ) -> AsyncIterator[pb.WatchMailingResponse]:
        """A mailing with its counts, whenever they change."""
        _which(request)
        last = None
        while True:
            row, counts = await self._counted(request.mailing_id)
            told = pb.WatchMailingResponse(mailing=protos.mailing(row), counts=counts)
            if told != last:
                yield told
            if row.state in _OVER and not counts.queued:
                return
            last = told
            await asyncio.sleep(_LOOK_S)

    async def DryRunMailing(self, request: pb.DryRunMailingRequest, context: Any) -> pb.DryRunMailingResponse:
        """What would leave, and what it costs."""
        _which(request)
        found = await run_blocking(rehearsing.dry_run, self._database, request.mailing_id, self._prices)
        return pb.DryRunMailingResponse(dry_run=protos.dry_run(found))

    async def ApproveMailing(self, request: pb.ApproveMailingRequest, context: Any) -> pb.ApproveMailingResponse:
        """Approve it, as somebody who did not write it."""
        return pb.ApproveMailingResponse(mailing=protos.mailing(await self._moved(mailing.approve, request)))

    async def StartMailing(self, request: pb.StartMailingRequest, context: Any) -> pb.StartMailingResponse:
        """Let it leave, or go on."""
        return pb.StartMailingResponse(mailing=protos.mailing(await self._moved(mailing.start, request)))

    async def PauseMailing(self, request: pb.PauseMailingRequest, context: Any) -> pb.PauseMailingResponse:
        """Hold it."""
        return pb.PauseMailingResponse(mailing=protos.mailing(await self._moved(mailing.pause, request)))

    async def StopMailing(self, request: pb.StopMailingRequest, context: Any) -> pb.StopMailingResponse:
        """End it for good."""
        return pb.StopMailingResponse(mailing=protos.mailing(await self._moved(mailing.stop, request)))

    async def ResolveUnsure(self, request: pb.ResolveUnsureRequest, context: Any) -> pb.ResolveUnsureResponse:
        """Decide about those of whom nobody knows whether they got it."""
        _which(request)
        many = await run_blocking(
            self._database.run, mailing.resolve_unsure, request.mailing_id, caller().subject,
            send_again=request.send_again,
        )  # fmt: skip
        return pb.ResolveUnsureResponse(recipients=many)

    async def ListUnreached(self, request: pb.ListUnreachedRequest, context: Any) -> pb.ListUnreachedResponse:
        """Those whom no channel reached."""
        _which(request)
        limit, last = pages.size(request.page_size, usual=100, largest=500), pages.after(request, (int,))
        reader = Reader(caller().subject, "ListUnreached", purpose())
        found = await run_blocking(
            self._database.run, mailing.unreached, request.mailing_id, last[0] if last else 0, limit + 1, reader
        )
        told = pb.ListUnreachedResponse()
        for one in found[:limit]:
            told.recipients.add(
                recipient_id=one.row.id, number=one.row.number, phone=one.phone, language=one.row.language,
                district=one.row.district, reason=one.row.reason or one.row.state,
            )  # fmt: skip
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].row.number])
        return told

    async def CallUnreached(self, request: pb.CallUnreachedRequest, context: Any) -> pb.CallUnreachedResponse:
        """Have those called whom nothing reached."""
        check = Check(request).required("mailing_id").uuid("mailing_id").range("parallel_calls", 0, MOST_CALLS)
        check.range("call_attempts", 0, MOST_ATTEMPTS).raise_if_any()
        row, many = await run_blocking(
            self._database.run, mailing.call_unreached, request.mailing_id, caller().subject,
            request.parallel_calls or USUAL_CALLS, request.call_attempts or USUAL_ATTEMPTS,
        )  # fmt: skip
        return pb.CallUnreachedResponse(mailing=protos.mailing(row), recipients=many)

    async def GetMailingCall(self, request: pb.GetMailingCallRequest, context: Any) -> pb.GetMailingCallResponse:
        """What whoever is called is to be told."""
        _whose(request)
        told = await run_blocking(
            self._database.run, calling_recipients.told, request.case_id, caller().subject, purpose()
        )
        return pb.GetMailingCallResponse(
            mailing=protos.mailing(told.mailing), recipient_id=told.recipient.id, display_name=told.name,
            text=told.text, language=told.language, korean_text=told.korean, attempt=told.recipient.tries,
        )  # fmt: skip

    async def ReportMailingCall(
        self, request: pb.ReportMailingCallRequest, context: Any
    ) -> pb.ReportMailingCallResponse:
        """How a call ended that the hub did not dial."""
        _whose(request)
        row = await run_blocking(
            self._database.run, calling_recipients.report_call, request.case_id, self._centre,
            answered=request.answered,
        )  # fmt: skip
        return pb.ReportMailingCallResponse(recipient_id=row.id, state=row.state)

    async def _counted(self, mailing_id: str) -> tuple[Row, Any]:
        row, by_variant, reasons = await run_blocking(self._database.read, mailing.counts, mailing_id)
        return row, protos.counts(by_variant.values(), reasons)

    async def _moved(self, use_case: Callable[..., Row], request: Any) -> Row:
        _which(request)
        return await run_blocking(self._database.run, use_case, request.mailing_id, caller().subject)


def _which(request: Any) -> None:
    Check(request).required("mailing_id").uuid("mailing_id").raise_if_any()


def _whose(request: Any) -> None:
    Check(request).required("case_id").uuid("case_id").raise_if_any()
