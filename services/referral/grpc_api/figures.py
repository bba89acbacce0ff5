"""The FiguresService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from hub120.referral.v1 import figures_service_pb2 as pb
from hub120.referral.v1 import figures_service_pb2_grpc, referral_pb2

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.referral import figure_protos, protos
from services.referral.domain.figures import DAY_S, LEAST_SENT, LONGEST_DAYS
from services.referral.store.figures import Wanted
from services.referral.use_cases import figures

_FIRST = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
_LEADS = frozenset({"supervisor", "auditor", "admin"})
_NEED = re.compile(r"[A-Za-z0-9._-]{0,64}")
_MOST_LEAST = 1000
_USUAL, _LARGEST = 50, 200


class FiguresApi(figures_service_pb2_grpc.FiguresServiceServicer):
    """Figures of referrals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def GetFigures(self, request: pb.GetFiguresRequest, context: Any) -> pb.GetFiguresResponse:
        """The figures of a period."""
        check = Check(request).that(request.slice in figure_protos.SLICES, "slice", "is none of those there are")
        wanted, least = _wanted(request.filter, check)
        length = figure_protos.SLICES[request.slice]
        total, series = await run_blocking(self._database.read, figures.read, wanted, length)
        return pb.GetFiguresResponse(
            total=figure_protos.figures(total, least), series=[figure_protos.sliced(one, least) for one in series]
        )

    async def ListAgencyFigures(
        self, request: pb.ListAgencyFiguresRequest, context: Any
    ) -> pb.ListAgencyFiguresResponse:
        """The figures of agencies, a page at a time."""
        limit, last = pages.size(request.page_size, _USUAL, _LARGEST), pages.after(request, (str,))
        wanted, least = _wanted(request.filter, Check(request))
        after = last[0] if last else ""
        found = await run_blocking(self._database.read, figures.by_agency, wanted, after, limit + 1)
        told = pb.ListAgencyFiguresResponse(agencies=[figure_protos.of_agency(one, least) for one in found[:limit]])
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].organization_id])
        return told

    async def ListFigureLabels(
        self, request: pb.ListFigureLabelsRequest, context: Any
    ) -> pb.ListFigureLabelsResponse:  # fmt: skip
        """What figures are called."""
        return pb.ListFigureLabelsResponse(labels=figure_protos.labels())


def _wanted(given: pb.FigureFilter, check: Check) -> tuple[Wanted, int]:
    """Which referrals, and from how many sent on silence is a rate. An agent sees their own. Raises
    ``InvalidArgument``."""
    check.that(
        given.HasField("from_time") and given.HasField("to_time"), "filter.from_time", "and to_time are required"
    )
    since, until = given.from_time.ToMicroseconds() / 1e6, given.to_time.ToMicroseconds() / 1e6
    check.that(since >= _FIRST, "filter.from_time", "is not before the year 2000")
    longest = f"is after from_time, at most {LONGEST_DAYS} days"
    check.that(0 < until - since <= LONGEST_DAYS * DAY_S, "filter.to_time", longest)
    known = {referral_pb2.REFERRAL_KIND_UNSPECIFIED, *protos.KIND_OF}
    check.that(given.kind in known, "filter.kind", "is welfare, legal or unspecified")
    check.that(_NEED.fullmatch(given.need) is not None, "filter.need", "is a code of at most 64 characters")
    check.that(len(given.organization_id) <= 64, "filter.organization_id", "has at most 64 characters")
    check.that(len(given.agent_id) <= 128, "filter.agent_id", "has at most 128 characters")
    check.that(0 <= given.least_sent <= _MOST_LEAST, "filter.least_sent", f"is 0 to {_MOST_LEAST}")
    check.raise_if_any()
    kind = protos.KIND_OF[given.kind].value if given.kind else ""
    agent = given.agent_id if caller().roles & _LEADS else caller().subject
    return Wanted(since, until, given.organization_id, kind, given.need, agent), given.least_sent or LEAST_SENT
