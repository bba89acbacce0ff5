"""The QueueService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from google.protobuf.message import Message
from hub120.routing.v1 import queue_service_pb2 as pb
from hub120.routing.v1 import queue_service_pb2_grpc as grpc_pb

from chassis import pages
from chassis.clock import moment
from chassis.database import Database, Tx
from chassis.grpc_host import Check, caller, run_blocking
from chassis.process import Process
from chassis.statements import Row
from services.routing import protos
from services.routing.domain.callbacks import LONGEST_AHEAD_S
from services.routing.domain.merging import loaded
from services.routing.domain.surges import LONGEST_DECLARED_S, Surge
from services.routing.domain.work import WorkState
from services.routing.store import merging as merges
from services.routing.store import surges
from services.routing.terms import TermsNow
from services.routing.use_cases import callbacks, merging, surging, waiting
from services.routing.use_cases.callbacks import Tries, Wish
from services.routing.use_cases.waiting import Line

_CONNECTOR = re.compile(r"[a-z][a-z0-9_]{0,63}")
_MOST_TEXTS = 20
_LONGEST_TEXT = 500
_LONGEST_TAG = 35
"""What BCP 47 asks everybody to be able to keep."""


class QueueApi(grpc_pb.QueueServiceServicer):
    """What waits."""

    def __init__(self, process: Process, database: Database) -> None:
        self._database = database
        self._terms = TermsNow(process.settings)
        self._clock = process.clock
        self._tries = Tries(process.settings.callback_tries, float(process.settings.callback_retry_seconds))

    async def GetPosition(self, request: pb.GetPositionRequest, context: Any) -> pb.GetPositionResponse:
        """The place of a work item."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        item, stands = await self._read(waiting.position, request.work_item_id)
        return pb.GetPositionResponse(
            state=protos.WORK_STATES[WorkState(item.state)],
            position=stands.position if stands else 0,
            expected_wait=_duration(stands.wait_s if stands else None),
            callback=protos.callback(item),
        )

    async def ListQueues(self, request: pb.ListQueuesRequest, context: Any) -> pb.ListQueuesResponse:
        """Every line in which something waits."""
        return pb.ListQueuesResponse(queues=map(_queue, await self._read(waiting.lines)))

    async def RequestCallback(self, request: pb.RequestCallbackRequest, context: Any) -> pb.RequestCallbackResponse:
        """The citizen is called back."""
        check = Check(request).required("work_item_id").uuid("work_item_id")
        check.uuid("contact_point_id").that(
            not request.channel or _CONNECTOR.fullmatch(request.channel) is not None, "channel", "is a connector's id"
        )
        not_before = self._ahead(request, "not_before_time", LONGEST_AHEAD_S, check)
        check.that(not request.medium or request.medium in protos.MEDIUM_OF, "medium", "is a medium that there is")
        check.raise_if_any()
        medium = protos.MEDIUM_OF.get(request.medium, "")
        wish = Wish(request.channel, request.contact_point_id, medium, not_before)

        def agree(tx: Tx) -> Row:
            return callbacks.request_callback(tx, request.work_item_id, wish, self._terms.read(tx).costs)

        return pb.RequestCallbackResponse(work_item=protos.work_item(await self._run(agree)))

    async def CancelCallback(self, request: pb.CancelCallbackRequest, context: Any) -> pb.CancelCallbackResponse:
        """The citizen is not called back."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        row = await self._run(callbacks.cancel_callback, request.work_item_id)
        return pb.CancelCallbackResponse(work_item=protos.work_item(row))

    async def ReportNoAnswer(self, request: pb.ReportNoAnswerRequest, context: Any) -> pb.ReportNoAnswerResponse:
        """Nobody answered the callback."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        agent_id = caller().subject

        def report(tx: Tx) -> Row:
            return callbacks.no_answer(tx, request.work_item_id, agent_id, self._tries, self._terms.read(tx))

        return pb.ReportNoAnswerResponse(work_item=protos.work_item(await self._run(report)))

    async def GetSurge(self, request: pb.GetSurgeRequest, context: Any) -> pb.GetSurgeResponse:
        """Whether there is a surge."""

        def read(tx: Tx) -> tuple[Surge, float | None]:
            return surges.read(tx), surging.expected_wait(tx)

        surge, wait_s = await self._read(read)
        return pb.GetSurgeResponse(surge=protos.surge(surge), expected_wait=_duration(wait_s))

    async def SetSurge(self, request: pb.SetSurgeRequest, context: Any) -> pb.SetSurgeResponse:
        """Declare a surge, or end it."""
        if not request.active:
            return pb.SetSurgeResponse(surge=protos.surge(await self._run(surging.end)))
        check = Check(request).required("until_time").length("reason", 1, 200).length("texts", 0, _MOST_TEXTS)
        check.that(all(map(_is_text, request.texts.items())), "texts", "has 1 to 500 characters for each language")
        until = self._ahead(request, "until_time", LONGEST_DECLARED_S, check)
        check.raise_if_any()
        texts = dict(request.texts)
        found = await self._run(surging.declare, caller().subject, request.reason, until, texts)
        return pb.SetSurgeResponse(surge=protos.surge(found))

    async def ListMerged(self, request: pb.ListMergedRequest, context: Any) -> pb.ListMergedResponse:
        """Cases that are taken together with another."""
        Check(request).uuid("leading_work_item_id").raise_if_any()
        limit = pages.size(request.page_size, usual=100, largest=500)
        last = pages.after(request, (str,))
        rows = await self._read(merges.merged, request.leading_work_item_id, last[0] if last else "", limit + 1)
        found = pb.ListMergedResponse(merged=map(_merged, rows[:limit]))
        if len(rows) > limit:
            found.next_page_token = pages.token(request, [rows[limit - 1].id])
        return found

    async def UnmergeWork(self, request: pb.UnmergeWorkRequest, context: Any) -> pb.UnmergeWorkResponse:
        """The case's work waits by itself again."""
        Check(request).required("case_id").uuid("case_id").raise_if_any()

        def restore(tx: Tx) -> None:
            merging.unmerge(tx, request.case_id, self._terms.read(tx))

        await self._run(restore)
        return pb.UnmergeWorkResponse()

    def _ahead(self, request: Message, field: str, longest_s: float, check: Check) -> float | None:
        """A time that lies ahead, but not too far; None where it is not set."""
        if not request.HasField(field):
            return None
        at: float = getattr(request, field).ToMicroseconds() / 1e6
        ahead_s = at - self._clock().timestamp()
        check.that(0 < ahead_s <= longest_s, field, f"lies ahead, at most {longest_s / 86_400:.0f} days")
        return at

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _is_text(text: tuple[str, str]) -> bool:
    language, words = text
    return 1 <= len(language) <= _LONGEST_TAG and 1 <= len(words) <= _LONGEST_TEXT and "\x00" not in language + words


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=round(seconds))


def _queue(line: Line) -> pb.Queue:
    return pb.Queue(
        needs=map(protos.requirement, line.needs),
        cost=line.cost,
        waiting=line.waiting,
        oldest_queue_time=moment(line.oldest),
        places=line.pace.places,
        taken=line.pace.taken,
        expected_wait=_duration(line.wait_s),
    )


def _merged(row: Row) -> pb.MergedWork:
    work = loaded(row.work)
    return pb.MergedWork(
        case_id=row.case_id,
        leading_work_item_id=row.leading_id,
        leading_case_id=row.leading_case_id,
        merge_time=moment(row.merged_at),
        queue_time=moment(work.queued_at),
        topic=work.topic,
        contact_count=row.contact_count,
    )
