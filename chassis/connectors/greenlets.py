"""Lanes of greenlets, for a worker process that eventlet has monkey-patched; only such a process imports this.

A greenlet that waits is ended at its deadline like any other. One that does not yield (a loop in Python) would stop
the whole process: while calls are running, an interval timer looks whether the greenlet on the processor is a
connector's past its deadline, and raises ``DeadlinePassed`` right in it. What blocks in C code without yielding cannot
be ended: it stops this process until it returns, and belongs into a process of its own.
"""

from __future__ import annotations

import contextvars
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import eventlet
import eventlet.event
import eventlet.semaphore

from chassis.connectors.runner import QUEUE_WAIT_S, DeadlinePassed, Ended, LaneFull, attempt

WATCH_INTERVAL_S = 0.25


class GreenletRunner:
    """Makes lanes of greenlets. Made outside the main thread it cannot watch for greenlets that do not yield."""

    def __init__(self) -> None:
        self.watch = Watch()

    def lane(self, name: str, size: int) -> GreenletLane:
        """A lane of ``size`` greenlets."""
        return GreenletLane(name, size, self.watch)


class GreenletLane:
    """At most ``size`` greenlets at once, one for each call."""

    def __init__(self, name: str, size: int, watch: Watch) -> None:
        self._name = name
        self._size = size
        self._watch = watch
        self._places = eventlet.semaphore.Semaphore(size)

    @property
    def busy(self) -> int:
        """Calls running now, abandoned ones included."""
        return self._size - max(0, int(self._places.balance))

    def run(self, work: Callable[[], Any], timeout_s: float) -> Ended:
        """Run ``work`` in a greenlet of its own."""
        deadline = time.monotonic() + timeout_s
        if not self._places.acquire(timeout=min(timeout_s, QUEUE_WAIT_S)):
            raise LaneFull(self._name)
        done = eventlet.event.Event()
        context = contextvars.copy_context()
        worker = eventlet.spawn(self._serve, lambda: context.run(work), done, deadline)
        worker.link(lambda _: self._places.release())
        with eventlet.Timeout(max(0.0, deadline - time.monotonic()), False):
            ended: Ended = done.wait()
            if isinstance(ended.raised, DeadlinePassed):
                raise ended.raised
            return ended
        worker.kill(DeadlinePassed)
        raise DeadlinePassed

    def _serve(self, work: Callable[[], Any], done: eventlet.event.Event, deadline: float) -> None:
        with self._watch.over(deadline):
            ended = attempt(work)
        done.send(ended)


class Watch:
    """Knows which greenlets run connector code and until when."""

    def __init__(self) -> None:
        self._deadlines: dict[Any, float] = {}
        try:
            signal.signal(signal.SIGALRM, self._look)
            self._on = True
        except ValueError:  # not the main thread
            self._on = False

    def over(self, deadline: float) -> _Watched:
        """Watch the calling greenlet while the block lasts."""
        return _Watched(self, deadline)

    def prolong(self, greenlet: Any, deadline: float) -> None:
        """Give a watched greenlet more time: one that lets others run is alive, however long it takes."""
        if greenlet in self._deadlines:
            self._deadlines[greenlet] = deadline

    def add(self, deadline: float) -> None:
        """Begin with the calling greenlet."""
        if not self._deadlines and self._on:
            signal.setitimer(signal.ITIMER_REAL, WATCH_INTERVAL_S, WATCH_INTERVAL_S)
        self._deadlines[eventlet.getcurrent()] = deadline

    def remove(self) -> None:
        """End with the calling greenlet."""
        self._deadlines.pop(eventlet.getcurrent(), None)
        if not self._deadlines and self._on:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _look(self, _: int, __: FrameType | None) -> None:
        """The timer rang: whoever runs now and is over its deadline gets it raised."""
        deadline = self._deadlines.get(eventlet.getcurrent())
        if deadline is not None and time.monotonic() > deadline:
            raise DeadlinePassed


class _Watched:
    """The block during which a greenlet is watched."""

    def __init__(self, watch: Watch, deadline: float) -> None:
        self._watch = watch
        self._deadline = deadline

    def __enter__(self) -> None:
        self._watch.add(self._deadline)

    def __exit__(self, *_: object) -> None:
        self._watch.remove()
