"""Calls in progress have a road of their own through the host: nothing else makes them wait, and they stop nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    CallEvent,
    Conference,
    Delivery,
    Dial,
    KeyPress,
    Leg,
    LegState,
    Misconfigured,
    Outbound,
    Receipt,
    Rejected,
    Retry,
    Unsure,
)

from chassis.connectors import operations
from chassis.connectors.errors import BreakerOpen, ConnectorFault, FaultKind
from chassis.connectors.guards import FAILURES_TO_OPEN, FIRST_PAUSE_S, BreakerState
from chassis.connectors.host import Host
from chassis.connectors.operations import Operation
from chassis.connectors.registry import Found
from tests.odd_connectors import MESSAGE, ODD, REPLY, REQUEST, Odd, Time, hang, host
from tests.waiting import eventually

LEG, CONFERENCE = "0199e0f2-7c00-7abc-8def-000000000001", "0199e0f2-7c00-7abc-8def-000000000002"
DIAL = Dial(LEG, Address(AddressKind.PHONE, "+8227100000"))
EXCHANGE = replace(ODD, capabilities=frozenset({"channel", "telephony"}), medium="voice")
ASKED: dict[Operation, tuple[Any, ...]] = {
    operations.DIAL: (DIAL,),
    operations.BRIDGE: (CONFERENCE, [LEG]),
    operations.ADD_PARTY: (CONFERENCE, LEG),
    operations.REMOVE_PARTY: (CONFERENCE, LEG),
    operations.HOLD: (CONFERENCE, LEG, True),
    operations.MUTE: (CONFERENCE, LEG, True),
    operations.HANG_UP: (LEG,),
    operations.LOOK: (CONFERENCE,),
}


class OddExchange(Odd):
    """Does as the test says with calls too."""

    def dial(self, dial: Dial) -> Leg:
        done: Leg = self._do("dial", Leg(dial.leg_id, LegState.DIALLING))
        return done

    def bridge(self, conference_id: str, leg_ids: Any) -> Conference:
        done: Conference = self._do("bridge", Conference(conference_id))
        return done

    def add_party(self, conference_id: str, leg_id: str) -> None:
        return self._do("add_party", None)  # type: ignore[no-any-return]

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        return self._do("remove_party", None)  # type: ignore[no-any-return]

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        return self._do("hold", None)  # type: ignore[no-any-return]

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        return self._do("mute", None)  # type: ignore[no-any-return]

    def hang_up(self, leg_id: str) -> None:
        return self._do("hang_up", None)  # type: ignore[no-any-return]

    def look(self, conference_id: str) -> Conference:
        done: Conference = self._do("look", Conference(conference_id))
        return done


def exchange(**does: Any) -> Host:
    return host(Found(EXCHANGE, "tests.odd", lambda context: OddExchange(**does)))


def ask(one: Host, operation: Operation) -> Any:
    return one.ask("odd", operation, *ASKED[operation])


@pytest.mark.parametrize("operation", ASKED, ids=str)
def test_an_exchange_that_keeps_the_contract_is_heard(operation: Operation) -> None:
    expected = {
        operations.DIAL: Leg(LEG, LegState.DIALLING),
        operations.BRIDGE: Conference(CONFERENCE),
        operations.LOOK: Conference(CONFERENCE),
    }
    assert ask(exchange(), operation) == expected.get(operation)


@pytest.mark.parametrize("operation", ASKED, ids=str)
@pytest.mark.parametrize("raised", [ValueError("김누리"), SystemExit(3)], ids=lambda error: type(error).__name__)
def test_whatever_an_exchange_raises_is_its_fault_alone(operation: Operation, raised: BaseException) -> None:
    with pytest.raises(ConnectorFault) as fault:
        ask(exchange(**{operation.method: raised}), operation)
    assert fault.value.kind is FaultKind.RAISED
    assert "김누리" not in fault.value.reason


@pytest.mark.parametrize("operation", ASKED, ids=str)
def test_a_call_that_hangs_ends_at_its_deadline(operation: Operation) -> None:
    with pytest.raises(ConnectorFault) as fault:
        ask(exchange(**{operation.method: hang()}), operation)
    assert fault.value.kind is FaultKind.TOO_SLOW


@pytest.mark.parametrize("operation", ASKED, ids=str)
def test_what_is_no_answer_of_the_contract_reaches_no_service(operation: Operation) -> None:
    with pytest.raises(ConnectorFault) as fault:
        ask(exchange(**{operation.method: "done"}), operation)
    assert fault.value.kind is FaultKind.RUBBISH


@pytest.mark.parametrize("error", [Rejected("gone"), Retry("busy", 3), Unsure("no answer"), Misconfigured("login")])
def test_what_the_contract_allows_comes_through(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        ask(exchange(dial=error), operations.DIAL)
    assert type(raised.value) is type(error)


def test_a_channel_that_is_no_exchange_dials_nobody() -> None:
    one = host(Found(ODD, "tests.odd", lambda context: OddExchange()))
    with pytest.raises(Rejected, match="no telephony"):
        ask(one, operations.DIAL)


def test_calls_wait_behind_nothing_that_hangs() -> None:
    gate = threading.Event()
    one = exchange(send=gate.wait, parse=gate.wait)
    hanging = [threading.Thread(target=_until_refused, args=(one,)) for _ in range(20)]
    for thread in hanging:
        thread.start()
    assert ask(one, operations.DIAL) == Leg(LEG, LegState.DIALLING)
    for thread in hanging:
        thread.join()
    gate.set()
    eventually(lambda: one.states()[0].in_flight == 0, what="the end of the hung calls")


def _until_refused(one: Host) -> None:
    with pytest.raises(Retry):
        one.send("odd", REPLY)


def test_a_breaker_of_one_road_stops_no_other() -> None:
    clock = Time()
    down = Retry("the trunk is down")
    one = host(Found(EXCHANGE, "tests.odd", lambda context: OddExchange(dial=down)), monotonic=clock)
    for _ in range(FAILURES_TO_OPEN):
        with pytest.raises(Retry, match="trunk"):
            ask(one, operations.DIAL)
    with pytest.raises(BreakerOpen):
        ask(one, operations.LOOK)
    assert one.send("odd", REPLY) == Receipt(Delivery.SENT)
    assert one.parse("odd", REQUEST) == [MESSAGE]
    clock.now_s += FIRST_PAUSE_S
    assert ask(one, operations.LOOK) == Conference(CONFERENCE)
    assert one.states()[0].breaker is BreakerState.CLOSED


def test_replies_that_fail_stop_no_call() -> None:
    one = exchange(send=Retry("down"))
    for _ in range(FAILURES_TO_OPEN + 1):
        _until_refused(one)
    assert ask(one, operations.HANG_UP) is None


def test_the_limit_of_replies_is_none_of_calls() -> None:
    slow = replace(EXCHANGE, limits=replace(EXCHANGE.limits, sends_per_second=0.001))
    one = host(Found(slow, "tests.odd", lambda context: OddExchange()))
    one.send("odd", Outbound("r-2", MESSAGE.sender, "…"))
    for _ in range(5):
        ask(one, operations.HOLD)


@pytest.mark.parametrize(
    "event",
    [
        CallEvent("", LegState.UP, datetime.now(UTC)),
        CallEvent("leg", LegState.UP, datetime(2026, 11, 22)),
        CallEvent("leg", "up", datetime.now(UTC)),  # type: ignore[arg-type] # as a careless connector would
        KeyPress("", "1", datetime.now(UTC)),
        KeyPress("leg", "1", datetime(2026, 11, 22)),
        KeyPress("leg", "A", datetime.now(UTC)),
        KeyPress("leg", "", datetime.now(UTC)),
    ],
    ids=[
        "of no leg",
        "of no time zone",
        "of no state",
        "a key of no leg",
        "a key of no time zone",
        "no key",
        "nothing",
    ],
)
def test_an_event_that_is_none_reaches_no_service(event: CallEvent | KeyPress) -> None:
    with pytest.raises(ConnectorFault) as fault:
        exchange(parse=[event]).parse("odd", REQUEST)
    assert fault.value.kind is FaultKind.RUBBISH
