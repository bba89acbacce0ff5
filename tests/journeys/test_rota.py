"""The rota through the API of a running hub: a centre's plan is loaded, and asked who is on, now and next."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.routing.v1 import rota_pb2
from hub120.routing.v1 import rota_service_pb2 as pb
from hub120.routing.v1.rota_service_pb2_grpc import RotaServiceStub

from tests.documents import ROOT
from tests.hub import RunningHub, running_hub
from tests.rotas import SEOUL

SAMPLE = ROOT / "examples" / "rota"


class Office:
    """Everybody who asks for the rota or changes it."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self.stub: Any = RotaServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints

    def call(self, method: str, request: Any, who: str = "chief", role: str = "supervisor") -> Any:
        return getattr(self.stub, method)(request, metadata=self.hub.metadata(who, role), timeout=30)

    def refused(self, method: str, request: Any, who: str = "chief", role: str = "supervisor") -> grpc.StatusCode:
        with pytest.raises(grpc.RpcError) as caught:
            self.call(method, request, who, role)
        code: grpc.StatusCode = caught.value.code()
        return code

    def on(self, moment: str) -> dict[str, int]:
        """How many are on duty in each team."""
        found = self.call("WhoIsOn", pb.WhoIsOnRequest(time=local(moment)), "kim", "agent")
        return {team.team_id: len(team.on) for team in found.teams if team.on}


def local(moment: str) -> datetime:
    """A moment as Koreans write it."""
    return datetime.fromisoformat(moment).replace(tzinfo=SEOUL)


def between(begin: str, end: str) -> dict[str, Any]:
    """A span as requests have it."""
    return {"start_time": local(begin), "end_time": local(end)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with running_hub(tmp_path) as hub:
        yield Office(hub)


def loaded(hub: RunningHub) -> list[str]:
    """Load the sample as an operator does; returns what that says."""
    token = hub.metadata("chief", "supervisor")[0][1].removeprefix("Bearer ")
    environment = hub.environment | {"HUB120_TOKEN": token, "PYTHONPATH": "protos/gen"}
    environment["HUB120_GRPC_ADDRESS"] = f"127.0.0.1:{hub.grpc_port}"
    command = [sys.executable, str(SAMPLE / "load.py"), str(SAMPLE / "gyeonggi.json")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_sample_centre_is_loaded_twice_and_says_who_is_on_and_next(office: Office) -> None:
    for _ in range(2):
        assert loaded(office.hub)[0] == "day: 46 agents, evening: 10 agents, night: 6 agents"
    members = pb.ListMembershipsRequest(page_size=40)
    first = office.call("ListMemberships", members)
    rest = office.call("ListMemberships", pb.ListMembershipsRequest(page_size=40, page_token=first.next_page_token))
    assert (len(first.memberships), len(rest.memberships), rest.next_page_token) == (40, 22, "")
    weekday, seollal, night = (
        office.on("2026-03-10 10:00"),
        office.on("2026-02-17 10:00"),
        office.on("2026-03-11 02:00"),
    )
    assert weekday == {"day": 32, "sign": 2}
    assert set(seollal) == {"day"}
    assert night == {"night": 2}
    month = between("2026-09-01 00:00", "2026-10-01 00:00")
    assert len(office.call("ListGaps", pb.ListGapsRequest(**month)).gaps) == 0
    _pages_join(office, month)
    holidays = office.call("ListHolidays", pb.ListHolidaysRequest(year=2026)).holidays
    assert ("2026-09-25", "추석", "Chuseok", True) in {(d.day, d.name_ko, d.name_en, d.observed) for d in holidays}
    _swapped(office)
    _refusals(office)


def _pages_join(office: Office, month: dict[str, Any]) -> None:
    """A month of duties, in pages, is the month of duties at once."""
    whole = office.call("ListDuty", pb.ListDutyRequest(**month, page_size=5000)).duties
    found: list[Any] = []
    token = ""
    while True:
        page = office.call("ListDuty", pb.ListDutyRequest(**month, page_size=700, page_token=token))
        found, token = [*found, *page.duties], page.next_page_token
        if not token:
            break
    assert found == list(whole)
    assert len({(duty.agent_id, duty.start_time.seconds) for duty in whole}) == len(whole)


def _swapped(office: Office) -> None:
    """Two agents of the evening change a day, years ahead, and a third sees nothing of it."""
    giver, taker = _evening_of(office, "2049-03-08"), _evening_of(office, "2049-03-11")
    one = next(duty for duty in giver if duty.agent_id not in {other.agent_id for other in taker})
    other = next(duty for duty in taker if duty.agent_id not in {mine.agent_id for mine in giver})
    asked = pb.RequestSwapRequest(
        to_agent_id=other.agent_id, give_start_time=one.start_time, take_start_time=other.start_time, reason="가족 행사"
    )
    swap = office.call("RequestSwap", asked, one.agent_id, "agent").swap
    assert (swap.give, swap.take.agent_id, swap.state) == (one, other.agent_id, rota_pb2.SWAP_STATE_REQUESTED)
    answer = pb.AnswerSwapRequest(swap_id=swap.id, answer=rota_pb2.SWAP_STATE_ACCEPTED)
    assert office.call("AnswerSwap", answer, other.agent_id, "agent").swap.changed_by == other.agent_id
    everything = pb.ListSwapsRequest(states=[rota_pb2.SWAP_STATE_ACCEPTED])
    assert [found.reason for found in office.call("ListSwaps", everything, one.agent_id, "agent").swaps] == [
        "가족 행사"
    ]
    assert len(office.call("ListSwaps", everything, "agent-01", "agent").swaps) == 0
    approve = pb.ApproveSwapRequest(swap_id=swap.id)
    assert office.refused("ApproveSwap", approve, one.agent_id, "agent") == grpc.StatusCode.PERMISSION_DENIED
    office.call("ApproveSwap", approve)
    assert other.agent_id in {duty.agent_id for duty in _evening_of(office, "2049-03-08")}


def _evening_of(office: Office, day: str) -> list[Any]:
    asked = pb.ListDutyRequest(team_id="evening", **between(f"{day} 18:00", f"{day} 19:00"))
    return list(office.call("ListDuty", asked).duties)


def _refusals(office: Office) -> None:
    """Agents write nothing, and what cannot be right is refused by field."""
    team = pb.PutTeamRequest(team=rota_pb2.Team(id="x", name_ko="새 팀"))
    assert office.refused("PutTeam", team, "agent-01", "agent") == grpc.StatusCode.PERMISSION_DENIED
    work = rota_pb2.ON_HOLIDAYS_WORK
    shift = rota_pb2.Shift(id="x", team_id="day", name_ko="x", start="09:00", end="18:00", on_holidays=work)
    span = between("2026-03-10 09:00", "2026-03-11 10:00")
    override: dict[str, Any] = {"id": str(uuid4()), "agent_id": "agent-01", "team_id": "day", **span}
    for method, request in (
        ("PutTeam", pb.PutTeamRequest(team=rota_pb2.Team(id="X y", name_ko="새 팀"))),
        ("PutTeam", pb.PutTeamRequest(team=rota_pb2.Team(id="x", name_ko="새 팀", zone="Asia/Nowhere"))),
        ("PutTeam", pb.PutTeamRequest(team=rota_pb2.Team(id="x", name_ko="새 팀", zone="../etc/passwd"))),
        ("PutTeam", pb.PutTeamRequest()),
        ("PutShift", pb.PutShiftRequest(shift=rota_pb2.Shift(id="x", team_id="day", name_ko="x"))),
        ("PutShift", _with(shift, days=["FUNDAY"])),
        ("PutShift", _with(shift, start="24:00")),
        ("PutShift", _with(shift, id="off")),
        ("PutShift", _with(shift, from_day="20260310")),
        ("PutMembership", pb.PutMembershipRequest(membership=rota_pb2.Membership(agent_id="kim", team_id="day"))),
        ("PutOverride", pb.PutOverrideRequest(override=rota_pb2.Override(kind=rota_pb2.OVERRIDE_KIND_ON, **override))),
        (
            "PutOverride",
            pb.PutOverrideRequest(override=rota_pb2.Override(kind=rota_pb2.OVERRIDE_KIND_INSTEAD, **override)),
        ),
        ("ListDuty", pb.ListDutyRequest(start_time=span["end_time"], end_time=span["start_time"])),
        ("ListDuty", pb.ListDutyRequest(**span, page_token="x")),
        ("ListHolidays", pb.ListHolidaysRequest(year=1987)),
        ("WhoIsOn", pb.WhoIsOnRequest(time=datetime(1970, 1, 1, tzinfo=SEOUL))),
        ("WhoIsOn", pb.WhoIsOnRequest(time=datetime(1970, 1, 1, tzinfo=UTC))),
        ("AnswerSwap", pb.AnswerSwapRequest(swap_id=str(uuid4()), answer=rota_pb2.SWAP_STATE_APPROVED)),
    ):
        assert office.refused(method, request) == grpc.StatusCode.INVALID_ARGUMENT, (method, request)
    assert office.refused("WhoIsOn", pb.WhoIsOnRequest(team_id="nowhere")) == grpc.StatusCode.NOT_FOUND


def _with(shift: rota_pb2.Shift, **changes: Any) -> pb.PutShiftRequest:
    changed = rota_pb2.Shift(**changes)
    request = pb.PutShiftRequest(shift=shift)
    request.shift.MergeFrom(changed)
    return request
