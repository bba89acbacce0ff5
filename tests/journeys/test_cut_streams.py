"""A desk's stream is cut by its connection, and by the death of the api process: nothing is missed or repeated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import grpc
import pytest
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import routing_service_pb2_grpc as routing_grpc
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.wires import relayed

OF_ITS_OWN = [("grpc.use_local_subchannel_pool", 1)]


class FrontEnd:
    """A desk's stream on a connection of its own. Keeps what it was told, and goes on after the last of it."""

    def __init__(self, desk: AgentDesk) -> None:
        self._desk = desk
        self.token = ""
        self.sequences: list[int] = []
        self.cases: list[str] = []

    @contextmanager
    def stream(self, port: int) -> Iterator[Iterator[routing.WatchDeskResponse]]:
        """The stream through a port, after what was told before."""
        with grpc.insecure_channel(f"127.0.0.1:{port}", OF_ITS_OWN) as channel:
            stub = routing_grpc.RoutingServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
            request = routing.WatchDeskRequest(resume_token=self.token)
            yield stub.WatchDesk(request, metadata=self._desk.metadata, timeout=60)

    def hear(self, stream: Iterator[routing.WatchDeskResponse], offers: int) -> None:
        """Read on until there are so many offers in all."""
        while len(self.cases) < offers:
            told = next(stream)
            self.token = told.resume_token
            self.sequences.append(int(told.resume_token.rpartition("@")[2]))
            if told.HasField("offer") and told.offer.state == work_pb2.OFFER_STATE_PENDING:
                self.cases.append(told.offer.work_item.case_id)


def say(hub: RunningHub, times: int) -> None:
    for _ in range(times):
        assert hub.say("Добрий день", language="uk").status_code == 200


def test_a_stream_that_was_cut_misses_and_repeats_nothing(hub: RunningHub) -> None:
    desk = hub.agent("cut", languages=("uk",), capacity=8)
    front_end, wires = FrontEnd(desk), ExitStack()
    with wires, front_end.stream(wires.enter_context(relayed(hub.grpc_port)).port) as stream:
        front_end.token = next(stream).resume_token
        first = int(front_end.token.rpartition("@")[2])
        say(hub, 2)
        front_end.hear(stream, 2)
        wires.close()  # hangs up
        with pytest.raises(grpc.RpcError):
            next(stream)
    say(hub, 2)
    with front_end.stream(hub.grpc_port) as stream:
        front_end.hear(stream, 3)
        hub.kill("api")
        with pytest.raises(grpc.RpcError):
            front_end.hear(stream, 9)
    hub.start("api")
    say(hub, 2)
    with front_end.stream(hub.grpc_port) as stream:
        front_end.hear(stream, 6)
    assert front_end.sequences == list(range(first + 1, first + 1 + len(front_end.sequences)))
    assert len(set(front_end.cases)) == 6
    desk.presence(work_pb2.PRESENCE_OFFLINE)
