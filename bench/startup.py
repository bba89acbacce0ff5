"""``hub120 up``: how long until both processes are ready, and how much memory they take after a hundred contacts.

``python -m bench.startup``. Embedded, on a new data directory and on the same one again.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
from hub120.routing.v1 import work_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import Hub
from bench.outside import Citizens, Desk, QuickSite, signed_request
from bench.surroundings import PREFIX
from chassis import event_loop

ROUNDS, CONTACTS = 3, 100


@contextmanager
def up(hub: Hub) -> Iterator[float]:
    """``hub120 up``; gives the seconds until both processes were ready."""
    started = time.perf_counter()
    hub.start("up", "up")
    try:
        hub.wait_ready()
        yield time.perf_counter() - started
    finally:
        hub.stop()


async def contacts(hub: Hub, site: QuickSite) -> None:
    """So many contacts through the whole road, one after the other."""
    offers: asyncio.Queue[work_pb2.Offer] = asyncio.Queue()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{hub.grpc_port}") as channel:
        desk = Desk(hub, "kim", channel, 20, offers.put_nowait, lambda *_: None)
        await desk.arrive()
        watching = asyncio.create_task(desk.watch())
        citizens = Citizens(hub.http_port)
        for _ in range(CONTACTS):
            assert (await citizens.send(signed_request(hub.http_port))).status == 200
            offer = await asyncio.wait_for(offers.get(), 20)
            await desk.accept(offer)
            await desk.reply(offer.work_item.case_id, "화요일 저녁 8시부터입니다.")
            await desk.finish(offer.work_item.id)
        watching.cancel()


async def memory(folder: Path) -> tuple[float, float]:
    """RSS and PSS of both processes together after the contacts, in MB."""
    answered = asyncio.Semaphore(0)
    site = QuickSite(lambda _: answered.release())
    await site.start()
    hub = Hub(folder, {"HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies"})
    with up(hub):
        await contacts(hub, site)
        for _ in range(CONTACTS):
            await asyncio.wait_for(answered.acquire(), 20)
        api = hub.processes["up"].pid
        each = [machine.memory_mb(pid) for pid in (api, *machine.children(api))]
    site.close()
    assert len(each) == 2, f"two processes were expected, there are {len(each)}"
    CONSOLE.print(f"  RSS of the api {each[0][0]:.0f} MB, of the worker {each[1][0]:.0f} MB")
    return sum(rss for rss, _ in each), sum(pss for _, pss in each)


def measure() -> list[Figure]:
    """Rounds of fresh and warm starts, then the contacts."""
    fresh: list[float] = []
    warm: list[float] = []
    for number in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
            for times in (fresh, warm):
                with up(Hub(Path(folder), {})) as ready_s:
                    times.append(ready_s)
        CONSOLE.print(f"  round {number} of {ROUNDS}: new data directory {fresh[-1]:.2f} s, again {warm[-1]:.2f} s")
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        rss, pss = event_loop.run(memory(Path(folder)))
    note = f"both processes ready; load {machine.load()}"
    return [
        Figure("hub120 up, new data directory", statistics.median(fresh), "s", 3, at_most=True, note=note),
        Figure("hub120 up, again", statistics.median(warm), "s", 3, at_most=True),
        Figure(f"memory of both processes after {CONTACTS} contacts (RSS)", rss, "MB", 300, at_most=True,
               note=f"{pss:.0f} MB where shared pages count once (PSS)"),
    ]  # fmt: skip


if __name__ == "__main__":
    finish("Start and memory", measure())
