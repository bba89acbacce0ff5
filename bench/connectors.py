"""What the edges cost: a connector's parse and verify, the gRPC host beside a bare server, the cryptography.

``python -m bench.connectors``.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as pb
from hub120.intake.v1 import intake_service_pb2_grpc as grpc_pb
from hub120_sdk.testing.bench import Bench

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.outside import QUESTION
from chassis import auth, event_loop, grpc_host, logs
from chassis.crypto import Keyring, mask_resident_numbers
from plugins import BUILT_IN

REPEATS = 2_000
CALLS, AT_ONCE, ROUNDS = 3_000, 50, 3
ECHOED = "x" * 500
DESCRIPTOR = pb.DESCRIPTOR.services_by_name["IntakeService"]


def median_us(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median time of one call, in microseconds."""
    for _ in range(repeats // 10):
        work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - started)
    return statistics.median(times) / 1000


def parsing(package: str) -> Figure | None:
    """The slowest of a connector's own fixtures, signature and all. None for one that nobody writes to: a listener."""
    with Bench(package) as kit:
        if not kit.suite.parses or "channel" not in kit.manifest.capabilities:
            return None
        requests = {case.name: kit.signed(case.request) for case in kit.suite.parses}
        took = {name: median_us(lambda: kit.channel.parse(request)) for name, request in requests.items()}  # noqa: B023
    slowest = max(took, key=took.__getitem__)
    what = f"connector {kit.manifest.id}: parse and verify, median"
    return Figure(what, took[slowest] / 1000, "ms", 1, at_most=True, note=f"the slowest of {len(took)}: {slowest}")


def cryptography() -> list[Figure]:
    """What the road does to each text."""
    keys, row = Keyring.generate(), "0199e0f2-7c00-7abc-8def-000000000001"
    place: dict[str, Any] = {"table": "contact", "column": "text", "row": row}
    sealed = keys.seal(QUESTION, **place)
    took = {
        "seal a text": median_us(lambda: keys.seal(QUESTION, **place)),
        "open a text": median_us(lambda: keys.open_text(sealed, **place)),
        "keyed hash of an address": median_us(lambda: keys.keyed_hash("address", "+821012345678")),
        "mask resident numbers": median_us(lambda: mask_resident_numbers(QUESTION)),
    }
    return [Figure(f"crypto: {name}", 1e6 / us, "/s", note=f"{us:.1f} µs") for name, us in took.items()]


class Echo(grpc_pb.IntakeServiceServicer):
    """Gives back what it is given."""

    async def GetCase(self, request: pb.GetCaseRequest, context: Any) -> pb.GetCaseResponse:
        """Echo."""
        return pb.GetCaseResponse(case=case_pb2.Case(id=request.case_id))


async def hosted(folder: Path) -> tuple[Any, int]:
    """The echo behind the hub's host: token, rule, limits, span, metrics."""
    verifier = auth.LocalVerifier(folder / "token.key")
    add = grpc_pb.add_IntakeServiceServicer_to_server
    server = await grpc_host.serve([(add, Echo(), DESCRIPTOR)], "127.0.0.1:0", verifier, drain_s=0.0)
    return server, server.port


async def bare() -> tuple[Any, int]:
    """The echo on a server without anything."""
    server = grpc.aio.server()
    grpc_pb.add_IntakeServiceServicer_to_server(Echo(), server)  # type: ignore[no-untyped-call] # generated
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    return server, port


async def calls(port: int, metadata: Any) -> float:
    """Echoes a second with many at once."""
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub: Any = grpc_pb.IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated

        async def some(count: int) -> None:
            for _ in range(count):
                await stub.GetCase(pb.GetCaseRequest(case_id=ECHOED), metadata=metadata, timeout=20)

        await some(100)
        started = time.perf_counter()
        await asyncio.gather(*(some(CALLS // AT_ONCE) for _ in range(AT_ONCE)))
        return CALLS / (time.perf_counter() - started)


async def echoes(folder: Path) -> Figure:
    """Both servers in this process with the client, in turn: the difference is the host's."""
    ours, ours_port = await hosted(folder)
    plain, plain_port = await bare()
    metadata = (("authorization", f"Bearer {auth.LocalIssuer(folder / 'token.key').issue('kim', ['agent'], 600)}"),)
    rates: dict[int, list[float]] = {ours_port: [], plain_port: []}
    for number in range(1, ROUNDS + 1):
        for port, found in rates.items():
            found.append(await calls(port, metadata))
        told = f"{rates[ours_port][-1]:,.0f} calls/s behind the host, {rates[plain_port][-1]:,.0f}/s bare"
        CONSOLE.print(f"  round {number} of {ROUNDS}: {told}")
    await ours.stop()
    await plain.stop(None)
    hub, alone = statistics.median(rates[ours_port]), statistics.median(rates[plain_port])
    note = f"bare grpc.aio {alone:,.0f}/s, so the host costs {(1 / hub - 1 / alone) * 1e6:.0f} µs a call"
    return Figure(
        "gRPC echo behind the hub's host", hub, "/s", ratio=hub / alone, note=f"{note}; load {machine.load()}"
    )


def measure() -> list[Figure]:
    """All of it."""
    logs.configure("warning", "bench")
    figures = [figure for module in BUILT_IN if (figure := parsing(module.__name__))]
    with tempfile.TemporaryDirectory() as folder:
        figures.append(event_loop.run(echoes(Path(folder))))
    return [*figures, *cryptography()]


if __name__ == "__main__":
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    finish("Edges", measure())
