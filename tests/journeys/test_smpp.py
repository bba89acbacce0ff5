"""SMS over a message centre on a running hub: a long message in, a long answer out, and the centre dies between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.peers import smpp
from tests.servers.machine import free_port
from tests.waiting import eventually

PORT = free_port()
OURS = "0315550120"
LONG = "놀이터 미끄럼틀이 부서져서 아이들이 다칠까 걱정됩니다 🛝. 나사가 빠져 있고 판이 흔들립니다. " * 4


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {
        "HUB120_CONNECTOR_SMS_SMPP_URL": f"smpp://127.0.0.1:{PORT}",
        "HUB120_CONNECTOR_SMS_SMPP_SYSTEM_ID": "nuri120",
        "HUB120_CONNECTOR_SMS_SMPP_PASSWORD": "pw-8c2f4",
        "HUB120_CONNECTOR_SMS_SMPP_FROM_NUMBER": OURS,
        "HUB120_CONNECTOR_SMS_SMPP_RECEIPT_IDS": "decimal",
        "HUB120_CONNECTOR_SMS_SMPP_TIMEOUT_S": "3",
    }


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("song", capacity=10)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def case_of(agent: AgentDesk, phone: str) -> str:
    """The case that a message opened."""
    for offer in agent.offers():
        case_id = agent.accept(offer).case_id
        if agent.case_of(f"+{phone}") == case_id:
            return case_id
    raise AssertionError("the stream ended")


def texts(agent: AgentDesk, case_id: str) -> list[str]:
    return [one.contact.text for one in agent.case(case_id).entries if one.HasField("contact")]


def states(agent: AgentDesk, case_id: str) -> list[case_pb2.ReplyState]:
    return [one.reply.state for one in agent.case(case_id).entries if one.HasField("reply")]


def test_a_long_message_is_answered_over_two_message_centres(hub: RunningHub, agent: AgentDesk) -> None:
    phone = "821055507001"
    message = {"tag": "m", "from": phone, "to": OURS, "text": LONG, "way": "udh", "reference": 77}
    with smpp.running(PORT) as first:
        first.tell("deliver", **message, order=[2, 0])
        eventually(lambda: len(first.events("acknowledged")) == 2, 60, "two parts being acknowledged")
        assert {one["status"] for one in first.events("acknowledged")} == {0}
    with smpp.running(PORT) as second:
        second.tell("deliver", **message, order=[3, 1])
        case_id = case_of(agent, phone)
        assert texts(agent, case_id) == [LONG]
        agent.reply(case_id, LONG)
        eventually(
            lambda: states(agent, case_id)[-1:] == [case_pb2.REPLY_STATE_DELIVERED], 60, "the answer being delivered"
        )
        parts = second.events("submitted")
        assert "".join(one["submitted"] for one in parts) == LONG
        assert {tuple(one["to"]) for one in parts} == {(1, 1, phone)}
