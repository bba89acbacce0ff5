"""Rolling restarts under load: with a client that checks health and retries, nobody notices."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.intake.v1 import intake_service_pb2 as pb
from hub120.intake.v1.intake_service_pb2_grpc import IntakeServiceStub

from chassis import auth, event_loop

ROOT = Path(__file__).parents[2]
CLIENT = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "healthCheckConfig": {"serviceName": ""},
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.05s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
}


class Child:
    """One api process, on the same port each time it is started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = 0
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        path = os.pathsep.join(str(ROOT / part) for part in (".", "sdk", "protos/gen"))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.grpc_child", str(self.port), str(self._folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        self.port = int(process.stdout.readline())
        return process

    def terminate(self) -> int:
        """SIGTERM, and wait for the end; the exit code."""
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(20)
        if self._process.stdout:
            self._process.stdout.close()
        return code

    def restart(self) -> int:
        code = self.terminate()
        self._process = self._started()
        return code


@pytest.fixture
def children(tmp_path: Path) -> Iterator[list[Child]]:
    auth.LocalIssuer(tmp_path / "token.key")
    with ThreadPoolExecutor(3) as threads:
        started = list(threads.map(Child, [tmp_path] * 3))
        yield started
        list(threads.map(Child.terminate, started))


def channel_to(children: list[Child]) -> grpc.aio.Channel:
    addresses = ",".join(f"127.0.0.1:{child.port}" for child in children)
    options = [
        ("grpc.service_config", json.dumps(CLIENT)),
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 500),
    ]
    return grpc.aio.insecure_channel(f"ipv4:{addresses}", options)


def test_restarting_every_server_in_turn_fails_no_call(tmp_path: Path, children: list[Child]) -> None:
    outcomes: Counter[str] = Counter()
    metadata = [("authorization", f"Bearer {auth.LocalIssuer(tmp_path / 'token.key').issue('a', ['agent'])}")]

    async def call_on(stub: Any, done: asyncio.Event) -> None:
        while not done.is_set():
            try:
                await stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=metadata, timeout=10)
                outcomes["ok"] += 1
            except grpc.aio.AioRpcError as error:
                outcomes[f"{error.code().name}: {error.details()}"] += 1

    async def main() -> list[int]:
        done = asyncio.Event()
        async with channel_to(children) as channel:
            stub = IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
            callers = [asyncio.create_task(call_on(stub, done)) for _ in range(4)]
            codes = [await asyncio.to_thread(child.restart) for child in children]
            done.set()
            await asyncio.gather(*callers)
        return codes

    assert event_loop.run(main()) == [0, 0, 0]
    assert outcomes["ok"] > 500
    assert outcomes == {"ok": outcomes["ok"]}


def test_a_stream_is_told_to_go_on_elsewhere_and_can(tmp_path: Path, children: list[Child]) -> None:
    metadata = [("authorization", f"Bearer {auth.LocalIssuer(tmp_path / 'token.key').issue('a', ['agent'])}")]

    async def main() -> None:
        async with channel_to(children[:1]) as channel:
            stub: Any = IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
            streams = [stub.WatchCase(pb.WatchCaseRequest(case_id="a"), metadata=metadata) for _ in range(4)]
            for stream in streams:
                await stream.read()
            reads = [asyncio.ensure_future(stream.read()) for stream in streams]
            assert await asyncio.to_thread(children[0].restart) == 0
            for read in reads:
                with pytest.raises(grpc.aio.AioRpcError) as ended:
                    await asyncio.wait_for(read, 10)
                assert ended.value.code() is grpc.StatusCode.UNAVAILABLE
            again = stub.WatchCase(pb.WatchCaseRequest(case_id="a"), metadata=metadata, wait_for_ready=True)
            await asyncio.wait_for(again.read(), 10)
            again.cancel()

    event_loop.run(main())
