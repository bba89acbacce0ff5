"""What did not leave says so, and what to do: a reply that its channel refuses, a case that a department refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake

from tests.hub import RunningHub
from tests.integration.console.taking import take
from tests.outside import Answer
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow
REFUSED = Answer.json({"error": "no"}, 400)


def test_a_reply_that_its_channel_refuses(hub: RunningHub, seat: Callable[..., Seat]) -> None:
    moon = seat("moon")
    case_id = take(hub, moon, "Selamat pagi", "ms")
    hub.outside.site.next_answers["POST"].append(REFUSED)
    moon.done("/reply", text="안녕하세요")
    moon.shows("history", "보내지 못했습니다. 고쳐서 다시 보내거나 다른 길로 연락하세요. 까닭:")
    replies = [one.reply for one in entries(moon, case_id) if one.HasField("reply")]
    assert replies[-1].state == case_pb2.REPLY_STATE_FAILED


def test_a_case_that_a_department_does_not_take(hub: RunningHub, seat: Callable[..., Seat]) -> None:
    moon = seat("moon")
    case_id = take(hub, moon, "Hej", "sv")
    hub.outside.works.next_answers["POST"].append(REFUSED)
    moon.done("/handing/department", department="webhook_department", title="가로등", text="가로등이 꺼졌습니다.")
    eventually(lambda: failed(moon, case_id), 20, "the department refusing it")
    moon.shows("history", "부서에 넘기지 못했습니다. 다시 이관하거나 부서에 전화하세요. 까닭:")


def entries(agent: Seat, case_id: str) -> list[case_pb2.Entry]:
    """What stands in a case, as the hub has it."""
    return list(agent.ask(intake.GetCaseRequest(case_id=case_id)).entries)


def failed(agent: Seat, case_id: str) -> bool:
    """Whether a handover of a case has failed."""
    handovers = [one.handover for one in entries(agent, case_id) if one.HasField("handover")]
    return bool(handovers) and handovers[-1].state == case_pb2.HANDOVER_STATE_FAILED
