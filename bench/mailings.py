"""Mailings: 100,000 recipients on a list, how fast they leave to a provider, and how soon a mailing is held.

``python -m bench.mailings``. PostgreSQL, RabbitMQ and one worker of outreach; the provider counts in this process.
How replies fare beside it is measured in a hub whose one worker does both.
"""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from uuid import uuid4

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import SECRET
from bench.outside import QuickSite, percentile
from bench.surroundings import Surroundings, surroundings
from chassis import event_loop
from chassis.bus import connect
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.migrate import migrate
from chassis.process import topology
from chassis.service import installed
from services.outreach import SERVICE
from services.outreach.domain.mailings import Kind, NewMailing, Recipient, Step, Text, Urgency
from services.outreach.store import lists as store
from services.outreach.use_cases import lists, mailing
from services.outreach.use_cases.lists import NewList
from tests.hub import running_hub

PEOPLE, SENT, SETTLED, REPLIES = 100_000, 20_000, 3_000, 40
START_S = 60.0


def somebody(number: int) -> Recipient:
    """A recipient as a list has them."""
    address = {"phone": f"010-{number // 10_000:04}-{number % 10_000:04}", "account": f"account-{number}"}
    return Recipient(address, "ko", "41", {"name": f"주민 {number}"})


def new(many: int) -> NewMailing:
    """A notice to so many."""
    texts = (Text("", "ko", "{name}님, 폭염 경보입니다. 물을 자주 드세요."),)
    return NewMailing(
        str(uuid4()), Kind.NOTICE, Urgency.LIFE_SAFETY, "Heat", (Step("web", "account"),), texts, "kim", many
    )


def listed(database: Database, many: int) -> tuple[str, float]:
    """A mailing with its list, and the seconds that the list took."""
    wanted, began = new(many), time.perf_counter()
    database.run(mailing.open_mailing, wanted)
    mailing.expand(database, wanted.id, map(somebody, range(many)))
    return wanted.id, time.perf_counter() - began


def growth_mb(database: Database) -> float:
    """How much more memory a list of 20,000 takes than one of 4,000, while it is made."""
    peaks = []
    for many in (4_000, 20_000):
        tracemalloc.start()
        listed(database, many)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    return peaks[1] - peaks[0]


@contextmanager
def worker(around: Surroundings, extra: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Outreach's worker."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
        "HUB120_DATA_DIR": str(around.folder),
        "HUB120_DATABASE": around.database,
        "HUB120_BUS": around.bus,
        "HUB120_KEYS_FILE": str(around.folder / "keyring.json"),
        "HUB120_WORKER_ADDRESS": "127.0.0.1:0",
        "HUB120_LOG_LEVEL": "error",
        "HUB120_CONNECTOR_WEB_SIGNING_SECRET": SECRET,
        "HUB120_CONNECTOR_WEB_LIMIT_PARALLEL_SENDS": "64",
        "HUB120_CONNECTOR_WEB_LIMIT_SENDS_PER_SECOND": "50000",
        **extra,
    }
    command = [sys.executable, "-m", "chassis.cli", "serve", "outreach", "worker"]
    process = subprocess.Popen(command, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def brought_in(database: Database) -> tuple[float, float, int]:
    """Seconds that a list of 100,000 rows takes from its file, MB of memory meanwhile beside the file, and how many of
    1,000 wrong rows were not named by row and column."""
    wrong = set(range(2, PEOPLE + 2, 100))
    lines = (
        f"주민 {row},{'잘못' if row in wrong else f'010-{row // 10_000:04}-{row % 10_000:04}'},ko,41110,1950"
        for row in range(2, PEOPLE + 2)
    )
    content = "\n".join(("이름,휴대폰,언어,지역,출생연도", *lines)).encode()
    new, began = NewList(str(uuid4()), "bench", "people.csv", "kim"), time.perf_counter()
    row, _ = lists.bring_in(database, io.BytesIO(content), new)
    took_s = time.perf_counter() - began
    assert row.members == PEOPLE - len(wrong)
    named = {(one.number, one.heading) for one in database.read(store.faults, new.id, (0, ""), 2 * len(wrong))}
    again = NewList(str(uuid4()), "bench", "people.csv", "kim")
    tracemalloc.start()
    lists.bring_in(database, io.BytesIO(content[: len(content) // 5]), again)
    peak_mb = (tracemalloc.get_traced_memory()[1]) / 1e6
    tracemalloc.stop()
    return took_s, peak_mb, len({(row, "휴대폰") for row in wrong} ^ named)


async def leaving(around: Surroundings, database: Database) -> tuple[float, float, float, int]:
    """Messages a second once the flow is steady; seconds of the worker's processor for each; seconds from the pause to
    the last message; how many came twice."""
    came: list[float] = []
    site = QuickSite(lambda _: came.append(time.perf_counter()))
    await site.start()
    mailing_id, _ = await asyncio.to_thread(listed, database, SENT)
    with worker(around, {"HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies"}) as process:
        await asyncio.to_thread(database.run, mailing.start, mailing_id, "lee")
        await _until(lambda: len(came) >= SETTLED)
        before, began, used = len(came), time.perf_counter(), machine.cpu_s(process.pid)
        await _until(lambda: len(came) >= SENT * 3 // 4)
        done, took_s = len(came) - before, time.perf_counter() - began
        used = (machine.cpu_s(process.pid) - used) / done
        asked = time.perf_counter()
        await asyncio.to_thread(database.run, mailing.pause, mailing_id, "lee")
        await asyncio.sleep(2.0)
        held_s = max(0.0, came[-1] - asked)
        await asyncio.to_thread(database.run, mailing.start, mailing_id, "lee")
        await _until(lambda: len(came) >= SENT)
        await asyncio.sleep(1.0)
    site.close()
    return done / took_s, used, held_s, len(came) - SENT


async def beside(around: Surroundings) -> tuple[list[float], int]:
    """Milliseconds from an agent's reply to its arrival while a mailing leaves by the same connector in the same
    worker, and how many of the replies came only after it."""
    came: dict[str, float] = {}
    site = QuickSite(lambda text: came.update({text: time.perf_counter()}))
    await site.start()
    environment = {
        "HUB120_DATABASE": around.database,
        "HUB120_BUS": around.bus,
        "HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies",
        "HUB120_CONNECTOR_WEB_LIMIT_SENDS_PER_SECOND": "1000",
        "HUB120_CONNECTOR_WEB_LIMIT_PARALLEL_SENDS": "64",
    }
    folder = around.folder / "hub"
    folder.mkdir()
    with ExitStack() as stack:
        hub = await asyncio.to_thread(stack.enter_context, running_hub(folder, environment))
        database = Database(around.database, "outreach", Keyring.load(folder / "keyring.json"), pool_size=2)
        stack.callback(database.close)
        agent = await asyncio.to_thread(hub.agent, "lee")
        said = await asyncio.to_thread(hub.say, "질문입니다")
        case_id = (await asyncio.to_thread(agent.case, said.json()["case_number"])).case.id
        mailing_id, _ = await asyncio.to_thread(listed, database, SENT)
        await asyncio.to_thread(database.run, mailing.start, mailing_id, "lee")
        await _until(lambda: len(came) >= SETTLED // 3)
        asked = {f"답변 {number}": 0.0 for number in range(REPLIES)}
        for text in asked:
            asked[text] = time.perf_counter()
            await asyncio.to_thread(agent.reply, case_id, text)
            await asyncio.sleep(0.1)
        await _until(lambda: asked.keys() <= came.keys())
        over = database.run(mailing.of, mailing_id).state == "done"
    site.close()
    return [(came[text] - at) * 1000 for text, at in asked.items()], REPLIES if over else 0


async def _until(condition: object) -> None:
    deadline = time.perf_counter() + START_S
    while not condition():  # type: ignore[operator] # a function
        assert time.perf_counter() < deadline, "it did not come that far in time"
        await asyncio.sleep(0.02)


def measure() -> list[Figure]:
    """All of it."""
    with surroundings() as around:
        keys = around.keyring()
        migrate(SERVICE, around.database)
        with closing(connect(around.bus)) as queues:
            queues.declare(topology(installed()))  # a relay waits for those of the others
        database = Database(around.database, "outreach", keys, pool_size=2)
        _, expanded_s = listed(database, PEOPLE)
        grown_mb = growth_mb(database)
        import_s, import_mb, unnamed = brought_in(database)
        rate, used, held_s, twice = event_loop.run(leaving(around, database))
        database.close()
    with surroundings() as around:
        delays_ms, overtaken = event_loop.run(beside(around))
    told = f"p50 {percentile(delays_ms, 0.5):.0f} ms, most {max(delays_ms):.0f} ms, load {machine.load()}"
    CONSOLE.print(f"  {used * 1e6:,.0f} µs of the worker's processor each")
    return [
        Figure("100,000 recipients on a list", expanded_s, "s", 30, at_most=True, note=f"load {machine.load()}"),
        Figure("memory: 20,000 recipients against 4,000", grown_mb, "MB", 5, at_most=True),
        Figure("100,000 rows of a file brought in", import_s, "s", 60, at_most=True, note=f"load {machine.load()}"),
        Figure("wrong rows not named exactly", unnamed, "", 0, at_most=True),
        Figure("memory of an import", import_mb, "MB", 20, at_most=True),
        Figure("a mailing leaves to one provider", rate, "/s", 1_000, note=f"load {machine.load()}"),
        Figure("the last message after a pause", held_s, "s", 1, at_most=True),
        Figure("recipients who got it twice", twice, "", 0, at_most=True),
        Figure("replies overtaken by a mailing in the same worker", overtaken, "", 0, at_most=True, note=told),
    ]


if __name__ == "__main__":
    finish("Mailings", measure())
