"""Many at once: citizens whose provider delivers a message until it is taken, agents who take whatever is offered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Self
from uuid import uuid4

import grpc
import httpx
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.outside import signed, web_message

AGAIN_S = 0.1
"""How long a provider waits before it delivers again."""
PASSING = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED, grpc.StatusCode.DEADLINE_EXCEEDED}
GONE = {grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.NOT_FOUND}


class Flood:
    """Messages of different citizens, delivered as providers do: the same id again until it is answered 2xx."""

    def __init__(
        self,
        hub: RunningHub,
        count: int,
        *,
        senders: int = 8,
        patience_s: float = 90.0,
        webhook: Callable[[str], str] | None = None,
        pause_s: float = 0.0,
    ) -> None:
        """``pause_s`` is how long each sender rests after a message; ``webhook`` leads to the hub unless given."""
        run = uuid4().hex[:8]
        self.markers = [f"민원-{run}-{number:05}" for number in range(count)]
        self.accepted: set[str] = set()
        self.refusals: list[int] = []
        """Every status that was not 2xx, in the order in which they came."""
        self._webhook = webhook or hub.webhook
        self._patience_s, self._pause_s = patience_s, pause_s
        self._progress = threading.Condition()
        self._pool = ThreadPoolExecutor(senders)
        self._client = httpx.Client(timeout=20, limits=httpx.Limits(max_connections=senders))
        self._sent: list[Future[None]] = []

    def __enter__(self) -> Self:
        """Begin to send."""
        self._sent = [self._pool.submit(self._deliver, number) for number in range(len(self.markers))]
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._client.close()

    def wait_for(self, accepted: int, within_s: float = 90.0) -> None:
        """Wait until so many were taken."""
        with self._progress:
            enough = self._progress.wait_for(lambda: len(self.accepted) >= accepted, within_s)
        assert enough, f"only {len(self.accepted)} of {accepted} messages were taken within {within_s:g} s"

    def finish(self) -> None:
        """Wait until all were taken."""
        for sent in self._sent:
            sent.result()
        missing = sorted(set(self.markers) - self.accepted)
        assert not missing, f"{len(missing)} messages were never taken, {missing[0]} for one"

    def _deliver(self, number: int) -> None:
        marker, message_id = self.markers[number], uuid4().hex
        body = web_message(marker, citizen=uuid4().hex, message_id=message_id)
        deadline = time.monotonic() + self._patience_s
        while time.monotonic() < deadline:
            status = self._post(message_id, body)
            if 200 <= status < 300:
                with self._progress:
                    self.accepted.add(marker)
                    self._progress.notify_all()
                time.sleep(self._pause_s)
                return
            self.refusals.append(status)
            time.sleep(AGAIN_S)

    def _post(self, message_id: str, body: str) -> int:
        """The status, or 0 where there was no answer."""
        try:
            answer = self._client.post(self._webhook("web"), content=body.encode(), headers=signed(message_id, body))
        except httpx.TransportError:
            return 0
        return int(answer.status_code)


class Office:
    """Agents who take every offer and finish it at once, whatever happens to the hub meanwhile."""

    def __init__(self, hub: RunningHub, names: Sequence[str], *, capacity: int = 10) -> None:
        self.desks = [hub.agent(name, capacity=capacity) for name in names]
        self.failures: list[str] = []
        """How calls with one answer failed; that an offer is gone is none."""
        self._stopping = threading.Event()
        self._streams: dict[str, Any] = {}
        self._threads = [threading.Thread(target=self._work, args=(desk,), daemon=True) for desk in self.desks]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Go home."""
        self._stopping.set()
        for stream in list(self._streams.values()):
            stream.cancel()
        for thread in self._threads:
            thread.join(timeout=30)

    def _work(self, desk: AgentDesk) -> None:
        while not self._stopping.is_set():
            stream = self._streams[desk.name] = desk.watch(timeout_s=5)
            try:
                self._take_all(desk, stream)
            except grpc.RpcError as error:
                if error.code() not in PASSING:  # the thread ends, and the test sees work that nobody took
                    raise
                self._stopping.wait(AGAIN_S)
            finally:
                stream.cancel()

    def _take_all(self, desk: AgentDesk, stream: Iterator[Any]) -> None:
        for told in stream:
            for offer in told.desk.offers if told.HasField("desk") else [told.offer]:
                if offer.state == work_pb2.OFFER_STATE_PENDING:
                    self._take(desk, offer)
            for item in told.desk.work_items:
                self._finish(desk, item.id)
            if self._stopping.is_set():
                return

    def _take(self, desk: AgentDesk, offer: work_pb2.Offer) -> None:
        try:
            with self._noting():
                item = desk.accept(offer)
            self._finish(desk, item.id)
        except grpc.RpcError as error:
            if error.code() not in GONE:
                raise

    def _finish(self, desk: AgentDesk, work_item_id: str) -> None:
        with self._noting():
            desk.finish(work_item_id)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except grpc.RpcError as error:
            if error.code() not in GONE:
                self.failures.append(f"{error.code().name}: {error.details()}")
            raise


@contextmanager
def working_office(hub: RunningHub, agents: int = 6, *, capacity: int = 10) -> Iterator[Office]:
    """An office that works while the block lasts."""
    office = Office(hub, [f"agent-{number}" for number in range(agents)], capacity=capacity)
    office.start()
    try:
        yield office
    finally:
        office.stop()
