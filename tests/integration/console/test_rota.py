"""The rota from the floor: what differs from the plan is entered and taken back, and a swap is declined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hub120.routing.v1 import rota_pb2 as rota
from hub120.routing.v1 import rota_service_pb2 as rotas

from tests.hub import RunningHub
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow


def tomorrow(hour: int) -> datetime:
    """An hour of tomorrow in Seoul."""
    day = datetime.now(UTC) + timedelta(hours=9, days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0, tzinfo=None)


def written(moment: datetime) -> str:
    """As a browser sends a moment."""
    return moment.strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def chief(hub: RunningHub, seat: Callable[..., Seat]) -> Seat:
    """A supervisor before tomorrow's week, and a team."""
    found = seat("chief", "supervisor")
    found.ask(rotas.PutTeamRequest(team=rota.Team(id="evening", name_ko="저녁팀", name_en="Evening")))
    return found.open(f"/floor/rota?day={tomorrow(0).date()}&team=evening")


def test_somebody_is_put_on_duty_and_taken_off_again(hub: RunningHub, chief: Seat, seat: Callable[..., Seat]) -> None:
    dawn = seat("dawn")
    hub.agent(dawn.subject)
    hours = {"start_time": written(tomorrow(18)), "end_time": written(tomorrow(22))}
    duty = {"kind": "on", "agent_id": dawn.subject, "team_id": "evening", "reason": "축제", **hours}
    said = chief.refused("/overrides", **{**duty, "agent_id": "nobody"})
    assert said == "그런 상담사가 없습니다. 아이디를 확인해 주세요."
    assert chief.done("/overrides", **duty) == "저장했습니다."
    assert chief.path.endswith("team=evening"), "the week and the team that were looked at"
    assert dawn.subject in chief.text()
    assert "18:00 – 22:00" in chief.text()
    (entered,) = overrides(chief, dawn)
    assert (entered.kind, entered.reason) == (rota.OVERRIDE_KIND_ON, "축제")
    chief.done(f"{entered.id}/remove")
    assert dawn.subject not in chief.text()
    assert overrides(chief, dawn) == []


def test_somebody_is_on_duty_instead_of_another_who_is_ill(
    hub: RunningHub, chief: Seat, seat: Callable[..., Seat]
) -> None:
    dawn, dusk = seat("dawn"), seat("dusk")
    for one in (dawn, dusk):
        hub.agent(one.subject)
    hours = {"start_time": written(tomorrow(9)), "end_time": written(tomorrow(13))}
    chief.done("/overrides", kind="on", agent_id=dawn.subject, team_id="evening", **hours)
    instead = {"kind": "instead", "agent_id": dusk.subject, "reason": "병가", **hours}
    unknown = chief.send("/overrides", instead_of="nobody", **instead)
    assert unknown.said == "그런 상담사가 없습니다. 아이디를 확인해 주세요."
    assert set(unknown.wrong) == {"agent_id", "instead_of"}
    chief.done("/overrides", instead_of=dawn.subject, **instead)
    assert f"{dusk.subject} 대신 {dawn.subject}" in chief.text()
    duties = rotas.ListDutyRequest(start_time=midnight(), end_time=midnight() + timedelta(days=1), team_id="evening")
    on = [one.agent_id for one in chief.ask(duties).duties]
    assert dusk.subject in on
    assert dawn.subject not in on


def midnight() -> datetime:
    """When tomorrow begins in Seoul."""
    return tomorrow(0).replace(tzinfo=UTC) - timedelta(hours=9)


def test_what_cannot_be_entered_says_what_to_do(chief: Seat) -> None:
    hours = {"start_time": written(tomorrow(18)), "end_time": written(tomorrow(9))}
    said = chief.refused("/overrides", kind="off", agent_id="kim", **hours)
    assert "끝나는 때는 시작하는 때보다 뒤여야 합니다." in said


def test_a_swap_is_declined_by_a_supervisor_and_both_keep_their_duties(
    hub: RunningHub, chief: Seat, seat: Callable[..., Seat]
) -> None:
    dawn, dusk = seat("dawn"), seat("dusk")
    for one in (dawn, dusk):
        hub.agent(one.subject)
    start = tomorrow(9).replace(tzinfo=UTC) - timedelta(hours=9)
    duty = rota.Override(
        id=str(uuid4()), kind=rota.OVERRIDE_KIND_ON, agent_id=dawn.subject, team_id="evening", start_time=start,
        end_time=start + timedelta(hours=4),
    )  # fmt: skip
    chief.ask(rotas.PutOverrideRequest(override=duty))
    asked = rotas.RequestSwapRequest(to_agent_id=dusk.subject, give_start_time=start, reason="병원")
    swap_id = dawn.ask(asked).swap.id
    dusk.ask(rotas.AnswerSwapRequest(swap_id=swap_id, answer=rota.SWAP_STATE_ACCEPTED))
    chief.shows("swaps", f"{dawn.subject} → {dusk.subject}")
    assert chief.done(f"{swap_id}/decline") == "거절했습니다."
    assert "기다리는 요청이 없습니다." in chief.text("swaps")
    listed = rotas.ListSwapsRequest(agent_id=dawn.subject)
    eventually(lambda: [one.state for one in dawn.ask(listed).swaps] in ([], [rota.SWAP_STATE_DECLINED]), 20, "the end")
    assert [one.id for one in overrides(chief, dawn)] == [duty.id]
    assert overrides(chief, dusk) == []


def overrides(chief: Seat, of: Seat) -> list[rota.Override]:
    """What differs from the plan for somebody, as the hub has it."""
    span = {"start_time": datetime.now(UTC), "end_time": datetime.now(UTC) + timedelta(days=3)}
    found = chief.ask(rotas.ListOverridesRequest(**span)).overrides
    return [one for one in found if one.agent_id == of.subject]
