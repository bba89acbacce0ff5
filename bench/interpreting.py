"""Relayed words: how fast an interpreter is asked for, and what the hub adds on the way of words to the interpreter and
back, with two hundred written conversations under way.

``python -m bench.interpreting``. A hub of its own on PostgreSQL and RabbitMQ, an interpreter partner who answers at
once, the citizens' site and the agent's front end, everything on the same processors. In every conversation citizen and
agent take turns, whatever became of what was said before. There is no peer: no open program does this.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from hub120.translation.v1 import interpreting_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import SECRET, Hub, hub_of_its_own
from bench.outside import Citizens, QuickSite, percentile, signed_request
from bench.partners import TRANSLATED, QuickPartner
from chassis import event_loop
from tests.many_relays import FrontEnd, Relay, front_end

CONVERSATIONS = 200
PACES_S = {50: 4.0, 200: 1.0}
"""Between two messages of a conversation, by how many messages that makes a second."""
SECONDS, WARM_UP_S, DRAIN_S, PATIENCE_S = 16.0, 4.0, 60.0, 30.0
IDLE_S = 0.05
ASKED_MS, P50_MS, P99_MS = 100.0, 30.0, 150.0
LEGS = (
    "agent's words to the partner",
    "translation to the citizen's site",
    "citizen's words to the partner",
    "translation to the agent's stream",
)


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def mark() -> str:
    """A word that nobody said before; without digits, since the hub covers what looks like a resident number."""
    return uuid4().hex.translate(_LETTERS)


@dataclass
class Said:
    """What was said in one run, and when it was where, by its text and the clock of ``time.perf_counter``."""

    by_agents: dict[str, float] = field(default_factory=dict)
    by_citizens: dict[str, float] = field(default_factory=dict)
    measured_from: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)

    def count(self) -> int:
        """All of it."""
        return len(self.by_agents) + len(self.by_citizens)


class Town:
    """Everybody outside the hub: partner, site, citizens and the agent."""

    def __init__(self) -> None:
        self.partner = QuickPartner()
        self.site = QuickSite(lambda text: self._there(text, self.shown))
        self.shown: dict[str, list[float]] = {}
        """When the citizen was shown a translation, by what the agent said."""
        self.heard: dict[str, list[float]] = {}
        """When the agent was told a translation, by what the citizen wrote."""
        self.conversations: list[tuple[str, Relay]] = []
        self._following: list[asyncio.Task[None]] = []

    def _there(self, translation: str, where: dict[str, list[float]]) -> None:
        where.setdefault(translation.removeprefix(TRANSLATED), []).append(time.perf_counter())

    def hear(self, told: interpreting_pb2.RelayedMessage) -> None:
        """The agent's front end is told of a message."""
        to_agent = told.direction == interpreting_pb2.RELAY_DIRECTION_TO_AGENT
        if to_agent and told.state == interpreting_pb2.RELAY_STATE_TRANSLATED:
            self._there(told.translation, self.heard)

    async def begin(self, hub: Hub, front: FrontEnd, citizens: Citizens) -> list[float]:
        """The conversations, one after another: milliseconds from each agent's request until the partner has it."""
        found = []
        for _ in range(CONVERSATIONS):
            citizen, text = uuid4().hex, f"سؤال {mark()}"
            answer = await citizens.send(signed_request(hub.http_port, text, citizen))
            assert answer.status == 200, answer
            case_id = await front.case_of(citizen)
            await asyncio.sleep(IDLE_S)
            began = time.perf_counter()
            session_id = await front.start(case_id, "ar")
            relay = front.relay(session_id, self.hear)
            self._following.append(asyncio.create_task(relay.follow()))
            await until(lambda text=text: text in self.heard, PATIENCE_S)  # type: ignore[misc]
            found.append((self.partner.asked[session_id] - began) * 1000)
            self.conversations.append((citizen, relay))
        return found

    def arrived(self, said: Said) -> int:
        """How much of it came to its end."""
        return sum(text in self.shown for text in said.by_agents) + sum(text in self.heard for text in said.by_citizens)

    def legs_ms(self, said: Said) -> dict[str, list[float]]:
        """Milliseconds on each part of the way, of what was said after the warm-up and has arrived."""
        partner = self.partner
        from_agents, from_citizens = (
            [text for text, at in one.items() if at >= said.measured_from and text in there]
            for one, there in ((said.by_agents, self.shown), (said.by_citizens, self.heard))
        )
        ways = [
            [partner.words[text] - said.by_agents[text] for text in from_agents],
            [self.shown[text][0] - partner.gave_back[text] for text in from_agents],
            [partner.words[text] - said.by_citizens[text] for text in from_citizens],
            [self.heard[text][0] - partner.gave_back[text] for text in from_citizens],
        ]
        return {leg: [seconds * 1000 for seconds in way] for leg, way in zip(LEGS, ways, strict=True)}

    async def leave(self) -> None:
        """All go home."""
        for task in self._following:
            task.cancel()
        await asyncio.gather(*self._following, return_exceptions=True)
        self.site.close()
        self.partner.close()


async def until(check: Callable[[], bool], within_s: float) -> bool:
    """Whether a condition came true in time."""
    deadline = time.perf_counter() + within_s
    while not (found := check()) and time.perf_counter() < deadline:  # noqa: ASYNC110 - a hundred looks a second
        await asyncio.sleep(0.01)
    return found


class Talkers:
    """Citizens and the agent as they speak in one run."""

    def __init__(self, hub: Hub, citizens: Citizens, pace_s: float) -> None:
        self._hub, self._citizens, self._pace_s = hub, citizens, pace_s
        self.said = Said()
        self._sending: set[asyncio.Task[None]] = set()

    async def talk(self, conversations: list[tuple[str, Relay]]) -> None:
        """All conversations, evenly spread over the time between two messages."""
        began = time.perf_counter()
        self.said.measured_from = began + WARM_UP_S
        step_s = self._pace_s / len(conversations)
        await asyncio.gather(
            *(self._talk(one, began + number * step_s, number % 2) for number, one in enumerate(conversations))
        )
        await asyncio.gather(*self._sending)

    async def _talk(self, conversation: tuple[str, Relay], first: float, turn: int) -> None:
        citizen, relay = conversation
        for number in range(int((WARM_UP_S + SECONDS) / self._pace_s)):
            await asyncio.sleep(max(0.0, first + number * self._pace_s - time.perf_counter()))
            if (number + turn) % 2:
                text = f"답변 {mark()}"
                self.said.by_agents[text] = time.perf_counter()
                await relay.say(text)
            else:
                task = asyncio.create_task(self._write(citizen, f"سؤال {mark()}"))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    async def _write(self, citizen: str, text: str) -> None:
        request = signed_request(self._hub.http_port, text, citizen)
        began = time.perf_counter()
        answer = await self._citizens.send(request)
        if answer.status == 200:
            self.said.by_citizens[text] = began
        else:
            self.said.refused[f"{answer.status}"] += 1


@dataclass(frozen=True, slots=True)
class Run:
    """What one pace gave."""

    said: Said
    legs_ms: Mapping[str, list[float]]
    arrived: int
    used_s: Mapping[str, float]
    took_s: float
    load: str


async def run(hub: Hub, town: Town, citizens: Citizens, pace_s: float) -> Run:
    """Talk, and wait until everything has arrived, or the time for it is over."""
    ours = {name: process.pid for name, process in hub.processes.items()}
    processor = machine.Processor({**ours, "load, partner, agent": os.getpid()})
    talkers, began = Talkers(hub, citizens, pace_s), time.perf_counter()
    said = talkers.said
    processor.start()
    await talkers.talk(town.conversations)
    await until(lambda: town.arrived(said) == said.count(), DRAIN_S)
    took_s, used_s = time.perf_counter() - began, processor.stop()
    return Run(said, town.legs_ms(said), town.arrived(said), used_s, took_s, machine.load())


@dataclass(frozen=True, slots=True)
class Found:
    """What everything gave."""

    asked_ms: list[float]
    runs: Mapping[int, Run]
    doubled: int
    """Translations that were shown or told twice."""
    again: int
    """Words that the partner was given twice, which it knows by their message."""


async def on_a_hub() -> Found:
    """Partner, site, hub, runs."""
    town = Town()
    await town.partner.start()
    await town.site.start()
    extra = {
        "HUB120_CONNECTOR_WEB_REPLY_URL": f"{town.site.address}/replies",
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": town.partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": SECRET,
    }
    with hub_of_its_own("distributed", extra) as hub:
        town.partner.know(hub.http_port)
        citizens = Citizens(hub.http_port)
        async with front_end(hub.grpc_port, hub.metadata("kim", "agent")) as front:
            asked_ms = await town.begin(hub, front, citizens)
            runs = {rate: await run(hub, town, citizens, pace_s) for rate, pace_s in PACES_S.items()}
            refused = Counter(why for _, relay in town.conversations for why in relay.refused.values())
            await town.leave()
        CONSOLE.print(hub.log(), markup=False)
    if refused or town.partner.refused:
        CONSOLE.print(f"  refused to agents {dict(refused)}, to the partner {dict(town.partner.refused)}")
    doubled = sum(len(times) > 1 for where in (town.shown, town.heard) for times in where.values())
    return Found(asked_ms, runs, doubled, town.partner.again.total())


def measure() -> list[Figure]:
    """Each pace once."""
    CONSOLE.print(f"  {CONVERSATIONS} conversations, {SECONDS:.0f} s after {WARM_UP_S:.0f} s at each pace")
    found = event_loop.run(on_a_hub())
    told = f"one at a time; p99 {percentile(found.asked_ms, 0.99):.0f} ms"
    asked = percentile(found.asked_ms, 0.5)
    figures = [Figure("interpreter asked for until the partner knows: p50", asked, "ms", ASKED_MS, True, note=told)]
    for rate, one in found.runs.items():
        figures += _figures(rate, one, judged=rate == max(found.runs))
    lost = sum(one.said.count() - one.arrived for one in found.runs.values())
    note = f"of {sum(one.said.count() for one in found.runs.values()):,}; the partner had {found.again} twice"
    return [
        *figures,
        Figure("relayed messages lost", lost, "", 0, at_most=True, note=note),
        Figure("relayed messages shown or told twice", found.doubled, "", 0, at_most=True),
    ]


def _figures(rate: int, one: Run, *, judged: bool) -> list[Figure]:
    """The bars stand for the fastest pace; the others are told for orientation."""
    split = ", ".join(f"{name} {used / one.said.count() * 1000:.1f} ms" for name, used in one.used_s.items())
    note = f"all there after {one.took_s:.0f} s; of processor, each message: {split}; load {one.load}"
    if one.said.refused:
        note += f"; refused {dict(one.said.refused)}"
    found = [Figure(f"relayed at {rate}/s: messages", one.said.count(), "", note=note)]
    for leg, took_ms in one.legs_ms.items():
        for name, share, bar_ms in (("p50", 0.5, P50_MS), ("p99", 0.99, P99_MS)):
            bar = bar_ms if judged else None
            value = percentile(took_ms, share)
            found.append(Figure(f"relayed at {rate}/s, {leg}: {name}", value, "ms", bar, at_most=True))
    return found


if __name__ == "__main__":
    finish("Interpreting", measure())
