"""The CampaignService of the contract: lists come in as files, campaigns are made of them."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Collection
from typing import Any

from hub120.outreach.v1 import campaign_service_pb2 as pb
from hub120.outreach.v1 import campaign_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.errors import InvalidArgument
from chassis.grpc_host import Check, caller, run_blocking
from services.outreach import mailing_protos as protos
from services.outreach.domain.lists import ADDRESSES, FIELDS, RowFault, Segment, variables
from services.outreach.domain.mailings import (
    LONGEST_TEXT,
    MOST_ATTEMPTS,
    MOST_CALLS,
    MOST_STEPS,
    MOST_TEXTS,
    USUAL_ATTEMPTS,
    USUAL_CALLS,
    VOICE,
    Kind,
    NewMailing,
    Step,
    Text,
    Urgency,
)
from services.outreach.store import lists as store
from services.outreach.store import mailings
from services.outreach.use_cases import lists, mailing

MOST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 100
_MOST_STARTS, _FASTEST, _LONGEST_WAIT_S = 4, 10_000, 604_800
_MOST_ITEMS = 100


class CampaignApi(campaign_service_pb2_grpc.CampaignServiceServicer):
    """Lists and campaigns. ``channels`` are the connectors that run; with more recipients than ``approve_above``
    somebody else must approve a campaign."""

    def __init__(self, database: Database, channels: Collection[str], approve_above: int) -> None:
        self._database, self._channels, self._approve_above = database, channels, approve_above

    async def UploadList(self, requests: AsyncIterator[pb.UploadListRequest], context: Any) -> pb.UploadListResponse:
        """Bring a list in, or look at what would be."""
        header, content = await _uploaded(requests)
        new = lists.NewList(header.list_id, header.name, header.filename, caller().subject, dict(header.mapping))
        if header.preview:
            return _previewed(new, await run_blocking(lists.preview, content, new))
        row, columns = await run_blocking(lists.bring_in, self._database, content, new)
        faults = await run_blocking(self._database.read, store.faults, new.id, (0, ""), lists.SHOWN_FAULTS)
        return pb.UploadListResponse(
            list=protos.recipient_list(row, json.loads(row.variables)),
            columns=[pb.ListColumn(heading=one.heading, field=one.field) for one in columns],
            faults=[protos.fault(RowFault(one.number, one.heading, one.code)) for one in faults],
        )

    async def ListLists(self, request: pb.ListListsRequest, context: Any) -> pb.ListListsResponse:
        """Every list, newest first."""
        found = await run_blocking(self._database.read, store.all_of_them)
        return pb.ListListsResponse(lists=[protos.recipient_list(one, json.loads(one.variables)) for one in found])

    async def ListRowFaults(self, request: pb.ListRowFaultsRequest, context: Any) -> pb.ListRowFaultsResponse:
        """What was wrong with the rows of a list."""
        Check(request).required("list_id").uuid("list_id").raise_if_any()
        limit, last = pages.size(request.page_size, usual=100, largest=500), pages.after(request, (int, str))
        after = (last[0], last[1]) if last else (0, "")
        found = await run_blocking(self._database.read, store.faults, request.list_id, after, limit + 1)
        faults = [protos.fault(RowFault(one.number, one.heading, one.code)) for one in found[:limit]]
        told = pb.ListRowFaultsResponse(faults=faults)
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].number, found[limit - 1].heading])
        return told

    async def SetListNotices(self, request: pb.SetListNoticesRequest, context: Any) -> pb.SetListNoticesResponse:
        """Say whether notices to the public go to those on a list."""
        Check(request).required("list_id").uuid("list_id").raise_if_any()
        row = await run_blocking(
            self._database.run, lists.mark, request.list_id, caller().subject, gets_notices=request.gets_notices
        )
        return pb.SetListNoticesResponse(list=protos.recipient_list(row, json.loads(row.variables)))

    async def RemoveList(self, request: pb.RemoveListRequest, context: Any) -> pb.RemoveListResponse:
        """Drop a list and everybody on it."""
        Check(request).required("list_id").uuid("list_id").raise_if_any()
        await run_blocking(self._database.run, lists.remove, request.list_id, caller().subject)
        return pb.RemoveListResponse()

    async def CreateCampaign(self, request: pb.CreateCampaignRequest, context: Any) -> pb.CreateCampaignResponse:
        """Write a campaign to those of a list who are meant."""
        new, segment = self._campaign(request), _segment(request.segment)
        row = await run_blocking(self._database.run, lists.create_campaign, new, request.list_id, segment)
        return pb.CreateCampaignResponse(mailing=protos.mailing(row))

    async def CompareStarts(self, request: pb.CompareStartsRequest, context: Any) -> pb.CompareStartsResponse:
        """How each starting time fared."""
        Check(request).required("mailing_id").uuid("mailing_id").raise_if_any()
        row, found, _ = await run_blocking(self._database.read, mailing.counts, request.mailing_id)
        told = pb.CompareStartsResponse()
        for variant, start in enumerate(mailings.starts(row)):
            outcome = told.starts.add(counts=protos.counts([found[variant]] if variant in found else [], {}))
            outcome.start_time.FromMicroseconds(int(start * 1e6))
        return told

    def _campaign(self, request: pb.CreateCampaignRequest) -> NewMailing:
        """A campaign as it is asked for. Raises ``InvalidArgument``."""
        check = Check(request).required("mailing_id", "list_id").uuid("mailing_id", "list_id")
        check.length("title", 1, _LONGEST_NAME).length("steps", 1, MOST_STEPS).length("texts", 1, MOST_TEXTS)
        check.length("start_times", 0, _MOST_STARTS).range("pace_per_second", 0, _FASTEST)
        check.range("wait_seconds", 0, _LONGEST_WAIT_S).range("parallel_calls", 0, MOST_CALLS)
        check.range("call_attempts", 0, MOST_ATTEMPTS)
        steps = [(one.channel, one.address_kind) for one in request.steps]
        check.that(all(kind in ADDRESSES for _, kind in steps), "steps", "name a kind of address that there is not")
        known = all(name == VOICE or name in self._channels for name, _ in steps)
        check.that(known, "steps", "name a connector that does not run")
        check.that(len({name for name, _ in steps}) == len(steps), "steps", "name a connector twice")
        texts = tuple(Text(one.channel, one.language, one.text, one.template) for one in request.texts)
        fits = all(1 <= len(one.text) <= LONGEST_TEXT for one in texts)
        check.that(fits, "texts", f"have 1 to {LONGEST_TEXT} characters")
        check.that(len({(one.channel, one.language) for one in texts}) == len(texts), "texts", "have two of one kind")
        check.raise_if_any()
        return NewMailing(
            id=request.mailing_id,
            kind=Kind.CAMPAIGN,
            urgency=Urgency.BULK,
            title=request.title,
            steps=tuple(Step(name, kind) for name, kind in steps),
            texts=texts,
            created_by=caller().subject,
            needs_approval_above=self._approve_above,
            pace_per_s=request.pace_per_second,
            wait_s=request.wait_seconds,
            parallel_calls=request.parallel_calls or USUAL_CALLS,
            call_attempts=request.call_attempts or USUAL_ATTEMPTS,
            starts=tuple(one.ToMicroseconds() / 1e6 for one in request.start_times),
        )


def _segment(asked: pb.Segment) -> Segment:
    """Who is meant. Raises ``InvalidArgument``."""
    check = Check(asked).range("minimum_age", 0, 150).range("maximum_age", 0, 150)
    for name in ("languages", "districts", "tags"):
        check.length(name, 0, _MOST_ITEMS)
        short = all(1 <= len(one) <= _LONGEST_NAME for one in getattr(asked, name))
        check.that(short, name, f"have 1 to {_LONGEST_NAME} characters each")
    check.raise_if_any()
    return Segment(
        tuple(asked.languages), tuple(asked.districts), asked.minimum_age, asked.maximum_age, tuple(asked.tags)
    )


async def _uploaded(requests: AsyncIterator[pb.UploadListRequest]) -> tuple[pb.ListHeader, io.BytesIO]:
    """The header and the bytes. Raises ``InvalidArgument``."""
    header: pb.ListHeader | None = None
    content = io.BytesIO()
    async for request in requests:
        if header is None:
            header = _checked(request.header)
        content.write(request.chunk)
        if content.tell() > MOST_BYTES:
            raise InvalidArgument([("chunk", f"is of a file of more than {MOST_BYTES >> 20} MiB")])
    if header is None or not content.tell():
        raise InvalidArgument([("chunk", "is missing: the file is empty")])
    content.seek(0)
    return header, content


def _checked(header: pb.ListHeader) -> pb.ListHeader:
    check = Check(header).required("list_id").uuid("list_id").length("name", 1, _LONGEST_NAME)
    check.length("filename", 1, 200).length("mapping", 0, _MOST_ITEMS)
    short = all(len(heading) <= 200 and len(field) <= 40 for heading, field in header.mapping.items())
    check.that(short, "mapping", f"names headings and fields ({', '.join(FIELDS)}, or a variable)").raise_if_any()
    return header


def _previewed(new: lists.NewList, found: lists.Preview) -> pb.UploadListResponse:
    refused = len({one.row for one in found.faults})
    described = pb.RecipientList(
        id=new.id, name=new.name, members=found.members, duplicates=found.duplicates, refused=refused,
        variables=variables(found.columns),
    )  # fmt: skip
    return pb.UploadListResponse(
        list=described,
        columns=[pb.ListColumn(heading=one.heading, field=one.field) for one in found.columns],
        rows=[pb.ListPreviewRow(row=number, cells=cells) for number, cells in found.rows],
        faults=map(protos.fault, found.faults),
    )
