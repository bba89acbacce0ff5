"""Who gets which work: how long a decision takes on a crowded floor, how that grows with what waits, and how many there
are in a second. On PostgreSQL, the commit included.

``python -m bench.decisions``. A decision is counted when its offer is committed: an agent finishes and is offered the
next work (one transaction), or a citizen's new work is offered to an agent who is free (one transaction). Reading from
the bus and telling the streams are not part of it.
"""

from __future__ import annotations

import itertools
import math
import multiprocessing
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from hub120.routing.v1 import events_pb2

from bench import machine
from bench.crowded import FREE, LANGUAGES, RARE, SERVICE, agent_id, crowded, new_work, wait
from bench.figures import CONSOLE, Figure, finish
from bench.outside import milliseconds_since, percentile
from bench.surroundings import Surroundings, surroundings
from chassis.crypto import Keyring
from chassis.database import Database
from services.routing.store import offers, work
from services.routing.use_cases import desk, matching
from services.routing.use_cases.matching import Terms
from tests import servers

AGENTS = 2_000
WAITING = (100, 1_000, 10_000, 100_000)
JUDGED = 10_000
"""The bar is for this many who wait."""
ROUNDS, TIMES, WARM_UP = 4, 100, 20
"""Of each round, in turn with all lengths, so that company on the machine is the same for each."""
WORKERS, SECONDS, WARM_UP_S = 6, 8.0, 2.0
QUEUE = 60_000
"""So much waits when decisions are counted, so that it lasts."""
TERMS = Terms(3_600.0)
PLOT = Path(__file__).parent / "plots" / "decisions.svg"
_numbers = itertools.count(1)


def comes_free(database: Database, luck: random.Random) -> list[float]:
    """Milliseconds in which an agent finishes and is offered the next work, again and again. As much as was taken from
    the queue comes into it in between."""
    found = []
    for _ in range(TIMES + WARM_UP):
        name = _busy(luck.randrange(AGENTS))
        (item,) = database.run(offers.desk_work, name)
        started = time.perf_counter()
        database.run(desk.finish_work, item.id, name, close_case=True, terms=TERMS)
        found.append(milliseconds_since(started))
        (offer,) = database.run(offers.pending_of, name)
        database.run(desk.accept_offer, offer.id, name)
        database.run(matching.enqueue, new_work(f"again-{next(_numbers)}", luck.choice(LANGUAGES)), TERMS)
    return found[WARM_UP:]


def work_comes(database: Database, luck: random.Random) -> list[float]:
    """Milliseconds in which new work is offered to one of those who are free."""
    found = []
    for _ in range(TIMES + WARM_UP):
        new = new_work(f"new-{next(_numbers)}", luck.choice(RARE))
        asked: list[matching.Enqueued] = []
        started = time.perf_counter()
        database.run(matching.enqueue, new, TERMS, asked.append)
        found.append(milliseconds_since(started))
        assert not asked[-1].waits, "nobody was free"
        item: Any = database.run(work.work_item, asked[-1].work_item_id)
        (offer,) = database.run(offers.pending_of, item.agent_id)
        database.run(desk.accept_offer, offer.id, item.agent_id)
        database.run(desk.finish_work, item.id, item.agent_id, close_case=True, terms=TERMS)
    return found[WARM_UP:]


def _busy(number: int) -> str:
    """The id of an agent who has work."""
    return agent_id(number if number % FREE else number + 1)


Taken = Mapping[int, tuple[Sequence[float], Sequence[float]]]
"""Milliseconds of both kinds of decisions, by how many wait."""


def by_length() -> Taken:
    """Both kinds of decisions, with more and less that waits in turn."""
    luck = random.Random(120)
    taken: dict[int, tuple[list[float], list[float]]] = {length: ([], []) for length in WAITING}
    with ExitStack() as ends:
        floors = {length: ends.enter_context(_floor(length)) for length in WAITING}
        for number in range(1, ROUNDS + 1):
            for length, database in floors.items():
                taken[length][0].extend(comes_free(database, luck))
                taken[length][1].extend(work_comes(database, luck))
            CONSOLE.print(f"  round {number} of {ROUNDS}")
    for length, kinds in taken.items():
        told = ", ".join(f"{percentile(one, 0.5):.1f} and {percentile(one, 0.99):.1f} ms" for one in kinds)
        CONSOLE.print(f"  {length:7,} waiting; p50 and p99 of an agent who comes free, of new work: {told}")
    return taken


@contextmanager
def _floor(length: int) -> Iterator[Database]:
    server = servers.postgres_server()
    with servers.own_database(server) as address, crowded(address, Keyring.generate(), AGENTS) as database:
        wait(database, 1, length)
        yield database


def work_on(address: str, keys: Path, number: int, begin: Any, decided: Any) -> None:
    """One worker: its agents finish, are offered the next, and accept, one after the other."""
    database = Database(address, SERVICE, Keyring.load(keys))
    names = [agent_id(agent) for agent in range(number, AGENTS, WORKERS) if agent % FREE]
    at_work = {name: item.id for name in names for item in database.run(offers.desk_work, name)}
    begin.wait()
    began, counting, done = time.perf_counter(), False, 0
    for name in itertools.cycle(names):
        passed = time.perf_counter() - began
        if passed > WARM_UP_S and not counting:
            counting, done = True, 0
        if passed > WARM_UP_S + SECONDS:
            break
        database.run(desk.finish_work, at_work[name], name, close_case=True, terms=TERMS)
        (offer_id,) = _offered(database)
        at_work[name] = database.run(desk.accept_offer, offer_id, name).id
        database.take_signals()
        done += 1
    database.close()
    decided.put(done)


def _offered(database: Database) -> list[str]:
    """The offers that the agent's stream would tell of."""
    told = [events_pb2.DeskChanged.FromString(message.body) for message in database.take_signals()]
    return [one.offer.id for one in told if one.HasField("offer")]


def a_second(around: Surroundings) -> tuple[float, str]:
    """Decisions a second by several processes at once, and what the processors did meanwhile."""
    context = multiprocessing.get_context("spawn")
    with crowded(around.database, around.keyring(), AGENTS) as database:
        wait(database, 1, QUEUE)
        begin, decided = context.Barrier(WORKERS + 1), context.Queue()
        keys = around.folder / "keyring.json"
        workers = [
            context.Process(target=work_on, args=(around.database, keys, number, begin, decided))
            for number in range(WORKERS)
        ]
        for worker in workers:
            worker.start()
        begin.wait()
        processor = machine.Processor(
            {f"worker {one.pid}": one.pid or 0 for one in workers}, {"PostgreSQL": "postgres"}
        )
        processor.start()
        time.sleep(WARM_UP_S + SECONDS - 1.0)  # the workers are still there
        used = processor.stop()
        done = sum(decided.get() for _ in workers)
        for worker in workers:
            worker.join()
    span = WARM_UP_S + SECONDS - 1.0
    server = used.pop("PostgreSQL") / span
    return done / SECONDS, f"of a core: {WORKERS} workers {sum(used.values()) / span:.0%}, PostgreSQL {server:.0%}"


def measure() -> list[Figure]:
    """Both."""
    taken = by_length()
    with surroundings() as around:
        rate, used = a_second(around)
    plot(taken)
    free, new = taken[JUDGED]
    growths = [
        percentile(taken[WAITING[-1]][kind], 0.5) / percentile(taken[WAITING[0]][kind], 0.5) for kind in range(2)
    ]
    logarithmic = math.log(WAITING[-1]) / math.log(WAITING[0])
    among = f"{JUDGED:,} waiting, {AGENTS:,} agents"
    note = f"load {machine.load()}"
    return [
        Figure(f"an agent comes free until the offer is committed, {among}: p99", percentile(free, 0.99), "ms", 20.0,
               at_most=True, note=f"p50 {percentile(free, 0.5):.1f} ms; {note}"),
        Figure(f"new work until the offer is committed, {among}: p99", percentile(new, 0.99), "ms", 20.0,
               at_most=True, note=f"p50 {percentile(new, 0.5):.1f} ms"),
        Figure(f"cost of a decision with {WAITING[-1]:,} waiting, of that with {WAITING[0]}", max(growths), "×",
               logarithmic, at_most=True,
               note=f"the bar is logarithmic growth; {growths[0]:.2f} who comes free, {growths[1]:.2f} new work"),
        Figure("decisions: finished, offered the next, accepted", rate, "/s", 500, note=f"two commits each; {used}"),
    ]  # fmt: skip


def plot(taken: Taken) -> None:
    """How the cost of a decision grows with what waits."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to import, and only at the end

    mpl.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415 - after the backend is chosen

    figure, axes = pyplot.subplots(figsize=(7, 3))
    for kind, name in enumerate(("an agent comes free", "new work")):
        medians = [percentile(taken[length][kind], 0.5) for length in WAITING]
        axes.plot(WAITING, [median / medians[0] for median in medians], marker="o", label=name)
    grows = [math.log(length) / math.log(WAITING[0]) for length in WAITING]
    axes.plot(WAITING, grows, linestyle=":", label="logarithmic growth")
    axes.set(xlabel="work that waits", ylabel=f"median, of that with {WAITING[0]}", xscale="log", ylim=(0, None))
    axes.legend()
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(PLOT, bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    finish("Decisions", measure())
