"""A release: every process of a hub in several is told to leave and started again, one after the other, while citizens
write, agents work and front ends call. Nobody notices and nothing is lost."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import grpc
import pytest
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1.routing_service_pb2_grpc import RoutingServiceStub

from tests import servers
from tests.crowd import Flood, working_office
from tests.hub import RunningHub, running_hub
from tests.integration.test_grpc_drain import CLIENT
from tests.journeys.test_faults import check_books, wait_until_all_is_done
from tests.ledger import Ledger

APIS, WORKERS = ("api", "second api", "third api"), ("worker", "second worker")
EACH, BEGUN = 60, 10
"""Contacts around each restart, and how many of them are taken before it."""


class Balancer:
    """What a gateway does: leads a request to one of the apis that do not leave, each in turn."""

    def __init__(self, hub: RunningHub) -> None:
        self._hub = hub
        self._open = list(APIS)
        self._turn = 0
        self._lock = threading.Lock()

    def webhook(self, path: str) -> str:
        """The address for the next request."""
        with self._lock:
            self._turn += 1
            kind = self._open[self._turn % len(self._open)]
        return f"http://{self._hub.http_address(kind)}/channels/{path}"

    @contextmanager
    def without(self, kind: str) -> Iterator[None]:
        """Nothing new is led there any more, as when a pod is no endpoint any more; what was led there is under way."""
        with self._lock:
            self._open = [one for one in self._open if one != kind]
        yield
        with self._lock:
            self._open = list(APIS)


class Callers:
    """Front ends that call all the time, balanced and repeated by the gRPC library alone; every outcome is counted."""

    def __init__(self, hub: RunningHub, count: int = 3) -> None:
        self.outcomes: Counter[str] = Counter()
        self._stopping = threading.Event()
        self._metadata = hub.metadata("chief", "supervisor")
        self._channel = balanced(hub)
        self._threads = [threading.Thread(target=self._call, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _call(self) -> None:
        stub = RoutingServiceStub(self._channel)  # type: ignore[no-untyped-call] # generated without hints
        while not self._stopping.wait(0.03):
            try:
                stub.ListAgents(routing.ListAgentsRequest(), metadata=self._metadata, timeout=30)
                self.outcomes["ok"] += 1
            except grpc.RpcError as error:
                self.outcomes[f"{error.code().name}: {error.details()}"] += 1

    def stop(self) -> None:
        """No further calls."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=60)
        self._channel.close()


def balanced(hub: RunningHub) -> grpc.Channel:
    """A connection to all apis at once."""
    addresses = ",".join(hub.grpc_address(kind) for kind in APIS)
    options = [("grpc.service_config", json.dumps(CLIENT)), ("grpc.max_reconnect_backoff_ms", 500)]
    return grpc.insecure_channel(f"ipv4:{addresses}", options)


@pytest.fixture
def hub(
    tmp_path: Path,
    private_postgres: Callable[[], servers.PrivatePostgres],
    private_rabbitmq: Callable[[], servers.PrivateRabbitmq],
) -> Iterator[RunningHub]:
    environment = {"HUB120_DATABASE": private_postgres().address, "HUB120_BUS": private_rabbitmq().address}
    with running_hub(tmp_path, environment, start=False) as found:
        found.start(*APIS, *WORKERS)
        found.lead_calls_over(balanced(found))
        yield found


@pytest.mark.slow
def test_a_release_loses_and_fails_nothing(hub: RunningHub) -> None:
    balancer, callers, floods = Balancer(hub), Callers(hub), []
    with closing(Ledger(hub)) as ledger, working_office(hub) as office:
        for kind in (*APIS, *WORKERS):
            with Flood(hub, EACH, senders=2, webhook=balancer.webhook, pause_s=0.1) as flood:
                flood.wait_for(BEGUN)
                with balancer.without(kind):
                    restart(hub, kind)
                flood.finish()
            floods.append(flood)
        wait_until_all_is_done(ledger)
        callers.stop()
        for flood in floods:
            check_books(ledger, flood, EACH * len(floods))
    assert [flood.refusals for flood in floods] == [[]] * len(floods)
    assert callers.outcomes == {"ok": callers.outcomes["ok"]}
    assert office.failures == []


def restart(hub: RunningHub, kind: str) -> None:
    """SIGTERM, its end in order, and a new one that is ready."""
    assert hub.leave(kind) == 0, hub.log(kind)[-4000:]
    hub.start(kind)
