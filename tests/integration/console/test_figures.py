"""How many agents a day needs, and what a surge would do: asked on the floor, as the hub reckons it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from google.protobuf.duration_pb2 import Duration
from hub120.routing.v1 import floor_service_pb2 as pb

from tests.seat import Seat

pytestmark = pytest.mark.slow


@pytest.fixture
def chief(seat: Callable[..., Seat]) -> Seat:
    """A supervisor before the figures."""
    return seat("chief", "supervisor").open("/floor/performance")


def test_what_a_surge_needs_is_told_as_the_hub_reckons_it(chief: Seat) -> None:
    chief.done("/what-if", surge=3, arrivals=40, agents=5, handle_s=300, share=80)
    asked = pb.WhatIfRequest(
        surge=3, arrivals_per_hour=40, agents=5, handle=Duration(seconds=300), target=pb.ServiceTarget(share=0.8)
    )
    found = chief.ask(asked)
    assert not found.stable
    assert f"감당할 수 없습니다. 한 시간에 {found.growth_per_hour:.0f}건씩 밀립니다." in chief.text("what-if")
    assert f"필요한 상담사 {found.agents_needed}" in chief.text("what-if")
    chief.done("/what-if", surge=1, arrivals=40, agents=10, handle_s=300, share=80)
    assert "감당할 수 있습니다." in chief.text("what-if")


def test_the_staffing_of_a_day_has_its_half_hours(chief: Seat) -> None:
    chief.done("/staffing", day="tomorrow", share=80, shrinkage=30)
    rows = chief.text("staffing")
    assert rows.count(":00") + rows.count(":30") == 48
    assert "근무표에" in rows
