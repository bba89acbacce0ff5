"""The connector host against connectors that break every promise.

Runs on threads here, and once more on greenlets: ``tests/integration/test_connector_host_in_greenlets.py`` starts this
very file in a monkey-patched process with ``HUB120_TEST_RUNNER=greenlets``.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hub120_sdk import (
    Attachment,
    Content,
    Delivery,
    Inbound,
    Misconfigured,
    OptedOut,
    Receipt,
    Rejected,
    Response,
    Retry,
    Throttled,
    Unauthorised,
    Unreadable,
)

from chassis.connectors.errors import BreakerOpen, ConnectorFault, FaultKind, TooBusy
from chassis.connectors.guards import FAILURES_TO_OPEN, FIRST_PAUSE_S, Breaker, BreakerState, Outcome, RateLimit
from chassis.connectors.host import Host
from chassis.connectors.registry import Found
from tests.odd_connectors import CITIZEN, GOOD, MESSAGE, ODD, REPLY, REQUEST, Odd, Time, hang, host, odd, odd_in, spin
from tests.waiting import eventually

CALLS: dict[str, Callable[[Host], object]] = {
    "parse": lambda one: one.parse("odd", REQUEST),
    "answer": lambda one: one.answer("odd", REQUEST, []),
    "send": lambda one: one.send("odd", REPLY),
    "fetch": lambda one: one.fetch("odd", Attachment("https://files.example/1")),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_connector_that_keeps_the_contract_is_heard(call: str) -> None:
    expected = {"parse": [MESSAGE], "answer": Response(), "send": Receipt(Delivery.SENT), "fetch": Content(b"x")}
    assert CALLS[call](host(odd())) == expected[call]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "raised",
    [
        ValueError("주민 홍길동"),
        SystemExit(3),
        KeyboardInterrupt(),
        GeneratorExit(),
        BaseException(),
        RecursionError(),
        MemoryError(),
        StopIteration(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_connector_raises_is_its_fault_alone(call: str, raised: BaseException) -> None:
    both = host(odd_in(call, raised), Found(GOOD, "tests.good", lambda context: Odd()))
    with pytest.raises(ConnectorFault) as fault:
        CALLS[call](both)
    assert fault.value.kind is FaultKind.RAISED
    assert type(raised).__name__ in fault.value.reason
    assert "홍길동" not in fault.value.reason
    assert both.parse("good", REQUEST) == [MESSAGE]


def broken(record: Any, **changes: Any) -> Any:
    return replace(record, **changes)


def made(kind: Any, *fields: Any, **named: Any) -> Any:
    return kind(*fields, **named)


RUBBISH: dict[str, list[Any]] = {
    "parse": [
        None,
        "text",
        {"a": 1},
        [None],
        [MESSAGE, "x"],
        [broken(MESSAGE, provider_id="")],
        [broken(MESSAGE, text=b"bytes")],
        [broken(MESSAGE, sender="citizen-1")],
        [broken(MESSAGE, sender=broken(CITIZEN, kind="account"))],
        [broken(MESSAGE, sender=broken(CITIZEN, verified=1))],
        [broken(MESSAGE, attachments=[Attachment("x")])],
        [broken(MESSAGE, attachments=("x",))],
        [broken(MESSAGE, occurred_at="2026-11-22")],
        [broken(MESSAGE, occurred_at=datetime(2026, 11, 22))],
        [broken(MESSAGE, reply_context={"a": 1})],
        [broken(MESSAGE, reply_context={str(n): "" for n in range(21)})],
        [made(Receipt, "sent")],
        [Inbound],
    ],
    "answer": [
        None,
        "ok",
        200,
        made(Response, "200"),
        made(Response, 99),
        made(Response, 200, "text"),
        made(Response, 200, b"", "a\r\nb"),
        made(Response, 200, b"", "텍스트"),
        made(Response, 200, b"x" * 1_048_577),
    ],
    "send": [
        None,
        True,
        "sent",
        Receipt,
        made(Receipt, "delivered"),
        made(Receipt, Delivery.SENT, provider_id=7),
        MESSAGE,
    ],
    "fetch": [
        None,
        b"bytes",
        made(Content, "text"),
        made(Content, b"", media_type=None),
    ],
}


@pytest.mark.parametrize(("call", "value"), [(call, value) for call, values in RUBBISH.items() for value in values])
def test_what_is_no_record_reaches_no_service(call: str, value: object) -> None:
    with pytest.raises(ConnectorFault) as fault:
        CALLS[call](host(odd_in(call, lambda: value)))
    assert fault.value.kind is FaultKind.RUBBISH


@pytest.mark.parametrize(
    "record",
    [
        broken(MESSAGE, provider_id="x" * 256),
        broken(MESSAGE, text="x" * 100_001),
        broken(MESSAGE, attachments=(Attachment("x"),) * 11),
        broken(MESSAGE, attachments=(Attachment("x" * 5_000),)),
        broken(MESSAGE, sender=broken(CITIZEN, value="x" * 256)),
    ],
)
def test_what_is_too_long_is_unreadable_and_nobodys_fault(record: Any) -> None:
    with pytest.raises(Unreadable):
        host(odd(parse=[record])).parse("odd", REQUEST)


def test_a_file_that_is_too_large_is_not_fetched_again() -> None:
    with pytest.raises(Rejected, match="bytes"):
        host(odd(fetch=Content(b"x" * 20_971_521))).fetch("odd", Attachment("x"))


@pytest.mark.parametrize(
    ("stated", "kept"), [("ko", "ko"), ("zh-Hant-TW", "zh-Hant-TW"), ("한국어", ""), ("k", ""), ("", "")]
)
def test_what_is_no_language_is_left_to_the_hub(stated: str, kept: str) -> None:
    [message] = host(odd(parse=[replace(MESSAGE, language=stated)])).parse("odd", REQUEST)
    assert isinstance(message, Inbound)
    assert message.language == kept


def test_text_that_cannot_be_stored_is_replaced_not_refused() -> None:
    [message] = host(odd(parse=[replace(MESSAGE, text="가\ud800나\x00다")])).parse("odd", REQUEST)
    assert isinstance(message, Inbound)
    assert message.text == "가\ufffd나\ufffd다"


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("how", [hang(), spin], ids=["waiting", "computing"])
def test_a_call_that_hangs_ends_at_its_deadline_and_its_place_is_free_again(call: str, how: Callable[[], None]) -> None:
    hanging = host(odd_in(call, how))
    started = time.monotonic()
    with pytest.raises(ConnectorFault) as fault:
        CALLS[call](hanging)
    assert fault.value.kind is FaultKind.TOO_SLOW
    assert time.monotonic() - started < 3
    if how is spin:
        eventually(lambda: hanging.states()[0].in_flight == 0, what="the end of the loop")


def test_hung_calls_take_their_own_places_only() -> None:
    gate = threading.Event()
    both = host(odd(parse=gate.wait), Found(GOOD, "tests.good", lambda context: Odd()))
    hanging = [threading.Thread(target=_quietly, args=(both.parse, "odd", REQUEST)) for _ in range(20)]
    for thread in hanging:
        thread.start()
    assert both.parse("good", REQUEST) == [MESSAGE]
    assert both.send("odd", REPLY) == Receipt(Delivery.SENT)
    for thread in hanging:
        thread.join()
    gate.set()
    eventually(lambda: both.states()[1].in_flight == 0, what="the end of the hung calls")


def _quietly(call: Callable[..., object], *arguments: object) -> None:
    with contextlib.suppress(Retry):
        call(*arguments)


def test_more_sends_than_places_wait_or_come_back() -> None:
    gate = threading.Event()
    narrow = host(odd(replace(ODD, limits=replace(ODD.limits, parallel_sends=1, send_deadline_s=5)), send=gate.wait))
    first = threading.Thread(target=_quietly, args=(narrow.send, "odd", REPLY))
    first.start()
    eventually(lambda: narrow.states()[0].in_flight == 1, what="the first send")
    with pytest.raises(TooBusy):
        narrow.send("odd", REPLY)
    gate.set()
    first.join()


def test_the_breaker_leaves_a_failing_provider_alone_and_tries_again() -> None:
    clock, sent = Time(), []

    def send() -> Receipt:
        sent.append(1)
        if len(sent) <= FAILURES_TO_OPEN + 1:
            raise Retry("down")
        return Receipt(Delivery.SENT)

    failing = host(odd(send=send), monotonic=clock)
    for _ in range(FAILURES_TO_OPEN):
        with pytest.raises(Retry):
            failing.send("odd", REPLY)
    assert failing.states()[0].breaker is BreakerState.OPEN
    with pytest.raises(BreakerOpen) as pause:
        failing.send("odd", REPLY)
    assert 0 < pause.value.after_s <= FIRST_PAUSE_S
    assert len(sent) == FAILURES_TO_OPEN
    assert failing.parse("odd", REQUEST) == [MESSAGE]
    clock.now_s += FIRST_PAUSE_S
    with pytest.raises(Retry, match="down"):
        failing.send("odd", REPLY)
    with pytest.raises(BreakerOpen):
        failing.send("odd", REPLY)
    clock.now_s += 2 * FIRST_PAUSE_S
    assert failing.send("odd", REPLY).state is Delivery.SENT
    assert failing.states()[0].breaker is BreakerState.CLOSED


def test_only_one_call_probes_a_half_open_breaker() -> None:
    clock = Time()
    breaker = Breaker(clock)
    for _ in range(FAILURES_TO_OPEN):
        breaker.leave(breaker.enter(), Outcome.FAILED)
    clock.now_s += FIRST_PAUSE_S
    assert breaker.enter() is True
    with pytest.raises(BreakerOpen):
        breaker.enter()
    breaker.leave(True, Outcome.SILENT)
    assert breaker.enter() is True
    breaker.leave(True, Outcome.ANSWERED)
    assert breaker.state is BreakerState.CLOSED


@pytest.mark.parametrize("error", [Throttled("slow", 3), Rejected("no"), OptedOut("no"), Misconfigured("key")])
def test_an_answer_of_the_provider_opens_no_breaker(error: Exception) -> None:
    refusing = host(odd(send=error))
    for _ in range(FAILURES_TO_OPEN * 2):
        with pytest.raises(type(error)):
            refusing.send("odd", REPLY)
    assert refusing.states()[0].breaker is BreakerState.CLOSED


def test_wrong_credentials_fail_its_health_until_a_send_succeeds() -> None:
    outcomes: list[Any] = [Misconfigured("the token is wrong"), Rejected("no"), None]

    def send() -> Receipt:
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome
        return Receipt(Delivery.SENT)

    one = host(odd(send=send))
    for error in (Misconfigured, Rejected):
        with pytest.raises(error):
            one.send("odd", REPLY)
        assert not one.states()[0].healthy
    one.send("odd", REPLY)
    assert one.states()[0].healthy


@pytest.mark.parametrize("error", [Unreadable("no"), Unauthorised("no"), ValueError("odd")])
def test_odd_requests_close_no_door(error: Exception) -> None:
    refusing = host(odd(parse=error))
    for _ in range(FAILURES_TO_OPEN * 2):
        with pytest.raises((Unreadable, Unauthorised, ConnectorFault)):
            refusing.parse("odd", REQUEST)
    assert refusing.states()[0].breaker is BreakerState.CLOSED


@pytest.mark.parametrize(
    ("call", "error"),
    [("parse", Rejected("x")), ("parse", Retry("x")), ("answer", Unreadable("x")), ("send", Unreadable("x"))],
)
def test_an_error_that_the_call_may_not_raise_is_a_fault(call: str, error: Exception) -> None:
    with pytest.raises(ConnectorFault):
        CALLS[call](host(odd_in(call, error)))


def test_errors_are_rebuilt_with_nothing_hung_on_them() -> None:
    class Sly(Throttled):
        pass

    error = Sly("x" * 5_000, float("nan"))
    error.reason = "가\ud800" * 400
    with pytest.raises(Throttled) as raised:
        host(odd(send=error)).send("odd", REPLY)
    assert type(raised.value) is Throttled
    assert raised.value.after_s == 0.0
    assert len(raised.value.reason) <= 500
    raised.value.reason.encode()


def test_sends_beyond_the_rate_come_back_with_the_time_to_wait() -> None:
    clock = Time()
    rate = RateLimit(0.5, clock)
    assert rate.take() == 0
    with pytest.raises(Throttled) as throttled:
        rate.take()
    assert throttled.value.after_s == pytest.approx(2)
    clock.now_s += 1.5
    assert rate.take() == pytest.approx(0.5)


def test_a_burst_of_one_second_passes_at_once() -> None:
    rate = RateLimit(10, Time())
    waits = [rate.take() for _ in range(12)]
    assert waits == pytest.approx([0] * 10 + [0.1, 0.2])


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """Threads that wait for more work are fine; a process must never be kept alive by one."""
    yield
    assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("connector"))
