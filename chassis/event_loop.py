"""The event loop of an api process: how it starts, how it is asked to stop, and how blocking work stays off it.

Use cases are plain functions that wait for a database; they run on a bounded pool of threads and take the trace and
the caller with them. What serves requests on the loop is in ``grpc_host`` and ``http_host``.
"""

from __future__ import annotations

import asyncio
import contextvars
import signal
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 16
_pool: ThreadPoolExecutor | None = None


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a process's main coroutine, on uvloop where it is installed."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop  # noqa: PLC0415 - not installed everywhere
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def stop_requested() -> asyncio.Event:
    """An event that is set by SIGTERM or Ctrl-C. From then on neither ends the process by itself."""
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, event.set)
    return event


def use_threads(count: int) -> None:
    """How many blocking calls may run at once; said before the first."""
    global _pool  # noqa: PLW0603 - the process has one pool
    if _pool is not None:
        _pool.shutdown(wait=False)
    _pool = ThreadPoolExecutor(count, thread_name_prefix="blocking")


async def run_blocking(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a blocking function on a thread, with the trace and the caller of here.

    If the caller gives up before a thread was free the work is not begun; once begun it goes on to its end.
    """
    if _pool is None:
        use_threads(THREADS)
    call = partial(contextvars.copy_context().run, work, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_pool, call)
