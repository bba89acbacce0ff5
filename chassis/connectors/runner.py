"""Where connector code runs: lanes of threads, each call with a deadline, each connector in lanes of its own.

A call that is not done by its deadline is abandoned: its caller goes on, the thread is told to end (Python code obeys,
a blocking system call does when it returns) and takes up its lane until it does. A worker process passes the runner of
``chassis.connectors.greenlets`` instead.
"""

from __future__ import annotations

import contextvars
import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Protocol

QUEUE_WAIT_S = 1.0
"""How long a call waits for a free lane."""


class DeadlinePassed(BaseException):
    """Raised into connector code that is over its deadline; not an ``Exception``, lest it be caught there."""


class LaneFull(Exception):
    """Every place of the lane was taken for as long as a call may wait."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended: with a value or with what it raised."""

    value: Any = None
    raised: BaseException | None = None


class Lane(Protocol):
    """At most so many calls of one kind at once."""

    @property
    def busy(self) -> int:
        """Calls running now, abandoned ones included."""
        ...

    def run(self, work: Callable[[], Any], timeout_s: float) -> Ended:
        """Run ``work`` and tell how it ended. Raises ``DeadlinePassed`` or ``LaneFull``, never what ``work`` raises."""
        ...


class Runner(Protocol):
    """Makes lanes."""

    def lane(self, name: str, size: int) -> Lane:
        """A lane of ``size`` places."""
        ...


def attempt(work: Callable[[], Any]) -> Ended:
    """Run ``work`` and catch everything: connector code may raise anything, ``SystemExit`` and worse."""
    try:
        return Ended(value=work())
    except BaseException as error:  # noqa: BLE001 (the host's one broad catch)
        return Ended(raised=error)


class ThreadRunner:
    """Lanes of daemon threads, for processes that are not monkey-patched."""

    def lane(self, name: str, size: int) -> Lane:
        """A lane of ``size`` threads, started when needed."""
        return ThreadLane(name, size)


class _Job:
    """One call on its way through a lane."""

    __slots__ = ("context", "done", "ended", "thread", "work")

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        self.context = contextvars.copy_context()
        self.done = threading.Event()
        self.ended: Ended | None = None
        self.thread: _Thread | None = None

    def run(self) -> Any:
        """Do the work as if in the caller's thread: its spans nest."""
        return self.context.run(self.work)


class ThreadLane:
    """Threads are kept for the next call; one that was abandoned ends instead of coming back."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._changed = threading.Condition()
        self._idle: list[_Thread] = []
        self._jobs: set[_Job] = set()

    @property
    def busy(self) -> int:
        """Calls running now, abandoned ones included."""
        return len(self._jobs)

    def run(self, work: Callable[[], Any], timeout_s: float) -> Ended:
        """Run ``work`` on a thread of this lane."""
        deadline = time.monotonic() + timeout_s
        job = _Job(work)
        self._place(job, min(timeout_s, QUEUE_WAIT_S))
        job.done.wait(max(0.0, deadline - time.monotonic()))
        return job.ended or self._abandon(job)

    def _place(self, job: _Job, wait_s: float) -> None:
        """Wait for a place and hand the job to a thread. Raises ``LaneFull``."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._jobs) < self._size, wait_s):
                raise LaneFull(self._name)
            self._jobs.add(job)
            thread = self._idle.pop() if self._idle else _Thread(self._name, self)
            job.thread = thread
        try:
            thread.take(job)
        except RuntimeError as error:  # the system gives no more threads
            self.leave(job, Ended(raised=error))
            raise LaneFull(self._name) from error

    def _abandon(self, job: _Job) -> Ended:
        """Give up on a call unless it ended just now. Its thread leaves the lane when it ends."""
        with self._changed:
            if job.ended is not None:
                return job.ended
            if job.thread is not None:
                job.thread.abandon()
            raise DeadlinePassed

    def leave(self, job: _Job, ended: Ended) -> None:
        """Called by the thread: the job is done and its place free. A second time changes nothing."""
        with self._changed:
            job.ended = ended
            if job in self._jobs and job.thread is not None and not job.thread.abandoned:
                self._idle.append(job.thread)
            self._jobs.discard(job)
            self._changed.notify()
        job.done.set()


class _Thread(threading.Thread):
    """Runs one job after another until it is abandoned."""

    def __init__(self, name: str, lane: ThreadLane) -> None:
        super().__init__(name=f"connector {name}", daemon=True)
        self.abandoned = False
        self._inbox: SimpleQueue[_Job] = SimpleQueue()
        self._lane = lane

    def take(self, job: _Job) -> None:
        """Run this job next."""
        self._inbox.put(job)
        if self.ident is None:
            self.start()

    def abandon(self) -> None:
        """Tell the thread to end. Called while its job has not ended, under the lane's lock."""
        self.abandoned = True
        ident, raised = ctypes.c_ulong(self.ident or 0), ctypes.py_object(DeadlinePassed)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, raised)

    def run(self) -> None:
        """Take jobs, tell how each ended. The abandonment may strike after the last of them, too."""
        with suppress(DeadlinePassed):
            while not self.abandoned:
                self._serve(self._inbox.get())

    def _serve(self, job: _Job) -> None:
        """Run a job and free its place, wherever in here the abandonment strikes."""
        ended, tried = Ended(raised=DeadlinePassed()), False
        while True:
            try:
                if not tried:
                    tried = True
                    ended = attempt(job.run)
                self._lane.leave(job, ended)
            except DeadlinePassed:
                continue
            return
