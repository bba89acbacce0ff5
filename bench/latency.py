"""From the webhook to the offer on an agent's stream, one contact at a time, on both sets of drivers.

``python -m bench.latency``. The clock runs from the first byte of the request to the offer's arrival at the agent's
client; in between every hundred milliseconds the last contact is accepted and finished.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import grpc
from hub120.routing.v1 import work_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import Hub, hub_of_its_own
from bench.outside import Citizens, Desk, milliseconds_since, percentile, signed_request
from chassis import event_loop

CONTACTS, WARM_UP = 300, 20
SENT = CONTACTS + WARM_UP
PACE_S = 0.1
BARS = {"embedded": (30.0, 150.0), "distributed": (15.0, 60.0)}
PLOT = Path(__file__).parent / "plots" / "latency.svg"


async def one_at_a_time(hub: Hub) -> list[float]:
    """Milliseconds from webhook to offer, of each contact."""
    arrived: asyncio.Queue[work_pb2.Offer] = asyncio.Queue()
    found = []
    async with grpc.aio.insecure_channel(f"127.0.0.1:{hub.grpc_port}") as channel:
        desk = Desk(hub, "kim", channel, 20, arrived.put_nowait, lambda *_: None)
        await desk.arrive()
        watching = asyncio.create_task(desk.watch())
        citizens = Citizens(hub.http_port)
        for _ in range(SENT):
            request, started = signed_request(hub.http_port), time.perf_counter()
            sent = asyncio.create_task(citizens.send(request))
            offer = await asyncio.wait_for(arrived.get(), 10)
            found.append(milliseconds_since(started))
            assert (await sent).status == 200
            await desk.accept(offer)
            await desk.finish(offer.work_item.id)
            await asyncio.sleep(max(0.0, PACE_S - milliseconds_since(started) / 1000))
        watching.cancel()
    return found[WARM_UP:]


def measure() -> list[Figure]:
    """Both modes."""
    figures, taken = [], {}
    for mode, (p50_ms, p99_ms) in BARS.items():
        CONSOLE.print(f"  {mode}: {CONTACTS} contacts, one every {PACE_S * 1000:.0f} ms")
        with hub_of_its_own(mode) as hub:
            processor = machine.Processor({name: process.pid for name, process in hub.processes.items()}, servers={})
            processor.start()
            taken[mode] = event_loop.run(one_at_a_time(hub))
            used = ", ".join(f"{name} {used_s / SENT * 1000:.1f} ms" for name, used_s in processor.stop().items())
        what, note = f"webhook to offer, {mode}, idle", f"of processor, each contact: {used}; load {machine.load()}"
        figures.append(Figure(f"{what}: p50", percentile(taken[mode], 0.5), "ms", p50_ms, at_most=True, note=note))
        figures.append(Figure(f"{what}: p99", percentile(taken[mode], 0.99), "ms", p99_ms, at_most=True))
    plot(taken)
    return figures


def plot(taken: dict[str, list[float]]) -> None:
    """A histogram for each mode."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to import, and only at the end

    mpl.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415 - after the backend is chosen

    figure, axes = pyplot.subplots(figsize=(7, 3))
    for mode, values in taken.items():
        axes.hist(values, bins=60, range=(0, max(map(max, taken.values()))), alpha=0.6, label=mode)
    axes.set(xlabel="webhook to offer, ms", ylabel="contacts")
    axes.legend()
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(PLOT, bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    finish("Latency", measure())
