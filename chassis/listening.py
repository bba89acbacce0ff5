"""Listeners in a worker: of all workers of a service one holds each listener's connection, by a lease.

A worker that dies leaves its lease to run out and another takes over where the cursor stands. A listener that raises,
returns, is silent or loops without end is ended and begun again after a pause that grows; the others go on. Only one
that blocks in C code without yielding stops its worker: then the leases run out, and another worker takes over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

import eventlet
from eventlet.event import Event
from hub120_sdk import ConnectorError, Line, Misconfigured
from nameko.extensions import Entrypoint

from chassis import logs
from chassis.connectors.errors import ConnectorFault, FaultKind
from chassis.connectors.greenlets import GreenletRunner, Watch
from chassis.connectors.runner import DeadlinePassed
from chassis.connectors.running import Running
from chassis.held_line import HeldLine, Lease, Store, wait_for
from chassis.ids import new_id
from chassis.leases import LEASE_S
from chassis.process import Process
from chassis.worker import PROCESS

F = TypeVar("F", bound=Callable[..., Any])
ASK_S = 1.0
"""How often those who do not have the lease ask for it."""
RENEW_S = 3.0
LOOK_S = 0.5
ENDS_S = 5.0
"""How long a listener may take to return after its line ended."""
SPINS_S = 5.0
"""A listener that keeps the processor so long without letting others run is in a loop."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
STEADY_S = 60.0
"""A connection that held so long was a good one: the next pause is short again."""

_log = logs.get_logger("listening")


class Listening(Entrypoint):  # type: ignore[misc] # nameko has no type hints
    """Runs every listener that is ready, each on greenlets of its own."""

    def setup(self) -> None:
        """Know who this process is."""
        self._stopping = Event()
        self._ended: list[Event] = []

    def start(self) -> None:
        """Begin with every listener."""
        process: Process = self.container.config[PROCESS]
        database = process.database(self.container.service_name)
        store = getattr(self.container.service_cls(process), self.method_name)
        watch = cast(GreenletRunner, process.connectors.runner).watch
        for state in process.connectors.states():
            running = process.connectors.get(state.id)
            if running is not None and "listener" in running.manifest.capabilities:
                lease = Lease(database, f"listener.{state.id}", new_id(process.clock()))
                self._spawn(_Post(running, lease, store, watch, self._stopping))

    def _spawn(self, post: _Post) -> None:
        ended = Event()
        self._ended.append(ended)

        def run() -> None:
            try:
                post.run()
            finally:
                ended.send()

        self.container.spawn_managed_thread(run, identifier=f"listen-{post.name}")

    def stop(self) -> None:
        """Let every listener end and give up its lease."""
        self._stopping.send()
        for ended in self._ended:
            ended.wait()


class _Post:
    """One listener in this process: waits for the lease, listens while it has it, and begins anew."""

    def __init__(self, running: Running, lease: Lease, store: Store, watch: Watch, stopping: Event) -> None:
        self.name = running.manifest.id
        self._running = running
        self._lease = lease
        self._store = store
        self._watch = watch
        self._stopping = stopping
        self._pause_s = FIRST_PAUSE_S

    def run(self) -> None:
        """Until the worker stops."""
        while not self._stopping.ready():
            try:
                cursor = self._lease.take()
                pause_s = ASK_S if cursor is None else self._listen(cursor)
            except Exception:  # noqa: BLE001 - one listener's trouble must not end the worker
                _log.error("listener_failed", listener=self.name, exc_info=True)
                pause_s = self._longer()
            wait_for(self._stopping, pause_s)
        self._lease.give_up()

    def _listen(self, cursor: str) -> float:
        """Listen until the connection or the lease is lost; returns how long to wait before the next time."""
        line, done, began = HeldLine(self._running, self._lease, self._store, cursor), Event(), time.monotonic()
        listener = eventlet.spawn(self._hold, line, done)
        self._attend(line, done, listener)
        line.end()
        wait_for(done, ENDS_S)
        late, lost = not done.ready(), line.lost
        line.close()
        listener.kill(DeadlinePassed)
        if self._stopping.ready():
            return 0.0
        if lost and not late:
            return ASK_S
        error = ConnectorFault(FaultKind.TOO_SLOW, "did not end") if late else done.wait()
        return self._rest(error, time.monotonic() - began)

    def _hold(self, line: Line, done: Event) -> None:
        error: ConnectorError | None = None
        try:
            with self._watch.over(time.monotonic() + SPINS_S):
                self._running.listen(line)
        except ConnectorError as raised:
            error = raised
        finally:
            done.send(error)

    def _attend(self, line: HeldLine, done: Event, listener: Any) -> None:
        """Prolong the lease while the listener lives. Returns when it ended, is silent, or the lease is gone.

        Whenever this runs the listener has let others run: what it has left until it counts as looping begins anew.
        """
        renewed = began = looked = time.monotonic()
        silent_s = 0.0
        while not (done.ready() or self._stopping.ready() or line.lost):
            wait_for(done, LOOK_S)
            now = time.monotonic()
            self._watch.prolong(listener, now + SPINS_S)
            if now - began >= STEADY_S:
                self._running.hears()
            # When the whole worker stood still, that was not this listener's silence.
            silent_s = 0.0 if line.gave_sign() else silent_s + min(now - looked, 2 * LOOK_S)
            looked = now
            if silent_s > self._running.manifest.limits.silence_s:
                _log.warning("listener_silent", listener=self.name, seconds=round(silent_s))
                return
            if now - renewed >= RENEW_S:
                if self._lease.take() is not None:
                    renewed = now
                elif now - renewed >= LEASE_S - RENEW_S:
                    return

    def _rest(self, error: ConnectorError | None, held_s: float) -> float:
        """Longer after each failure, short again after a connection that held."""
        if held_s >= STEADY_S:
            self._pause_s = FIRST_PAUSE_S
        self._running.deaf = True
        pause_s = LONGEST_PAUSE_S if isinstance(error, Misconfigured) else self._longer()
        pause_s = max(pause_s, getattr(error, "after_s", 0.0))
        kind = error.kind if isinstance(error, ConnectorFault) else type(error).__name__ if error else "returned"
        _log.warning("listener_lost", listener=self.name, error=kind, again_s=pause_s)
        return pause_s

    def _longer(self) -> float:
        """The pause that is due; the next is twice as long."""
        pause_s, self._pause_s = self._pause_s, min(self._pause_s * 2, LONGEST_PAUSE_S)
        return pause_s


def on_heard() -> Callable[[F], F]:
    """``method(self, database, connector_id, records)`` prepares what a listener heard, outside of any transaction, and
    returns what stores it in one and tells what it made of messages."""
    return Listening.decorator()  # type: ignore[no-any-return]
