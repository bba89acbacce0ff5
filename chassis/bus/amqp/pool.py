"""A few connections lent to one caller at a time: fresh, known alive, or thrown away.

Whoever publishes and whoever asks have pools of their own, because RabbitMQ stops reading from a connection that
publishes while it is short of memory, and a question asked there would not be answered.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from chassis.bus.amqp.link import Link, LinkLost
from chassis.bus.ports import BusUnavailable, PublishFailed

_IDLE_S = 30.0
"""Unused for longer, a connection is not trusted: opening another costs ten milliseconds, a silent peer seconds."""

AnyLink = TypeVar("AnyLink", bound=Link)


class Pool(Generic[AnyLink]):
    """At most ``size`` connections, opened as needed; ``open_link`` takes the seconds each step of it may last."""

    def __init__(self, open_link: Callable[[float], AnyLink], size: int) -> None:
        self._open_link = open_link
        self._free = threading.BoundedSemaphore(size)
        self._idle: list[tuple[float, AnyLink]] = []

    @contextlib.contextmanager
    def lent(self, deadline: float) -> Iterator[AnyLink]:
        """A connection that is alive; it goes back unless it was lost meanwhile. Raises ``BusUnavailable``."""
        if not self._free.acquire(timeout=max(deadline - time.monotonic(), 0.001)):
            raise BusUnavailable("all connections to RabbitMQ are busy")
        try:
            link = self._alive(deadline)
            try:
                yield link
            except (PublishFailed, BusUnavailable):
                raise  # an answer like any other
            except BaseException:  # interrupted: nobody knows what is half written
                link.drop()
                raise
            finally:
                if not link.lost:
                    self._idle.append((time.monotonic(), link))
        finally:
            self._free.release()

    @contextlib.contextmanager
    def asking(self, timeout_s: float) -> Iterator[AnyLink]:
        """A connection to ask something on; losing it is ``BusUnavailable``, with what the broker said."""
        try:
            with self.lent(time.monotonic() + timeout_s) as link:
                yield link
        except LinkLost as error:
            raise BusUnavailable(f"RabbitMQ refused or hung up: {error}") from error

    def close_idle(self, idle_s: float = _IDLE_S) -> None:
        """Close the connections nobody has used for so long."""
        for used_at, link in self._idle[:]:
            if time.monotonic() - used_at >= idle_s:
                with contextlib.suppress(ValueError):  # lent in the meantime
                    self._idle.remove((used_at, link))
                    link.close()

    def _alive(self, deadline: float) -> AnyLink:
        """The connection used last, if the broker has not hung up since; else the one before, else a new one."""
        while self._idle:
            with contextlib.suppress(IndexError, LinkLost):  # taken by another thread; hung up
                used_at, link = self._idle.pop()
                if time.monotonic() - used_at < _IDLE_S:
                    link.pump_now()
                    return link
                link.drop()
        try:
            return self._open_link(max(deadline - time.monotonic(), 0.1))
        except LinkLost as error:
            raise BusUnavailable(f"RabbitMQ hung up: {error}") from error
