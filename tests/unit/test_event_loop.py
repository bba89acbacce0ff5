"""Blocking work beside the event loop, and stopping by signal."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from chassis import event_loop, telemetry

seen: ContextVar[str] = ContextVar("seen", default="")


@pytest.fixture(autouse=True)
def usual_threads() -> Iterator[None]:
    yield
    event_loop.use_threads(event_loop.THREADS)


def test_blocking_work_knows_the_trace_and_the_caller_of_here() -> None:
    async def main() -> None:
        seen.set("agent-7")
        with telemetry.span("call"):
            told = await event_loop.run_blocking(lambda: (seen.get(), telemetry.trace_id(), threading.get_ident()))
            assert told[:2] == ("agent-7", telemetry.trace_id())
            assert told[2] != threading.get_ident()

    event_loop.run(main())


def test_arguments_results_and_errors_pass() -> None:
    def divide(dividend: int, *, divisor: int) -> float:
        return dividend / divisor

    async def main() -> None:
        assert await event_loop.run_blocking(divide, 6, divisor=3) == 2
        with pytest.raises(ZeroDivisionError):
            await event_loop.run_blocking(divide, 6, divisor=0)

    event_loop.run(main())


def test_no_more_than_the_threads_there_are_work_at_once() -> None:
    gate = threading.Barrier(3, timeout=10)
    event_loop.use_threads(3)

    async def main() -> None:
        await asyncio.gather(*(event_loop.run_blocking(gate.wait) for _ in range(3)))
        tight = threading.Barrier(4, timeout=0.3)
        with pytest.raises(threading.BrokenBarrierError):
            await asyncio.gather(*(event_loop.run_blocking(tight.wait) for _ in range(4)))

    event_loop.run(main())


def test_work_given_up_before_its_turn_is_not_begun() -> None:
    event_loop.use_threads(1)
    begun: list[str] = []

    async def main() -> None:
        held = threading.Event()
        first = asyncio.create_task(event_loop.run_blocking(held.wait, 10))
        second = asyncio.create_task(event_loop.run_blocking(begun.append, "second"))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        held.set()
        await first
        await event_loop.run_blocking(begun.append, "third")

    event_loop.run(main())
    assert begun == ["third"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_to_stop_and_does_not_kill(number: signal.Signals) -> None:
    async def main() -> bool:
        stop = event_loop.stop_requested()
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        async with asyncio.timeout(10):
            await stop.wait()
        return stop.is_set()

    assert event_loop.run(main())
