"""The NoticeService of the contract: whoever writes, approves or calls off is the caller."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any

from hub120.outreach.v1 import notice_service_pb2 as pb
from hub120.outreach.v1 import notice_service_pb2_grpc

from chassis import pages
from chassis.database import Database, Tx
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.settings import Settings
from chassis.statements import Row
from chassis.streams import PAGE, Streams
from services.outreach import mailing_protos
from services.outreach import notice_protos as protos
from services.outreach.domain.notices import Counts, costs, needed
from services.outreach.grpc_api import notice_requests as asked
from services.outreach.store import notices as store
from services.outreach.use_cases import approving, proposing, reading_notices, ruling, withdrawing
from services.outreach.use_cases.proposing import Recipients
from services.outreach.use_cases.reading_notices import Sending

_LONGEST_NOTE = 500


class NoticeApi(notice_service_pb2_grpc.NoticeServiceServicer):
    """Notices. ``carried`` are the channels that have a connector which runs."""

    def __init__(
        self, settings: Settings, database: Database, streams: Streams, recipients: Recipients, carried: Collection[str]
    ) -> None:
        self._database, self._streams, self._recipients = database, streams, recipients
        self._one_may_send_to, self._carried = settings.approve_above, carried
        prices, roads = settings.message_prices, settings.roads_of_notices
        self._prices: Mapping[str, float] = {channel: prices.get(one, 0.0) for channel, one in roads.items()}

    async def ProposeNotice(self, request: pb.ProposeNoticeRequest, context: Any) -> pb.ProposeNoticeResponse:
        """Propose one."""
        new = asked.new_notice(request, caller().subject, self._database.clock().timestamp())
        return pb.ProposeNoticeResponse(notice=await self._run(proposing.propose, new))

    async def EditNotice(self, request: pb.EditNoticeRequest, context: Any) -> pb.EditNoticeResponse:
        """Write it anew."""
        texts = asked.texts(request)
        told = await self._run(
            proposing.edit, request.notice_id, request.version, caller().subject, texts, request.sign_video_url
        )
        return pb.EditNoticeResponse(notice=told)

    async def DryRunNotice(self, request: pb.DryRunNoticeRequest, context: Any) -> pb.DryRunNoticeResponse:
        """Count who would get it."""
        asked.which(request).raise_if_any()

        def count(tx: Tx) -> tuple[Any, Counts | None]:
            row, counts = proposing.dry_run(tx, request.notice_id, caller_id, self._recipients)
            return _told(tx, row), counts

        caller_id = caller().subject
        notice, counts = await run_blocking(self._database.run, count)
        cost = costs(counts, self._prices) if counts is not None else {}
        approvals = needed(counts.recipients if counts is not None else None, self._one_may_send_to)
        return pb.DryRunNoticeResponse(notice=notice, counts=protos.counts(counts, cost, approvals))

    async def ApproveNotice(self, request: pb.ApproveNoticeRequest, context: Any) -> pb.ApproveNoticeResponse:
        """Approve the present text."""
        asked.which(request).range("version", 1, 2**31 - 1).raise_if_any()
        caller_id = caller().subject

        def approve(tx: Tx) -> tuple[Any, int, int]:
            found = approving.approve(
                tx, request.notice_id, request.version, caller_id, self._one_may_send_to, self._carried
            )
            return _told(tx, found.row), found.given, found.needed

        notice, given, wanted = await run_blocking(self._database.run, approve)
        return pb.ApproveNoticeResponse(notice=notice, approvals=given, approvals_needed=wanted)

    async def RejectNotice(self, request: pb.RejectNoticeRequest, context: Any) -> pb.RejectNoticeResponse:
        """Say no."""
        asked.which(request).range("version", 1, 2**31 - 1).length("note", 0, _LONGEST_NOTE).raise_if_any()
        told = await self._run(withdrawing.reject, request.notice_id, request.version, caller().subject, request.note)
        return pb.RejectNoticeResponse(notice=told)

    async def CancelNotice(self, request: pb.CancelNoticeRequest, context: Any) -> pb.CancelNoticeResponse:
        """Call it off."""
        asked.which(request).length("note", 0, _LONGEST_NOTE).raise_if_any()
        told = await self._run(withdrawing.cancel, request.notice_id, caller().subject, request.note)
        return pb.CancelNoticeResponse(notice=told)

    async def GetNotice(self, request: pb.GetNoticeRequest, context: Any) -> pb.GetNoticeResponse:
        """A notice with its words."""
        asked.which(request).raise_if_any()
        reader, why = caller().subject, purpose()

        def read(tx: Tx) -> tuple[Any, dict[str, str], Sending | None]:
            row, texts = reading_notices.opened(tx, request.notice_id, reader, why)
            return _told(tx, row), texts, reading_notices.sending(tx, row.id)

        notice, texts, sending = await run_blocking(self._database.run, read)
        told = pb.GetNoticeResponse(notice=notice, texts=protos.texts(texts))
        if sending is not None:
            told.sending.CopyFrom(mailing_protos.sending(sending))
        return told

    async def ListNotices(self, request: pb.ListNoticesRequest, context: Any) -> pb.ListNoticesResponse:
        """Notices, newest first."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (str,))
        check = Check(request).uuid("alert_id").length("states", 0, 10)
        check.that(set(request.states) <= protos.STATE_OF.keys(), "states", "is none of the states").raise_if_any()
        states = [protos.STATE_OF[one].value for one in request.states]

        def read(tx: Tx) -> list[Any]:
            found = store.listed(tx, states, request.alert_id, last[0] if last else "", limit + 1)
            return [_told(tx, row) for row in found]

        found = await run_blocking(self._database.read, read)
        told = pb.ListNoticesResponse(notices=found[:limit])
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].id])
        return told

    async def WatchNotice(self, request: pb.WatchNoticeRequest, context: Any) -> AsyncIterator[pb.WatchNoticeResponse]:
        """What happens to a notice, from an entry on."""
        asked.which(request).range("after_sequence", 0, 2**53).raise_if_any()
        await run_blocking(self._database.read, reading_notices.required, request.notice_id)

        def entries(after: int) -> list[tuple[int, tuple[Row, str]]]:
            return self._database.read(reading_notices.entries, request.notice_id, after, PAGE)

        with self._streams.watching(request.notice_id) as sleeper:
            async for row, note in sleeper.news(entries, request.after_sequence):
                yield pb.WatchNoticeResponse(entry=protos.entry(row, note))

    async def PutNoticeRule(self, request: pb.PutNoticeRuleRequest, context: Any) -> pb.PutNoticeRuleResponse:
        """Write a rule."""
        new = asked.rule(request, request.rule)
        await run_blocking(self._database.run, ruling.put_rule, new, caller().subject)
        return pb.PutNoticeRuleResponse(rule=protos.rule(new))

    async def ListNoticeRules(self, request: pb.ListNoticeRulesRequest, context: Any) -> pb.ListNoticeRulesResponse:
        """Every rule."""
        found = await run_blocking(self._database.read, ruling.rules)
        return pb.ListNoticeRulesResponse(rules=map(protos.rule, found))

    async def RemoveNoticeRule(self, request: pb.RemoveNoticeRuleRequest, context: Any) -> pb.RemoveNoticeRuleResponse:
        """There is no such rule any more."""
        Check(request).length("rule_id", 1, 64).raise_if_any()
        await run_blocking(self._database.run, ruling.remove_rule, request.rule_id)
        return pb.RemoveNoticeRuleResponse()

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        """Run a use case that gives a notice; the notice as the contract writes it."""

        def done(tx: Tx) -> Any:
            return _told(tx, use_case(tx, *arguments))

        return await run_blocking(self._database.run, done)


def _told(tx: Tx, row: Row) -> Any:
    """As it is now: what was written since it was read counts."""
    found = store.notice(tx, row.id) or row
    return protos.notice(found, store.standing(tx, found).approved_by)
