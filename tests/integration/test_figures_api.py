"""Referral's numbers through gRPC: an agent sees their own, those who lead see all, what is asked is bounded, and a
repeated call of an agency rings once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hub120.referral.v1 import figures_service_pb2 as pb
from hub120.referral.v1 import figures_service_pb2_grpc as grpc_pb
from hub120.referral.v1 import referral_pb2

from chassis import auth, grpc_host
from chassis.database import Database
from services.referral.grpc_api.figures import FiguresApi
from services.referral.tables import metadata
from tests.integration.databases import Clock
from tests.integration.grpc_calls import answering, details, on_database
from tests.integration.referral_desk import Desk, S


class Console:
    """Whoever looks at figures."""

    def __init__(self, channel: Any, issuer: auth.LocalIssuer, desks: list[Desk]) -> None:
        self.desks, self._issuer = desks, issuer
        self._stub = grpc_pb.FiguresServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
        began = desks[0].clock.now - timedelta(days=1)
        self.period: dict[str, Any] = {"from_time": began, "to_time": began + timedelta(days=30)}

    def call(self, method: str, request: Any, role: str = "supervisor", subject: str = "chief") -> Any:
        metadata = [("authorization", f"Bearer {self._issuer.issue(subject, [role], 60)}")]
        return getattr(self._stub, method)(request, metadata=metadata, timeout=20)

    def figures(self, role: str = "supervisor", subject: str = "chief", **more: Any) -> Any:
        asked = pb.FigureFilter(**{**self.period, **more})
        return self.call("GetFigures", pb.GetFiguresRequest(filter=asked, slice=pb.FIGURE_SLICE_WEEK), role, subject)


@asynccontextmanager
async def served(database: Database, folder: Path, clock: Clock) -> AsyncIterator[Console]:
    desks = [Desk(database, clock, "email") for _ in range(3)]
    for number, desk in enumerate(desks):
        desk.propose(f"r-{number}", agent_id=f"agent-{number % 2}")
    desks[0].consent()
    desks[0].send()
    desks[0].reports(S.ACCEPTED, by="kim")
    service = grpc_host.implemented(pb, grpc_pb, FiguresApi(database))
    async with answering(folder, service) as (channel, issuer):
        yield Console(channel, issuer, desks)


@pytest.fixture
def on(clock: Clock, tmp_path: Path) -> Callable[[Callable[[Console], Awaitable[None]]], None]:
    """Runs a test against three referrals."""
    return on_database(
        f"sqlite:///{tmp_path}/{{service}}.db",
        "referral",
        metadata,
        clock,
        lambda kept: served(kept, tmp_path, clock),
    )


def test_an_agent_sees_their_own_and_those_who_lead_see_all(on: Any) -> None:
    async def main(console: Console) -> None:
        for role in ("supervisor", "auditor", "admin"):
            found = await console.figures(role)
            assert (found.total.proposed, found.total.accepted) == (3, 1)
            assert sum(one.figures.proposed for one in found.series) == 3
        assert (await console.figures(agent_id="agent-1")).total.proposed == 1
        mine = await console.figures("agent", "agent-0", agent_id="agent-1")
        assert (mine.total.proposed, mine.total.silence.of, mine.total.silence.too_few) == (2, 1, True)
        assert not mine.total.silence.HasField("share")
        assert mine.total.accept.count == 1
        assert mine.total.accept.clock.p90 == 0
        assert not mine.total.complete.clock.HasField("p50")
        assert (await console.figures(kind=referral_pb2.REFERRAL_KIND_LEGAL)).total.proposed == 0

    on(main)


def test_agencies_come_by_pages_and_a_token_belongs_to_its_question(on: Any) -> None:
    async def main(console: Console) -> None:
        asked = pb.ListAgencyFiguresRequest(filter=pb.FigureFilter(**console.period), page_size=2)
        first = await console.call("ListAgencyFigures", asked)
        asked.page_token = first.next_page_token
        rest = await console.call("ListAgencyFigures", asked)
        ids = [one.organization_id for one in (*first.agencies, *rest.agencies)]
        assert (ids, rest.next_page_token) == (sorted(one.organization_id for one in console.desks), "")
        asked.filter.need = "food"
        assert "BadRequest" in await details(console.call("ListAgencyFigures", asked))
        labels = await console.call("ListFigureLabels", pb.ListFigureLabelsRequest(), "agent")
        assert {one.code for one in labels.labels} >= {"silence", "helped", "accept"}

    on(main)


def test_what_is_asked_is_bounded(on: Any) -> None:
    async def main(console: Console) -> None:
        began = console.period["from_time"]
        wrong: list[tuple[str, dict[str, Any]]] = [
            ("filter.to_time", {"to_time": began + timedelta(days=401)}),
            ("filter.to_time", {"to_time": began}),
            ("filter.from_time", {"from_time": began.replace(year=1999)}),
            ("filter.need", {"need": "가난"}),
            ("filter.organization_id", {"organization_id": "x" * 65}),
            ("filter.least_sent", {"least_sent": 1001}),
            ("filter.kind", {"kind": 7}),
        ]
        for field, more in wrong:
            found = (await details(console.figures(**more)))["BadRequest"]
            assert field in {one.field for one in found.field_violations}, field
        empty = await details(console.call("GetFigures", pb.GetFiguresRequest()))
        assert {one.field for one in empty["BadRequest"].field_violations} >= {"filter.from_time"}

    on(main)
