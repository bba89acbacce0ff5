"""Agents, citizens and timers who all act at once, as several replicas would: in threads, or in processes of their own
with one clock between them."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from chassis.crypto import Keyring
from chassis.database import Database
from chassis.errors import HubError
from services.routing.domain.agents import Presence
from services.routing.domain.plans import Plan, PlanStep, Requirement
from services.routing.domain.transfers import NewTransfer, Style
from services.routing.domain.work import PriorityClass
from services.routing.store import offers, transfers
from services.routing.use_cases import desk, matching, transferring
from services.routing.use_cases.matching import Terms
from tests.integration.routing_floor import LANGUAGES, OFFER_S, PEOPLE, new_work

RELAXING = Terms(
    OFFER_S,
    plans=[
        Plan(
            "welfare",
            1,
            (
                PlanStep((Requirement("language:*", 4), Requirement("skill:welfare")), 20.0),
                PlanStep((Requirement("language:*", 2),), 40.0, (Requirement("skill:welfare"),)),
                PlanStep((Requirement("language:*"),)),
            ),
            topics=frozenset({"welfare"}),
        )
    ],
)
WRAP_UP_S = 90.0
PAUSE_S = 45.0


def drawn_seed() -> int:
    """The one of ``HUB120_TEST_SEED``, another each time with ``HUB120_TEST_SEARCH``, else always the same. It is told,
    so that a failure can be looked into."""
    another = random.SystemRandom().randrange(1_000_000) if os.environ.get("HUB120_TEST_SEARCH") else 120
    seed = int(os.environ.get("HUB120_TEST_SEED") or another)
    print(f"HUB120_TEST_SEED={seed}")
    return seed


class SharedClock:
    """One time for several processes; it goes on when somebody lets it."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self._value.value, UTC)

    def pass_by(self, seconds: float) -> None:
        """Time passes for all."""
        with self._value.get_lock():
            self._value.value += seconds


class Crowd:
    """Some of those who act. Only refusals with a reason may come of it."""

    def __init__(self, database: Database, clock: Any, seed: int) -> None:
        self._database = database
        self._clock = clock
        self._luck = random.Random(seed)
        self._seed = seed
        self._written = 0

    def act(self, times: int) -> None:
        """Do something, so many times."""
        deeds: list[Callable[[], object]] = [
            self._write, self._write_on, self._hang_up, self._come_or_go, self._answer, self._answer, self._transfer,
            self._leave_or_call_back, self._wrap_up, self._finish, self._wait,
        ]  # fmt: skip
        for _ in range(times):
            try:
                self._luck.choice(deeds)()
            except HubError:
                continue

    def _write(self) -> None:
        self._written += 1
        luck = self._luck
        new = new_work(
            f"case-{self._seed}-{self._written}",
            self._clock,
            language=luck.choice(LANGUAGES),
            urgency=luck.choice(list(PriorityClass)),
            medium=luck.choice(["text", "text", "text", "voice"]),
            topic=luck.choice(["", "welfare"]),
        )
        self._database.run(matching.enqueue, new, RELAXING)

    def _write_on(self) -> None:
        self._database.run(matching.enqueue, new_work(self._case(), self._clock), RELAXING)

    def _hang_up(self) -> None:
        self._database.run(desk.call_ended, self._case())

    def _case(self) -> str:
        return f"case-{self._seed}-{self._luck.randint(1, max(1, self._written))}"

    def _come_or_go(self) -> None:
        name = self._luck.choice(PEOPLE)
        presence = self._luck.choice([Presence.READY, Presence.READY, Presence.READY, *Presence])
        paused = presence is Presence.PAUSED
        returns = self._clock().timestamp() + PAUSE_S if paused else None
        self._database.run(desk.set_presence, name, presence, OFFER_S, "meal" if paused else "", returns)

    def _answer(self) -> None:
        name = self._luck.choice(PEOPLE)
        for offer in self._database.run(offers.pending_of, name):
            if self._luck.random() < 0.8:
                self._database.run(desk.accept_offer, offer.id, name)
            else:
                self._database.run(desk.decline_offer, offer.id, name, "", OFFER_S)

    def _transfer(self) -> None:
        first, to = self._luck.choice(PEOPLE), self._luck.choice(["", *PEOPLE])
        for item in self._database.run(offers.desk_work, first):
            self._written += 1
            request_id, style = f"{self._seed}-{self._written}", self._luck.choice(list(Style))
            new = NewTransfer(item.id, first, request_id, style, to, () if to else ("language:*",))
            self._database.run(transferring.request, new, OFFER_S)

    def _leave_or_call_back(self) -> None:
        name, move = self._luck.choice(PEOPLE), self._luck.choice([transferring.complete, transferring.cancel])
        for transfer in self._database.run(transfers.open_of, name):
            self._database.run(move, transfer.id, name, OFFER_S)

    def _wrap_up(self) -> None:
        name = self._luck.choice(PEOPLE)
        for item in self._database.run(offers.desk_work, name):
            self._database.run(desk.start_wrap_up, item.id, name)

    def _finish(self) -> None:
        name = self._luck.choice(PEOPLE)
        for item in self._database.run(offers.desk_work, name):
            self._database.run(desk.finish_work, item.id, name, close_case=True, terms=RELAXING)

    def _wait(self) -> None:
        self._clock.pass_by(OFFER_S / 10)
        timers(self._database)


def timers(database: Database) -> None:
    """What a worker does now and then."""
    while database.run(matching.time_out_offers, OFFER_S):  # one agent's at a time
        continue
    database.run(matching.relax_waiting, OFFER_S)
    database.run(matching.return_from_pauses, OFFER_S)
    database.run(desk.end_wrap_ups, WRAP_UP_S, RELAXING)
    database.run(transferring.ask_waiting, OFFER_S)
    database.run(matching.match_waiting, OFFER_S)


def act_in_processes(address: str, clock: datetime, seeds: list[int], times: int) -> float:
    """A crowd in a process of its own for each seed. Returns what time it is then; raises if one of them failed."""
    context = multiprocessing.get_context("spawn")
    now = context.Value("d", clock.timestamp())
    crowds = [context.Process(target=_act, args=(address, now, seed, times)) for seed in seeds]
    for crowd in crowds:
        crowd.start()
    for crowd in crowds:
        crowd.join()
    assert [crowd.exitcode for crowd in crowds] == [0] * len(crowds)
    return float(now.value)


def _act(address: str, now: Any, seed: int, times: int) -> None:
    clock = SharedClock(now)
    database = Database(address, "routing", Keyring.generate(), clock=clock)
    Crowd(database, clock, seed).act(times)
    database.close()
