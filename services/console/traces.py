"""Traces of the hub for whoever looks into a complaint: those of a case, or the newest, failed or slow ones; and one as
a waterfall across services, broker and connectors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.operations.v1 import trace_service_pb2 as pb
from starlette.responses import Response
from starlette.routing import Route

from services.console import scale
from services.console.live import Part
from services.console.looking import looked_at
from services.console.visits import House, Visit

LOOK_S: Final = 3.0
ROWS: Final = 250
"""Of a trace, on one page."""
_SLOW = Duration(seconds=1)
_ONLY: Final[Mapping[str, Mapping[str, Any]]] = {
    "cases": {"with_case_only": True},
    "failed": {"failed_only": True},
    "slow": {"slower_than": _SLOW},
    "all": {},
}
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Bar:
    """A span on the line of its trace."""

    span: pb.Span
    left: float
    width: float


class Traces:
    """The list, and the waterfall."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        house, one = self._house, "/traces/{trace_id}"
        return [
            house.page("/traces", self._list),
            house.stream("/traces/live", self._follow_all),
            house.page(one, self._show),
            house.stream(f"{one}/live", self._follow),
        ]

    async def _list(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        case_id = await self._case(visit)
        found, more = await self._found(visit, case_id)
        live = f"/traces/live?{asked}" if not asked.get("page") else ""
        return visit.page(
            "traces/traces.html", live=live, traces=found, more=more, asked=asked, case_id=case_id, kinds=tuple(_ONLY)
        )

    async def _case(self, visit: Visit) -> str:
        """The id of the case that is asked for by its number or its id."""
        wanted = visit.request.query_params.get("case", "").strip()
        if not wanted or _ID.fullmatch(wanted):
            return wanted
        return str((await visit.ask(intake.GetCaseRequest(case_id=wanted))).case.id)

    async def _found(self, visit: Visit, case_id: str) -> tuple[Sequence[pb.Trace], str]:
        """A page of traces of every process that keeps any, those in which something happened last first."""
        asked = visit.request.query_params
        request = pb.ListTracesRequest(
            case_id=case_id, work_item_id=asked.get("work_item", ""), page_token=asked.get("page", ""),
            **_ONLY[kind_of(visit)],
        )  # fmt: skip
        answers = await visit.me.ask_everywhere(request)
        found = {trace.trace_id: trace for answer in answers for trace in answer.traces}
        latest = sorted(found.values(), key=lambda one: one.end_time.ToNanoseconds(), reverse=True)
        return latest, answers[0].next_page_token if len(answers) == 1 else ""

    async def _follow_all(self, visit: Visit) -> Response:
        case_id = await self._case(visit)

        async def look() -> Sequence[Part]:
            found, _ = await self._found(visit, case_id)
            return [visit.part("traces", "traces/list.html", traces=found)]

        return visit.stream(looked_at(visit, "traces", LOOK_S, look))

    async def _show(self, visit: Visit) -> Response:
        values = await self._read(visit)
        return visit.page(
            "traces/trace.html", live=f"{visit.request.url.path}/live?{visit.request.url.query}", **values
        )

    async def _follow(self, visit: Visit) -> Response:
        async def look() -> Sequence[Part]:
            return [visit.part("waterfall", "traces/waterfall.html", **await self._read(visit))]

        return visit.stream(looked_at(visit, "trace", LOOK_S, look))

    async def _read(self, visit: Visit) -> Mapping[str, Any]:
        """The trace as the process knows it that has most of it."""
        request = pb.GetTraceRequest(trace_id=visit.path["trace_id"])
        found = max(await visit.me.ask_everywhere(request), key=lambda one: len(one.spans))
        line = scale.measured([stretch(span) for span in found.spans])
        asked = visit.request.query_params.get("from", "")
        first = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
        shown = found.spans[first : first + ROWS]
        return {
            "trace": found.trace,
            "bars": [bar(span, line) for span in shown],
            "cuts": line.cuts,
            "first": first,
            "rows": ROWS,
            "services": sorted({span.service for span in found.spans}),
        }


def kind_of(visit: Visit) -> str:
    """Which traces are asked for; all that name the case or work that is asked for."""
    asked = visit.request.query_params
    only = asked.get("only", "")
    return only if only in _ONLY else "all" if asked.get("case") or asked.get("work_item") else "cases"


def stretch(span: pb.Span) -> scale.Stretch:
    """From when until when a span was."""
    began = span.start_time.ToNanoseconds()
    return began, began + span.duration.ToNanoseconds()


def bar(span: pb.Span, line: scale.Scale) -> Bar:
    """A span on the line."""
    began, ended = stretch(span)
    left = line.place(began)
    return Bar(span, round(left, 3), round(max(line.place(ended) - left, 0.25), 3))
