"""Telephone calls on a running hub, told by an exchange's event stream or by callbacks: each is a case with all that
became of it, whatever order it was told in and whoever died meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2

from chassis.leases import LEASE_S
from plugins.phone_asterisk.tests.exchange import Exchange
from tests.hub import AgentDesk, RunningHub
from tests.outside import TWILIO_TOKEN, asterisk, twilio_signed
from tests.waiting import eventually

TOLD = {
    "ringing": case_pb2.CALL_STATE_RINGING,
    "up": case_pb2.CALL_STATE_UP,
    "held": case_pb2.CALL_STATE_HELD,
    "ended": case_pb2.CALL_STATE_ENDED,
}


@pytest.fixture(scope="module")
def exchange() -> Iterator[Exchange]:
    with Exchange() as found:
        yield found


@pytest.fixture(scope="module")
def environment(exchange: Exchange) -> dict[str, str]:
    twilio = "HUB120_CONNECTOR_PHONE_TWILIO"
    return {
        **asterisk(exchange.url),
        "HUB120_CONNECT_CALLS": "false",  # the exchange connects agents by itself
        f"{twilio}_ACCOUNT_SID": "AC5f1e0d7c2b3a49586f7e8d9c0b1a2f3e",
        f"{twilio}_AUTH_TOKEN": TWILIO_TOKEN,
        f"{twilio}_FROM_NUMBER": "+827047001200",
    }


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("han", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


class Caller:
    """A citizen's telephone on the exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.leg_id = f"{uuid4().int % 10**10}.{uuid4().int % 1000}"
        self._exchange = exchange
        self.number = f"+8210{uuid4().int % 10**8:08}"

    def channel(self, state: str) -> dict[str, Any]:
        """As the exchange shows it."""
        return {
            "id": self.leg_id,
            "state": state,
            "caller": {"name": "", "number": self.number},
            "dialplan": {"app_name": "Stasis", "app_data": "hub120,citizen"},
            "creationtime": now(),
        }

    def tell(self, kind: str, state: str = "Up", **more: Any) -> None:
        """Something happened to it."""
        event = {"type": kind, "timestamp": now(), "channel": self.channel(state), "args": ["citizen"], **more}
        self._exchange.deliver(json.dumps(event).encode())


def now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "+0000"


def call_of(agent: AgentDesk, case_id: str) -> list[case_pb2.Call]:
    entries = agent.case(case_id).entries
    return [entry.call for entry in entries if entry.WhichOneof("what") == "call"]


def stands(agent: AgentDesk, case_id: str, *states: str) -> bool:
    return [one.state for one in call_of(agent, case_id)] == [TOLD[state] for state in states]


def heard(exchange: Exchange) -> None:
    eventually(lambda: not exchange.unacknowledged(), what="everything being heard")


def test_a_call_is_offered_as_a_call_and_the_case_tells_what_became_of_it(
    hub: RunningHub, agent: AgentDesk, exchange: Exchange
) -> None:
    offers, caller = agent.offers(), Caller(exchange)
    caller.tell("StasisStart", "Ring")
    offer = next(offers)
    item = agent.accept(offer)
    assert item.medium == case_pb2.MEDIUM_VOICE
    caller.tell("ChannelStateChange")
    caller.tell("ChannelHold")
    caller.tell("ChannelUnhold")
    caller.tell("StasisEnd")
    states = ("ringing", "up", "held", "up", "ended")
    eventually(lambda: stands(agent, item.case_id, *states), what="the call's entries")
    (contact,) = (one.contact for one in agent.case(item.case_id).entries if one.HasField("contact"))
    last = call_of(agent, item.case_id)[-1]
    assert (last.leg_id, last.contact_id, last.channel) == (caller.leg_id, contact.id, "phone_asterisk")
    assert last.end_reason == case_pb2.CALL_END_REASON_DONE
    assert last.start_time.ToDatetime() <= last.answer_time.ToDatetime() <= last.end_time.ToDatetime()
    assert agent.case_of(caller.number) == item.case_id
    agent.finish(item.id, seen=1)


def test_what_happened_while_no_worker_lived_is_told_by_the_next(
    hub: RunningHub, agent: AgentDesk, exchange: Exchange
) -> None:
    stays, leaves, comes = (Caller(exchange) for _ in range(3))
    for caller in (stays, leaves):
        caller.tell("StasisStart")
    heard(exchange)
    hub.kill("worker")
    exchange.drop()
    del exchange.channels[leaves.leg_id]
    exchange.channels[comes.leg_id] = comes.channel("Up")
    hub.start("worker")
    case = {caller: case_once_there(agent, caller) for caller in (stays, leaves, comes)}
    eventually(lambda: stands(agent, case[leaves], "up", "ended"), LEASE_S + 15, "the end that nobody heard")
    assert stands(agent, case[stays], "up")
    assert stands(agent, case[comes], "up")
    for caller in (stays, comes):
        caller.tell("StasisEnd")
    heard(exchange)


def case_once_there(agent: AgentDesk, caller: Caller) -> str:
    """The id of a caller's case, as soon as there is one."""

    def found() -> list[case_pb2.Case]:
        request = intake.ListCasesRequest(address=caller.number, page_size=1)
        return list(agent.intake.ListCases(request, metadata=agent.metadata, timeout=30).cases)

    eventually(found, LEASE_S + 15, "a case of the caller")
    (case,) = found()
    return case.id


def twilio(hub: RunningHub, path: str, fields: Mapping[str, str]) -> httpx.Response:
    url = hub.webhook(f"phone_twilio{path}")
    answer = httpx.post(url, data=dict(fields), headers=twilio_signed(url, fields), timeout=30)
    assert answer.status_code == 200, answer.text
    return answer


def test_whoever_presses_a_key_while_an_announcement_is_read_is_led_on(hub: RunningHub) -> None:
    leg_id, conference_id = (f"0199e0f2-7c00-7abc-8def-{uuid4().int % 10**12:012}" for _ in range(2))
    where = f"/keys?leg={leg_id}&conference={conference_id}&muted=true"
    fields = {"CallSid": f"CA{uuid4().hex}", "CallStatus": "in-progress", "Digits": "1", "msg": "Gather End"}
    for _ in range(2):
        told = twilio(hub, where, fields).text
        assert f">{conference_id}</Conference>" in told
        assert 'muted="true"' in told


def test_callbacks_in_the_wrong_order_end_in_the_right_state(hub: RunningHub, agent: AgentDesk) -> None:
    call, number = f"CA{uuid4().hex}", f"+8210{uuid4().int % 10**8:08}"
    fields = {"CallSid": call, "From": number, "To": "+827047001200"}
    room = {**fields, "FriendlyName": f"wait-{call}", "ParticipantLabel": call, "ConferenceSid": "CF1"}
    status = {**fields, "Timestamp": "Fri, 27 Nov 2026 08:41:30 +0000", "SequenceNumber": "0"}
    join = {**room, "StatusCallbackEvent": "participant-join", "Timestamp": "Fri, 27 Nov 2026 08:40:30 +0000"}
    twilio(hub, "/calls", {**status, "CallStatus": "completed"})
    told = twilio(hub, "", {**fields, "CallStatus": "ringing", "Direction": "inbound"}).text
    assert f">wait-{call}</Conference>" in told
    twilio(hub, "/conferences", {**join, "SequenceNumber": "1"})
    twilio(hub, "/calls", {**status, "CallStatus": "completed"})
    case_id = agent.case_of(number)
    assert stands(agent, case_id, "ended")
    (only,) = call_of(agent, case_id)
    assert only.answer_time.ToDatetime() < only.end_time.ToDatetime()
